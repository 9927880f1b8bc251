use super::*;
use crate::key::CallKey;
use crate::money::{Cost, CostUnit};
use crate::outcome::Outcome;
use crate::period::Span;
use crate::recording::Recording;
use crate::status::Status;

fn call() -> Call {
    let mut call = Call::new(CallKey::parse("sales/call_1").unwrap());
    call.started_ms = Some(50);
    call.customer.name = Some("Jürgen Groß".into());
    call.customer.phone = Some("+4917139200123".into());
    call.customer.email = Some("J.Gross@example.com".into());
    call.customer.contact_id = Some("c-7".into());
    call.summary = Some("Möchte einen Rückruf am Montag".into());
    call.agent_id = Some("a1".into());
    call.status = Status::Completed;
    call.duration_ms = Some(60_000);
    call.version = Some("3".into());
    call.end_reason = Some("customer_hangup".into());
    call.cost = Some(Cost::UsCents(1.5));
    call.score = Some(7.5);
    call.outcomes =
        vec![Outcome { name: Some("booked".into()), value: "true".into() }, label("callback")];
    call.recording = Recording::Available { until_ms: None };
    call.transcript = Some(true);
    call.latency_ms = Some(800);
    call.interruptions = Some(2);
    call.tool_errors = Some(false);
    call
}

fn label(value: &str) -> Outcome {
    Outcome { name: None, value: value.into() }
}

fn passes_call(call: &Call, change: impl FnOnce(&mut Filter)) -> bool {
    let mut filter = Filter::default();
    change(&mut filter);
    Sieve::new(&filter, Time::default()).passes(call, &searchable(call))
}

fn passes(change: impl FnOnce(&mut Filter)) -> bool {
    passes_call(&call(), change)
}

fn bounds(least: impl Into<Option<i64>>, most: impl Into<Option<i64>>) -> Bounds {
    Bounds::of(least.into(), most.into())
}

#[test]
fn every_condition_lets_its_call_through_and_stops_others() {
    assert!(passes(|_| {}));
    assert!(passes(|f| f.connections = vec!["sales".into()]));
    assert!(!passes(|f| f.connections = vec!["support".into()]));
    assert!(passes(|f| f.agents = vec!["sales/a1".into()]));
    assert!(!passes(|f| f.agents = vec!["support/a1".into()]));
    assert!(passes(|f| f.statuses = vec!["completed".into(), "busy".into()]));
    assert!(!passes(|f| f.directions = vec![Direction::Inbound]));
    assert!(!passes(|f| f.channels = vec![Channel::Web]));
    assert!(passes(|f| f.successes = vec![Success::NotStated]));
    assert!(passes(|f| f.phone = "0171 39200123".into()));
    assert!(!passes(|f| f.phone = "0171 39200124".into()));
}

#[test]
fn words_pass_as_they_are_and_the_empty_word_means_none() {
    assert!(passes(|f| f.versions = vec!["2".into(), "3".into()]));
    assert!(!passes(|f| f.versions = vec!["2".into()]));
    assert!(!passes(|f| f.versions = vec![String::new()]));
    assert!(passes(|f| f.campaigns = vec![String::new()]));
    assert!(!passes(|f| f.employees = vec!["Kim".into()]));
    assert!(passes(|f| f.end_reasons = vec!["customer_hangup".into()]));
}

#[test]
fn an_outcome_is_found_by_its_label_or_by_metric_and_value() {
    assert!(passes(|f| f.outcomes = vec!["callback".into()]));
    assert!(passes(|f| f.outcomes = vec!["booked=true".into()]));
    assert!(!passes(|f| f.outcomes = vec!["booked=false".into(), String::new()]));
    let mut none = call();
    none.outcomes.clear();
    assert!(passes_call(&none, |f| f.outcomes = vec![String::new()]));
}

#[test]
fn a_contact_is_the_whole_id_or_the_whole_address() {
    for typed in ["c-7", " j.gross@EXAMPLE.com "] {
        assert!(passes(|f| f.contact = typed.into()), "{typed}");
    }
    for typed in ["c-", "gross@example.com"] {
        assert!(!passes(|f| f.contact = typed.into()), "{typed}");
    }
}

