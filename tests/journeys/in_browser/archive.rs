//! Somebody saves calls before they are gone: recordings, transcripts and data in one archive, which
//! other programs read, with what could not be saved by name.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use load::opened::calldeck;

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::screen::{self, count};
use crate::stage::Stage;

#[test]
fn ticked_calls_are_saved_the_most_urgent_first_and_what_is_lost_is_named() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    screen::open_loaded(&page, stage.url());
    // Of each provider one call whose recording cannot be had, and one of Olivia's.
    tick(&page, "q=000000000500", 2);
    tick(&page, "q=error_500", 1);
    tick(&page, "q=e00500", 1);
    tick(&page, "phone=%2B14155550142", 4);
    // Truedy lets go of a recording after a day: these are of the last hours.
    tick(&page, "connection=truedy&recording=yes", 2);
    let dialog = archive_dialog(&page);
    screen::assert_good_in_every_look(&page, "the choice of an archive");
    page.look(Look::default());
    dialog.by_role("button", "Export 10 calls").click();
    let (name, bytes) = files.take(&page);
    assert!(name.starts_with("calldeck-archive-2") && name.ends_with("-partial.zip"), "{name}");

    let asked = recordings_asked_for(&page);
    let of_truedy = asked.iter().take_while(|url| url.contains("/media/truedy/")).count();
    assert!(of_truedy >= 1, "{asked:?}");
    assert!(asked.iter().skip(of_truedy).any(|url| url.contains("/media/atoms/")), "{asked:?}");

    let files = unpacked(bytes);
    let export = calldeck::read(text(&files, "calls.json")).expect("an export of Calldeck");
    assert_eq!((export.calls.len(), export.complete), (10, false));
    let lost: Vec<&str> = text(&files, "not-saved.txt").lines().collect();
    for connection in ["talkpilot", "truedy", "agentvoice", "atoms"] {
        let here =
            |end: &str| files.keys().any(|name| name.contains(connection) && name.ends_with(end));
        assert!(here("transcript.txt"), "{connection}: {:?}", files.keys());
        assert!(here("recording-main.wav") || here("recording-main.mp3"), "{:?}", files.keys());
    }
    assert!(files.keys().any(|name| name.ends_with("recording-mono.wav")), "{:?}", files.keys());
    for (name, content) in files.iter().filter(|(name, _)| name.contains("/recording-")) {
        let sound =
            if name.ends_with(".wav") { content.starts_with(b"RIFF") } else { content[0] == 0xff };
        assert!(sound && content.len() > 10_000, "{name}: {} bytes", content.len());
    }
    // Whoever has no recording in it is named, there and on the screen.
    let refused = export.calls.iter().filter(|it| {
        let said = lost.iter().any(|line| line.contains(it.call.key.reference.call_id()));
        let saved = files.keys().any(|name| {
            name.contains(it.call.key.reference.call_id()) && name.contains("/recording-")
        });
        assert!(said != saved, "{}: {lost:?} {:?}", it.call.key, files.keys());
        said
    });
    assert!(refused.count() >= 4, "{lost:?}");
    page.see("10 calls exported");
    let said = page.by_role("dialog", "Export calls").text();
    assert!(lost.iter().all(|line| said.contains(line)), "{lost:?}: {said}");
    screen::assert_good_in_every_look(&page, "an archive that lacks something");
}

#[test]
fn an_archive_says_how_far_it_is_and_is_cancelled() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    screen::open_loaded(&page, &stage.at("#?period=30d&connection=talkpilot&q=two%20hours"));
    page.wait_until("the call of two hours is there", || count(&page) == 1);
    let dialog = archive_dialog(&page);
    dialog.by_role("button", "Export 1 call").click();
    let said = || dialog.by_role("status", any()).text();
    page.wait_until("the first megabytes are saved", || {
        let said = said();
        said.starts_with("Saving recordings: 0 of 1 calls, ") && !said.contains(" 0 MB")
    });
    dialog.by_role("progressbar", any()).wait();
    dialog.by_role("button", "Cancel").click();
    dialog.wait_gone();
    page.by_role("button", "Export").click();
    let asked = recordings_asked_for(&page).len();
    // What is saved next is the first file: nothing of the archive was.
    let dialog = page.by_role("dialog", "Export calls");
    dialog.by_role("button", "Export 1 call").click();
    let (name, _) = files.take(&page);
    assert!(name.ends_with(".csv"), "{name}");
    assert_eq!(recordings_asked_for(&page).len(), asked, "nothing more is fetched");
}

/// Ticks the first calls that a filter shows.
#[track_caller]
fn tick(page: &Page, filter: &str, how_many: usize) {
    page.eval(&format!("void (location.hash = '#?{filter}')"));
    page.wait_until("the calls are there", || count(page) >= how_many);
    screen::wait_loaded(page);
    for nth in 1..=how_many {
        // The first box is the head's.
        screen::table(page).by_role("checkbox", containing("Select")).nth(nth).click();
    }
}

/// The dialog of an export, in which the archive is chosen.
#[track_caller]
fn archive_dialog(page: &Page) -> Locator<'_> {
    page.by_role("button", "Export").click();
    let dialog = page.by_role("dialog", "Export calls");
    dialog.by_role("radio", containing("Archive (ZIP)")).click();
    dialog
}

fn recordings_asked_for(page: &Page) -> Vec<String> {
    page.requests().into_iter().filter(|url| url.contains("/media/")).collect()
}

/// What is in an archive, as another program reads it: check sums and all.
fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip_reader::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let length = archive.len();
    let read = |nth: usize| {
        let mut file = archive.by_index(nth).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("the bytes that its check sum is of");
        (file.name().to_owned(), content)
    };
    (0..length).map(read).collect()
}

#[track_caller]
fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, name: &str) -> &'f str {
    let content = files.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", files.keys()));
    std::str::from_utf8(content).expect("a text")
}
