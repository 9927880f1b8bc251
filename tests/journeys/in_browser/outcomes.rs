//! Somebody says what the outcomes of a provider mean that states no success itself.

use super::opened_files::{alone, choose, fixture};
use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::outside::Outside;
use crate::screen::{self, count};
use crate::stage::Stage;

#[test]
fn an_outcome_that_means_something_else_counts_at_once_and_the_link_carries_it() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    // Today's calls may end meanwhile: one more would be counted.
    let last = screen::working_day(2);
    let of = format!("from={}&to={}&connection=truedy", last.plus(-28).iso(), last.iso());
    let successful = format!("#?{of}&success=yes");
    screen::open_loaded(&page, &stage.at(&successful));
    let before = count(&page);
    page.eval(&format!("location.hash = '#?view=statistics&{of}'; 0"));
    let dialog = open_map(&page);
    page.assert_accessible();
    let voicemail = dialog.by_role("group", containing("voicemail"));
    // “voicemail”, then “16 calls”.
    let text = voicemail.text();
    let calls = text.split_once("voicemail").and_then(|(_, rest)| rest.split_once(" call"));
    let calls = screen::number(calls.expect("how many calls have it").0.trim());
    assert!(calls > 0);
    assert!(is_checked(&voicemail, "Nothing"));
    voicemail.by_role("radio", "Success").click();
    dialog.by_role("status", any()).with_text("Changed here").wait();
    assert!(page.url().contains("success-yes=truedy/voicemail"), "{}", page.url());
    dialog.by_role("button", "Close").click();

    let mapped = page.url();
    page.reload();
    screen::wait_loaded(&page);
    page.by_role("button", "Map the outcomes of Truedy").wait();
    let maps = mapped.split_once("success-").map(|(_, maps)| format!("success-{maps}"));
    let link = format!("{successful}&{}", maps.expect("a link with the map"));
    page.eval(&format!("location.hash = '{link}'; 0"));
    page.wait_until("the list has the voicemails, too", || count(&page) == before + calls);

    page.eval(&format!(
        "location.hash = '{}'; 0",
        &mapped[mapped.find('#').expect("a fragment")..]
    ));
    let dialog = open_map(&page);
    dialog.by_role("button", "As configured").click();
    dialog.by_role("status", any()).with_text("As it is configured.").wait();
    let voicemail = dialog.by_role("group", containing("voicemail"));
    page.wait_until("it means nothing again", || is_checked(&voicemail, "Nothing"));
    assert!(!page.url().contains("success-"), "{}", page.url());
    page.press("Escape");
    page.eval(&format!("location.hash = '{successful}'; 0"));
    page.wait_until("the list is as it was", || count(&page) == before);
}

#[test]
fn an_outcome_that_a_link_maps_counts_for_the_calls_of_an_opened_file() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let march = "from=2026-03-01&to=2026-03-31";
    page.eval(&format!("location.hash = '#?{march}&success-yes=file/interested'; 0"));
    choose(&page, &fixture("truedy/list/guide.json"));
    page.wait_until("the calls of the file are listed", || count(&page) == 4);
    assert!(screen::figure(&page, "Success rate").starts_with("100%"));
    page.eval(&format!("location.hash = '#?{march}&success=yes&success-yes=file/interested'; 0"));
    page.wait_until("the interested one is a success", || count(&page) == 1);
    page.eval(&format!("location.hash = '#?{march}&success=yes'; 0"));
    page.see("No calls pass these filters");
    page.accept_complaints("");
}

fn open_map(page: &Page) -> Locator<'_> {
    page.by_role("button", "Map the outcomes of Truedy").click();
    let dialog = page.by_role("dialog", "What outcomes mean: Truedy");
    dialog.wait();
    dialog
}

fn is_checked(group: &Locator<'_>, name: &str) -> bool {
    group.by_role("radio", name).eval("function () { return this.checked; }") == true
}