#[test]
fn what_nobody_told_is_its_own_answer() {
    assert!(passes(|f| f.recordings = vec![Told::Yes]));
    assert!(!passes(|f| f.recordings = vec![Told::No, Told::NotTold]));
    assert!(passes(|f| f.transcripts = vec![Told::Yes]));
    assert!(passes(|f| f.voicemails = vec![Told::NotTold]));
    assert!(!passes(|f| f.voicemails = vec![Told::No]));
    assert!(passes(|f| f.tool_errors = vec![Told::No]));
    let mut gone = call();
    gone.recording = Recording::Expired;
    assert!(passes_call(&gone, |f| f.recordings = vec![Told::No]));
}

#[test]
fn bounds_include_their_ends_and_leave_out_what_is_not_known() {
    assert!(passes(|f| f.duration_ms = bounds(60_000, 60_000)));
    assert!(!passes(|f| f.duration_ms = bounds(60_001, None)));
    assert!(passes(|f| f.score = bounds(7_500, 7_500)));
    assert!(!passes(|f| f.score = bounds(None, 7_499)));
    assert!(passes(|f| f.latency_ms = bounds(None, 800)));
    assert!(!passes(|f| f.interruptions = bounds(3, None)));
    assert!(!passes(|f| f.duration_ms = bounds(70_000, 50_000)), "upside down");
    let unknown = Call::new(CallKey::parse("sales/call_2").unwrap());
    assert!(!passes_call(&unknown, |f| f.duration_ms = bounds(0, None)));
    assert!(!passes_call(&unknown, |f| f.score = bounds(None, 10_000)));
    assert!(passes_call(&unknown, |_| {}));
}

#[test]
fn a_cost_is_never_compared_across_units() {
    let cost = |unit, bounds| move |f: &mut Filter| f.cost = Some(CostBounds { unit, bounds });
    assert!(passes(cost(CostUnit::UsCents, bounds(1_500, 2_000))));
    assert!(!passes(cost(CostUnit::UsCents, bounds(1_501, None))));
    assert!(!passes(cost(CostUnit::Credits, bounds(None, None))));
    let mut free = call();
    free.cost = None;
    assert!(!passes_call(&free, cost(CostUnit::UsCents, bounds(None, None))), "unknown is not 0");
}

#[test]
fn each_group_is_shown_alone_left_out_or_with_the_others() {
    type Put = fn(&mut Call);
    let on: [(Mark, Put); 6] = [
        (Mark::Test, |call| call.test = true),
        (Mark::Retry, |call| call.retry = true),
        (Mark::Chat, |call| call.channel = Channel::Chat),
        (Mark::Todo, |call| call.todo = Some(true)),
        (Mark::Deleted, |call| call.deleted = true),
        (Mark::Purged, |call| call.purged = true),
    ];
    assert_eq!(on.map(|(mark, _)| mark), Mark::ALL);
    for (mark, put) in on {
        let (mut inside, outside) = (call(), call());
        put(&mut inside);
        for (wanted, shown) in [
            (Wanted::Any, [true, true]),
            (Wanted::Only, [true, false]),
            (Wanted::Without, [false, true]),
        ] {
            let passes =
                [&inside, &outside].map(|call| passes_call(call, |f| f.marks.set(mark, wanted)));
            assert_eq!(passes, shown, "{mark:?} {wanted:?}");
        }
        assert_eq!(passes_call(&inside, |_| {}), mark != Mark::Deleted, "{mark:?}");
    }
}

#[test]
fn text_finds_words_in_any_order_and_spelling_and_typed_numbers() {
    for text in ["groß jürgen", "RUECKRUF montag", "call_1", "0171/392 00 123", " "] {
        assert!(passes(|f| f.text = text.into()), "{text}");
    }
    assert!(!passes(|f| f.text = "Rückruf Dienstag".into()));
}

#[test]
fn a_call_without_a_time_is_not_lost_by_a_date_filter() {
    let mut call = call();
    let span = Some(Span { from_ms: 60, to_ms: 70 });
    let filter = Filter::default();
    assert!(!Sieve::new(&filter, Time { span, zone: None }).passes(&call, ""));
    call.started_ms = None;
    assert!(Sieve::new(&filter, Time { span, zone: None }).passes(&call, ""));
}
