use super::*;
use crate::fetch::AgentName;
use crate::patience::{MOST_RETRIES, SHORTEST_WAIT_MS};
use crate::rows::read_list;
use calls::CallKey;

/// Answers are `{"data":[ids]}` with what else is said beside.
#[derive(Default)]
struct Numbers {
    agent: Option<String>,
    besides: bool,
}

impl List for Numbers {
    fn request(&self, at: Place) -> Request {
        Request::get("/calls").with("page", at.page).with("offset", at.read)
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        read_list(answer, now_ms, &["data"], 2, |row| {
            let id = row.text("id").ok_or("no id")?;
            Ok(Call::new(CallKey::parse(&format!("a/{id}")).unwrap()))
        })
    }

    fn name(&self) -> Option<&str> {
        self.agent.as_deref()
    }

    fn wants(&self, call: &Call) -> bool {
        !call.key.reference.as_str().starts_with("old")
    }

    fn is_besides(&self) -> bool {
        self.besides
    }

    fn most_pages(&self) -> u64 {
        3
    }
}

struct Agents {
    by_agent: bool,
}

impl AgentList for Agents {
    fn request(&self, at: Place) -> Request {
        Request::get("/agents").with("page", at.page)
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<AgentName>, Refusal> {
        read_list(answer, now_ms, &["data"], 2, |row| {
            let id = row.text("id").ok_or("no id")?;
            Ok(AgentName { name: id.clone(), id })
        })
    }

    fn calls_of(&self, agent: &AgentName) -> Option<Box<dyn List>> {
        let agent = Some(agent.name.clone());
        self.by_agent
            .then(|| -> Box<dyn List> { Box::new(Numbers { agent, ..Numbers::default() }) })
    }
}

pub(super) fn run() -> Run {
    Run::new(None, vec![Box::new(Numbers::default())])
}

pub(super) fn by_agent() -> Run {
    Run::new(Some(Box::new(Agents { by_agent: true })), vec![])
}

pub(super) fn page(ids: &[&str], beside: &str) -> String {
    let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    format!(r#"{{"data":[{}]{beside}}}"#, rows.join(","))
}

pub(super) fn total(total: u64) -> String {
    format!(r#","pagination":{{"total":{total}}}"#)
}

/// Answers the only request there is.
pub(super) fn step(run: &mut Run, status: u16, body: &str) -> Vec<Event> {
    let (id, _) = run.next().pop().unwrap();
    run.feed(id, &Answer::of(status, body), 0)
}

pub(super) fn ids(events: &[Event]) -> Vec<String> {
    let calls = events.iter().filter_map(|event| match event {
        Event::Calls(calls) => Some(calls),
        _ => None,
    });
    calls.flatten().map(|call| call.key.reference.to_string()).collect()
}

#[test]
fn an_empty_page_ends_a_list_whose_total_promises_more() {
    let mut run = run();
    step(&mut run, 200, &page(&["1", "2"], &total(100)));
    assert!(!run.is_done());
    step(&mut run, 200, &page(&[], &total(100)));
    assert!(run.is_done());
}

#[test]
fn a_short_page_ends_a_list_that_gives_no_total() {
    let mut run = run();
    step(&mut run, 200, &page(&["1", "2"], ""));
    step(&mut run, 200, &page(&["3"], ""));
    assert!(run.is_done());
}

#[test]
fn a_list_longer_than_the_cap_says_so() {
    let mut run = run();
    step(&mut run, 200, &page(&["1", "2"], &total(100)));
    step(&mut run, 200, &page(&["3", "4"], &total(100)));
    let events = step(&mut run, 200, &page(&["5", "6"], &total(100)));
    assert!(events.contains(&Event::Capped { read: 6, total: Some(100) }));
    assert!(run.is_done());
}

#[test]
fn a_provider_that_ignores_page_numbers_is_not_read_for_ever_nor_counted_twice() {
    let mut run = run();
    let same = page(&["1", "2"], r#","pagination":{"has_more":true,"total":9}"#);
    assert_eq!(ids(&step(&mut run, 200, &same)), ["1", "2"]);
    assert_eq!(ids(&step(&mut run, 200, &same)), [""; 0]);
    let events = step(&mut run, 200, &same);
    assert!(events.contains(&Event::Progress { read: 2, total: Some(9) }));
    assert!(events.contains(&Event::Capped { read: 2, total: Some(9) }));
    assert!(run.is_done());
}

#[test]
fn a_total_that_is_smaller_than_what_was_read_is_not_told() {
    let mut run = run();
    step(&mut run, 200, &page(&["1", "2"], &total(2)));
    let events = step(&mut run, 200, &page(&["3"], &total(1)));
    assert!(events.contains(&Event::Progress { read: 3, total: Some(3) }));
}

#[test]
fn rows_that_shift_while_they_are_read_come_once() {
    let mut run = run();
    step(&mut run, 200, &page(&["1", "2"], &total(3)));
    let events = step(&mut run, 200, &page(&["2", "3"], &total(4)));
    assert_eq!(ids(&events), ["3"]);
    assert!(events.contains(&Event::Progress { read: 3, total: Some(4) }));
}

#[test]
fn a_call_that_is_not_wanted_counts_as_read() {
    let mut run = run();
    let events = step(&mut run, 200, &page(&["old1", "2"], &total(4)));
    assert_eq!(ids(&events), ["2"]);
    assert!(events.contains(&Event::Progress { read: 2, total: Some(4) }));
    let events = step(&mut run, 200, &page(&["old3", "old4"], &total(4)));
    assert_eq!(ids(&events), [""; 0]);
}

#[test]
fn the_next_offset_is_behind_what_was_read_and_not_behind_what_was_asked() {
    let mut run = run();
    step(&mut run, 200, &page(&["1"], r#","pagination":{"has_more":true}"#));
    let (_, request) = run.next().pop().unwrap();
    assert_eq!(request.target(), "/calls?page=1&offset=1");
}

#[test]
fn a_429_is_waited_for_and_sent_again_but_not_for_ever() {
    let mut run = run();
    for _ in 0..MOST_RETRIES {
        assert!(matches!(step(&mut run, 429, "{}").as_slice(), [Event::Wait { until_ms: 5_000 }]));
    }
    assert!(matches!(step(&mut run, 429, "{}").as_slice(), [Event::Refused(_)]));
    assert!(run.is_done());
}

#[test]
fn a_reset_that_is_already_past_is_no_reason_to_hurry() {
    let mut answer = Answer::of(429, "");
    answer.headers.push(("retry-after".into(), "0".into()));
    let mut run = run();
    let (id, _) = run.next().pop().unwrap();
    assert_eq!(run.feed(id, &answer, 0), [Event::Wait { until_ms: SHORTEST_WAIT_MS }]);
}

#[test]
fn a_503_that_names_a_time_is_waited_for_that_long() {
    let mut answer = Answer::of(503, "");
    answer.headers.push(("retry-after".into(), "2".into()));
    let mut run = run();
    let (id, _) = run.next().pop().unwrap();
    assert_eq!(run.feed(id, &answer, 0), [Event::Wait { until_ms: 2_000 }]);
}

#[test]
fn a_long_queue_of_agents_is_not_refused_while_others_get_through() {
    let mut run = by_agent();
    let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    step(&mut run, 200, &page(&names, r#","pagination":{"has_more":false}"#));
    let mut read = Vec::new();
    for round in 0..20 {
        // One gets through, the others are asked for patience.
        for (place, (id, _)) in run.next().into_iter().enumerate() {
            let ok = Answer::of(200, page(&[&format!("call{round}")], &total(1)));
            let answer = if place == 0 { ok } else { Answer::of(429, "{}") };
            let events = run.feed(id, &answer, 0);
            assert!(!matches!(events.as_slice(), [Event::Refused(_)]), "{round}");
            read.extend(ids(&events));
        }
    }
    assert_eq!(read.len(), 20);
    assert!(run.is_done());
}

#[test]
fn a_refused_page_keeps_what_came_before() {
    let mut run = run();
    assert_eq!(ids(&step(&mut run, 200, &page(&["1", "2"], &total(4)))), ["1", "2"]);
    assert!(matches!(step(&mut run, 400, "").as_slice(), [Event::Refused(_)]));
    assert!(run.is_done());
}

#[test]
fn one_agents_refusal_leaves_the_other_agents_calls() {
    let mut run = by_agent();
    step(&mut run, 200, &page(&["x", "y"], r#","pagination":{"has_more":false,"total":2}"#));
    let requests = run.next();
    assert_eq!(requests.len(), 2);
    let refused = run.feed(requests[0].0, &Answer::of(404, "{}"), 0);
    let missing = Event::Missing { part: "x".into() };
    assert!(matches!(refused.as_slice(), [Event::Refused(_), part] if *part == missing));
    let read = run.feed(requests[1].0, &Answer::of(200, page(&["1"], &total(1))), 0);
    assert_eq!(ids(&read), ["1"]);
    assert!(read.contains(&Event::Progress { read: 1, total: None }), "one total is not known");
    assert!(run.is_done());
}

#[test]
fn refused_agents_are_a_refusal_where_the_calls_hang_on_them() {
    let mut run = by_agent();
    assert!(matches!(step(&mut run, 401, "{}").as_slice(), [Event::Refused(_)]));
    assert!(run.is_done());
    let mut run = by_agent();
    step(&mut run, 200, &page(&["x", "y"], &total(3)));
    let (id, _) = run.next().into_iter().find(|(_, to)| to.path == "/agents").unwrap();
    let second = run.feed(id, &Answer::of(403, ""), 0);
    assert!(matches!(second.as_slice(), [Event::Refused(_)]), "calls of z are missing: {second:?}");
}

#[test]
fn refused_agents_cost_only_their_names_where_the_calls_do_not_hang_on_them() {
    let agents = Agents { by_agent: false };
    let mut run = Run::new(Some(Box::new(agents)), vec![Box::new(Numbers::default())]);
    let requests = run.next();
    let events = run.feed(requests[0].0, &Answer::of(403, r#"{"error":"no"}"#), 0);
    assert!(
        matches!(events.as_slice(), [Event::Skipped { records: 0, why }] if why.ends_with("no"))
    );
}

#[test]
fn the_total_is_not_told_while_agents_are_still_being_listed() {
    let mut run = by_agent();
    step(&mut run, 200, &page(&["x", "y"], &total(3)));
    let requests = run.next();
    let (id, _) = requests.iter().find(|(_, request)| request.path == "/calls").unwrap();
    let events = run.feed(*id, &Answer::of(200, page(&["1"], &total(1))), 0);
    assert!(events.contains(&Event::Progress { read: 1, total: None }));
}

#[test]
fn an_agent_that_is_listed_twice_is_read_once() {
    let mut run = by_agent();
    let same = page(&["x", "y"], r#","pagination":{"has_more":true}"#);
    step(&mut run, 200, &same);
    let requests = run.next();
    let (id, _) = requests.iter().find(|(_, request)| request.path == "/agents").unwrap();
    let events = run.feed(*id, &Answer::of(200, same), 0);
    assert!(events.contains(&Event::Agents(vec![])));
    assert!(events.iter().any(|event| matches!(event, Event::Capped { .. })));
    assert!(run.next().is_empty());
}

/// The list beside it has brought all of its first pages before: nothing of that is its end.
#[test]
fn a_list_that_is_answered_after_the_one_beside_it_is_read_to_its_end() {
    let beside = Numbers { besides: true, ..Numbers::default() };
    let mut run = Run::new(None, vec![Box::new(Numbers::default()), Box::new(beside)]);
    let mut requests = run.next().into_iter().map(|(id, _)| id);
    let (list, beside) = (requests.next().unwrap(), requests.next().unwrap());
    let mut answer = |id, ids: &[&str], total: u64| {
        run.feed(id, &Answer::of(200, page(ids, &self::total(total))), 0);
        run.next().pop().map(|(id, _)| id)
    };
    let beside = answer(beside, &["1", "2"], 4).unwrap();
    let beside = answer(beside, &["3", "4"], 4).unwrap();
    assert_eq!(answer(beside, &[], 4), None);
    let second = answer(list, &["1", "2"], 5).unwrap();
    let third = answer(second, &["3", "4"], 5).unwrap();
    assert_eq!(answer(third, &["5"], 5), None);
    assert!(run.is_done());
}
