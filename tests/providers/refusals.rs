//! Every error that a provider documents: what kind of refusal it is, what it is about, whose
//! request it was, and when to try again. What is expected stands in `errors.txt` beside the
//! fixtures, one line an error.

use std::fmt::Write as _;

use providers::Refusal;

use crate::fixture::{self, Fixture};
use crate::show::NOW_MS;

/// What a provider's errors are read as.
pub(crate) fn read(provider: &str) -> String {
    fixture::of(provider, "error").iter().map(line).collect()
}

fn line(fixture: &Fixture) -> String {
    let answer = fixture.answer();
    let refusal = if answer.is_ok() {
        Refusal::unreadable(&answer, "there is no list in the answer")
    } else {
        Refusal::of(&answer, NOW_MS)
    };
    let mut line = format!("{}: {:?}", fixture.name, refusal.kind);
    if let Some(subject) = refusal.subject() {
        write!(line, ", about {subject:?}").unwrap();
    }
    if let Some(id) = &refusal.request_id {
        write!(line, ", request {id}").unwrap();
    }
    if let Some(at_ms) = refusal.retry_ms {
        write!(line, ", again in {} s", (at_ms - NOW_MS) / 1_000).unwrap();
    }
    line + "\n"
}
