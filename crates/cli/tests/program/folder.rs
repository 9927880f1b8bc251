//! `calldeck stats` and `calldeck export` over a folder that `calldeck archive` wrote.

use std::fs;

use serde_json::Value;

use crate::stage::Stage;
use crate::stage::played::Played;

const JSON: [&str; 2] = ["--format", "json"];

/// A folder with two months of calls, and where they came from.
async fn saved() -> Stage {
    let (played, _) = Played::start(Vec::new()).await;
    let calls = [
        ("c1", "2026-11-19T09:00:00Z"),
        ("c2", "2026-11-18T09:00:00Z"),
        ("c3", "2026-10-30T09:00:00Z"),
    ];
    let calls = calls.map(|(id, at)| played.call(id, at));
    played.change(|all| all.extend(calls));
    let stage = Stage::with(vec![played.entry()]);
    let archive = ["archive", "#?period=30d", "--dir", "saved"];
    let ended = stage.run(&archive, None).await;
    assert!(ended.said.contains("3 new calls"), "{}", ended.said);
    assert!(ended.said.contains("3 recordings"), "{}", ended.said);
    stage
}

async fn figures(stage: &Stage, arguments: &[&str]) -> Value {
    let ended = stage.run(&[&["stats"], arguments, &JSON].concat(), None).await;
    assert_eq!(ended.code, 0, "{}", ended.said);
    ended.json()["figures"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_several_months_gives_the_figures_of_its_calls() {
    let stage = saved().await;
    let live = figures(&stage, &["#?period=30d"]).await;
    assert_eq!(live["calls"], 3);
    assert_eq!(figures(&stage, &["--file", "saved"]).await, live);
    let month = figures(&stage, &["#?from=2026-10-01&to=2026-10-31", "--file", "saved"]).await;
    assert_eq!(month["calls"], 1);

    let export = ["export", "--file", "saved", "--transcripts", "--out", "-"];
    let export = stage.run(&[&export[..], &JSON].concat(), None).await.json();
    let keys = export["calls"].as_array().unwrap().iter().map(|call| call["key"].as_str().unwrap());
    assert!(keys.clone().all(|key| key.starts_with("file/")), "one connection: {export}");
    assert_eq!(keys.count(), 3);
    assert!(export.to_string().contains("Guten Tag."), "{export}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_in_the_folder_is_what_can_be_heard() {
    let stage = saved().await;
    let heard = ["#?recording=yes", "--file", "saved"];
    assert_eq!(figures(&stage, &heard).await["calls"], 3);
    // The provider would still say that there is none: what was saved is there all the same.
    for month in ["2026-10", "2026-11"] {
        let path = stage.path("saved").join(month).join("calls.json");
        let text = fs::read_to_string(&path).unwrap();
        let silent = text.replace(r#""recording":"available""#, r#""recording":"expired""#);
        assert_ne!(text, silent, "{text}");
        fs::write(&path, silent).unwrap();
    }
    assert_eq!(figures(&stage, &heard).await["calls"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_lost_is_said_and_a_folder_without_calls_is_none() {
    let stage = saved().await;
    fs::remove_file(stage.path("saved/2026-10/calls.json")).unwrap();
    let ended = stage.run(&["stats", "--file", "saved", "--format", "json"], None).await;
    assert_eq!(ended.code, 1, "{}", ended.said);
    assert!(ended.said.contains("saved: 2026-10/calls.json is missing"), "{}", ended.said);
    assert_eq!(ended.json()["figures"]["calls"], 2);

    fs::create_dir_all(stage.path("holidays/2026-10")).unwrap();
    fs::write(stage.path("holidays/2026-10/photo.jpg"), "x").unwrap();
    let ended = stage.run(&["stats", "--file", "holidays"], None).await;
    assert_eq!((ended.code, ended.out.as_str()), (64, ""));
    assert!(ended.said.contains("There is no call in holidays."), "{}", ended.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outcome_that_a_link_maps_counts_for_a_folder_as_it_does_for_the_provider() {
    let stage = Stage::start().await;
    let yesterday = "period=yesterday&connection=truedy";
    let archive = ["archive", &format!("#?{yesterday}"), "--dir", "saved"];
    let archived = stage.run(&archive, None).await;
    assert!(archived.said.contains("new calls"), "{}", archived.said);
    // Truedy states no success, and this configuration maps none of its labels.
    let unmapped = figures(&stage, &["--file", "saved"]).await;
    assert_eq!(unmapped["success"]["yes"], 0);
    let live = format!("#?{yesterday}&success-yes=truedy/interested");
    let live = figures(&stage, &[&live]).await;
    assert_ne!(live["success"]["yes"], 0);
    let mapped = figures(&stage, &["#?success-yes=file/interested", "--file", "saved"]).await;
    assert_eq!(mapped, live);
}
