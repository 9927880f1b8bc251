//! A team lead takes the calls of a list along: as a table for others, and as a file that Calldeck
//! opens again.

use load::opened::calldeck::{self, Export};

use crate::driver::{Browser, Downloads, Look, Page, any, containing};
use crate::in_browser::opened_files::{alone, choose};
use crate::outside::Outside;
use crate::screen::{self, OLIVIAS_NUMBER, calls, count, heading};
use crate::stage::Stage;

/// Opens the dialog with the button of the list.
#[track_caller]
fn dialog(page: &Page) {
    page.by_role("button", "Export").click();
    page.by_role("dialog", "Export calls").wait();
}

/// Exports what has been chosen, and reads the file that was saved.
#[track_caller]
fn export(page: &Page, files: &Downloads, begin: &str) -> (String, String) {
    page.by_role("button", begin).click();
    let (name, bytes) = files.take(page);
    (name, String::from_utf8(bytes).expect("a file in UTF-8"))
}

/// The rows of a table, by the names of their columns.
fn rows(text: &str, separator: u8) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("a table")
}

/// The keys of the calls that are listed, from their links.
fn listed(page: &Page) -> Vec<String> {
    let links: Vec<String> =
        (0..calls(page).count()).filter_map(|nth| calls(page).nth(nth).attribute("href")).collect();
    let key = |link: &String| {
        link.split("call=").nth(1).map(|key| key.split('&').next().unwrap().to_owned())
    };
    links.iter().filter_map(key).collect()
}

/// The longest word of a text: it is hardly there by chance.
fn longest_word(text: &str) -> String {
    let longest = text.split_whitespace().max_by_key(|word| word.chars().count());
    longest.expect("words").to_owned()
}

fn keys(export: &Export) -> Vec<String> {
    export.calls.iter().map(|opened| opened.call.key.to_string()).collect()
}

#[test]
fn transcripts_that_have_been_read_are_not_asked_for_again() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    screen::open_loaded(&page, &stage.at("#?connection=agentvoice&in=transcripts&q=machine"));
    page.wait_until("machines are found", || count(&page) > 0);
    page.by_role("button", "Stop").click();
    page.by_role("button", "Go on").wait();
    let transcripts = || page.requests().iter().filter(|url| brings_transcripts(url)).count();
    let (found, asked) = (count(&page), transcripts());
    assert!(asked > 0);
    dialog(&page);
    let open = page.by_role("dialog", "Export calls");
    open.by_role("checkbox", containing("With transcripts")).click();
    open.by_role("button", containing("Export ")).click();
    let (name, bytes) = files.take(&page);
    let text = String::from_utf8(bytes).expect("a file in UTF-8");
    assert!(!name.contains("partial"), "{name}");
    let table = rows(&text, b',');
    assert!(table.len() >= found, "{} of {found}", table.len());
    assert!(table.iter().all(|row| row["Transcript"].contains("machine")), "{text}");
    assert_eq!(transcripts(), asked, "they are here");
}

/// Whether a request is for transcripts: a page of the list that brings them, or one call.
fn brings_transcripts(url: &str) -> bool {
    url.contains("/agentvoice/calls/") || url.contains("include=transcript")
}

#[test]
fn what_the_filter_matches_is_exported_with_transcripts_and_nothing_else() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    screen::open_loaded(&page, stage.url());
    page.by_role("searchbox", containing("Search")).fill(OLIVIAS_NUMBER);
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    let (listed, names) = (listed(&page), calls(&page).names());
    calls(&page).first().click();
    heading(&page, OLIVIAS_NUMBER).wait();
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    // What is said first: the provider's events stand among the turns.
    let said = turns.with_text("Agent").first();
    said.wait();
    let heard = longest_word(&said.text());

    dialog(&page);
    page.by_role("checkbox", containing("With transcripts")).click();
    page.see("Up to 4 transcripts are loaded first");
    let (name, text) = export(&page, &files, "Export 4 calls");
    assert!(name.starts_with("calldeck-calls-2") && name.ends_with(".csv"), "{name}");
    assert!(!name.contains("partial"), "{name}");
    let table = rows(&text, b',');
    let links: Vec<&String> = table.iter().map(|row| &row["Link"]).collect();
    assert_eq!(links.len(), listed.len());
    assert!(links.iter().zip(&listed).all(|(link, key)| link.contains(key.as_str())), "{links:?}");
    assert!(table.iter().all(|row| row["Phone number"] == OLIVIAS_NUMBER));
    assert!(table.iter().all(|row| row["Time (Europe/Berlin)"].ends_with("+01:00")
        || row["Time (Europe/Berlin)"].ends_with("+02:00")));
    assert!(table[0]["Transcript"].contains("Agent: "), "{}", table[0]["Transcript"]);
    assert!(table[0]["Transcript"].contains(&heard), "{heard}: {}", table[0]["Transcript"]);
    page.see("4 calls exported");
    page.by_role("button", "Close").click();

    dialog(&page);
    page.by_role("radio", containing("Calldeck file")).click();
    page.by_role("checkbox", containing("With transcripts")).click();
    let (name, text) = export(&page, &files, "Export 4 calls");
    assert!(name.ends_with(".json") && !name.contains("partial"), "{name}");
    let export = calldeck::read(&text).expect("an export of Calldeck");
    assert_eq!((keys(&export), export.complete, export.skipped.len()), (listed, true, 0));
    assert_eq!(export.zone.as_deref(), Some("Europe/Berlin"));
    let spoken = export.calls.iter().filter(|opened| opened.call.transcript == Some(true));
    assert!(spoken.count() > 0);

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(&name);
    std::fs::write(&path, &text).expect("a file");
    let files = Outside::start();
    let elsewhere = alone(&files, &browser);
    choose(&elsewhere, &path);
    elsewhere.wait_until("the same calls are listed without a server", || {
        count(&elsewhere) == 4 && calls(&elsewhere).names() == names
    });
    calls(&elsewhere).first().click();
    let turns = elsewhere.by_role("list", "Transcript").by_role("listitem", any());
    elsewhere.wait_until("the transcript is there", || {
        turns.count() > 0 && turns.first().text().contains(&heard)
    });
    elsewhere.accept_complaints("");
}

