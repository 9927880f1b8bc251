//! `calldeck stats` and `calldeck export` against the emulated providers, as a cron job meets them.

use serde_json::Value;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_calls_that_the_export_holds() {
    let stage = Stage::start().await;
    let month = ["--period", "30d"];
    let stats = stage.run(&[&["stats", "--format", "json"], &month[..]].concat(), None).await;
    assert_eq!(stats.code, 0, "{}", stats.said);
    let all = [&["export", "--format", "json", "--out", "-"], &month[..]].concat();
    let exported = stage.run(&all, None).await.json();
    let calls = exported["calls"].as_array().unwrap();
    let figures = &stats.json()["figures"];
    assert!(calls.len() > 500, "{}", calls.len());
    assert_eq!(figures["calls"], calls.len());
    let lasted = |call: &&Value| call["duration_ms"].as_i64().is_some_and(|ms| ms > 0);
    let durations: Vec<i64> =
        calls.iter().filter(lasted).map(|call| call["duration_ms"].as_i64().unwrap()).collect();
    assert_eq!(figures["answered"], durations.len());
    assert_eq!(figures["talk_ms"], durations.iter().sum::<i64>());
    let success = |word: &str| calls.iter().filter(|call| call["success"] == word).count();
    assert_eq!(figures["success"]["yes"], success("yes"));
    assert_eq!(figures["success"]["no"], success("no"));

    std::fs::write(stage.path("calls.json"), exported.to_string()).unwrap();
    let of_file = stage.run(&["stats", "--format", "json", "--file", "calls.json"], None).await;
    assert_eq!(of_file.code, 0, "{}", of_file.said);
    assert_eq!(&of_file.json()["figures"], figures, "the file gives the same figures");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_says_which_calls_and_a_dimension_adds_up_to_them() {
    let stage = Stage::start().await;
    let link = "http://calls.example/#?period=30d&direction=inbound&connection=agentvoice";
    let stats = stage.run(&["stats", link, "--by", "agent", "--format", "json"], None).await;
    let json = stats.json();
    assert_eq!(json["filter"], "#?period=30d&connection=agentvoice&direction=inbound");
    let agents = json["by"]["values"].as_array().unwrap();
    let sum: u64 = agents.iter().map(|one| one["figures"]["calls"].as_u64().unwrap()).sum();
    assert!(sum > 0);
    assert_eq!(json["figures"]["calls"], sum);
    assert!(agents[0]["value"].as_str().unwrap().starts_with("agentvoice/"));

    let table = stage.run(&["stats", link, "--per", "week", "--before"], None).await;
    for words in ["Success rate", "95% between", "Before", "2026-11-16T00:00:00+01:00"] {
        assert!(table.out.contains(words), "{words}: {}", table.out);
    }
    for (link, said) in [
        ("#?direction=sideways&period=never", "\"never\" is no day and no period"),
        ("#?direction=sideways", "there is no filter \"direction=sideways\""),
        ("#?from=2026-11-02&to=2026-11-01", "its last day is before its first"),
        ("calls.json", "calls.json is no link of the dashboard."),
    ] {
        let wrong = stage.run(&["stats", link], None).await;
        assert_eq!((wrong.code, wrong.out.as_str()), (64, ""), "{link}");
        assert!(wrong.said.contains(said), "{link}: {}", wrong.said);
    }
    let nobody = stage.run(&["stats", "--server", "http://127.0.0.1:1"], None).await;
    assert_eq!(nobody.code, 1);
    assert!(nobody.said.contains("http://127.0.0.1:1/ cannot be reached ("), "{}", nobody.said);
    assert!(nobody.said.contains("Check the address"), "{}", nobody.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_and_the_exit_code_is_one() {
    let stage = Stage::start().await;
    let wrong = Some(("KEY_TRUEDY", "sk_wrong"));
    let stats = stage.run(&["stats", "--format", "json"], wrong).await;
    assert_eq!(stats.code, 1);
    assert!(stats.said.contains("Truedy did not give everything: 401"), "{}", stats.said);
    assert!(!stats.said.contains("sk_wrong"));
    assert_eq!(stats.json()["complete"], false);
    assert!(stats.json()["figures"]["calls"].as_u64().unwrap() > 0, "the others are counted");

    let export = stage.run(&["export", "--mask"], wrong).await;
    assert_eq!(export.code, 1);
    let name = "calldeck-calls-2026-11-15..2026-11-21-masked-partial.csv";
    let text = std::fs::read_to_string(stage.path(name)).expect(name);
    assert!(text.contains("AgentVoice") && !text.contains("+4917"), "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn transcripts_are_opened_call_by_call_where_lists_bring_none() {
    let stage = Stage::start().await;
    let link = "#?period=yesterday&connection=truedy&connection=agentvoice";
    let arguments = ["export", link, "--transcripts", "--format", "json", "--out", "."];
    let export = stage.run(&arguments, None).await;
    assert_eq!(export.code, 0, "{}", export.said);
    let name = "calldeck-calls-2026-11-20..2026-11-20.json";
    let text = std::fs::read_to_string(stage.path(name)).expect(name);
    let json: Value = serde_json::from_str(&text).unwrap();
    let turns = |call: &Value| call["turns"].as_array().map_or(0, Vec::len);
    assert!(json["calls"].as_array().unwrap().iter().any(|call| turns(call) > 2), "{text:.900}");
    assert_eq!(json["complete"], true);
}
