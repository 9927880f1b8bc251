use std::cell::RefCell;

use super::*;
use crate::intake::LoadState;
use crate::script::{self, Script, connection, rows};
use calls::book::Book;
use providers::Answer;

const NOW_MS: i64 = 200 * DAY_MS;

fn loaded() -> Span {
    Span { from_ms: NOW_MS - 7 * DAY_MS, to_ms: NOW_MS + DAY_MS }
}

fn number() -> Sought {
    Sought::Number("+1 415 555 0142".into())
}

/// What a script was asked while something was looked for, and what came of it.
fn sought(
    provider: &str,
    sought: &Sought,
    answer: impl Fn(&str, usize) -> Result<Answer, Refusal> + 'static,
) -> (Book, LoadState, Vec<String>) {
    let (connection, script) = (connection(provider), Script::new(NOW_MS, answer));
    let (mut book, mut state) = (Book::default(), LoadState::begun());
    let query = script::query(loaded(), NOW_MS);
    script::run(seek(&script, &connection, &query, sought, |event| {
        state.take(&connection, event, &mut book);
    }));
    (book, state, script.asked.into_inner())
}

#[test]
fn a_number_is_asked_for_at_any_time() {
    let (book, state, asked) = sought("agentvoice", &number(), |_, _| Ok(rows(0..3, 3)));
    assert_eq!((book.len(), state.capped, asked.len()), (3, false, 1));
    assert!(asked[0].contains("phone_number=%2B14155550142") && !asked[0].contains("from="));
}

#[test]
fn what_cannot_be_asked_asks_nothing() {
    for (provider, what) in [
        ("truedy", number()),
        ("agentvoice", Sought::Words("Ada".into())),
        ("agentvoice", Sought::Number("0171 39200123".into())),
        ("atoms", Sought::Words("Ada".into())),
    ] {
        let query = script::query(loaded(), NOW_MS);
        assert!(!can_ask(&connection(provider), &query, &what), "{provider} {what:?}");
        let (_, _, asked) = sought(provider, &what, |_, _| panic!("something is asked"));
        assert!(asked.is_empty());
    }
}

#[test]
fn a_number_without_its_country_code_is_searched_for_where_there_is_a_search() {
    let national = Sought::Number("0171 39200123".into());
    let (_, _, asked) = sought("talkpilot", &national, |target, _| {
        let agents = r#"{"data":[{"id":"x","name":"Empfang"}]}"#;
        Ok(if target.starts_with("/agents?") { Answer::of(200, agents) } else { rows(0..0, 0) })
    });
    assert!(asked[1].contains("search=17139200123") && !asked[1].contains("phone_number"));
}

#[test]
fn of_somebody_with_very_many_calls_only_the_newest_are_read_and_that_is_known() {
    let (book, state, asked) = sought("agentvoice", &number(), |_, nth| {
        let first = (u32::try_from(nth).unwrap() - 1) * 100;
        Ok(rows(first..first + 100, 5_000))
    });
    assert_eq!((book.len(), state.capped, state.total), (300, true, Some(5_000)));
    assert_eq!(asked.len(), 3);
}

#[test]
fn an_id_that_is_a_call_is_opened_and_one_that_is_none_is_asked_for_as_something_else() {
    let id = Sought::Id("call_01hx7".into());
    let record = r#"{"id":"call_01hx7","status":"ended"}"#;
    let (book, _, asked) = sought("truedy", &id, move |_, _| Ok(Answer::of(200, record)));
    assert_eq!((book.len(), asked.as_slice()), (1, &["/calls/call_01hx7".to_owned()][..]));
    for status in [400, 404, 422] {
        let (book, state, asked) = sought("agentvoice", &id, move |target, _| {
            let list = target.starts_with("/calls?");
            Ok(if list {
                rows(0..1, 1)
            } else {
                Answer::of(status, r#"{"error":"Call not found"}"#)
            })
        });
        assert_eq!((book.len(), state.refusal, asked.len()), (1, None, 3), "{status}");
    }
}

#[test]
fn a_refusal_is_told_and_is_not_taken_for_nothing_found() {
    for what in [number(), Sought::Id("con_12345678".into())] {
        let (book, state, _) =
            sought("agentvoice", &what, |_, _| Ok(Answer::of(401, r#"{"error":"no"}"#)));
        assert!(book.is_empty() && state.refusal.is_some(), "{what:?}");
    }
}

#[test]
fn lists_are_read_back_in_steps_of_three_weeks_to_the_bound() {
    let days: Vec<(i64, i64)> = steps_back(loaded(), NOW_MS)
        .into_iter()
        .map(|step| ((NOW_MS - step.from_ms) / DAY_MS, (NOW_MS - step.to_ms) / DAY_MS))
        .collect();
    assert_eq!(days, [(28, 7), (49, 28), (70, 49), (90, 70)]);
    let all = Span { from_ms: NOW_MS - 90 * DAY_MS, to_ms: NOW_MS };
    assert_eq!(steps_back(all, NOW_MS), []);
}

fn looked_back(
    answer: impl Fn(&str, usize) -> Result<Answer, Refusal> + 'static,
) -> (Book, LoadState, Vec<i64>) {
    let (connection, script) = (connection("truedy"), Script::new(NOW_MS, answer));
    let (mut book, mut state) = (Book::default(), LoadState::begun());
    let (query, reached) = (script::query(loaded(), NOW_MS), RefCell::new(Vec::new()));
    script::run(look_back(
        &script,
        &connection,
        &query,
        |since_ms| reached.borrow_mut().push((NOW_MS - since_ms) / DAY_MS),
        |event| state.take(&connection, event, &mut book),
    ));
    (book, state, reached.into_inner())
}

#[test]
fn looking_back_says_how_far_it_has_come() {
    let (book, _, reached) = looked_back(|target, nth| {
        let nth = u32::try_from(nth).unwrap();
        Ok(if target.starts_with("/agents") { rows(0..0, 0) } else { rows(nth..nth + 1, 1) })
    });
    assert_eq!((book.len(), reached.as_slice()), (4, &[28, 49, 70, 90][..]));
}

#[test]
fn looking_back_ends_where_it_is_refused_and_never_claims_more() {
    let (_, state, reached) = looked_back(|_, nth| {
        Ok(if nth > 3 { Answer::of(401, r#"{"error":"no"}"#) } else { rows(0..0, 0) })
    });
    assert_eq!(reached, [28]);
    assert!(state.refusal.is_some());
}

#[test]
fn the_last_call_with_a_number_is_one_request() {
    let script = Script::new(NOW_MS, |_, _| Ok(Answer::of(200, r#"{"id":"x"}"#)));
    let query = Query { phone: Some("+14155550142".into()), ..script::query(loaded(), NOW_MS) };
    let last =
        |provider: &str| script::run(last_call(&script, &connection(provider), &query)).unwrap();
    assert_eq!(last("agentvoice").unwrap().key.to_string(), "a/x");
    assert_eq!(last("truedy"), None);
    assert_eq!(script.asked.borrow().len(), 1);
}
