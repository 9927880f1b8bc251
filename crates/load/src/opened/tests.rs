//! Files as people have them: whole, in every wrapping, and broken.

use calls::{Call, CallKey, Success, SuccessMap, Transcript};

use super::*;
use crate::Connection;

fn connection(provider: &str) -> Connection {
    Connection {
        id: FILE.into(),
        name: "calls.json".into(),
        adapter: providers::find(provider).unwrap(),
        success: SuccessMap::default(),
    }
}

/// Cuts a file that comes in slices of a size.
fn scan(file: &[u8], slice: usize) -> Scan {
    let mut reader = Reader::default();
    file.chunks(slice).for_each(|slice| reader.feed(slice));
    reader.finish()
}

fn read(scan: Scan, provider: &str) -> (OpenFile, Vec<Call>) {
    let mut file = OpenFile::new(connection(provider), scan);
    let mut calls = Vec::new();
    while !file.is_read() {
        calls.extend(file.read_some(2, 0));
    }
    (file, calls)
}

fn ids(calls: &[Call]) -> Vec<String> {
    calls.iter().map(|call| call.key.reference.to_string()).collect()
}

/// The ids that a file of a provider gives, and what is said of it: `line:column byte record what`.
fn opened(text: &str, provider: &str) -> (Vec<String>, Vec<String>) {
    let whole = read(scan(text.as_bytes(), usize::MAX), provider);
    for slice in [1, 7] {
        let (file, calls) = read(scan(text.as_bytes(), slice), provider);
        assert_eq!((&calls, file.problems()), (&whole.1, whole.0.problems()), "slices of {slice}");
    }
    let said = |problem: &Problem| {
        let Place { line, column, byte } = problem.at;
        let record = problem.record.map_or_else(|| "-".to_owned(), |nth| nth.to_string());
        format!("{line}:{column} {byte} {record} {:?}", problem.what)
    };
    (ids(&whole.1), whole.0.problems().told.iter().map(said).collect())
}

