//! Calls of which the provider gives no detail, or a broken one, and recordings that fail: all
//! is said in words, and what is known stays.

use std::time::Duration;

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, CONNECTIONS, calls, count};
use crate::stage::Stage;

/// Parts of the ids of the demo's calls whose detail fails, and what is said of them.
const FAILURES: [([&str; 4], &str); 4] = [
    (
        ["8000-000000000500", "call_demo_error_500", "9000-000000000500", "e00500"],
        "failed to answer (500). The fault is with the provider.",
    ),
    (
        ["8000-0000000c0de1", "call_demo_cut_off", "9000-0000000c0de1", "c0de01"],
        "answered in a form that cannot be read.",
    ),
    (
        ["8000-0000000c0de2", "call_demo_html", "9000-0000000c0de2", "c0de02"],
        "answered with something other than JSON.",
    ),
    // The last: what was asked for too often is left in peace for a while.
    (
        ["8000-000000000429", "call_demo_error_429", "9000-000000000429", "e00429"],
        "has had too many requests (429). Wait a minute and load again.",
    ),
];

#[test]
fn a_detail_that_fails_is_said_and_what_the_list_knows_stays() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?q=call_demo_slow"));
    calls(&page).first().click();
    page.see("Loading the call");
    page.by_role("list", "Transcript").by_role("listitem", any()).first().wait();
    for (failure, sentence) in FAILURES {
        for (connection, id) in CONNECTIONS.into_iter().zip(failure) {
            page.eval(&format!("location.hash = '#?q={id}'"));
            page.wait_until("one call has this id", || count(&page) == 1);
            calls(&page).first().click();
            let panel = page.by_role("complementary", "Open call");
            let said = panel.by_role("alert", any()).with_text(connection).first().text();
            assert!(said.contains(sentence), "{connection} {id}: {said}");
            assert!(panel.text().contains("Duration "), "{id}: {}", panel.text());
        }
    }
    screen::assert_good_in_every_look(&page, "a call that failed");
}

#[test]
fn a_recording_without_sound_says_why_and_a_link_that_ran_out_is_renewed() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(30));
    screen::open_loaded(&page, &stage.at("#?q=Demo:"));
    open(&page, "Demo: recording without a sample");
    let player = page.by_role("region", "Recording");
    player.by_role("alert", any()).with_text("The recording is an empty file").wait();
    screen::assert_good_at(&page, "a recording that does not play", 320);
    page.look(Look::default());

    for title in ["first audio link refused", "8 bits a sample", "µ-law", "a LIST chunk"] {
        open(&page, title);
        player.by_role("button", "Play").click();
        page.wait_until("the recording moves on", || {
            let position = player.by_role("slider", "Position").value();
            position.parse::<f64>().is_ok_and(|secs| secs > 0.3)
        });
        player.by_role("button", "Pause").click();
        assert_eq!(player.by_role("alert", any()).count(), 0);
    }
}

#[test]
fn loading_again_neither_stops_a_recording_nor_takes_the_focus() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?q=Bennett"));
    calls(&page).first().click();
    let player = page.by_role("region", "Recording");
    player.by_role("button", "Play").click();
    let position = player.by_role("slider", "Position");
    let secs = || position.value().parse::<f64>().expect("seconds");
    page.wait_until("the recording moves on", || secs() > 1.0);
    let before = secs();
    page.by_role("button", "Load again").press("Enter");
    screen::wait_loaded(&page);
    assert!(secs() >= before, "it went on from {before}, and is at {}", secs());
    let then = secs();
    page.wait_until("the recording goes on", || secs() > then);
    assert!(page.by_role("button", "Load again").has_focus());
    player.by_role("button", "Pause").click();
}

#[test]
fn what_a_recording_tells_after_its_call_was_closed_breaks_nothing() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?q=Bennett"));
    calls(&page).first().click();
    page.by_role("region", "Recording").by_role("button", "Play").wait();
    page.eval("(() => { window.element = document.querySelector('audio') })()");
    page.by_role("button", "Close the call").click();
    page.by_role("complementary", "Open call").wait_gone();
    for event in ["loadedmetadata", "durationchange", "timeupdate", "pause", "ended", "error"] {
        page.eval(&format!("void window.element.dispatchEvent(new Event('{event}'))"));
    }
    // Still alive: it panicked, and nothing on the page answered any more.
    calls(&page).first().click();
    page.by_role("region", "Recording").by_role("button", "Play").wait();
}

/// Opens the call with this title.
#[track_caller]
fn open(page: &Page, title: &str) {
    page.by_role("searchbox", containing("Search names")).fill(title);
    screen::rows(page)
        .with_text(title)
        .first()
        .by_role("link", containing("open call with"))
        .click();
    page.by_role("complementary", "Open call").by_role("button", "Play").wait();
}
