use super::*;
use crate::filter::Filter;
use crate::outcome::Success;
use crate::status::Status;

mod against_plain;

fn call(key: &str, started_ms: Option<i64>) -> Call {
    let mut call = Call::new(CallKey::parse(key).unwrap());
    call.started_ms = started_ms;
    call
}

fn shown(book: &Book) -> Vec<String> {
    let rows = book.rows(&Filter::default(), None);
    rows.iter().map(|row| book.call(*row).unwrap().key.to_string()).collect()
}

#[test]
fn a_call_that_a_shifting_list_repeats_is_in_the_book_once() {
    let mut book = Book::default();
    book.take(call("a/1", Some(1)));
    book.take(call("a/1", Some(1)));
    book.take(call("b/1", Some(2)));
    assert_eq!(book.len(), 2);
    assert_eq!(shown(&book), ["b/1", "a/1"]);
}

#[test]
fn rows_are_newest_first_and_calls_without_a_time_come_last() {
    let mut book = Book::default();
    for (key, at) in [("a/3", Some(5)), ("a/2", None), ("a/1", Some(5)), ("a/4", Some(9))] {
        book.take(call(key, at));
    }
    assert_eq!(shown(&book), ["a/4", "a/1", "a/3", "a/2"]);
}

#[test]
fn an_agents_name_reaches_calls_that_came_before_it_and_after_it() {
    let mut book = Book::default();
    let mut first = call("a/1", Some(1));
    first.agent_id = Some("x".into());
    let mut second = first.clone();
    second.key = CallKey::parse("a/2").unwrap();
    book.take(first);
    book.take_agent(&"a".into(), "x", "Empfang");
    book.take(second);
    assert!(book.calls().all(|call| call.agent_name.as_deref() == Some("Empfang")));
    let filter = Filter { text: "empfang".into(), ..Filter::default() };
    assert_eq!(book.rows(&filter, None).len(), 2);
}

#[test]
fn a_call_is_found_by_its_other_id_in_its_own_connection() {
    let mut book = Book::default();
    let mut one = call("tp/agent~1", Some(1));
    one.other_id = Some("lk_1".into());
    book.take(one.clone());
    let known_as = |key: &str| book.known_as(&CallKey::parse(key).unwrap());
    assert_eq!(known_as("tp/lk_1"), Some(one.key.clone()));
    for key in ["other/lk_1", "tp/lk_2", "tp/agent~1"] {
        assert_eq!(known_as(key), None, "{key}");
    }
    let filter = Filter { text: "LK_1".into(), ..Filter::default() };
    assert_eq!(book.rows(&filter, None), [0], "it is searched as well");
}

#[test]
fn a_call_that_is_gone_leaves_nothing_and_every_other_row_where_it_was() {
    let mut book = Book::default();
    let mut gone = call("a/1", Some(1));
    gone.customer.phone = Some("+14155550100".into());
    gone.customer.name = Some("Ada".into());
    gone.summary = Some("A secret".into());
    gone.employee = Some("Desk 7".into());
    gone.status = Status::Other("odd word".into());
    gone.outcomes = vec![Outcome { name: None, value: "callback at noon".into() }];
    book.take(gone.clone());
    let found = Filter { text: "ada secret desk".into(), ..Filter::default() };
    assert_eq!(book.rows(&found, None), [0]);
    book.take(call("a/2", Some(2)));
    let (row, stamp) = (0, book.stamp(0));
    assert!(book.purge(&gone.key));
    assert_eq!((book.len(), book.find(&gone.key), book.call(row)), (1, None, None));
    assert!(book.stamp(row) > stamp);
    assert_eq!(book.call(1).unwrap().key.to_string(), "a/2");
    assert_eq!(shown(&book), ["a/2"]);
    let kept = format!("{book:?}").to_lowercase();
    for text in ["ada", "secret", "4155550100", "desk 7", "odd word", "callback at noon"] {
        assert!(!kept.contains(text), "{text} is still in the book");
    }
    let found = Filter { text: "ada".into(), ..Filter::default() };
    assert_eq!(book.rows(&found, None), [0; 0]);
}