fn truedy(id: &str) -> String {
    format!(r#"{{"id":"{id}","direction":"inbound","duration_seconds":3}}"#)
}

fn known(text: &str) -> String {
    format!("{:?}", scan(text.as_bytes(), usize::MAX).whose())
}

#[test]
fn calls_are_found_in_every_wrapping() {
    let (a, b) = (truedy("a"), truedy("b"));
    for text in [
        format!("[{a},{b}]"),
        format!(r#"{{"data":[{a},{b}],"meta":{{"total":2}}}}"#),
        format!(r#"{{"meta":{{"data":[1]}},"data":[ {a} , {b} ] , "pagination":{{}}}}"#),
        format!("{a}\n{b}"),
        format!("{a}\r\n\r\n{b}\n"),
        format!("{{\"data\":[{a}]}}\n{{\"data\":{b}}}\n"),
        format!("{a} {b}"),
        format!("{a},\n{b},"),
        format!(r#"[{{"data":{a}}},{{"event":"call.analyzed","data":{b}}}]"#),
        format!("\u{feff}{a}\n{b}"),
    ] {
        let (found, problems) = opened(&text, "truedy");
        assert_eq!(found, ["a", "b"], "{text}");
        assert_eq!(problems, [""; 0], "{text}");
        assert_eq!(known(&text), "Known(truedy)", "{text}");
    }
}

#[test]
fn records_that_stand_over_several_lines_are_no_json_lines() {
    let pretty = "{\n  \"data\": [\n    {\n      \"id\": \"a\",\n      \"outcome\": \"}\\\"{\",\n      \
                  \"direction\": \"inbound\"\n    },\n    {\"id\": \"b\", \"outcome\": \"x\"}\n  ]\n}\n";
    assert_eq!(opened(pretty, "truedy"), (vec!["a".into(), "b".into()], vec![]));
}

#[test]
fn a_bad_line_costs_itself_and_is_named_by_its_place() {
    let lines = format!(
        "{}\n{{\"id\":\"b\",\"outcome\":\"x}}\n{}\n{{\"id\" \"d\"}}\nnull\n{}",
        truedy("a"),
        truedy("c"),
        truedy("e")
    );
    let (found, problems) = opened(&lines, "truedy");
    assert_eq!(found, ["a", "c", "e"]);
    assert_eq!(problems, ["2:24 77 2 CutOff", "4:7 138 4 Expected(Colon)", "5:1 143 5 NoObject",]);
    let (file, _) = read(scan(lines.as_bytes(), 9), "truedy");
    assert_eq!((file.problems().skipped, file.calls()), (3, 3));
}

#[test]
fn a_first_line_that_breaks_off_does_not_swallow_the_others() {
    let lines = format!("{{\"id\":\"a\",\"outcome\":\"x\n{}\n{}\n", truedy("b"), truedy("c"));
    assert_eq!(opened(&lines, "truedy").0, ["b", "c"]);
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_complete_and_says_where_it_ends() {
    let whole = format!(r#"{{"data":[{},{},{}]}}"#, truedy("a"), truedy("b"), truedy("c"));
    let (found, problems) = opened(&whole[..whole.len() - 6], "truedy");
    assert_eq!(found, ["a", "b"]);
    assert_eq!(problems, ["1:167 166 3 CutOff"]);
    let (found, problems) = opened(&whole[..whole.len() - 2], "truedy");
    assert_eq!(found, ["a", "b", "c"]);
    assert_eq!(problems, ["1:171 170 - CutOff"], "nothing is missing but the end");
}

#[test]
fn a_missing_comma_is_named_and_costs_no_record_where_it_stands_between_two() {
    let text = format!("[\n{}\n{}]", truedy("a"), truedy("b"));
    let (found, problems) = opened(&text, "truedy");
    assert_eq!(found, ["a", "b"]);
    assert_eq!(problems, ["3:1 56 2 Expected(CommaOrListEnd)"]);
    let inside = format!("[{},\n{{\"id\":\"b\" \"outcome\":1}},{}]", truedy("a"), truedy("c"));
    let (found, problems) = opened(&inside, "truedy");
    assert_eq!(found, ["a", "c"]);
    assert_eq!(problems, ["2:11 66 2 Expected(CommaOrObjectEnd)"]);
    assert_eq!(opened(&format!("[{},]", truedy("a")), "truedy").0, ["a"]);
}

#[test]
fn what_is_no_file_of_calls_says_what_it_is() {
    let said = |file: &[u8]| {
        let scan = scan(file, 3);
        let what = scan.problems.told.first().map(|problem| problem.what.clone());
        (scan.records.len(), what)
    };
    assert_eq!(said(b""), (0, Some(What::Empty)));
    assert_eq!(said(b" \n\t"), (0, Some(What::Empty)));
    assert_eq!(said(b"PK\x03\x04rest"), (0, Some(What::Binary)));
    assert_eq!(said(b"\n <html><body>{}</body>").1, Some(What::NoObject));
    assert_eq!(said(b"id;status\n1;2"), (0, Some(What::NotJson)));
    for text in ["{}", "[]", r#"{"error":{"code":"x"}}"#, r#"[{"id":"a1","name":"Ada"}]"#] {
        assert_eq!(known(text), "Nobody", "{text}");
    }
}

#[test]
fn whose_the_calls_are_is_asked_where_they_do_not_say() {
    let either = r#"[{"id":"c","agent_id":"a","started_at":"2026-03-19T10:00:00Z"}]"#;
    assert_eq!(known(either), r#"["truedy", "agentvoice"]"#);
    let mixed = format!(r#"[{},{{"callId":"d","recordingUrl":""}}]"#, truedy("c"));
    assert_eq!(known(&mixed), r#"["truedy", "atoms"]"#);
    let (found, problems) = opened(&mixed, "truedy");
    assert_eq!(found, ["c"]);
    assert_eq!(problems, ["1:56 55 2 OtherProvider(\"Smallest.ai Atoms\")"]);
}

#[test]
fn a_record_without_an_id_or_with_an_impossible_one_is_counted_and_named() {
    let text = r#"[{"direction":"inbound","outcome":"x"},{"id":"a/b","direction":"inbound","outcome":"x"},[1],{}]"#;
    let (found, problems) = opened(text, "truedy");
    assert_eq!(found, [""; 0]);
    assert_eq!(
        problems,
        [
            "1:2 1 1 NoId(\"id\")",
            "1:40 39 2 OddId(\"a/b\")",
            "1:89 88 3 NoObject",
            "1:93 92 4 NoCall",
        ]
    );
}

#[test]
fn a_call_is_opened_out_of_the_record_that_was_kept_as_it_came() {
    let body = r#"{"event":"call.completed","call":{"id":"c","agent_id":"a","general_success":true,
        "customer_name":"Hans","transcript":"[{\"role\":\"agent\",\"text\":\"Hallo\"}]"}}"#;
    let listed = r#"{"id":"c","agent_id":"a","general_success":true,"call_summary":"S"}"#;
    let (file, calls) = read(scan(format!("[{body},{listed}]").as_bytes(), 10), "talkpilot");
    assert_eq!(ids(&calls), ["a~c", "a~c"]);
    assert_eq!(file.calls(), 1);
    let opened = file.open(&CallKey::parse("file/a~c").unwrap(), 0).unwrap();
    assert!(matches!(&opened.transcript, Transcript::Turns(turns) if turns[0].text == "Hallo"));
    assert_eq!(opened.call.success, Success::Yes);
    assert_eq!(opened.call.summary.as_deref(), Some("S"), "both records tell of it");
    assert!(opened.raw.contains("call.completed"), "{}", opened.raw);
    assert_eq!(file.open(&CallKey::parse("file/other").unwrap(), 0), None);
}

#[test]
fn the_bodies_of_the_webhooks_of_atoms_tell_one_call_together() {
    let post = r#"{"event":"69fc.post-conversation","id":"e1","metadata":{"agentId":"69fc",
        "eventType":"post-conversation","conversationType":"telephonyOutbound",
        "callId":"CALL-1778226705739-7e4c17","recordingUrl":"https://x.example/a.wav",
        "callData":{"answerTime":"2026-05-08T07:51:58.813Z","callDirection":"telephony_outbound",
        "callDuration":49.350622,"callStatus":"completed","endTime":"2026-05-08T07:52:48.164Z",
        "fromNumber":"+14155550100","toNumber":"+14155550142"},
        "transcript":[{"role":"agent","content":"Hi","timestamp":"2026-05-08T07:52:05.123Z"}],
        "variables":{"customer_name":"Rahul"}}}"#;
    let analytics = r#"{"event":"69fc.analytics-completed","metadata":{"callId":"CALL-1778226705739-7e4c17",
        "eventType":"analytics-completed","conversationType":"telephonyOutbound",
        "analytics":{"summary":"About a payment.","dispositionMetrics":[{"identifier":"paid","value":false}]},
        "callData":{"callStatus":"completed"}}}"#;
    let text = format!("[{post},{analytics}]");
    assert_eq!(known(&text), "Known(atoms)");
    let (file, calls) = read(scan(text.as_bytes(), 10), "atoms");
    let call = &calls[0];
    assert_eq!(call.customer.phone.as_deref(), Some("+14155550142"));
    assert_eq!(call.duration_ms, Some(49_351));
    assert_eq!(call.started_ms, Some(1_778_226_705_739));
    assert_eq!(call.ended_ms, Some(1_778_226_768_164));
    let opened = file.open(&call.key, 0).unwrap();
    assert!(matches!(&opened.transcript, Transcript::Turns(turns) if turns.len() == 1));
    assert_eq!(opened.call.summary.as_deref(), Some("About a payment."));
    assert_eq!(
        opened.call.outcomes.first().map(calls::Outcome::label).as_deref(),
        Some("paid=false")
    );
    let told = |name: &str| opened.facts.iter().any(|fact| fact.name == name);
    assert!(told("variables.customer_name") && told("webhook.event"), "{:?}", opened.facts);
}

#[test]
fn what_a_purge_takes_does_not_stay_in_the_file_that_is_kept() {
    let text = r#"{"id":"c","is_purged":true,"done":true,"phone_number":"+491701234567"}"#;
    let (file, _) = read(scan(text.as_bytes(), 10), "talkpilot");
    assert!(!format!("{file:?}").contains("+491701234567"));
    let opened = file.open(&CallKey::parse("file/c").unwrap(), 0).unwrap();
    assert_eq!(opened.transcript, Transcript::Purged);
}

#[test]
fn a_file_says_from_when_to_when_its_calls_are() {
    let at = |id: &str, day: &str| {
        format!(r#"{{"id":"{id}","outcome":"x","direction":"inbound","created_at":"{day}"}}"#)
    };
    let text = format!(
        "[{},{},{}]",
        at("a", "2026-03-19"),
        at("b", "2026-03-19T10:00:00Z"),
        at("c", "2026-03-18T10:00:00Z")
    );
    let (file, _) = read(scan(text.as_bytes(), 10), "truedy");
    assert_eq!(file.times_ms(), Some((1_773_828_000_000, 1_773_914_400_000)));
}

#[test]
fn an_export_is_one_record_whatever_lists_are_in_it() {
    let text = r#"{"calldeck":1,"data":[{"id":"a"}]}"#;
    let scan = scan(text.as_bytes(), 4);
    assert_eq!(scan.records.iter().map(|record| &*record.text).collect::<Vec<_>>(), [text]);
}

#[test]
fn an_export_has_connections_of_its_own_and_says_what_it_lacks() {
    let call = r#"{"key":"sales/c1","started":"2026-03-19T10:00:00Z"}"#;
    let whole = format!(
        "{{\"calldeck\":1,\"connections\":[{{\"id\":\"sales\",\"provider\":\"truedy\",\"name\":\"Sales\"}}],\
         \"calls\":[\n{call},\n{{\"no\":1}}\n],\"complete\":true}}\n"
    );
    assert_eq!(known(&whole), "Export");
    let read = |text: &str| {
        let scan = scan(text.as_bytes(), 9);
        ExportFile::read(scan.export().unwrap(), "e.json", |_| "file-3".to_owned()).unwrap()
    };
    let export = read(&whole);
    assert_eq!(export.connections[0].name, "Sales (e.json)");
    assert_eq!(export.calls[0].call.key.to_string(), "file-3/c1");
    assert_eq!(export.calls[0].transcript, Transcript::NotInRecord);
    assert_eq!(export.problems.told[0].what, What::NoId("key"));
    assert_eq!(export.problems.told[0].at.line, 3);
    let cut = read(&whole[..whole.len() - 25]);
    assert_eq!(cut.calls.len(), 1, "what is complete is read");
}

#[test]
fn an_array_of_whole_pages_holds_the_calls_of_each() {
    let call = |n: usize| {
        format!(
            r#"{{"id":"c{n}","status":"ended","direction":"inbound","duration_seconds":{n},
                "tags":[["a"],{{"data":[1]}}]}}"#
        )
    };
    let page = |calls: &[String]| {
        format!(r#"{{"data":[{}],"meta":{{"total":9,"data":[]}}}}"#, calls.join(","))
    };
    let pages = [page(&[call(1), call(2)]), page(&[]), call(3), page(&[call(4)])];
    let file = format!("[{}]", pages.join(",\n"));
    for slice in [1, 7, 100_000] {
        let (file, calls) = read(scan(file.as_bytes(), slice), "truedy");
        let ids: Vec<&str> = calls.iter().map(|call| call.key.reference.call_id()).collect();
        assert_eq!(ids, ["c1", "c2", "c3", "c4"], "in slices of {slice}");
        assert_eq!(file.problems().count, 0, "{:?}", file.problems());
    }
    let cut = scan(&file.as_bytes()[..file.len() - 40], 100);
    assert_eq!(cut.records.len(), 3, "what is complete is read");
    assert_eq!(cut.problems.told[0].what, What::CutOff);
}

#[test]
fn files_have_ids_that_are_told_from_a_proxys() {
    assert!(["file", "file-2", "file-17"].into_iter().all(is_file));
    assert!(!["files", "file-a", "sales", "my-file"].into_iter().any(is_file));
    assert_eq!([file_id(1), file_id(2)], ["file", "file-2"]);
}
