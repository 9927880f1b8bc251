use super::*;
use crate::script::{self, Script};
use calls::Call;
use providers::Answer;

const MINUTE: i64 = 60_000;
/// 2026-03-19T10:30:00Z.
const NOW: i64 = 1_773_916_200_000;

fn call(nth: u32) -> Call {
    let mut call = Call::new(CallKey::parse(&format!("a/c{nth}")).unwrap());
    call.started_ms = Some(NOW - i64::from(nth) * MINUTE);
    call.duration_ms = Some(MINUTE);
    call.status = Status::Completed;
    call
}

fn ids(ask: &Ask) -> Vec<&str> {
    ask.wanted.iter().map(|wanted| wanted.key.reference.as_str()).collect()
}

fn detail(transcript: &str) -> Answer {
    Answer::of(200, format!(r#"{{"id":"c1","status":"ended","transcript":{transcript}}}"#))
}

const TURNS: &str = r#"[{"speaker":"agent","text":"Hi","timestamp":1.0}]"#;

/// Asks until there is nothing to ask now, and answers what each request was about.
fn run(fill: &mut Fill, provider: &str, script: &Script, most: usize) -> Vec<Vec<String>> {
    let connection = script::connection(provider);
    let mut asked = Vec::new();
    while let Some(ask) = fill.next(&connection, NOW).filter(|_| asked.len() < most) {
        let brought = script::run(bring(script, &connection, &ask));
        fill.take(&connection, &ask, &brought, NOW);
        asked.push(ids(&ask).into_iter().map(str::to_owned).collect());
    }
    asked
}

fn planned(calls: &[Call]) -> Fill {
    let mut fill = Fill::default();
    plan(&mut fill, calls, NOW);
    fill
}

/// Plans for these calls, in this order.
fn plan(fill: &mut Fill, calls: &[Call], now_ms: i64) {
    let mut book = Book::default();
    calls.iter().for_each(|call| book.take(call.clone()));
    fill.plan(&book, calls.iter().filter_map(|call| book.row_of(&call.key)), now_ms);
}

fn covered(fill: &Fill, provider: &str) -> (usize, usize, usize) {
    let coverage = fill.coverage(&[script::connection(provider)], NOW);
    (coverage.loaded, coverage.total, coverage.refused)
}

#[test]
fn calls_are_asked_for_once_in_the_order_in_which_they_are_wanted() {
    let calls = [call(3), call(1), call(2)];
    let mut fill = planned(&calls);
    let script = Script::new(NOW, |_, _| Ok(detail(TURNS)));
    assert_eq!(covered(&fill, "truedy"), (0, 3, 0));
    let asked = run(&mut fill, "truedy", &script, 9);
    assert_eq!(asked, [["c3"], ["c1"], ["c2"]]);
    assert_eq!(covered(&fill, "truedy"), (3, 3, 0));
    plan(&mut fill, &[&[call(9)][..], &calls].concat(), NOW);
    assert_eq!(run(&mut fill, "truedy", &script, 9), [["c9"]]);
}

#[test]
fn calls_without_words_are_not_asked_for() {
    let change = |nth: u32, change: fn(&mut Call)| {
        let mut call = call(nth);
        change(&mut call);
        call
    };
    let calls = [
        change(1, |call| call.duration_ms = Some(0)),
        change(2, |call| (call.duration_ms, call.status) = (None, Status::InProgress)),
        change(3, |call| call.purged = true),
        change(4, |call| (call.duration_ms, call.status) = (None, Status::Busy)),
        change(5, |call| call.duration_ms = None),
    ];
    let mut fill = planned(&calls);
    let ask = fill.next(&script::connection("truedy"), NOW).unwrap();
    assert_eq!((ids(&ask), covered(&fill, "truedy")), (vec!["c5"], (0, 1, 0)));
}

#[test]
fn a_connection_is_asked_one_thing_at_a_time() {
    let mut fill = planned(&[call(1), call(2)]);
    let connection = script::connection("truedy");
    let first = fill.next(&connection, NOW).unwrap();
    assert_eq!(fill.next(&connection, NOW), None);
    fill.take(&connection, &first, &Brought::default(), NOW);
    assert!(fill.next(&connection, NOW).is_some());
    assert_eq!(fill.next(&script::connection("atoms"), NOW), None, "the same id, and it is busy");
}

#[test]
fn a_call_that_is_being_asked_for_or_was_opened_meanwhile_is_not_asked_for_again() {
    let calls = [call(1), call(2), call(3)];
    let mut fill = planned(&calls);
    let connection = script::connection("truedy");
    let ask = fill.next(&connection, NOW).unwrap();
    plan(&mut fill, &calls, NOW);
    assert_eq!(covered(&fill, "truedy"), (0, 3, 0));
    fill.know(&call(2).key, &Transcript::Text("x".into()), NOW);
    let brought = Brought { opened: vec![(call(1), Transcript::Absent)], ..Brought::default() };
    fill.take(&connection, &ask, &brought, NOW);
    assert_eq!(ids(&fill.next(&connection, NOW).unwrap()), ["c3"]);
}

fn page(ids: impl Iterator<Item = u32>) -> Answer {
    let rows: Vec<String> =
        ids.map(|id| format!(r#"{{"id":"c{id}","transcript":"AI: Hi"}}"#)).collect();
    Answer::of(200, format!(r#"{{"data":[{}]}}"#, rows.join(",")))
}

#[test]
fn a_list_that_brings_transcripts_brings_a_hundred_at_once() {
    let calls: Vec<Call> = (1..=250).map(call).collect();
    let mut fill = planned(&calls);
    let script = Script::new(NOW, |target, nth| {
        assert!(target.starts_with("/calls?") && target.contains("include=transcript"), "{target}");
        let nth = u32::try_from(nth).unwrap();
        Ok(page((nth * 100 - 99)..=(nth * 100).min(250)))
    });
    let asked = run(&mut fill, "agentvoice", &script, 9);
    assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [100, 100, 50]);
    assert_eq!(covered(&fill, "agentvoice"), (250, 250, 0));
    let from = script.asked.borrow()[0].clone();
    // A second wider than from the hundredth call to the first.
    assert!(from.contains("from=2026-03-19T08%3A49%3A59Z"), "{from}");
    assert!(from.contains("to=2026-03-19T10%3A29%3A01Z"), "{from}");
}

#[test]
fn calls_are_opened_one_by_one_for_what_only_that_tells_and_none_twice() {
    let mut silent = call(2);
    silent.duration_ms = Some(0);
    let mut fill = Fill::opening();
    plan(&mut fill, &[call(1), silent, call(3)], NOW);
    let connection = script::connection("agentvoice");
    let coverage = fill.coverage(std::slice::from_ref(&connection), NOW);
    assert_eq!((coverage.loaded, coverage.total), (0, 3), "also where nobody answered");
    let script = Script::new(NOW, |target, nth| {
        assert!(target.contains("include=metrics"), "{target}");
        let transcript = if nth == 2 { "null" } else { r#""AI: Hi""# };
        Ok(Answer::of(200, format!(r#"{{"id":"c{nth}","transcript":{transcript}}}"#)))
    });
    assert_eq!(run(&mut fill, "agentvoice", &script, 9), [["c1"], ["c2"], ["c3"]]);
    assert_eq!(covered(&fill, "agentvoice"), (3, 3, 0));
    assert!(!fill.goes_on());
    // TalkPilot documents 60 requests a minute and 1,000 an hour: in the long run the hour counts,
    // and 65 in 100 of it are for this.
    let minutes = opening_ms(&script::connection("talkpilot"), 390).unwrap() / MINUTE;
    assert_eq!(minutes, 35);
    assert_eq!(opening_ms(&connection, 0), None);
}

#[test]
fn a_page_counts_the_calls_between_those_that_are_wanted() {
    let calls: Vec<Call> = (1..=150).map(call).collect();
    let mut fill = planned(&calls);
    for nth in 2..=120 {
        fill.know(&call(nth).key, &Transcript::Text("x".into()), NOW);
    }
    plan(&mut fill, &calls, NOW);
    let ask = fill.next(&script::connection("agentvoice"), NOW).unwrap();
    assert_eq!(ids(&ask), ["c1"], "the hundredth call on its page is one that is here already");
}

#[test]
fn what_a_page_should_have_brought_is_asked_for_by_itself() {
    let calls = [call(1), call(2), call(3)];
    let mut fill = planned(&calls);
    let script = Script::new(NOW, |target, _| match target {
        "/calls/c2?fields=full&include=metrics%2Cdiagnostics" => {
            Ok(Answer::of(200, r#"{"id":"c2","transcript":"AI: Hi"}"#))
        }
        _ => Ok(page([1, 3, 77].into_iter())),
    });
    let asked = run(&mut fill, "agentvoice", &script, 9);
    assert_eq!(asked, [vec!["c1", "c2", "c3"], vec!["c2"]]);
    assert_eq!(covered(&fill, "agentvoice"), (4, 4, 0), "and the one that nobody asked for");
}

#[test]
fn a_transcript_that_is_being_written_is_asked_for_later_and_one_that_is_not_there_never() {
    let mut young = call(1);
    young.ended_ms = Some(NOW);
    let mut fill = planned(&[young.clone(), call(2)]);
    fill.know(&young.key, &Transcript::BeingWritten, NOW);
    fill.know(&call(2).key, &Transcript::Absent, NOW);
    let again = |fill: &mut Fill, at_ms| {
        plan(fill, &[young.clone(), call(2)], at_ms);
        fill.next(&script::connection("truedy"), at_ms).map(|ask| ask.wanted.len())
    };
    assert_eq!(again(&mut fill, NOW + 59_999), None);
    assert_eq!(covered(&fill, "truedy"), (0, 1, 0));
    assert_eq!(again(&mut fill, NOW + 60_000), Some(1));
}

#[test]
fn a_provider_that_asks_for_patience_is_left_alone_until_then() {
    let mut fill = planned(&[call(1), call(2)]);
    let script = Script::new(NOW, |_, nth| match nth {
        1 => Ok(Answer::of(429, r#"{"retry_after":30}"#)),
        _ => Ok(detail(TURNS)),
    });
    assert_eq!(run(&mut fill, "truedy", &script, 9), [["c1"]]);
    let connection = script::connection("truedy");
    assert_eq!(fill.next(&connection, NOW + 29_999), None);
    let next = fill.next(&connection, NOW + 30_000).unwrap();
    assert_eq!(ids(&next), ["c2"], "others go first: it may be this call");
    assert_eq!(covered(&fill, "truedy").1, 2);
}

#[test]
fn one_failure_is_passed_over_and_more_in_a_row_are_waited_through_ever_longer() {
    let calls: Vec<Call> = (1..=9).map(call).collect();
    let mut fill = planned(&calls);
    let connection = script::connection("truedy");
    let script = Script::new(NOW, |_, _| Err(providers::Refusal::unreachable("no network")));
    let (mut now_ms, mut pauses) = (NOW, Vec::new());
    for _ in 0..4 {
        let before_ms = now_ms;
        let ask = loop {
            match fill.next(&connection, now_ms) {
                Some(ask) => break ask,
                None => now_ms += 500,
            }
        };
        pauses.push((now_ms - before_ms) / 1_000);
        let brought = script::run(bring(&script, &connection, &ask));
        fill.take(&connection, &ask, &brought, now_ms);
    }
    assert_eq!(pauses, [0, 0, 5, 10]);
}

#[test]
fn one_call_that_always_fails_does_not_hold_up_the_others() {
    let calls: Vec<Call> = (1..=4).map(call).collect();
    let mut fill = planned(&calls);
    let script = Script::new(NOW, |target, _| match target {
        "/calls/c1" => Ok(Answer::of(500, "{}")),
        "/calls/c2" => Ok(Answer::of(400, "{}")),
        _ => Ok(detail(TURNS)),
    });
    let connection = script::connection("truedy");
    let (mut now_ms, mut asked) = (NOW, Vec::new());
    for _ in 0..30 {
        now_ms += 10 * MINUTE;
        let Some(ask) = fill.next(&connection, now_ms) else { continue };
        let brought = script::run(bring(&script, &connection, &ask));
        fill.take(&connection, &ask, &brought, now_ms);
        asked.push(ids(&ask).concat());
    }
    assert_eq!(asked, ["c1", "c2", "c3", "c4", "c1", "c1"]);
    assert_eq!(covered(&fill, "truedy"), (2, 4, 2));
}

#[test]
fn a_wrong_key_is_not_tried_again_until_a_person_says_so() {
    let mut fill = planned(&[call(1), call(2)]);
    let script = Script::new(NOW, |_, _| Ok(Answer::of(401, "{}")));
    assert_eq!(run(&mut fill, "truedy", &script, 9).len(), 1);
    let connection = script::connection("truedy");
    assert_eq!(fill.next(&connection, NOW + 999 * MINUTE), None);
    assert_eq!(fill.given_up(), ["a".into()]);
    assert!(!fill.goes_on(), "what is left is asked for by nobody");
    fill.go_on();
    assert!(fill.goes_on());
    assert!(fill.next(&connection, NOW).is_some() && fill.given_up().is_empty());
}

#[test]
fn a_call_that_is_gone_at_its_provider_is_told_and_one_the_proxy_does_not_know_is_not() {
    let connection = script::connection("truedy");
    let brought = |headers: Vec<(String, String)>| {
        let script = Script::new(NOW, move |_, _| {
            Ok(Answer { headers: headers.clone(), ..Answer::of(404, "{}") })
        });
        let mut fill = planned(&[call(1)]);
        let ask = fill.next(&connection, NOW).unwrap();
        script::run(bring(&script, &connection, &ask))
    };
    assert_eq!(brought(vec![]).gone, [call(1).key]);
    let by_proxy = brought(vec![("calldeck-from".into(), "proxy".into())]);
    assert!(by_proxy.gone.is_empty() && by_proxy.refusal.is_some());
}

#[test]
fn a_purged_call_brings_no_transcript_even_if_it_is_still_sent() {
    let script = Script::new(NOW, |_, _| {
        Ok(Answer::of(
            200,
            r#"{"id":"c1","is_purged":true,"transcript":"[{\"role\":\"user\",\"text\":\"x\"}]"}"#,
        ))
    });
    let connection = script::connection("talkpilot");
    let mut purged = call(1);
    purged.key = CallKey::parse("a/agent~c1").unwrap();
    let mut fill = planned(&[purged]);
    let ask = fill.next(&connection, NOW).unwrap();
    let brought = script::run(bring(&script, &connection, &ask));
    assert_eq!(brought.opened[0].1, Transcript::Purged);
    fill.take(&connection, &ask, &brought, NOW);
    assert_eq!(covered(&fill, "talkpilot"), (0, 0, 0));
}

#[test]
fn what_is_left_is_told_by_the_limits_first_and_then_by_what_it_took() {
    let connection = script::connection("truedy");
    let mut fill = planned(&(1..=20).map(call).collect::<Vec<_>>());
    let left = |fill: &Fill, now_ms: i64| {
        fill.coverage(std::slice::from_ref(&connection), now_ms).left_ms.unwrap() / 1_000
    };
    // 100 requests a minute, of which the background has 65.
    assert_eq!(left(&fill, NOW), 18);
    let script = Script::new(NOW, |_, _| Ok(detail(TURNS)));
    let mut now_ms = NOW;
    for _ in 0..10 {
        let ask = fill.next(&connection, now_ms).unwrap();
        let brought = script::run(bring(&script, &connection, &ask));
        now_ms += 2_000;
        fill.take(&connection, &ask, &brought, now_ms);
    }
    assert_eq!(left(&fill, now_ms), 20);
    assert_eq!(planned(&[]).coverage(&[connection], NOW), Coverage::default());
}
