//! The first screen: the calls of all connections, in a table.

use crate::driver::{Browser, Look};
use crate::screen::rows;
use crate::stage::Stage;

#[test]
fn the_dashboard_opens_with_a_table_of_calls() {
    let stage = Stage::start();
    let browser = Browser::launch();
    let page = browser.page(Look::default());
    page.open(stage.url());
    page.by_role("heading", "Calls").wait();
    let rows = rows(&page);
    page.wait_until("the table has calls", || rows.count() > 1);
    page.assert_accessible();
}
