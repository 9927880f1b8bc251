use super::*;
use crate::intake::{LoadState, Phase};
use crate::script::{self, Script, rows};
use calls::book::Book;
use calls::period::Span;
use providers::Answer;

/// A run over Truedy's list, and what it brought.
struct Ran {
    book: Book,
    state: LoadState,
    phases: Vec<Phase>,
    script: Script,
    listing: Listing,
}

impl Ran {
    fn new(answer: impl Fn(&str, usize) -> Result<Answer, Refusal> + 'static) -> Self {
        let query = script::query(Span { from_ms: 0, to_ms: 86_400_000 }, 1_000);
        let mut ran = Self {
            book: Book::default(),
            state: LoadState::begun(),
            phases: Vec::new(),
            script: Script::new(1_000, answer),
            listing: Listing::new(&script::connection("truedy"), &query),
        };
        ran.read();
        ran
    }

    fn read(&mut self) {
        let connection = script::connection("truedy");
        let Self { book, state, phases, script, listing } = self;
        script::run(listing.read(script, |event| {
            state.take(&connection, event, book);
            phases.push(state.phase);
        }));
        state.phase = Phase::Done;
    }
}

fn offset(target: &str) -> u32 {
    target.rsplit_once("offset=").unwrap().1.parse().unwrap()
}

fn no_agents(target: &str) -> Option<Result<Answer, Refusal>> {
    target.starts_with("/agents").then(|| Ok(rows(0..0, 0)))
}

fn page(target: &str, total: u32) -> Result<Answer, Refusal> {
    let offset = offset(target);
    Ok(rows(offset..total.min(offset + 100), total))
}

#[test]
fn every_page_is_read_and_counted() {
    let ran = Ran::new(|target, _| no_agents(target).unwrap_or_else(|| page(target, 250)));
    assert_eq!(ran.book.len(), 250);
    assert_eq!((ran.state.read, ran.state.total), (250, Some(250)));
    assert!(!ran.state.is_partial());
}

