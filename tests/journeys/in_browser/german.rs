//! Somebody whose browser speaks German.

use crate::driver::{Browser, Look, any, containing};
use crate::outside::Outside;
use crate::stage::{Stage, bundle};

#[test]
fn a_german_browser_gets_german_words_dates_and_numbers_wherever_the_page_lies() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--cors-origin", &files.origin()]);
    files.copy(&bundle(), "anrufe");
    files.write("anrufe/config.json", &format!(r#"{{"proxy":"{}"}}"#, stage.url()));
    let page = browser.page(Look { language: "de-DE", ..Look::default() });
    for url in [stage.at("#?period=30d"), files.at("anrufe/#?period=30d")] {
        page.open(&url);
        page.by_role("heading", "Anrufe").wait();
        assert_eq!(page.eval("document.documentElement.lang"), "de-DE");
        let figures = page.by_role("region", "Kennzahlen dieser Anrufe");
        let success = figures.by_role("listitem", any()).with_text("Erfolgsquote");
        page.wait_until("a rate is there", || success.text().contains(" %"));
        let first = page.by_role("row", any()).nth(1).text();
        assert!(!first.contains(" AM ") && !first.contains(" PM "), "{first}");
        page.assert_accessible();
    }
    page.by_role("button", containing("Letzte 30 Tage")).click();
    page.by_role("group", "Zeitraum und Zeitzone").wait();
}
