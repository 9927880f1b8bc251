//! A list on paper says what it is a list of; on the screen that stands in the bars.

use serde_json::json;

use crate::driver::{Browser, Look, Page};
use crate::screen::{self, count};
use crate::stage::Stage;

#[test]
fn a_printed_list_says_which_calls_these_are_and_the_screen_stays_as_it_is() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let link = "#?period=7d&zone=Asia/Kathmandu&direction=inbound&connection=agentvoice&q=Olivia";
    screen::open_loaded(&page, &stage.at(link));
    page.wait_until("her calls are listed", || count(&page) > 0);
    let calls = if count(&page) == 1 { "1 call".into() } else { format!("{} calls", count(&page)) };
    let filters = "Connection: AgentVoice · Direction: Inbound · Searched text: Olivia";
    page.see_no(filters);

    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.see(&format!("(Asia/Kathmandu) · {filters} · {calls} · Printed "));
    page.send("Emulation.setEmulatedMedia", json!({ "media": "" }));
    page.see_no(filters);
    assert!(says_now(&page), "the time is that at which it is printed");
}

#[test]
fn in_german_it_is_said_in_german() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look { language: "de-DE", ..Look::default() });
    page.open(&stage.at("#?period=7d&direction=outbound"));
    page.see("Anrufe");
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.see("(Europe/Berlin) · Richtung: Ausgehend · ");
    page.see(" · Gedruckt: ");
}

#[test]
fn printed_statistics_say_which_calls_they_count_and_have_nothing_to_press() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let link = "#?view=statistics&period=7d&direction=inbound&connection=agentvoice";
    screen::open_loaded(&page, &stage.at(link));
    page.see("Calls per day by success");
    let calls = screen::figure(&page, "Calls");
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.see(&format!("Connection: AgentVoice · Direction: Inbound · {calls} calls · Printed "));
    page.see("Success rate");
    for pressed in ["Compare with", "Drag across bars", "As a table"] {
        page.see_no(pressed);
    }
}

/// Whether the line names the minute in which the page is being printed, in Kathmandu.
fn says_now(page: &Page) -> bool {
    page.eval(
        "void addEventListener('afterprint', () => {
            window.printed = document.querySelector('.print-head').textContent;
        })",
    );
    let minute = "new Date().toLocaleTimeString('en-US', {
        timeZone: 'Asia/Kathmandu', hour: '2-digit', minute: '2-digit' })";
    let before = page.eval(minute);
    page.send("Page.printToPDF", json!({}));
    let after = page.eval(minute);
    let printed = page.eval("window.printed").to_string();
    [before, after].iter().any(|minute| printed.contains(minute.as_str().unwrap_or("?")))
}
