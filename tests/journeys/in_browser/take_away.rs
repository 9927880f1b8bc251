//! Somebody keeps what a provider may let go of: one call in several forms, and on paper.

use load::opened::calldeck;
use serde_json::json;
use sound::WavHead;

use crate::driver::{Browser, Downloads, Locator, Look, Page, any, containing};
use crate::screen::{self, OLIVIA, calls};
use crate::stage::Stage;

/// A call of two hours, with hundreds of turns.
const TWO_HOURS: &str = "#?call=agentvoice/00000000-0000-4000-9000-000000007200";

#[test]
fn a_call_is_saved_as_text_captions_and_json_that_say_what_the_page_says() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    open_olivias(&page, &stage, "agentvoice");
    let said = spoken(&page);
    assert!(said.len() > 3, "{said:?}");
    menu(&page).click();

    let (name, text) = save(&page, &files, "Transcript as text");
    assert!(name.ends_with(".txt") && text.contains(OLIVIA), "{name}: {text}");
    let (agent, customer) =
        (text.matches("] Agent: ").count(), text.matches("] Customer: ").count());
    assert_eq!(agent + customer, said.len(), "{text}");
    assert_all_in(&text, &said);

    let (name, text) = save(&page, &files, "Captions, WebVTT");
    assert!(name.ends_with(".vtt") && text.starts_with("WEBVTT\n\n1\n00:00:"), "{name}: {text}");
    assert_eq!(text.matches(" --> ").count(), said.len(), "{text}");
    assert_all_in(&text, &said);

    let (name, text) = save(&page, &files, "Captions, SRT");
    assert!(name.ends_with(".srt"), "{name}");
    let cues: Vec<&str> = text.trim().split("\n\n").collect();
    assert_eq!(cues.len(), said.len(), "{text}");
    for (nth, (cue, said)) in cues.iter().zip(&said).enumerate() {
        let lines: Vec<&str> = cue.lines().collect();
        assert_eq!(lines[0], (nth + 1).to_string(), "{cue}");
        assert!(lines[1].len() == "00:00:00,000 --> 00:00:00,000".len(), "{cue}");
        assert!(lines[2].ends_with(said.as_str()), "{cue}: {said}");
    }

    let (name, text) = save(&page, &files, "Everything as JSON");
    let export = calldeck::read(&text).expect("a file that Calldeck opens again");
    assert!(name.ends_with(".json") && export.complete, "{name}");
    let opened = &export.calls[0];
    assert_eq!(opened.call.customer.name.as_deref(), Some(OLIVIA));
    assert!(page.url().contains(&opened.call.key.to_string()), "{}", opened.call.key);
    let calls::Transcript::Turns(turns) = &opened.transcript else { panic!("{text}") };
    assert_eq!(turns.iter().map(|turn| turn.text.clone()).collect::<Vec<_>>(), said);
    assert!(!opened.facts.is_empty());
    screen::assert_good_in_every_look(&page, "what can be saved of a call");
}

#[test]
fn both_recordings_of_a_call_are_saved_as_they_are() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let files = page.save_files();
    // Atoms keeps one recording of both sides, and one in which they are mixed.
    open_olivias(&page, &stage, "atoms");
    menu(&page).click();
    let panel = page.by_role("group", "Save this call");
    let mut heads = Vec::new();
    for (link, track) in
        [("Recording, Both sides apart", "main"), ("Recording, Mixed into one", "mono")]
    {
        let link = panel.by_role("link", link);
        let served = served(&page, &link.attribute("href").expect("an address"));
        link.click();
        let (name, bytes) = files.take(&page);
        assert!(name.contains(track) && name.ends_with(".wav"), "{name}");
        assert_eq!(bytes.len(), served, "{name}");
        let head = WavHead::read(&bytes).expect("a WAV");
        assert_eq!(head.bytes, Some(bytes.len() as u64 - head.at), "it is whole");
        heads.push((head.channels, bytes));
    }
    assert_eq!((heads[0].0, heads[1].0), (2, 1));
    assert!(heads.iter().all(|(_, bytes)| bytes[44..].iter().any(|byte| *byte != 0)), "sound");
}

