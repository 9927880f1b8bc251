//! Files of calls, opened without any server: chosen by keyboard, or dropped on the page.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::driver::{Browser, Look, Page, any, containing};
use crate::outside::Outside;
use crate::screen::{self, count, figure, heading};
use crate::stage::bundle;

/// The page on a plain file server, with nothing behind it.
pub(super) fn alone(files: &Outside, browser: &Browser) -> Page {
    files.copy(&bundle(), "calls");
    let page = browser.page(Look::default());
    page.open(&files.at("calls/"));
    page.by_role("alert", any()).with_text("cannot be reached").wait();
    page
}

pub(super) fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)
}

/// Chooses a file as the browser's own window for files would.
#[track_caller]
pub(super) fn choose(page: &Page, path: &Path) {
    screen::choose_in(page, "#open-file", path);
}

#[test]
fn a_file_that_is_dropped_shows_table_transcript_and_statistics_without_a_server() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let before = page.requests().len();
    screen::drop_in(&page, &fixture("truedy/list/guide.json"));
    page.see("guide.json: 4 calls of Truedy");
    page.see("nothing of them is uploaded or stored");
    page.see("No call of guide.json is in the chosen days.");
    page.by_role("button", containing("Show Mar")).click();
    page.wait_until("the calls of the file are listed", || count(&page) == 4);

    screen::drop_in(&page, &fixture("talkpilot/detail/seed-call.json"));
    page.see("seed-call.json: 1 call of TalkPilot");
    page.wait_until("the call of the second file is listed, too", || count(&page) == 5);
    page.by_role("link", containing("open call with Hans Meier")).click();
    heading(&page, "Hans Meier").wait();
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    turns.first().wait();
    page.see("The recording needs the provider: a file does not hold it.");
    screen::assert_good_in_every_look(&page, "a call of a file");

    page.by_role("link", "Statistics").click();
    assert_eq!(figure(&page, "Calls"), "5");
    assert!(page.by_role("list", "Connections").text().contains("seed-call.json: loaded"));
    // Parts of the program are fetched when they are wanted: nothing is said to anybody by that.
    let is_program = |url: &String| url.ends_with(".wasm") && !url.contains('?');
    let asked = page.requests().into_iter().skip(before).filter(|url| !is_program(url));
    let asked: Vec<String> = asked.collect();
    assert_eq!(asked, [""; 0], "nothing of a file is sent anywhere");
    page.accept_complaints("");
}

#[test]
fn a_link_to_a_call_of_a_file_says_that_the_file_has_to_be_opened_and_then_shows_it() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let agent = "550e8400-e29b-41d4-a716-446655440000";
    // A document that is open already would only get another fragment.
    page.open("about:blank");
    page.open(&files.at(&format!("calls/#?call=file/{agent}~call-uuid-1")));
    page.see("This call is in a file that is not open in this tab.");
    choose(&page, &fixture("talkpilot/detail/seed-call.json"));
    heading(&page, "Hans Meier").wait();
    page.see_no("This call is in a file that is not open in this tab.");

    page.by_role("button", "Close the file seed-call.json").click();
    page.see_no("Hans Meier");
    page.see_no("seed-call.json");

    // The link leads to it again when the file is open again.
    choose(&page, &fixture("talkpilot/detail/seed-call.json"));
    page.see("seed-call.json: 1 call of TalkPilot");
    page.eval(&format!("location.hash = '#?call=file/{agent}~call-uuid-1'"));
    heading(&page, "Hans Meier").wait();
    page.accept_complaints("");
}

#[test]
fn a_broken_file_names_the_place_and_shows_the_rest() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("calls.jsonl");
    let line = |id: &str| {
        format!(
            r#"{{"id":"{id}","direction":"inbound","duration_seconds":3,"created_at":"2026-03-19T10:00:00Z"}}"#
        )
    };
    let text = format!("{}\n{{\"id\" \"b\"}}\n{}\n", line("a"), line("c"));
    std::fs::write(&path, text).expect("a file");
    choose(&page, &path);
    page.see("calls.jsonl: 2 calls of Truedy");
    page.see("calls.jsonl: 1 record could not be read; all others are shown.");
    page.see("Record 2, line 2, column 7 (byte 96): a colon was expected here");
    screen::assert_good_in_every_look(&page, "a broken file");
    page.accept_complaints("");
}

#[test]
fn whose_calls_they_are_is_asked_where_the_file_does_not_say() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("either.json");
    let either = r#"[{"id":"c1","agent_id":"a1","started_at":"2026-03-19T10:00:00Z"}]"#;
    std::fs::write(&path, either).expect("a file");
    choose(&page, &path);
    let asked = page.by_role("group", "Which provider is either.json from?");
    asked.wait();
    assert_eq!(asked.by_role("button", any()).names(), ["Truedy", "AgentVoice"]);
    screen::assert_good_in_every_look(&page, "a file of nobody knows whom");
    asked.by_role("button", "AgentVoice").click();
    page.see("either.json: 1 call of AgentVoice");
    page.accept_complaints("");
}

#[test]
fn the_way_to_open_a_file_is_in_reach_of_the_keyboard() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let button = page.by_role("banner", any()).by_role("button", "Open a file");
    page.send("Page.setInterceptFileChooserDialog", json!({ "enabled": true }));
    page.eval(
        "document.getElementById('open-file').addEventListener('click', () => window.asked = true)",
    );
    button.focus();
    page.press("Enter");
    page.wait_until("a file is asked for", || page.eval("window.asked === true") == true);
    page.accept_complaints("");
}
