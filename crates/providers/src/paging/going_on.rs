//! Going on: after a failure, behind a cap, after a run was cancelled.

use super::tests::{by_agent, ids, page, run, step, total};
use super::*;

fn full(run: &mut Run, first: u32) -> Vec<String> {
    let rows = [first.to_string(), (first + 1).to_string()];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    ids(&step(run, 200, &page(&rows, &total(100))))
}

fn is_refusal(events: &[Event]) -> bool {
    matches!(events.first(), Some(Event::Refused(_)))
}

#[test]
fn more_reads_behind_the_cap_and_ends_at_the_next_one() {
    let mut run = run();
    for first in [1, 3, 5] {
        assert_eq!(full(&mut run, first).len(), 2);
    }
    assert!(run.is_done() && run.more());
    assert_eq!(run.next().first().unwrap().1.target(), "/calls?page=3&offset=6");
    assert!(run.more(), "what was under way is asked for again");
    for first in [7, 9, 11] {
        assert_eq!(full(&mut run, first).len(), 2);
    }
    assert_eq!(full(&mut run, 13).len(), 2);
    assert_eq!(full(&mut run, 15).len(), 2);
    assert_eq!(full(&mut run, 17).len(), 2);
    assert!(run.is_done());
}

#[test]
fn a_list_that_was_read_to_its_end_has_no_more() {
    let mut run = run();
    step(&mut run, 200, &page(&["1"], ""));
    assert!(run.is_done() && !run.more());
}

#[test]
fn a_provider_that_repeats_itself_has_no_more_either() {
    let mut run = run();
    let same = page(&["1", "2"], r#","pagination":{"has_more":true}"#);
    for _ in 0..3 {
        step(&mut run, 200, &same);
    }
    assert!(run.is_done() && !run.more());
}

#[test]
fn a_failure_is_tried_again_and_nothing_is_lost_by_it() {
    let mut run = run();
    assert_eq!(full(&mut run, 1), ["1", "2"]);
    assert_eq!(step(&mut run, 502, ""), [Event::Wait { until_ms: 1_000 }]);
    assert_eq!(step(&mut run, 504, "<html>"), [Event::Wait { until_ms: 2_000 }]);
    assert_eq!(full(&mut run, 3), ["3", "4"]);
}

#[test]
fn a_page_that_always_fails_is_given_up_and_more_tries_it_once_more() {
    let mut run = run();
    for _ in 0..3 {
        assert!(matches!(step(&mut run, 500, "").as_slice(), [Event::Wait { .. }]));
    }
    assert!(is_refusal(&step(&mut run, 500, "")));
    assert!(run.is_done() && run.more());
    assert_eq!(full(&mut run, 1), ["1", "2"]);
}

#[test]
fn a_lost_network_is_waited_for_and_then_ends_the_whole_run() {
    let mut run = by_agent();
    step(&mut run, 200, &page(&["x", "y"], r#","pagination":{"has_more":false}"#));
    let lost = || Refusal::unreachable("no network");
    let mut waits = 0;
    let refused = loop {
        let (id, _) = run.next().pop().unwrap_or_else(|| panic!("the run ended unsaid"));
        let others: Vec<RequestId> = run.under_way.keys().copied().filter(|o| *o != id).collect();
        for other in others {
            run.lost(other, lost(), 0);
        }
        match run.lost(id, lost(), 0).as_slice() {
            [Event::Wait { .. }] => waits += 1,
            events => break events.to_vec(),
        }
    };
    assert_eq!(waits, 3);
    assert!(is_refusal(&refused) && run.is_done());
    assert!(run.more() && run.next().len() == 2, "both agents are asked for again");
}

#[test]
fn a_cancelled_run_goes_on_with_what_was_under_way() {
    let mut run = run();
    let asked = run.next();
    assert!(run.next().is_empty() && run.more());
    assert_eq!(run.next().first().map(|(_, to)| to), asked.first().map(|(_, to)| to));
}
