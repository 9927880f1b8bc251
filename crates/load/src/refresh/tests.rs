use super::*;
use crate::intake::LoadState;
use crate::script::{self, Script, rows};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 2026-03-19T10:30:00Z, on a step.
const NOW: i64 = 1_773_916_200_000;
/// The last thirty days and the rest of today.
const RANGE: Span = Span { from_ms: NOW - 30 * DAY, to_ms: NOW + 10 * HOUR };

fn call(id: &str, age_ms: i64, change: impl FnOnce(&mut Call)) -> Call {
    let mut call = Call::new(CallKey::parse(&format!("a/{id}")).unwrap());
    call.started_ms = Some(NOW - age_ms);
    call.duration_ms = Some(60_000);
    call.status = Status::Completed;
    call.success = Success::Yes;
    change(&mut call);
    call
}

fn book(calls: impl IntoIterator<Item = Call>) -> Book {
    let mut book = Book::default();
    calls.into_iter().for_each(|call| book.take(call));
    book
}

fn plan(book: &Book, range: Span) -> (Option<Span>, Vec<String>) {
    match Refresh::plan(book, &script::connection("truedy"), range, NOW) {
        Refresh::Reload => panic!("not everything is to be read again"),
        Refresh::Changed { span, again } => {
            (span, again.iter().map(|key| key.reference.to_string()).collect())
        }
    }
}

#[test]
fn the_last_two_days_are_read_again_and_what_came_since_the_newest_call() {
    let young = book([call("1", HOUR, |_| {}), call("2", 20 * DAY, |_| {})]);
    let expected = Span { from_ms: NOW - 48 * HOUR, to_ms: RANGE.to_ms };
    assert_eq!(plan(&young, RANGE).0, Some(expected));
    let old = book([call("2", 5 * DAY + 1, |_| {})]);
    let from_ms = NOW - 5 * DAY - STEP_MS;
    assert_eq!(plan(&old, RANGE).0, Some(Span { from_ms, ..expected }));
}

#[test]
fn a_refresh_never_leaves_the_range() {
    let range = Span { from_ms: NOW - HOUR, to_ms: NOW + HOUR };
    assert_eq!(plan(&book([call("1", 1, |_| {})]), range).0, Some(range));
    let past = Span { from_ms: NOW - 9 * DAY, to_ms: NOW - 3 * DAY };
    assert_eq!(plan(&book([call("1", 4 * DAY, |_| {})]), past).0, None);
}

#[test]
fn where_nothing_is_known_everything_is_read() {
    let connection = script::connection("truedy");
    let of_others = book([call("1", HOUR, |call| {
        call.key = CallKey::parse("b/1").unwrap();
    })]);
    assert_eq!(Refresh::plan(&of_others, &connection, RANGE, NOW), Refresh::Reload);
}

#[test]
fn unfinished_calls_are_read_again_wherever_they_are_and_finished_ones_are_not() {
    let three = 3 * DAY;
    let calls = [
        call("young", HOUR, |call| call.status = Status::InProgress),
        call("done", three, |_| {}),
        call("running", three, |call| call.status = Status::InProgress),
        call("written", three - 1, |call| call.recording = Recording::NotReady),
        call("no-outcome", three + 1, |call| call.success = Success::NotStated),
        call("not-answered", three, |call| {
            call.success = Success::NotStated;
            call.duration_ms = Some(0);
        }),
        call("too-old", 8 * DAY, |call| call.status = Status::InProgress),
    ];
    assert_eq!(plan(&book(calls), RANGE).1, ["written", "running", "no-outcome"]);
}

#[test]
fn where_no_call_has_an_outcome_none_is_waited_for() {
    let none = |id: &str| call(id, 3 * DAY, |call| call.success = Success::NotStated);
    assert_eq!(plan(&book([none("1"), none("2")]), RANGE).1, [""; 0]);
}

