//! One connection's key is wrong: it says so in words, and the others are there.

use crate::driver::{Browser, Look, any, containing};
use crate::screen::{self, CONNECTIONS, count, figure, number};
use crate::stage::Stage;

const PARTIAL: &str = "Some calls are missing: these figures cover only what has been loaded.";

#[test]
fn a_wrong_key_is_said_and_the_other_three_show_their_calls() {
    let stage = Stage::start_with(&["--wrong-key", "truedy"]);
    let browser = Browser::launch();
    let page = browser.page(Look::default());
    page.open(stage.url());
    let alert = page.by_role("alert", any()).with_text("Truedy did not accept the key (401).");
    alert.wait();
    assert!(alert.text().contains("Ask your admin to check the key of this connection"));
    let dots = page.by_role("list", "Connections");
    page.wait_until("the others are loaded", || {
        let said = dots.text();
        let others = CONNECTIONS.iter().filter(|name| **name != "Truedy");
        others.into_iter().all(|name| said.contains(&format!("{name}: loaded")))
    });
    assert!(dots.text().contains("Truedy: did not answer as it should"), "{}", dots.text());
    let all = count(&page);
    page.see(PARTIAL);

    page.by_role("group", "Filters").by_role("button", "Connection").click();
    let menu = page.by_role("group", "Connection");
    let counts = menu.by_role("checkbox", any()).names();
    let counted: usize = counts.iter().map(|name| last_number(name)).sum();
    assert_eq!(counts.len(), 3, "{counts:?}");
    assert!(counts.iter().all(|name| last_number(name) > 20), "{counts:?}");
    assert_eq!(counted, all);
    page.press("Escape");

    page.by_role("link", "Statistics").click();
    page.by_role("heading", "Statistics").wait();
    page.see(PARTIAL);
    alert.wait();
    assert_eq!(number(&figure(&page, "Calls")), all);
    let row = page.by_role("region", "By connection").by_role("row", any()).with_text("Truedy");
    assert!(row.text().contains(" 0 –"), "nothing is known of it: {}", row.text());
    screen::assert_good_in_every_look(&page, "statistics of what was loaded");
    page.by_role("link", "Calls").first().click();
    page.by_role("searchbox", containing("Search")).fill("Bennett");
    page.wait_until("the search left a few calls", || count(&page) < 20);
    screen::assert_good_in_every_look(&page, "list with an error");
    assert!(page.requests().iter().any(|url| url.contains("/api/c/truedy/")));
}

fn last_number(name: &str) -> usize {
    number(name.rsplit(' ').next().unwrap_or_default())
}
