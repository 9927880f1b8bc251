//! What is only so of the bundle that is shipped: its program is cut, and parts of it are fetched
//! when they are wanted. `cargo xtask test --job hosting` runs these and all others on that bundle.

use serde_json::json;

use crate::driver::{Browser, Locator, Look, Page, any};
use crate::screen::{self, OLIVIA, count, heading};
use crate::stage::{Stage, bundle};

/// Files that have a part of the program.
const PARTS: [&str; 2] = ["part_", "shared_"];

#[test]
fn the_list_needs_no_part_and_one_that_cannot_be_fetched_is_said_and_fetched_later() {
    assert_is_cut();
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    refuse_parts(&page, true);
    screen::open_loaded(&page, stage.url());
    assert!(count(&page) > 100);
    page.by_role("link", "Statistics").click();
    let said = page.by_role("alert", any()).with_text("could not be fetched");
    said.wait();
    statistics(&page).wait();
    screen::assert_good_in_every_look(&page, "statistics that cannot be fetched");
    refuse_parts(&page, false);
    page.by_role("button", "Try again").click();
    page.by_role("group", "Calls per day").wait();
    said.wait_gone();
    page.accept_complaints("Failed to fetch");
    page.accept_complaints("HTTP status code is not ok");
}

#[test]
fn what_is_wanted_next_is_fetched_ahead_and_opens_without_a_network() {
    assert_is_cut();
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &format!("{}#?q=Bennett", stage.url()));
    for part in ["part_call", "part_tools", "part_statistics"] {
        page.wait_until("the part is fetched ahead", || {
            page.requests().iter().any(|url| url.contains(part))
        });
    }
    refuse_parts(&page, true);
    page.by_role("link", "Statistics").click();
    statistics(&page).wait();
    page.by_role("link", "Calls").click();
    screen::calls(&page).first().click();
    heading(&page, OLIVIA).wait();
}

fn statistics(page: &Page) -> Locator<'_> {
    page.by_role("heading", "Statistics")
}

/// Makes the browser refuse to fetch parts, or fetch them again.
fn refuse_parts(page: &Page, refuse: bool) {
    let patterns = PARTS.map(|part| format!("*/{part}*"));
    let urls = if refuse { json!(patterns) } else { json!([]) };
    page.send("Network.setBlockedURLs", json!({ "urls": urls }));
}

/// These journeys say nothing about a program in one piece.
#[track_caller]
fn assert_is_cut() {
    let names = std::fs::read_dir(bundle()).expect("a bundle").map(|file| file.expect("a file"));
    let mut names = names.map(|file| file.file_name().into_string().expect("a name"));
    let is_part = |name: String| PARTS.iter().any(|part| name.starts_with(part));
    assert!(
        names.any(is_part),
        "{} is in one piece. `cargo xtask test --job hosting` builds the one that is shipped.",
        bundle().display()
    );
}
