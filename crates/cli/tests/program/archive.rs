//! `calldeck archive` over real HTTP, as a cron job runs it again and again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::stage::played::{Mood, Played, SIZE, sound};
use crate::stage::{Ended, NOW, Stage};

const ARCHIVE: [&str; 3] = ["archive", "--dir", "saved"];

/// A provider with one call of yesterday and one of the day before, and a folder for it.
async fn two_calls() -> (Stage, Arc<Played>, UnboundedReceiver<()>) {
    let (played, waiting) = Played::start(Vec::new()).await;
    let calls = [("c1", "2026-11-19T09:00:00Z"), ("c2", "2026-11-18T09:00:00Z")];
    let calls = calls.map(|(id, at)| played.call(id, at));
    played.change(|all| all.extend(calls));
    (Stage::with(vec![played.entry()]), played, waiting)
}

async fn archive(stage: &Stage, more: &[&str]) -> Ended {
    stage.run(&[&ARCHIVE[..], more].concat(), None).await
}

/// Every file below a folder, by its path from there.
fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap();
                found.insert(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found
}

/// The size of a file that may just be getting its name.
fn size(stage: &Stage, name: &str) -> usize {
    let data = fs::metadata(stage.path("saved").join(name));
    data.map_or(0, |data| usize::try_from(data.len()).unwrap())
}

/// The folder of a call.
fn folder(stage: &Stage, day: &str, id: &str) -> PathBuf {
    let month = stage.path("saved").join(&day[..7]);
    let begin = format!("{day}_talkpilot_{id}+");
    let names = fs::read_dir(&month).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names = names.filter(|name| name.to_str().unwrap().starts_with(&begin));
    month.join(names.next().unwrap_or_else(|| panic!("no {begin} in {}", month.display())))
}

