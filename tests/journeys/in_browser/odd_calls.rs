//! Calls of the demo that lack something, or are not like others: each says so in words. Those whose
//! recording is odd are heard in `listening.rs` and `failures.rs`.

use crate::driver::{Browser, Look, any};
use crate::screen::{self, calls, count};
use crate::stage::Stage;

/// How they are found, and what the open call says.
const ODD: [(&str, &[&str]); 6] = [
    (
        "connection=talkpilot&purged=only",
        &["Purged", "The recording has been purged", "The transcript has been purged."],
    ),
    ("connection=talkpilot&deleted=only", &["Deleted"]),
    ("connection=atoms&test=only", &["Test"]),
    ("connection=agentvoice&q=000000000060", &["There is no transcript of this call."]),
    (
        "connection=atoms&channel=phone&status=completed&recording=no&duration=1000..",
        &["There is no recording"],
    ),
    (
        "connection=truedy&status=completed&recording=no&duration=1000..&sort=time",
        &["The provider no longer gives out this recording"],
    ),
];

#[test]
fn every_odd_call_of_the_demo_shows_the_right_words() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    page.open(&stage.at("#?period=30d"));
    for (filter, sentences) in ODD {
        page.eval(&format!("void (location.hash = '#?period=30d&{filter}')"));
        screen::wait_loaded(&page);
        page.wait_until("such a call is there", || count(&page) > 0);
        calls(&page).first().click();
        let panel = page.by_role("complementary", "Open call");
        panel.by_role("tab", any()).first().wait();
        for sentence in sentences {
            page.wait_until(&format!("{filter} says “{sentence}”"), || {
                panel.text().contains(sentence)
            });
        }
        screen::assert_good_at(&page, filter, 1440);
        // What is hidden in the panel makes the page behind it no longer.
        assert_eq!(page.eval("document.documentElement.scrollHeight - innerHeight"), 0, "{filter}");
        page.press("Escape");
        panel.wait_gone();
    }
}
