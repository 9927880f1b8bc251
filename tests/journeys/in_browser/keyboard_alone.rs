//! The mouse is away: everything is done with the keyboard, and the focus is never lost.

use serde_json::Value;

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, calls, count};
use crate::stage::Stage;

/// More presses of Tab than there are stops before the first row.
const STOPS: usize = 60;

#[test]
fn a_call_is_found_opened_and_closed_by_keyboard_alone() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());

    page.press("Tab");
    assert!(page.by_role("link", "Skip to content").has_focus(), "{}", focused(&page));
    page.press("Enter");
    assert!(page.by_role("main", any()).has_focus(), "{}", focused(&page));
    assert!(!page.url().contains('#'), "skipping is no place to go back to: {}", page.url());

    page.press("/");
    let search = page.by_role("searchbox", containing("Search"));
    assert!(search.has_focus(), "{}", focused(&page));
    page.type_text("Bennett/");
    assert_eq!(search.value(), "Bennett/", "in a field, / is a letter");
    page.press("Backspace");
    page.wait_until("the search left a few calls", || (1..20).contains(&count(&page)));

    let (first, row) = (calls(&page).first(), calls(&page).nth(1));
    tab_until(&page, "the first row has the focus", || first.has_focus());
    page.press("ArrowDown");
    assert!(row.has_focus(), "{}", focused(&page));
    let name = calls(&page).names().remove(1);
    page.press("Enter");
    let heading = page.by_role("complementary", "Open call").by_role("heading", any()).first();
    page.wait_until("the heading of the call has the focus", || heading.has_focus());
    assert!(name.ends_with(&heading.text()), "{name}: {}", heading.text());
    screen::assert_good_at(&page, "a call opened by keyboard", 1440);

    page.press("Tab");
    page.press("Escape");
    heading.wait_gone();
    page.wait_until("the focus is back on the row", || row.has_focus());

    page.press("Enter");
    page.wait_until("the heading has the focus again", || heading.has_focus());
    let tab = page.by_role("tab", "Transcript");
    tab_until(&page, "the tabs have the focus", || tab.has_focus());
    page.press("ArrowRight");
    assert!(page.by_role("tab", "Details").has_focus(), "{}", focused(&page));
    page.by_role("tabpanel", "Details").wait();
}

#[test]
fn a_menu_is_walked_and_closed_without_closing_the_call_behind_it() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?q=Bennett"));
    calls(&page).first().press("Enter");
    let heading = page.by_role("complementary", "Open call").by_role("heading", any()).first();
    page.wait_until("the heading of the call has the focus", || heading.has_focus());

    let filters = page.by_role("group", "Filters");
    let button = filters.by_role("button", containing("Connection"));
    button.press("Enter");
    let menu = page.by_role("group", "Connection");
    let boxes = menu.by_role("checkbox", any());
    boxes.first().wait();
    page.press("Tab");
    assert!(boxes.first().has_focus(), "{}", focused(&page));
    page.press("Tab");
    assert!(boxes.nth(1).has_focus(), "{}", focused(&page));
    let before = count(&page);
    page.press(" ");
    page.wait_until("fewer calls are left", || count(&page) < before);
    page.wait_until("the choice keeps the focus", || focused(&page)["role"] == "checkbox");
    page.press("Escape");
    menu.wait_gone();
    assert!(button.has_focus(), "{}", focused(&page));
    heading.wait();

    page.press("Escape");
    heading.wait_gone();
}

#[track_caller]
fn tab_until(page: &Page, what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..STOPS {
        page.press("Tab");
        if is_so() {
            return;
        }
    }
    panic!("after {STOPS} presses of Tab it is not so that {what}: {}", focused(page));
}

/// What has the focus, for decisions and for sentences.
fn focused(page: &Page) -> Value {
    page.eval(
        "(({ tagName, type, id, textContent }) => ({
            role: type === 'checkbox' ? type : tagName, id, text: textContent.slice(0, 80),
        }))(document.activeElement)",
    )
}