#[test]
fn only_a_few_are_opened_one_by_one_and_many_where_that_is_one_request() {
    let many = (0..150)
        .map(|n| call(&n.to_string(), 3 * DAY + n, |call| call.status = Status::InProgress));
    let many = book(many);
    let count =
        |provider: &str| match Refresh::plan(&many, &script::connection(provider), RANGE, NOW) {
            Refresh::Changed { again, .. } => again.len(),
            Refresh::Reload => 0,
        };
    assert_eq!(count("truedy"), MOST_SINGLE);
    assert_eq!(count("atoms"), MOST_DETAILS);
}

fn refreshed(
    provider: &str,
    plan: &Refresh,
    answer: impl Fn(&str, usize) -> Result<Answer, Refusal> + 'static,
) -> (Book, LoadState, Vec<String>) {
    let connection = script::connection(provider);
    let script = Script::new(NOW, answer);
    let mut book = book([call("c1", 3 * DAY, |call| call.status = Status::InProgress)]);
    let mut state = LoadState { read: 900, total: Some(900), ..LoadState::default() }.refreshing();
    let query = script::query(RANGE, NOW);
    script::run(refresh(&script, &connection, &query, plan, |event| {
        state.take_refresh(&connection, event, &mut book);
    }));
    (book, state, script.asked.into_inner())
}

fn again(id: &str) -> Refresh {
    let again = vec![CallKey::parse(&format!("a/{id}")).unwrap()];
    Refresh::Changed { span: None, again }
}