#[test]
fn captions_of_turns_without_times_are_not_offered_and_that_is_said() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    open_olivias(&page, &stage, "talkpilot");
    menu(&page).click();
    let panel = page.by_role("group", "Save this call");
    panel.by_role("button", "Transcript as text").wait();
    assert_eq!(panel.by_role("button", containing("Captions")).count(), 0);
    assert!(panel.text().contains("Captions need the time of every turn"), "{}", panel.text());
}

#[test]
fn a_printed_call_has_its_facts_and_every_turn_and_nothing_to_press() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default().dark());
    page.open(&stage.at(TWO_HOURS));
    page.by_role("list", "Transcript").by_role("listitem", any()).nth(20).wait();
    page.eval("void (window.print = () => { window.printed = true; })");
    menu(&page).click();
    page.by_role("group", "Save this call").by_role("button", "Print").click();
    assert_eq!(page.eval("window.printed"), true);

    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let turns = spoken(&page).len();
    assert!(turns > 300, "{turns}");
    let printed = "[...document.querySelectorAll('.turn__text')].filter(turn => {
        const box = turn.getBoundingClientRect();
        return box.height > 0 && box.left >= 0 && box.right <= innerWidth
            && box.bottom + scrollY <= document.documentElement.scrollHeight + 1;
    }).length";
    assert_eq!(page.eval(printed), turns, "every turn is on the paper");
    let pressed = "[...document.querySelectorAll('button, input, select, audio, [role=tab]')]
        .filter(part => part.offsetParent && !part.matches('.turn__time')).map(part => part.outerHTML)";
    assert_eq!(page.eval(pressed), json!([]));
    let facts = "document.querySelector('#panel-details').innerText";
    let facts = page.eval(facts).as_str().unwrap_or_default().to_owned();
    assert!(facts.contains("Duration") && facts.contains("2:00:"), "{facts}");
    // Whatever is chosen on the screen, paper is white.
    let paper = page.eval("getComputedStyle(document.documentElement).colorScheme");
    assert_eq!(paper, "light");
    let height = page.eval("document.documentElement.scrollHeight").as_f64().expect("a height");
    let pages = pdf_pages(&page);
    // A sheet of letter paper is 1056 pixels high, with margins.
    assert!(f64::from(pages) > height / 1_056.0 * 0.7, "{pages} pages of {height} px");
}

/// How many pages the browser makes of it.
fn pdf_pages(page: &Page) -> i32 {
    let pdf = page.send("Page.printToPDF", json!({}));
    let pdf = pdf["data"].as_str().expect("a PDF").to_owned();
    let pages = page.eval(&format!("atob('{pdf}').match(/\\/Type\\s*\\/Page\\b/g).length"));
    i32::try_from(pages.as_i64().expect("pages")).expect("not so many")
}

fn served(page: &Page, url: &str) -> usize {
    let length = format!("fetch('{url}').then(answer => answer.blob()).then(file => file.size)");
    usize::try_from(page.eval(&length).as_u64().expect("a length")).expect("not so long")
}

#[track_caller]
fn open_olivias(page: &Page, stage: &Stage, connection: &str) {
    screen::open_loaded(
        page,
        &stage.at(&format!("#?connection={connection}&phone=%2B14155550142")),
    );
    calls(page).first().click();
    page.by_role("list", "Transcript").by_role("listitem", any()).nth(2).wait();
}

/// What is said in the open call, turn by turn.
#[track_caller]
fn spoken(page: &Page) -> Vec<String> {
    let texts = "[...document.querySelectorAll('.turn__text')].map(turn => turn.textContent)";
    serde_json::from_value(page.eval(texts)).expect("texts")
}

#[track_caller]
fn assert_all_in(text: &str, said: &[String]) {
    let missing: Vec<&String> = said.iter().filter(|said| !text.contains(said.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?} is not in {text}");
}

#[track_caller]
fn save(page: &Page, files: &Downloads, what: &str) -> (String, String) {
    page.by_role("group", "Save this call").by_role("button", what).click();
    let (name, bytes) = files.take(page);
    (name, String::from_utf8(bytes).expect("a text"))
}

fn menu(page: &Page) -> Locator<'_> {
    page.by_role("complementary", "Open call").by_role("button", "Save")
}
