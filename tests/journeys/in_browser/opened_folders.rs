//! A folder that `calldeck archive` wrote, opened in the dashboard: table, transcripts, recordings.

use std::fs;
use std::path::{Path, PathBuf};

use calls::formats::duration;
use serde_json::Value;

use super::opened_files::alone;
use crate::driver::{Browser, Look, Page, any, containing};
use crate::outside::Outside;
use crate::screen::{self, calls, count};
use crate::stage::{Stage, ask_of_files};

/// Chooses a folder as the browser's own window for folders would.
#[track_caller]
fn choose(page: &Page, folder: &Path) {
    screen::choose_in(page, "#open-folder", folder);
}

/// Calls, answered ones, their average duration.
fn figures_on_screen(page: &Page) -> [String; 3] {
    ["Calls", "Answered", "Average duration"].map(|name| screen::figure(page, name))
}

/// The same as the command line counts them in the folder.
#[track_caller]
fn figures_of_program(saved: &Path) -> [String; 3] {
    let saved = saved.to_str().expect("a path");
    let days = ["#?period=7d", "--zone", "Europe/Berlin"];
    let stats = ["stats", "--file", saved, "--format", "json"];
    let told = ask_of_files(&[&stats[..], &days].concat());
    let told: Value = serde_json::from_str(&told).expect("JSON");
    let figures = &told["figures"];
    let mean_ms = figures["mean_ms"].as_f64().expect("an average");
    [figures["calls"].to_string(), figures["answered"].to_string(), duration(mean_ms)]
}

/// The recordings of a saved folder.
fn recordings(saved: &Path) -> Vec<PathBuf> {
    let inside = |path: PathBuf| -> Vec<PathBuf> {
        let entries = fs::read_dir(path).into_iter().flatten();
        entries.map(|entry| entry.expect("an entry").path()).collect()
    };
    let months = inside(saved.to_owned()).into_iter();
    let calls = months.flat_map(inside);
    let mut found: Vec<PathBuf> = calls.flat_map(inside).collect();
    found.retain(|path| path.file_stem().is_some_and(|name| name == "recording-main"));
    found.sort();
    found
}

#[test]
fn a_folder_of_saved_calls_opens_with_its_recordings_and_transcripts() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--limits", "off"]);
    let folder = tempfile::tempdir().expect("a folder");
    let saved = folder.path().join("kept calls");
    let days = screen::working_day(4);
    let link = format!("#?from={0}&to={0}&connection=agentvoice", days.iso());
    stage.run(&["archive", &link, "--dir", saved.to_str().expect("a path")]);
    let heard = recordings(&saved);
    assert!(heard.len() > 2, "{heard:?}");
    drop(stage);

    // Of one the recording is lost, of a month its file, and somebody has put other things in.
    fs::remove_file(&heard[0]).expect("a recording");
    fs::write(heard[1].with_file_name("recording-..mp3"), "x").expect("a file");
    fs::write(saved.join("<img src=x onerror=alert(1)>.json"), "{}").expect("a file");
    fs::create_dir_all(saved.join("2020-01/2020-01-05_atoms_CALL-1")).expect("a folder");
    fs::write(saved.join("2020-01/2020-01-05_atoms_CALL-1/call.json"), "{}").expect("a file");

    let page = alone(&files, &browser);
    let asked = page.requests().len();
    page.by_role("button", containing("Open a folder")).first().wait();
    choose(&page, &saved);
    page.see("kept calls: ");
    page.see(&format!("{} recordings", heard.len() - 1));
    page.see("Missing in kept calls, or not readable");
    page.see("kept calls/2020-01/calls.json");
    page.wait_until("the calls of the folder are listed", || count(&page) >= heard.len());
    assert_eq!(figures_on_screen(&page), figures_of_program(&saved));
    screen::assert_good_in_every_look(&page, "a folder that lacks something");
    page.look(Look::default());

    // Whichever call is open, what lies in its folder is heard, and the one that lost it says so.
    screen::turn_into_pages(&page);
    let (mut played, mut silent) = (0, 0);
    for nth in 0..calls(&page).count() {
        calls(&page).nth(nth).click();
        page.by_role("complementary", "Open call").wait();
        page.by_role("tab", "Transcript").wait();
        let drawn = "document.querySelector('.call-panel .player') !== null";
        page.wait_until("it is told whether it can be heard", || page.eval(drawn) == true);
        if page.by_role("button", "Play").count() > 0 {
            played += 1;
            if played == 1 {
                plays(&page);
            }
        } else if page.text().contains("The folder does not hold this recording.") {
            silent += 1;
        }
        page.press("Escape");
        page.by_role("complementary", "Open call").wait_gone();
    }
    assert_eq!(played, heard.len() - 1);
    assert!(silent >= 1);
    let asked: Vec<String> = page.requests().into_iter().skip(asked).collect();
    let sent: Vec<&String> = asked.iter().filter(|url| !url.starts_with("blob:")).collect();
    let is_of_page = |url: &&&String| [".js", ".wasm", ".svg"].iter().any(|end| url.ends_with(end));
    let strangers: Vec<&&String> = sent.iter().filter(|url| !is_of_page(url)).collect();
    assert!(strangers.is_empty(), "nothing is sent anywhere: {strangers:?}");
    page.accept_complaints("");
}

/// The recording of the open call plays out of the folder.
#[track_caller]
fn plays(page: &Page) {
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    turns.first().wait();
    page.by_role("button", "Play").click();
    page.wait_until("it is heard", || {
        page.eval(
            "(() => { const audio = document.querySelector('audio'); \
             return audio.src.startsWith('blob:') && audio.currentTime > 0.2 })()",
        ) == true
    });
}

#[test]
fn a_folder_that_is_dropped_is_opened_and_one_that_holds_no_calls_says_what_was_wanted() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = alone(&files, &browser);
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("holidays");
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("photo.jpg"), "x").expect("a file");
    choose(&page, &other);
    page.see("holidays is no folder that Calldeck saved calls in.");
    page.see("Choose the folder that was named to");

    let month = folder.path().join("saved/2026-03");
    fs::create_dir_all(&month).expect("a folder");
    let export = "{\"calldeck\":1,\"zone\":\"UTC\",\"connections\":[{\"id\":\"sales\",\
                  \"provider\":\"truedy\",\"name\":\"Sales\"}],\"calls\":[\n\
                  {\"key\":\"sales/c1\",\"started_at\":\"2026-03-19T10:00:00Z\"}\n],\
                  \"complete\":true}";
    fs::write(month.join("calls.json"), export).expect("a file");
    screen::drop_in(&page, &folder.path().join("saved"));
    page.see("saved: 1 call of Truedy, 0 recordings");
    page.accept_complaints("");
}
