//! Somebody saves a view, comes back to it, and loses nothing where the browser keeps nothing.

use crate::driver::{Browser, Locator, Look, Page, Storage, any, containing};
use crate::screen::{self, count};
use crate::stage::Stage;

#[test]
fn a_view_is_saved_by_name_found_again_after_a_reload_and_forgotten() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?period=30d&status=busy&zone=Asia/Kathmandu"));
    let busy = count(&page);
    assert!(busy > 0);
    let panel = open_views(&page, "Views");
    save(&panel, "Lines that were busy");
    panel.by_role("status", any()).with_text("Saved as “Lines that were busy”.").wait();
    page.press("Escape");
    page.by_role("button", containing("Lines that were busy")).wait();

    screen::open_loaded(&page, stage.url());
    page.reload();
    screen::wait_loaded(&page);
    let panel = open_views(&page, "Views");
    panel.by_role("link", "Lines that were busy").click();
    page.wait_until("the same calls are there", || count(&page) == busy);
    assert!(page.url().ends_with("#?period=30d&zone=Asia/Kathmandu&status=busy"), "{}", page.url());
    panel.by_role("button", "Forget the view “Lines that were busy”").click();
    panel.by_role("status", any()).with_text("Forgotten.").wait();
    page.wait_until("it is gone from the browser", || {
        page.eval("localStorage.getItem('calldeck.views')").as_str() == Some("[]")
    });
}

#[test]
fn a_view_with_a_number_says_who_can_read_it_and_one_without_a_name_is_refused() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?phone=0142&q=nobody"));
    let panel = open_views(&page, "Views");
    panel.text().contains("everybody who uses it can read it").then_some(()).expect("the warning");
    page.assert_accessible();
    save(&panel, "  ");
    panel.by_role("status", any()).with_text("A view needs a name.").wait();
    assert_eq!(page.eval("localStorage.length"), 0);
}

#[test]
fn views_that_come_along_work_and_a_browser_that_keeps_nothing_says_so() {
    let (stage, browser) = (Stage::start(), Browser::launch_with(Storage::Blocked));
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let all = count(&page);
    let panel = open_views(&page, "Views");
    save(&panel, "Mine");
    panel.by_role("status", any()).with_text("so the view is not saved").wait();
    panel.by_role("link", "Failed").click();
    page.wait_until("only failed calls are left", || (1..all).contains(&count(&page)));
    page.by_role("button", containing("Failed")).first().wait();
    panel.by_role("link", "Callbacks").click();
    page.wait_until("calls that speak of a callback", || page.url().contains("q=callback"));
    screen::wait_loaded(&page);
    let either = count(&page);
    let search = |word: &str| page.eval(&format!("location.hash = '#?period=30d&q={word}'"));
    let counted = |word: &str| {
        search("nobody-says-this");
        page.wait_until("nothing is found", || count(&page) == 0);
        search(word);
        page.wait_until("some calls have this one word", || count(&page) > 0);
        count(&page)
    };
    let (english, german) = (counted("callback"), counted("rueckruf"));
    assert!(english.max(german) < either && either <= english + german, "{english} {german}");
    panel.by_role("link", "To do").click();
    page.wait_until("the address says so", || page.url().contains("todo=only"));
    screen::wait_loaded(&page);
    assert!(count(&page) > 0);
}

fn open_views<'p>(page: &'p Page, label: &str) -> Locator<'p> {
    page.by_role("main", any()).by_role("button", label).click();
    let panel = page.by_role("group", "Views");
    panel.wait();
    panel
}

fn save(panel: &Locator<'_>, name: &str) {
    panel.by_role("textbox", "Save what is shown as").fill(name);
    panel.by_role("button", "Save").click();
}