#[test]
fn a_refresh_asks_for_its_span_and_its_calls_and_the_counts_of_the_range_stand() {
    let span = Some(Span { from_ms: NOW - 2 * DAY, to_ms: RANGE.to_ms });
    let Refresh::Changed { again, .. } = again("c1") else { panic!("one call") };
    let plan = Refresh::Changed { span, again };
    let (book, state, asked) = refreshed("truedy", &plan, |target, _| {
        Ok(match target {
            _ if target.starts_with("/agents") => rows(0..0, 0),
            "/calls/c1" => Answer::of(200, r#"{"id":"c1","status":"ended"}"#),
            _ => rows(7..9, 2),
        })
    });
    assert_eq!(book.len(), 3);
    let status = |id| book.find(&CallKey::parse(id).unwrap()).unwrap().status.clone();
    assert_eq!(status("a/c1"), Status::Completed);
    assert_eq!((state.read, state.total), (900, Some(900)));
    let lists = asked.iter().filter(|target| target.starts_with("/calls?"));
    let lists: Vec<&String> = lists.collect();
    assert_eq!(lists.len(), 1);
    assert!(lists[0].contains("created_after=2026-03-16T10%3A30%3A00Z"), "{lists:?}");
}

#[test]
fn a_call_that_is_gone_is_purged_and_one_that_is_only_out_of_reach_is_not() {
    let answered =
        |status: u16| refreshed("truedy", &again("c1"), move |_, _| Ok(Answer::of(status, "{}")));
    let (book, state, _) = answered(404);
    assert_eq!((book.len(), state.gone, state.stale), (0, 1, None));
    for status in [401, 403, 400] {
        let (book, state, _) = answered(status);
        assert_eq!((book.len(), state.refusal), (1, None), "{status}");
        assert_eq!(state.stale.map(|refusal| refusal.status), Some(status));
    }
    let (book, ..) = refreshed("truedy", &again("c1"), |_, _| {
        let headers = vec![("calldeck-from".to_owned(), "proxy".to_owned())];
        Ok(Answer { headers, ..Answer::of(404, "{}") })
    });
    assert_eq!(book.len(), 1, "the proxy does not know the connection");
}

#[test]
fn a_refresh_waits_through_a_failure_and_gives_up_after_a_while() {
    let (book, state, asked) = refreshed("truedy", &again("c1"), |_, nth| match nth {
        1 => Err(Refusal::unreachable("no network")),
        2 => Ok(Answer::of(504, "<html>")),
        _ => Ok(Answer::of(200, r#"{"id":"c1","status":"ended"}"#)),
    });
    assert_eq!((asked.len(), state.stale), (3, None));
    assert_eq!(book.calls().next().unwrap().status, Status::Completed);
    let (book, state, asked) =
        refreshed("truedy", &again("c1"), |_, _| Err(Refusal::unreachable("no network")));
    assert_eq!((asked.len(), book.len()), (4, 1));
    assert_eq!(state.stale.map(|refusal| refusal.kind), Some(RefusalKind::Unreachable));
}

#[test]
fn calls_that_can_be_had_at_once_are_one_request() {
    let keys = ["c1", "c2", "c3"].map(|id| CallKey::parse(&format!("a/{id}")).unwrap());
    let plan = Refresh::Changed { span: None, again: keys.to_vec() };
    let (book, _, asked) = refreshed("atoms", &plan, |_, _| {
        let logs = r#"{"status":true,"data":{"logs":[{"callId":"c1","status":"completed"},
            {"callId":"c2","status":"completed"}],"total":2}}"#;
        Ok(Answer::of(200, logs))
    });
    assert_eq!(asked, [r#"/conversation/search{"callIds":["c1","c2","c3"]}"#]);
    assert_eq!(book.len(), 2);
}

#[test]
fn the_open_call_is_read_again_with_its_transcript() {
    let connection = script::connection("truedy");
    let script = Script::new(NOW, |_, _| {
        let turns = r#"[{"speaker":"agent","text":"Hi","timestamp":1.0}]"#;
        Ok(Answer::of(200, format!(r#"{{"id":"c1","transcript":{turns}}}"#)))
    });
    let key = CallKey::parse("a/c1").unwrap();
    let reopened = script::run(reopen(&script, &connection, &key, |_| {}));
    let Reopened::Call(opened) = reopened else { panic!("{reopened:?}") };
    assert_eq!((opened.call.opened, opened.call.transcript), (true, Some(true)));
    assert!(matches!(opened.transcript, calls::Transcript::Turns(turns) if turns.len() == 1));
}

#[test]
fn further_attempts_belong_to_the_call_they_are_listed_under() {
    let key = CallKey::parse("a/c1").unwrap();
    let script = Script::new(NOW, |_, _| {
        Ok(Answer::of(200, r#"{"status":true,"data":{"retries":[{"callId":"c2"}]}}"#))
    });
    let read = script::run(attempts(&script, &script::connection("atoms"), &key)).unwrap();
    assert_eq!(script.asked.borrow().as_slice(), ["/conversation/c1/retries"]);
    let read: Vec<_> = read.iter().map(|call| (call.retry, call.retry_of.as_deref())).collect();
    assert_eq!(read, [(true, Some("c1"))]);
    let none = script::run(attempts(&script, &script::connection("truedy"), &key));
    assert_eq!((none, script.asked.borrow().len()), (Ok(vec![]), 1));
}

#[test]
fn a_call_that_was_deleted_or_restored_after_it_was_loaded_is_seen_to_be() {
    let row = |deleted_at: &str| {
        format!(
            r#"{{"data":[{{"id":"c1","created_at":"2026-03-19T09:00:00Z","note":null,
                "deleted_at":{deleted_at}}}],"pagination":{{"total":1}}}}"#
        )
    };
    let answers = [row(r#""2026-03-19T10:00:00Z""#), row("null")];
    let agents = r#"{"data":[{"id":"g","name":"G"}],"pagination":{"total":1}}"#;
    let span = Some(Span { from_ms: NOW - 2 * DAY, to_ms: RANGE.to_ms });
    let plan = Refresh::Changed { span, again: vec![] };
    let mut book = Book::default();
    for (answer, deleted) in answers.into_iter().zip([true, false]) {
        let script = Script::new(NOW, move |target, _| {
            let list = target.contains("/calls?");
            assert!(!list || target.contains("include_deleted=true"), "{target}");
            Ok(Answer::of(200, if list { answer.clone() } else { agents.to_owned() }))
        });
        let connection = script::connection("talkpilot");
        let mut state = LoadState::default();
        script::run(refresh(&script, &connection, &script::query(RANGE, NOW), &plan, |event| {
            state.take_refresh(&connection, event, &mut book);
        }));
        assert_eq!(book.calls().map(|call| call.deleted).collect::<Vec<_>>(), [deleted]);
    }
}
