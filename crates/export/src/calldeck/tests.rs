#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use calls::{Call, CallKey, Fact, Transcript};
use serde_json::Value;

use super::*;

fn about() -> About {
    About {
        exported_ms: 1_795_262_700_000,
        zone: Zone::of_steps("Europe/Berlin", vec![(i64::MIN, 3_600_000)]),
        filter: "#?status=failed".into(),
        masked: false,
        connections: vec![Connection {
            id: "sales".into(),
            provider: "truedy".into(),
            name: "Sales \"North\"".into(),
        }],
    }
}

fn file(calls: &[Call], why_partial: &[String]) -> String {
    let mut text = String::new();
    head(&about(), &mut text);
    for (nth, call) in calls.iter().enumerate() {
        let facts = [Fact { name: "a.b".into(), value: "1".into() }];
        let transcript = Some(&Transcript::Absent);
        let exported = Exported { call, connection: "Sales", link: "x", transcript, facts: &facts };
        super::call(&exported, nth == 0, &mut text);
    }
    tail(why_partial, &mut text);
    text
}

#[test]
fn a_file_says_what_it_is_of_and_that_it_is_whole() {
    let calls = ["sales/1", "sales/2"].map(|key| Call::new(CallKey::parse(key).unwrap()));
    let json: Value = serde_json::from_str(&file(&calls, &[])).unwrap();
    assert_eq!(json["calldeck"], 1);
    assert_eq!(json["exported_at"], "2026-11-21T13:05:00+01:00");
    assert_eq!(json["zone"], "Europe/Berlin");
    assert_eq!(json["filter"], "#?status=failed");
    assert_eq!(json["connections"][0]["name"], "Sales \"North\"");
    assert_eq!(json["calls"][1]["key"], "sales/2");
    assert_eq!(json["calls"][1]["transcript_state"], "absent");
    assert_eq!(json["calls"][1]["facts"][0]["value"], "1");
    assert_eq!((&json["complete"], &json["why_partial"]), (&true.into(), &Value::Array(vec![])));
}

#[test]
fn a_file_that_lacks_something_says_why_and_an_empty_one_is_json() {
    let json: Value = serde_json::from_str(&file(&[], &["Truedy: \"401\"".into()])).unwrap();
    assert_eq!(
        (&json["complete"], &json["why_partial"][0]),
        (&false.into(), &"Truedy: \"401\"".into())
    );
    assert_eq!(json["calls"], Value::Array(vec![]));
}