#[test]
fn after_too_many_requests_the_run_waits_and_goes_on() {
    let ran = Ran::new(|target, nth| match nth {
        _ if target.starts_with("/agents") => Ok(rows(0..0, 0)),
        2 => Ok(Answer::of(429, r#"{"retry_after":7}"#)),
        _ => Ok(rows(0..3, 3)),
    });
    assert_eq!(ran.book.len(), 3);
    assert_eq!(ran.script.now_ms(), 8_000);
    assert!(ran.phases.contains(&Phase::Waiting { until_ms: 8_000 }), "a countdown can be shown");
    assert_eq!(ran.state.refusal, None);
}

#[test]
fn a_moment_without_network_costs_a_moment() {
    let ran = Ran::new(|target, nth| match nth {
        _ if target.starts_with("/agents") => Ok(rows(0..0, 0)),
        3 | 4 => Err(Refusal::unreachable("no network")),
        5 => Ok(Answer::of(503, "")),
        _ => page(target, 250),
    });
    assert_eq!(ran.book.len(), 250);
    assert!(!ran.state.is_partial());
    assert_eq!(ran.script.now_ms(), 1_000 + 1_000 + 2_000 + 4_000);
}

#[test]
fn no_network_ends_the_run_and_is_said_and_what_came_before_stays() {
    let ran = Ran::new(|target, _| match target {
        _ if target.starts_with("/agents") => Ok(rows(0..0, 0)),
        _ if offset(target) == 0 => Ok(rows(0..100, 250)),
        _ => Err(Refusal::unreachable("no network")),
    });
    assert_eq!(ran.book.len(), 100);
    assert!(ran.state.is_partial() && ran.state.refusal.is_some());
    assert_eq!(ran.script.asked.borrow().len(), 2 + 4, "tried three times more, then given up");
}

#[test]
fn a_run_that_the_network_ended_goes_on_where_it_ended() {
    let mut ran = Ran::new(|target, nth| match target {
        _ if target.starts_with("/agents") => Ok(rows(0..0, 0)),
        _ if (3..=6).contains(&nth) => Err(Refusal::unreachable("no network")),
        _ => page(target, 250),
    });
    assert_eq!(ran.book.len(), 100);
    assert!(ran.listing.more());
    ran.state = LoadState::begun();
    ran.read();
    assert_eq!((ran.book.len(), ran.state.read), (250, 250));
    assert!(!ran.listing.more());
}

#[test]
fn a_list_beyond_the_cap_says_so_and_can_be_gone_on_with() {
    let mut ran = Ran::new(|target, _| no_agents(target).unwrap_or_else(|| page(target, 20_150)));
    assert_eq!((ran.state.read, ran.state.total), (20_000, Some(20_150)));
    assert!(ran.state.capped && ran.listing.more());
    ran.state = LoadState::begun();
    ran.read();
    assert_eq!((ran.book.len(), ran.state.capped), (20_150, false));
}

#[test]
fn a_list_is_read_in_portions_where_that_is_wished() {
    let (query, connection) = (
        script::query(Span { from_ms: 0, to_ms: 86_400_000 }, 1_000),
        script::connection("truedy"),
    );
    let script =
        Script::new(1_000, |target, _| no_agents(target).unwrap_or_else(|| page(target, 450)));
    let mut listing = Listing::new(&connection, &query).at_once(Some(200));
    let (mut book, mut state) = (Book::default(), LoadState::begun());
    let mut reads = Vec::new();
    loop {
        script::run(listing.read(&script, |event| state.take(&connection, event, &mut book)));
        reads.push((book.len(), state.read, state.capped));
        if !listing.more() {
            break;
        }
        state = state.going_on();
    }
    assert_eq!(reads, [(200, 200, true), (400, 400, true), (450, 450, false)]);
    let asked = script.asked.borrow();
    assert_eq!(asked.iter().filter(|target| target.starts_with("/calls")).count(), 5, "{asked:?}");
}

#[test]
fn the_end_of_a_run_that_looks_at_today_is_the_same_on_every_page() {
    let ran = Ran::new(|target, _| no_agents(target).unwrap_or_else(|| page(target, 250)));
    let asked = ran.script.asked.borrow();
    let pages: Vec<&String> = asked.iter().filter(|target| target.starts_with("/calls")).collect();
    assert_eq!(pages.len(), 3);
    let end = "created_before=1970-01-01T00%3A30%3A00Z";
    assert!(pages.iter().all(|target| target.contains(end)), "{pages:?}");
}

#[test]
fn calls_of_an_agent_that_may_not_be_read_are_named_as_missing() {
    let connection = script::connection("talkpilot");
    let script = Script::new(1_000, |target, _| {
        Ok(match target {
            _ if target.starts_with("/agents?") => Answer::of(
                200,
                r#"{"data":[{"id":"x","name":"Empfang"},{"id":"y","name":"Vertrieb"}]}"#,
            ),
            _ if target.starts_with("/agents/x/") => rows(0..2, 2),
            _ => Answer::of(403, r#"{"error":{"code":"FORBIDDEN","message":"calls:read"}}"#),
        })
    });
    let (mut book, mut state) = (Book::default(), LoadState::begun());
    let query = script::query(Span { from_ms: 0, to_ms: 86_400_000 }, 1_000);
    script::run(list(&script, &connection, &query, |event| {
        state.take(&connection, event, &mut book);
    }));
    assert_eq!((book.len(), state.missing.as_slice()), (2, &["Vertrieb".to_owned()][..]));
    assert_eq!(state.refusal.map(|refusal| refusal.status), Some(403));
}

#[test]
fn the_outcomes_that_a_provider_names_beside_its_list_are_known_once_each() {
    let page = |more: bool| {
        let body = format!(
            r#"{{"status":true,"data":{{"logs":[{{"callId":"c{more}"}}],"pagination":{{"hasMore":{more}}},
                "dispositionMetricsConfig":[{{"identifier":"interested","type":"STRING"}}]}}}}"#
        );
        Ok(Answer::of(200, body))
    };
    let connection = script::connection("atoms");
    let script = Script::new(0, move |target, _| page(target.contains("page=1&")));
    let (mut state, mut book) = (LoadState::begun(), Book::default());
    let span = Span { from_ms: 0, to_ms: 1 };
    script::run(list(&script, &connection, &script::query(span, 0), |event| {
        state.take(&connection, event, &mut book);
    }));
    assert_eq!(state.outcome_names.into_iter().collect::<Vec<_>>(), ["interested"]);
}