#[test]
fn ticked_calls_alone_are_exported_if_somebody_wants_that() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    screen::open_loaded(&page, stage.url());
    page.by_role("searchbox", containing("Search")).fill(OLIVIAS_NUMBER);
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    let third = listed(&page)[2].clone();
    // The first box ticks all of them.
    screen::table(&page).by_role("checkbox", containing("Select")).nth(3).click();
    page.by_role("status", any()).with_text("1 call selected").wait();
    dialog(&page);
    let (name, text) = export(&page, &files, "Export 1 call");
    assert!(!name.contains("partial"), "{name}");
    let table = rows(&text, b',');
    assert_eq!(table.len(), 1);
    assert!(table[0]["Link"].contains(&third), "{}", table[0]["Link"]);
    page.by_role("button", "Close").click();
    dialog(&page);
    page.by_role("radio", containing("Everything in this list")).click();
    let (_, text) = export(&page, &files, "Export 4 calls");
    assert_eq!(rows(&text, b',').len(), 4);
}

#[test]
fn a_file_that_lacks_a_connection_says_so_in_its_name_and_in_itself() {
    let (stage, browser) = (Stage::start_with(&["--wrong-key", "truedy"]), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    page.open(stage.url());
    page.see("Truedy did not accept the key (401)");
    page.wait_until("the others are loaded", || {
        let dots = page.by_role("list", "Connections").text();
        ["TalkPilot", "AgentVoice", "Atoms"]
            .iter()
            .all(|name| dots.contains(&format!("{name}: loaded")))
    });
    let listed = count(&page);
    dialog(&page);
    let warning = page.by_role("dialog", "Export calls").by_role("status", any()).first();
    assert!(warning.text().contains("Truedy did not accept the key (401)"), "{}", warning.text());
    page.by_role("radio", containing("Calldeck file")).click();
    page.by_role("dialog", "Export calls").by_role("button", containing("Export ")).click();
    let (name, bytes) = files.take(&page);
    assert!(name.ends_with("-partial.json"), "{name}");
    let export = calldeck::read(std::str::from_utf8(&bytes).unwrap()).expect("an export");
    assert!(!export.complete && export.why_partial[0].contains("Truedy"), "{export:?}");
    assert!(export.calls.len() >= listed.saturating_sub(20), "{}", export.calls.len());
    page.see("This file is not complete");
}

#[test]
fn masked_numbers_are_nowhere_in_a_german_table() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look { language: "de-DE", ..Look::default() });
    let files = page.save_files();
    page.open(&stage.at("#?phone=%2B14155550142"));
    page.by_role("button", "Exportieren").wait();
    page.wait_until("Olivias vier Anrufe sind da", || {
        let grid = page.by_role("grid", any());
        grid.count() == 1 && grid.by_role("row", any()).count() == 5
    });
    page.by_role("button", "Exportieren").click();
    page.by_role("checkbox", containing("Mit Mitschriften")).click();
    page.by_role("checkbox", containing("unkenntlich")).click();
    let (name, text) = export(&page, &files, "4 Anrufe exportieren");
    assert!(name.ends_with("-masked.csv"), "{name}");
    let table = rows(&text, b';');
    assert_eq!(table.len(), 4);
    assert!(table.iter().all(|row| row["Telefonnummer"] == "[Nummer unkenntlich]"));
    assert!(table.iter().all(|row| row.contains_key("Zeit (Europe/Berlin)")));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    assert!(!digits.contains("14155550142"), "the number is in the file");
}

#[test]
fn the_dialog_is_good_to_use_on_every_screen_and_escape_closes_it_alone() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    calls(&page).first().click();
    page.by_role("complementary", "Open call").wait();
    dialog(&page);
    page.by_role("checkbox", containing("With transcripts")).click();
    page.press("Escape");
    page.by_role("dialog", "Export calls").wait_gone();
    page.by_role("complementary", "Open call").wait();
    let button = page.by_role("button", "Export");
    page.wait_until("the focus is back on the button", || button.has_focus());
    page.press("Escape");
    page.by_role("complementary", "Open call").wait_gone();
    dialog(&page);
    screen::assert_good_in_every_look(&page, "the export");
}

#[test]
fn a_note_for_the_crm_says_when_how_and_where() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    page.by_role("searchbox", containing("Search")).fill(OLIVIAS_NUMBER);
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    let key = listed(&page)[0].clone();
    calls(&page).first().click();
    heading(&page, OLIVIAS_NUMBER).wait();
    let allow = serde_json::json!({
        "origin": stage.url(), "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
    });
    page.send("Browser.grantPermissions", allow);
    page.by_role("button", containing("Copy for CRM")).click();
    page.by_role("status", any()).with_text("Copied for the CRM").wait();
    let note = page.eval("navigator.clipboard.readText()");
    let note = note.as_str().expect("a text on the clipboard");
    assert!(note.contains("(Europe/Berlin)"), "{note}");
    assert!(note.lines().last().unwrap().ends_with(&format!("#?call={key}")), "{note}");
    assert!(note.contains("Outcome: "), "{note}");
}
