//! A list is longer than is read at once: what is missing is said, asked for, and read on.

use crate::driver::{Browser, Look, Page};
use crate::outside::Outside;
use crate::screen::{self, count};
use crate::stage::{Stage, bundle};

const QUARTER: &str = "#?period=90d";
const READ_ON: &str = "Read on: Smallest.ai Atoms";

/// A page that reads a hundred calls of each connection at once.
fn short_page(files: &Outside, proxy: &str) -> String {
    files.copy(&bundle(), "short");
    let proxy = proxy.trim_end_matches('/');
    files.write("short/config.json", &format!(r#"{{"proxy":"{proxy}","read_at_once":100}}"#));
    files.at("short/")
}

#[test]
fn a_long_list_is_read_on_by_the_keyboard_and_can_be_stopped() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--cors-origin", &files.origin()]);
    let page = browser.page(Look::default());
    let short = short_page(&files, stage.url());
    screen::open_loaded(&page, &format!("{short}{QUARTER}&connection=atoms"));
    page.see("Smallest.ai Atoms: only 100 of ");
    assert_eq!(count(&page), 100);
    screen::assert_good_at(&page, "list that is not read to its end", 320);

    let button = page.by_role("button", READ_ON);
    button.focus();
    page.press("Enter");
    page.see("Smallest.ai Atoms: only 200 of ");
    assert!(button.has_focus() && count(&page) == 200);

    hold_answers(&page);
    page.press("Enter");
    let stop = page.by_role("button", "Stop: Smallest.ai Atoms");
    stop.wait();
    assert!(stop.has_focus());
    page.see("Smallest.ai Atoms: searched 200 of ");
    page.press("Enter");
    page.see("Smallest.ai Atoms: only 200 of ");
    page.wait_until("the request is cancelled", || {
        page.eval("held.every(one => one.signal.aborted)") == true
    });
    page.eval("window.fetch = honest; 0");
    page.press("Enter");
    page.see("Smallest.ai Atoms: only 300 of ");
    while button.count() > 0 {
        let before = count(&page);
        button.click();
        // While it is being read the button says how to stop.
        page.wait_until("more is read, or nothing is left", || {
            stop.count() == 0 && (count(&page) > before || button.count() == 0)
        });
    }
    page.see_no("Smallest.ai Atoms: only");
    page.accept_complaints("abort");
}

/// Keeps every answer of a list back until its request is cancelled.
fn hold_answers(page: &Page) {
    page.eval(
        "window.honest = window.fetch; window.held = [];
         window.fetch = request => !request.url.includes('/conversation?') ? honest(request)
            : new Promise((_, refuse) => {
                held.push(request);
                const why = new DOMException('cancelled', 'AbortError');
                request.signal.addEventListener('abort', () => refuse(why));
            });
         0",
    );
}

#[test]
fn what_a_filter_shows_of_a_long_list_is_asked_of_its_provider() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--cors-origin", &files.origin()]);
    let page = browser.page(Look::default());
    let filter = "#?period=30d&connection=agentvoice&direction=inbound";
    screen::open_loaded(&page, &stage.at(filter));
    let all = count(&page);

    let short = short_page(&files, stage.url());
    page.open(&format!("{short}{filter}"));
    page.see("AgentVoice: of the calls that pass these filters, all have been read.");
    page.see("AgentVoice: only 100 of ");
    // A call may have begun in between.
    assert!(count(&page) >= all, "{} of {all}", count(&page));
    let asked = |part: &str| page.requests().iter().any(|url| url.contains(part));
    assert!(asked("call_type=inbound"));
    assert!(!asked("truedy/calls?direction=inbound"), "of other connections nothing is wanted");
}
