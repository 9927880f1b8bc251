//! What several journeys look at: the list, its count, how far loading is, the days of the demo.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use calls::Day;
use serde_json::json;

use crate::driver::{Locator, Look, Page, any, containing};

/// Olivia Bennett, one of the six people of the demo who call at all four providers.
pub const OLIVIA: &str = "Olivia Bennett";
/// Her number as the providers store it.
pub const OLIVIAS_NUMBER: &str = "+14155550142";
/// The connections of the demo, by their names on screen.
pub const CONNECTIONS: [&str; 4] = ["TalkPilot", "Truedy", "AgentVoice", "Atoms"];

/// The table of calls.
pub fn table(page: &Page) -> Locator<'_> {
    page.by_role("grid", "List of calls")
}

/// Its rows that are drawn, the heads first. Those far out of sight are not.
pub fn rows(page: &Page) -> Locator<'_> {
    table(page).by_role("row", any())
}

/// The links of the calls that are drawn, each the way into its call.
pub fn calls(page: &Page) -> Locator<'_> {
    page.by_role("link", containing("open call with"))
}

/// How many calls the list has, drawn or not; 0 without a list.
#[track_caller]
pub fn count(page: &Page) -> usize {
    // At once: the list may go between two questions, when nothing is left in it.
    let rows =
        page.eval("document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount')");
    rows.as_str().map_or(0, |rows| {
        rows.parse::<usize>().expect("a table that tells how many rows it has") - 1
    })
}

/// Shows the list in pages of 50 rows, all of which are drawn.
#[track_caller]
pub fn turn_into_pages(page: &Page) {
    page.by_role("button", "Table").click();
    let menu = page.by_role("group", "Columns and view");
    menu.by_role("checkbox", containing("Pages of 50 rows")).click();
    page.press("Escape");
    page.by_role("navigation", "Pages").wait();
}

/// Gives a field for files a file or a folder, as the browser's own window for it would.
#[track_caller]
pub fn choose_in(page: &Page, field: &str, path: &Path) {
    let document = page.send("DOM.getDocument", json!({}));
    let root = document["root"]["nodeId"].clone();
    let found = json!({ "nodeId": root, "selector": field });
    let field = page.send("DOM.querySelector", found)["nodeId"].clone();
    page.send("DOM.setFileInputFiles", json!({ "files": [path], "nodeId": field }));
}

/// Drags a file or a folder in from the desktop and lets it go in the middle of the page.
#[track_caller]
pub fn drop_in(page: &Page, path: &Path) {
    let data = json!({ "items": [], "files": [path], "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": 400, "y": 400, "data": data });
        page.send("Input.dispatchDragEvent", event);
        if kind == "dragOver" {
            page.see("Drop the file here to open it.");
        }
    }
    page.see_no("Drop the file here to open it.");
}

/// How long loading may take: the demo's providers keep their limits, and a machine may do other
/// things.
const LOADING: Duration = Duration::from_secs(60);

/// Waits until every connection has been loaded to its end.
#[track_caller]
pub fn wait_loaded(page: &Page) {
    let dots = page.by_role("list", "Connections");
    page.wait_within(LOADING, "all four connections are loaded", || {
        let said = dots.text();
        CONNECTIONS.iter().all(|name| said.contains(&format!("{name}: loaded")))
    });
}

/// Opens an address of the dashboard and waits until everything is loaded.
#[track_caller]
pub fn open_loaded(page: &Page, url: &str) {
    page.open(url);
    wait_loaded(page);
}

/// The heading of the open call.
pub fn heading<'p>(page: &'p Page, customer: &str) -> Locator<'p> {
    page.by_role("complementary", "Open call").by_role("heading", customer)
}

/// The value of a figure, such as of “Calls”, on the list and in the statistics.
#[track_caller]
pub fn figure(page: &Page, name: &str) -> String {
    let figures = page.by_role("region", "Figures of these calls");
    figures.by_role("listitem", any()).with_text(name).by_role("link", any()).text()
}

/// A number as the English page writes it: `1,204`.
#[track_caller]
pub fn number(text: &str) -> usize {
    let digits: String = text.chars().filter(|letter| *letter != ',').collect();
    digits.parse().unwrap_or_else(|_| panic!("“{text}” is no whole number"))
}

/// The day of the demo's calls that it places some working days back: a weekend counts as the
/// Friday before it.
pub fn working_day(days_ago: i32) -> Day {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    let today = i32::try_from(now.as_secs() / 86_400).expect("a clock before the year 5000000");
    let mut day = Day(today).plus(-days_ago);
    while day.weekday() > 4 {
        day = day.plus(-1);
    }
    day
}

/// Widths of the narrowest screen and of a usual one, in pixels.
pub const WIDTHS: [u32; 2] = [320, 1440];

/// axe-core finds nothing and nothing reaches beyond the side, in light and dark, on a wide
/// screen and on the narrowest.
#[track_caller]
pub fn assert_good_in_every_look(page: &Page, view: &str) {
    for width_px in WIDTHS {
        assert_good_at(page, view, width_px);
    }
}

/// The same at one width.
#[track_caller]
pub fn assert_good_at(page: &Page, view: &str, width_px: u32) {
    for look in [Look::wide(width_px).dark(), Look::wide(width_px)] {
        // Colours that are still fading in are not the ones that people read.
        page.look(Look { reduced_motion: true, ..look });
        let found = page.violations();
        assert!(found.is_empty(), "{view}, {width_px} px, {:?}: {found:#?}", look.scheme);
        let beyond = page.eval("document.documentElement.scrollWidth - innerWidth");
        assert!(beyond.as_i64() <= Some(0), "{view}, {width_px} px: {beyond} px beyond");
    }
}
