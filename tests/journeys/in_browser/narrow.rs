//! On a telephone of 320 px: the list becomes cards, a call takes the whole screen.

use serde_json::json;

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, OLIVIA, calls, count, heading};
use crate::stage::Stage;

#[test]
fn a_call_takes_the_whole_screen_and_gives_it_back() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::wide(320));
    page.open(stage.url());
    page.by_role("button", "Filters").click();
    page.by_role("textbox", "Phone number").fill("415 555 0142");
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    page.by_role("button", "Filters in use").wait();
    stays_inside(&page);

    let name = calls(&page).names().remove(1);
    calls(&page).nth(1).click();
    heading(&page, OLIVIA).wait();
    assert_eq!(calls(&page).count(), 0, "the list has made room");
    page.by_role("list", "Transcript").by_role("listitem", any()).nth(1).wait();
    page.by_role("button", "Play").click();
    let position = page.by_role("slider", "Position");
    page.wait_until("the recording moves on", || {
        position.value().parse::<f64>().is_ok_and(|secs| secs > 0.3)
    });
    stays_inside(&page);

    page.by_role("link", "Back to the list").click();
    heading(&page, OLIVIA).wait_gone();
    let row = page.by_role("link", name.as_str());
    page.wait_until("the focus is on the row that was opened", || row.has_focus());

    page.by_role("button", containing("Last 7 days")).click();
    let panel = page.by_role("group", "Period and time zone");
    panel.by_role("button", "Last 30 days").click();
    page.press("Escape");
    page.by_role("button", containing("Last 30 days")).wait();
    screen::wait_loaded(&page);
    assert!(count(&page) >= 4);
    page.by_role("link", "Statistics").click();
    page.by_role("heading", "Statistics").wait();
    stays_inside(&page);
}

#[test]
fn a_folder_can_be_opened_where_the_browser_lets_people_choose_one() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    for width_px in [320, 390, 480] {
        let page = browser.page(Look::wide(width_px));
        screen::open_loaded(&page, stage.url());
        page.send("Page.setInterceptFileChooserDialog", json!({ "enabled": true }));
        page.eval(
            "document.getElementById('open-folder').addEventListener('click', () => window.asked = true)",
        );
        page.by_role("banner", any()).by_role("button", "Open a folder of saved calls").click();
        page.wait_until("a folder is asked for", || page.eval("window.asked === true") == true);
        screen::assert_good_at(&page, "a bar with a way to open a folder", width_px);
        assert_eq!(page.eval("document.documentElement.scrollWidth"), width_px);
    }
    let page = browser.page(Look::wide(390));
    page.begin_with("delete HTMLInputElement.prototype.webkitdirectory");
    screen::open_loaded(&page, stage.url());
    let banner = page.by_role("banner", any());
    banner.by_role("button", "Open a file").wait();
    banner.by_role("button", "Open a folder of saved calls").wait_gone();
}

/// Nothing has to be scrolled sideways to be read, but for tables.
#[track_caller]
fn stays_inside(page: &Page) {
    assert_eq!(page.eval("document.documentElement.scrollWidth"), 320);
    let wide = "[...document.querySelectorAll('main, section, [role=grid], [role=row], [role=gridcell], h1, h2, p, button, a')]
        .filter(part => part.getBoundingClientRect().right > 321 && part.offsetParent
            && getComputedStyle(part.closest('.card') ?? part).overflowX !== 'auto')
        .map(part => part.tagName + ' ' + part.className)";
    assert_eq!(page.eval(wide), json!([]));
}