fn calls(stage: &Stage) -> Vec<Value> {
    let text = fs::read_to_string(stage.path("saved/2026-11/calls.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    json["calls"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_fetches_nothing_and_a_change_fetches_only_what_changed() {
    let (stage, played, _) = two_calls().await;
    let first = archive(&stage, &[]).await;
    assert_eq!(first.code, 0, "{}", first.said);
    assert!(
        first.said.contains("2 new calls") && first.said.contains("2 recordings"),
        "{}",
        first.said
    );
    let saved = folder(&stage, "2026-11-19", "c1");
    assert_eq!(fs::read(saved.join("recording-main.mp3")).unwrap(), sound());
    let text = fs::read_to_string(saved.join("transcript.txt")).unwrap();
    assert!(text.contains("Agent: Guten Tag.\nCustomer: Hallo."), "{text}");
    assert!(!played.asked().is_empty());

    let before = fs::metadata(stage.path("saved/2026-11/calls.json")).unwrap().modified().unwrap();
    let second = archive(&stage, &[]).await;
    assert_eq!((second.code, played.asked()), (0, Vec::<String>::new()), "{}", second.said);
    assert!(second.said.contains("0 new calls, 0 changed, 2 as before"), "{}", second.said);
    let after = fs::metadata(stage.path("saved/2026-11/calls.json")).unwrap().modified().unwrap();
    assert_eq!(before, after, "a file that would be the same is not written again");

    played.change(|calls| calls[0]["note"] = "Bitte zurückrufen".into());
    let third = archive(&stage, &["--quiet"]).await;
    assert_eq!((third.code, third.said.as_str()), (0, ""));
    assert_eq!(played.asked(), ["/v1/agents/a1/calls/c1"], "its data, and no recording");
    assert_eq!(calls(&stage)[0]["note"], "Bitte zurückrufen");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_for_whole_after_a_kill_and_the_next_run_goes_on_with_it() {
    let (stage, played, _) = two_calls().await;
    played.change(|calls| calls.truncate(1));
    played.set(Mood::StopsHalfway);
    let mut command = stage.command(&ARCHIVE);
    let mut child = command.args(["--now", NOW, "--zone", "Europe/Berlin"]).spawn().unwrap();
    let half =
        |name: &String| name.ends_with("recording-main.part") && size(&stage, name) == SIZE / 2;
    while !stage.path("saved").exists() || !files(&stage.path("saved")).iter().any(half) {
        // tidy: allow sleep: between two looks for the bytes that have come.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let saved = folder(&stage, "2026-11-19", "c1");
    assert!(!saved.join("recording-main.mp3").exists());

    played.set(Mood::Well);
    played.asked();
    let next = archive(&stage, &[]).await;
    assert_eq!(next.code, 0, "{}", next.said);
    let rest = format!("/sound/c1.mp3 bytes={}-", SIZE / 2);
    assert!(played.asked().contains(&rest), "only the rest is fetched");
    assert_eq!(fs::read(saved.join("recording-main.mp3")).unwrap(), sound());
    let parts = files(&stage.path("saved"));
    assert!(!parts.iter().any(|name| name.ends_with(".part")), "{parts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_was_going_on_gets_its_transcript_and_recording_in_a_later_run() {
    let (stage, played, _) = two_calls().await;
    let mut going_on = played.call("c3", "2026-11-21T12:59:00Z");
    for name in ["duration", "transcript", "audio_file_url"] {
        going_on[name] = Value::Null;
    }
    played.change(|calls| *calls = vec![going_on]);
    let first = archive(&stage, &[]).await;
    assert_eq!(first.code, 0, "what is not there yet is no failure: {}", first.said);
    assert!(first.said.contains("not ready yet"), "{}", first.said);
    let over = played.call("c3", "2026-11-21T12:59:00Z");
    played.change(|calls| calls[0] = over);
    let second = archive(&stage, &[]).await;
    assert_eq!(second.code, 0, "{}", second.said);
    let saved = folder(&stage, "2026-11-21", "c3");
    assert_eq!(fs::read(saved.join("recording-main.mp3")).unwrap(), sound());
    assert_eq!(calls(&stage)[0]["duration_ms"], 95_000);
    assert_eq!(calls(&stage)[0]["turns"][1]["text"], "Hallo.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_provider_takes_away_is_taken_away_here() {
    let (stage, played, _) = two_calls().await;
    let third = played.call("c3", "2026-11-20T09:00:00Z");
    played.change(|calls| calls.push(third));
    assert_eq!(archive(&stage, &[]).await.code, 0);
    let (purged, deleted) =
        (folder(&stage, "2026-11-19", "c1"), folder(&stage, "2026-11-18", "c2"));
    let gone = folder(&stage, "2026-11-20", "c3");
    played.change(|calls| {
        for name in ["phone_number", "transcript", "audio_file_url"] {
            calls[0][name] = Value::Null;
        }
        calls[0]["is_purged"] = true.into();
        calls[1]["deleted_at"] = "2026-11-20T00:00:00Z".into();
        calls.truncate(2);
    });
    let run = archive(&stage, &[]).await;
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(!deleted.exists() && !gone.exists(), "{}", run.said);
    let left = files(&purged);
    assert_eq!(left.iter().collect::<Vec<_>>(), ["call.json", "saved.json"]);
    let everything: String = files(&stage.path("saved"))
        .iter()
        .map(|name| fs::read_to_string(stage.path("saved").join(name)).unwrap())
        .collect();
    for taken in ["+493023125042", "Guten Tag", "Hallo"] {
        assert!(!everything.contains(taken), "{taken}");
    }
    assert_eq!(calls(&stage).len(), 1);
    assert_eq!(calls(&stage)[0]["purged"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_old_is_removed_and_what_is_somebody_elses_stays() {
    let (stage, played, _) = two_calls().await;
    let old = played.call("c0", "2026-10-30T09:00:00Z");
    played.change(|calls| calls.push(old));
    let month = ["--from", "2026-10-01", "--to", "2026-11-21"];
    assert_eq!(archive(&stage, &month).await.code, 0);
    let foreign = folder(&stage, "2026-11-18", "c2").join("letter.txt");
    fs::write(&foreign, "mine").unwrap();
    fs::write(stage.path("saved/photo.jpg"), "mine").unwrap();
    fs::create_dir(stage.path("saved/2020-01")).unwrap();
    fs::write(stage.path("saved/2020-01/calls.json"), "mine").unwrap();
    played.asked();

    let days = [&month[..], &["--keep-days", "2"]].concat();
    let run = archive(&stage, &days).await;
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("Removed 3 calls from before 2026-11-19"), "{}", run.said);
    assert!(run.said.contains("was left: something in it is not of this archive"), "{}", run.said);
    assert_eq!(played.asked(), [""; 0], "what is not kept is not fetched again");
    let left = files(&stage.path("saved"));
    let mine = left.iter().filter(|name| !name.contains(".calldeck-archive"));
    let mine: Vec<&str> = mine.map(|name| name.rsplit('/').next().unwrap()).collect();
    assert_eq!(mine, ["calls.json", "letter.txt", "photo.jpg"]);
    assert_eq!(fs::read_to_string(foreign).unwrap(), "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purge_reaches_every_day_that_is_kept_and_not_only_those_that_a_run_covers() {
    let (stage, played, _) = two_calls().await;
    let (old, later) = ("2026-08-30T09:00:00Z", "2026-11-20T09:00:00Z");
    let others = [("c0", old), ("c4", old), ("c3", later)].map(|(id, at)| played.call(id, at));
    played.change(|calls| calls.extend(others));
    let month = ["--from", "2026-08-01", "--to", "2026-11-21"];
    assert_eq!(archive(&stage, &month).await.code, 0);
    let purged = folder(&stage, "2026-08-30", "c0");
    let (gone, later) = (folder(&stage, "2026-08-30", "c4"), folder(&stage, "2026-11-20", "c3"));
    played.change(|calls| {
        calls.retain(|call| call["id"] != "c4");
        for call in calls.iter_mut().filter(|call| call["id"] == "c0" || call["id"] == "c3") {
            call["is_purged"] = true.into();
        }
    });
    let day = ["--from", "2026-11-19", "--to", "2026-11-19"];
    assert_eq!(archive(&stage, &day).await.code, 0);
    assert!(purged.join("recording-main.mp3").exists(), "without --keep-days it is not looked at");
    let run = archive(&stage, &[&day[..], &["--keep-days", "120"]].concat()).await;
    assert_eq!(run.code, 0, "{}", run.said);
    for one in [&purged, &later] {
        let left = files(one);
        assert_eq!(left.iter().collect::<Vec<_>>(), ["call.json", "saved.json"], "{}", run.said);
    }
    assert!(!gone.exists(), "{}", run.said);
    let august = fs::read_to_string(stage.path("saved/2026-08/calls.json")).unwrap();
    assert!(!august.contains("Guten Tag") && !august.contains("c4"), "{august}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_always_refused_is_named_and_costs_no_other() {
    let (stage, played, _) = two_calls().await;
    let at = "2026-11-20T09:00:00Z";
    let more: Vec<Value> = (0..9).map(|nth| played.call(&format!("d{nth}"), at)).collect();
    let busy = played.call("busy-1", "2026-11-20T12:00:00Z");
    played.change(|calls| calls.extend(more.into_iter().chain([busy])));
    let run = archive(&stage, &[]).await;
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("busy-1"), "it is named: {}", run.said);
    assert!(
        run.said.contains("12 new calls") && run.said.contains("11 recordings"),
        "{}",
        run.said
    );
    let tries = played.asked().iter().filter(|path| path.ends_with("busy-1")).count();
    assert!(tries < 10, "{tries} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_somebody_else_is_never_written_over() {
    let (stage, _played, _) = two_calls().await;
    assert_eq!(archive(&stage, &[]).await.code, 0);
    let taken = folder(&stage, "2026-11-19", "c1");
    fs::remove_dir_all(&taken).unwrap();
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("call.json"), "mine").unwrap();
    let run = archive(&stage, &[]).await;
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("is in the way: it is not of this archive"), "{}", run.said);
    assert_eq!(fs::read_to_string(taken.join("call.json")).unwrap(), "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_are_no_names_of_files_lead_nowhere_and_cost_nobody_else() {
    let (played, _waiting) = Played::start(Vec::new()).await;
    let long = "x".repeat(128);
    let ids = ["con", "Call", "CALL", "call.", "a..b", long.as_str()];
    let hostile = ["../../escaped", "a/b", "nul\0", "..", "a b", "c\\d", ""];
    let at = "2026-11-19T09:00:00Z";
    let all = ids.iter().chain(&hostile).map(|id| played.call(id, at)).collect::<Vec<_>>();
    played.change(|calls| *calls = all);
    let stage = Stage::with(vec![played.entry()]);
    let run = archive(&stage, &[]).await;
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("7 records could not be read"), "{}", run.said);
    let saved = files(&stage.path("saved"));
    let sounds: Vec<&String> = saved.iter().filter(|name| name.ends_with(".mp3")).collect();
    assert_eq!(sounds.len(), ids.len(), "{sounds:?}");
    let folders = saved.iter().filter_map(|name| name.split('/').nth(1));
    let folders: BTreeSet<String> = folders.map(str::to_lowercase).collect();
    assert_eq!(folders.len(), ids.len() + 1, "one for each, and calls.json: {folders:?}");
    assert!(folders.iter().all(|name| name.len() <= 100 && !name.ends_with('.')), "{folders:?}");
    let around: Vec<_> =
        fs::read_dir(stage.path("")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(around.len(), 2, "the configuration and the folder: {around:?}");
    let again = archive(&stage, &[]).await;
    assert!(again.said.contains("0 new calls, 0 changed, 6 as before"), "{}", again.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_on_another_host_is_named_with_the_line_that_would_allow_it() {
    let (stage, played, _) = two_calls().await;
    played.change(|calls| {
        calls[0]["audio_file_url"] = "https://media.elsewhere.example/1.mp3".into()
    });
    let run = archive(&stage, &[]).await;
    assert_eq!(run.code, 1);
    assert!(run.said.contains(r#"media_hosts = ["media.elsewhere.example"]"#), "{}", run.said);
    assert!(run.said.contains("(c1)"), "{}", run.said);
    let json = fs::read_to_string(stage.path("saved/2026-11/calls.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["complete"], false);
    assert!(json["why_partial"][0].as_str().unwrap().contains("c1"), "{}", json["why_partial"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_runs_at_once_the_second_says_so_and_changes_nothing() {
    let (stage, played, mut waiting) = two_calls().await;
    played.set(Mood::AnswersNobody);
    let mut first = stage.command(&ARCHIVE);
    let mut first = first.args(["--now", NOW]).spawn().unwrap();
    waiting.recv().await.unwrap();
    let second = archive(&stage, &[]).await;
    assert_eq!(second.code, 75, "{}", second.said);
    assert!(
        second.said.contains("Another calldeck archive is at work in saved"),
        "{}",
        second.said
    );
    first.kill().unwrap();
    first.wait().unwrap();
    played.set(Mood::Well);
    assert_eq!(archive(&stage, &[]).await.code, 0, "a run that was killed locks nobody out");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_read_what_is_saved_and_no_key_is_in_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (stage, played, _) = two_calls().await;
    played.change(|calls| {
        calls[0]["invoice_url"] = "https://bills.example/1?signature=secret-of-storage".into();
    });
    assert_eq!(archive(&stage, &[]).await.code, 0);
    let root = stage.path("saved");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut text = String::new();
    for name in files(&root) {
        let path = root.join(name);
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        assert_eq!(mode(path.parent().unwrap()), 0o700, "{}", path.display());
        text += &String::from_utf8_lossy(&fs::read(&path).unwrap());
    }
    assert!(text.contains("https://bills.example/1"), "facts are saved");
    assert!(!text.contains("secret-of-storage") && !text.contains("tp_live_played_key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_calls_are_saved_once_and_the_file_gives_the_same_figures() {
    let stage = Stage::start().await;
    let link = "#?from=2026-11-20&to=2026-11-20&connection=truedy&connection=atoms";
    let first = archive(&stage, &[link]).await;
    assert_eq!(first.code, 1, "{}", first.said);
    assert!(
        first.said.contains("recordings have expired and cannot be had any more"),
        "{}",
        first.said
    );
    let second = archive(&stage, &[link]).await;
    assert_eq!(second.code, 0, "what was lost is told and is no news: {}", second.said);
    assert!(second.said.contains(" 0 recordings, 0.0 MB fetched"), "{}", second.said);
    let names = files(&stage.path("saved"));
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    assert!(has("recording-main.wav") && has("recording-mono.wav"), "both tracks: {names:?}");

    let json = ["--format", "json"];
    let of = |calls: &Value| calls["figures"]["calls"].clone();
    let live = stage.run(&[&["stats", link], &json[..]].concat(), None).await.json();
    let file = ["stats", "--file", "saved/2026-11/calls.json"];
    let saved = stage.run(&[&file[..], &json[..]].concat(), None).await.json();
    assert!(of(&live).as_u64().unwrap() > 10, "{}", of(&live));
    for figure in ["calls", "answered", "talk_ms", "median_ms", "success"] {
        assert_eq!(live["figures"][figure], saved["figures"][figure], "{figure}");
    }
}
