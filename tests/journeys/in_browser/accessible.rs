//! Every view, in light and dark, at 1440 and 320 px, as axe-core sees it.

use crate::driver::{Browser, Look, any, containing};
use crate::screen::{
    self, OLIVIA, WIDTHS, assert_good_at, assert_good_in_every_look, calls, count, heading,
};
use crate::stage::Stage;

#[test]
fn the_list_and_its_menus_are_accessible() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    assert_good_in_every_look(&page, "list");
    page.press("?");
    page.by_role("dialog", "Keyboard shortcuts").wait();
    assert_good_in_every_look(&page, "keyboard shortcuts");
    page.press("Escape");
    page.by_role("button", "Table").click();
    page.by_role("group", "Columns and view").wait();
    assert_good_in_every_look(&page, "menu of the table");
    page.press("Escape");
    page.by_role("searchbox", containing("Search")).fill("nobody has said this");
    page.wait_until("no call is left", || count(&page) == 0);
    assert_good_in_every_look(&page, "empty list");
    page.by_role("button", containing("Last 7 days")).click();
    page.by_role("group", "Period and time zone").wait();
    assert_good_in_every_look(&page, "period menu");
    page.press("Escape");
    page.by_role("button", "Clear filters").first().click();
    for width_px in WIDTHS {
        page.look(Look::wide(width_px));
        if page.by_role("button", "Filters").count() == 1 {
            page.by_role("button", "Filters").click();
        }
        page.by_role("group", "Filters").by_role("button", "Agent").click();
        page.by_role("group", "Agent").by_role("checkbox", any()).first().wait();
        assert_good_at(&page, "menu of agents", width_px);
        page.press("Escape");
    }
}

#[test]
fn an_open_call_and_its_parts_are_accessible() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?q=Olivia"));
    calls(&page).first().click();
    heading(&page, OLIVIA).wait();
    for part in ["Details", "Analysis", "Diagnostics", "Raw data", "Transcript"] {
        page.by_role("tab", part).click();
        page.by_role("tabpanel", part).wait();
        assert_good_in_every_look(&page, part);
    }
}

#[test]
fn the_statistics_are_accessible() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?view=statistics"));
    page.by_role("heading", "Statistics").wait();
    page.by_role("link", containing("calls, success")).first().wait();
    assert_good_in_every_look(&page, "statistics");
    page.eval("document.querySelector('details').open = true");
    assert_good_in_every_look(&page, "statistics with their table");
}

#[test]
fn statistics_that_compare_are_accessible() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    let compared = "#?view=statistics&test=without&compare=before&split=status&by=version";
    screen::open_loaded(&page, &stage.at(&format!("{compared}&pair=1&pair=2")));
    page.by_role("group", "Compare two of them").wait();
    page.eval("document.querySelectorAll('.chart__table').forEach(it => it.open = true)");
    page.by_role("button", "Save").first().click();
    page.by_role("button", "Table (CSV)").wait();
    assert_good_in_every_look(&page, "statistics with all their tables");
}
