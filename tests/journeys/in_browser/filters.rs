//! Somebody narrows the list down by what only some filters can say, and gives a filter up again.

use crate::driver::{Browser, Locator, Look, Name, Page, any, containing};
use crate::screen::{self, count};
use crate::stage::Stage;

#[test]
fn a_filter_that_is_added_is_opened_counts_its_calls_and_stands_in_the_link() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?period=30d"));
    add(&page, "End reason");
    page.wait_until("the new filter has the focus", || bar(&page, "End reason").has_focus());
    page.press("Enter");
    let choice = page.by_role("checkbox", containing("user_hangup"));
    let promised = screen::number(choice.names()[0].rsplit(' ').next().unwrap());
    choice.click();
    page.wait_until("as many calls as the count promised", || count(&page) == promised);
    assert!(choice.has_focus(), "choosing keeps the focus where it is");
    assert!(page.url().contains("end=user_hangup"), "{}", page.url());
    page.reload();
    screen::wait_loaded(&page);
    bar(&page, containing("(user_hangup)")).wait();
    assert_eq!(count(&page), promised);
}

#[test]
fn a_value_without_calls_stays_where_it_was_chosen_and_can_be_given_up() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?status=busy&success=yes"));
    page.wait_until("no busy call succeeded", || count(&page) == 0);
    bar(&page, "Status: Busy").click();
    page.by_role("checkbox", "Busy 0").click();
    page.wait_until("calls are back", || count(&page) > 0);
    page.by_role("button", "Clear filters").click();
    page.wait_until("nothing is filtered", || !page.url().contains("success"));
}

#[test]
fn amounts_are_typed_as_people_write_them_and_what_is_no_amount_is_said() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let all = count(&page);
    add(&page, "Duration");
    page.press("Enter");
    let panel = page.by_role("group", "Duration");
    let (least, most) =
        (panel.by_role("textbox", containing("From")), panel.by_role("textbox", containing("To")));
    least.fill("1:00");
    least.press("Enter");
    page.wait_until("short calls are left out", || (1..all).contains(&count(&page)));
    assert!(page.url().contains("duration=60000.."), "{}", page.url());
    most.fill("long");
    most.press("Enter");
    panel.by_role("status", any()).with_text("This is no amount").wait();
    most.fill("30");
    most.press("Enter");
    panel.by_role("status", any()).with_text("so no call passes").wait();
    page.wait_until("no call is left", || count(&page) == 0);
    page.assert_accessible();
}

#[test]
fn a_group_of_calls_is_shown_alone_or_left_out() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::wide(390));
    screen::open_loaded(&page, &stage.at("#?period=30d"));
    let all = count(&page);
    page.by_role("button", "Filters").click();
    add(&page, "Groups");
    page.press("Enter");
    let panel = page.by_role("group", "Groups");
    panel.by_role("combobox", "Test calls").choose("Only these");
    page.wait_until("only tests are left", || (1..all).contains(&count(&page)));
    let tests = count(&page);
    panel.by_role("combobox", "Test calls").choose("Left out");
    page.wait_until("all others are left", || count(&page) == all - tests);
    bar(&page, "Test calls: Left out").wait();
}

#[test]
fn what_only_opened_calls_tell_is_read_when_somebody_wants_it() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?connection=talkpilot&q=Bennett&period=90d"));
    assert!(count(&page) > 1, "she has called more than once");
    add(&page, "Score");
    page.press("Enter");
    let panel = page.by_role("group", "Score");
    panel.by_role("status", any()).with_text("Known of 0 of").wait();
    let least = panel.by_role("textbox", containing("From"));
    least.fill("0");
    least.press("Enter");
    page.wait_until("nobody has told a score yet", || count(&page) == 0);
    let offer = panel.by_role("button", containing("Read the other"));
    assert!(offer.names()[0].contains("takes about"), "{:?}", offer.names());
    page.assert_accessible();
    // Where no call is left, the list says why, and offers the same.
    page.press("Escape");
    page.by_role("main", any()).by_role("status", any()).with_text("Known of 0 of").wait();
    page.by_role("button", containing("Read the other")).first().wait();
    bar(&page, "Score: from 0").click();
    offer.click();
    page.wait_until("calls have told their score", || count(&page) > 0);
    offer.wait_gone();
    page.see_no("Known of");
    page.see_no("Opening calls");
}

fn bar<'p>(page: &'p Page, name: impl Into<Name>) -> Locator<'p> {
    page.by_role("group", "Filters").by_role("button", name)
}

fn add(page: &Page, name: &str) {
    bar(page, "More filters").click();
    page.by_role("group", "More filters").by_role("button", name).click();
    page.wait_until("its button has the focus", || bar(page, name).has_focus());
}

#[test]
fn deleted_calls_are_asked_for_and_shown_once_somebody_wants_them_and_never_count() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?period=30d"));
    let without = count(&page);
    let counted = screen::figure(&page, "Calls");
    let asked = |page: &Page| {
        let is_list =
            |url: &&String| url.contains("/agents/") && url.contains("include_deleted=true");
        page.requests().iter().filter(is_list).count()
    };
    assert_eq!(asked(&page), 0, "nobody asked for deleted calls yet");
    bar(&page, "Deleted too").click();
    page.wait_until("deleted calls come", || count(&page) > without);
    assert!(asked(&page) > 0, "the provider is asked for them");
    screen::wait_loaded(&page);
    assert_eq!(screen::figure(&page, "Calls"), counted, "figures leave them out");
    bar(&page, "Deleted too").click();
    page.wait_until("they are gone again", || count(&page) == without);
}