#[test]
fn a_call_that_was_let_go_may_come_back() {
    let mut book = Book::default();
    let mut of_file = call("file/1", Some(1));
    of_file.customer.name = Some("Ada".into());
    book.take(of_file.clone());
    assert!(book.let_go(&of_file.key));
    assert!(book.is_empty() && !format!("{book:?}").contains("Ada"));
    book.take(of_file.clone());
    assert_eq!(shown(&book), ["file/1"]);
    assert_eq!(book.find(&of_file.key), Some(of_file));
}

#[test]
fn letters_that_are_typed_and_taken_back_find_what_they_find_at_once() {
    let mut book = Book::default();
    crate::generated::Calls::before(0, 3).take(400).for_each(|call| book.take(call));
    let typed = ["s", "sc", "sch", "schm", "schmi", "sch", "s", "schm kow", "schm", "", "order 1"];
    for text in typed.into_iter().chain(typed).chain(["ord", "schmi agent"]) {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        // A copy has been asked nothing before.
        assert_eq!(book.rows(&filter, None), book.clone().rows(&filter, None), "{text}");
    }
    let filter = Filter { text: "sch".to_owned(), ..Filter::default() };
    let before = book.rows(&filter, None).len();
    let mut late = call("a/1", Some(1));
    late.summary = Some("Schluss".into());
    book.take(late);
    assert_eq!(book.rows(&filter, None).len(), before + 1, "old answers are forgotten");
}

#[test]
fn a_late_list_does_not_bring_back_a_call_that_is_gone() {
    let mut book = Book::default();
    let gone = call("a/1", Some(1));
    assert!(!book.purge(&gone.key), "it had not been loaded");
    book.take(gone.clone());
    assert!(book.is_empty() && book.is_purged(&gone.key));
    book.take(call("a/2", Some(2)));
    assert_eq!(shown(&book), ["a/2"]);
}

#[test]
fn outcomes_that_are_mapped_anew_state_success_anew_and_what_a_provider_states_stays() {
    let mut book = Book::default();
    let map = |yes: &[&str], no: &[&str]| {
        let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
        SuccessMap { yes: labels(yes), no: labels(no), nothing: Vec::new() }
    };
    let outcome = |value: &str| vec![Outcome { name: None, value: value.into() }];
    let configured = map(&["sold"], &[]);
    for (key, value, success) in [
        ("a/sold", "sold", Success::NotStated),
        ("a/later", "later", Success::NotStated),
        ("a/told", "later", Success::No),
        ("b/later", "later", Success::NotStated),
    ] {
        let mut call = Call::new(CallKey::parse(key).unwrap());
        (call.success, call.outcomes) = (success, outcome(value));
        configured.apply(&mut call);
        book.take(call);
    }
    let success =
        |book: &Book, key: &str| book.find(&CallKey::parse(key).unwrap()).unwrap().success;
    let labels = |book: &Book| {
        let rows = book.rows(&Filter::default(), None);
        let found = book.outcomes("a", &rows).into_iter();
        found.map(|(outcome, calls)| (outcome.label(), calls)).collect::<Vec<_>>()
    };
    let counts = [("later".to_owned(), 1), ("sold".to_owned(), 1)];
    assert_eq!(labels(&book), counts);
    book.map_success(&"a".into(), map(&["later"], &["sold"]));
    assert_eq!(success(&book, "a/sold"), Success::No);
    assert_eq!(success(&book, "a/later"), Success::Yes);
    assert_eq!(success(&book, "a/told"), Success::No);
    assert_eq!(success(&book, "b/later"), Success::NotStated);
    assert_eq!(labels(&book), counts);
    // What filters and figures look at says the same as the calls.
    let of = |success| Filter { successes: vec![success], ..Filter::default() };
    let rows = |book: &Book, success| book.rows(&of(success), None).len();
    let counted = |book: &Book| book.figures(&book.rows(&Filter::default(), None)).success;
    assert_eq!((rows(&book, Success::Yes), rows(&book, Success::No)), (1, 2));
    assert_eq!((counted(&book).yes, counted(&book).no), (1, 2));
    // What is read again, or comes after, means the same.
    let mut again = Call::new(CallKey::parse("a/sold").unwrap());
    again.outcomes = outcome("sold");
    configured.apply(&mut again);
    book.take(again);
    assert_eq!(success(&book, "a/sold"), Success::No);
    book.map_success(&"a".into(), configured);
    assert_eq!(success(&book, "a/sold"), Success::Yes);
    assert_eq!(success(&book, "a/later"), Success::NotStated);
}
