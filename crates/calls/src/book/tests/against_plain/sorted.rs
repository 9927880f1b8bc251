//! Sorting by every column, against comparing what the column shows.

use super::{at, both, passing};
use crate::book::Looking;
use crate::call::Call;
use crate::filter::{Filter, Told};
use crate::fold::fold;
use crate::money::Cost;
use crate::outcome::{Outcome, Success};
use crate::sort::{Sort, SortBy};
use crate::status::{Channel, Direction, Status};

/// What a column shows, as something that can be compared; `None` where there is nothing.
fn shown(call: &Call, by: SortBy) -> Option<(i64, String)> {
    let text = |text: Option<&str>| text.map(|text| (0, fold(text).replace('\0', "\u{1}")));
    let order = |position: Option<usize>| position.map(|position| (position as i64, String::new()));
    // Parts of a thousandth are told apart, too.
    let parts = |number: Option<f64>| number.map(|n| ((n * 1e6).round() as i64, String::new()));
    match by {
        SortBy::Time => call.started_ms.map(|at| (at, String::new())),
        SortBy::Customer => {
            let customer = &call.customer;
            text(
                customer
                    .name
                    .as_deref()
                    .or(customer.phone.as_deref())
                    .or(customer.email.as_deref()),
            )
        }
        SortBy::About => text(call.about()),
        SortBy::Connection => text(Some(&call.key.connection)),
        SortBy::Agent => text(call.agent_name.as_deref().or(call.agent_id.as_deref())),
        SortBy::Version => text(call.version.as_deref()),
        SortBy::Campaign => text(call.campaign.as_deref()),
        SortBy::Employee => text(call.employee.as_deref()),
        SortBy::Direction => {
            let known = [Direction::Inbound, Direction::Outbound];
            order(known.iter().position(|direction| *direction == call.direction))
        }
        SortBy::Channel => order(Channel::ALL.iter().position(|channel| *channel == call.channel)),
        SortBy::Status => status_order(&call.status),
        SortBy::EndReason => text(call.end_reason.as_deref()),
        SortBy::Outcome => text(call.outcomes.first().map(Outcome::label).as_deref()),
        SortBy::Success => {
            let known = [Success::Yes, Success::No];
            order(known.iter().position(|success| *success == call.success))
        }
        SortBy::Duration => call.duration_ms.map(|ms| (ms, String::new())),
        SortBy::Recording => {
            let known = [Told::Yes, Told::No];
            order(known.iter().position(|told| *told == Told::recording(call.recording)))
        }
        SortBy::Cost => match call.cost? {
            Cost::UsCents(amount) => parts(Some(amount)),
            Cost::Credits(amount) => parts(Some(amount + 1e9)),
        },
        SortBy::Score => parts(call.score),
        SortBy::Latency => call.latency_ms.map(|ms| (ms, String::new())),
        SortBy::Interruptions => call.interruptions.map(|n| (i64::from(n), String::new())),
    }
}

fn status_order(status: &Status) -> Option<(i64, String)> {
    let known = [
        "queued",
        "ringing",
        "in_progress",
        "completed",
        "failed",
        "cancelled",
        "no_answer",
        "busy",
    ];
    match status {
        Status::NotGiven => None,
        Status::Other(word) => Some((99, word.clone())),
        status => {
            Some((known.iter().position(|code| *code == status.code())? as i64, String::new()))
        }
    }
}

#[test]
fn every_column_sorts_as_comparing_its_values_does() {
    for seed in 1..8 {
        let (book, plain, _) = both(seed);
        let filter = Filter::default();
        for by in SortBy::ALL {
            for descending in [false, true] {
                let looking =
                    Looking { sort: Sort { by, descending }, ..Looking::at(&filter, None) };
                let mut wanted = passing(&plain, &Looking::at(&filter, None), &[]);
                wanted.sort_by(|a, b| {
                    match (shown(at(&plain, *a), by), shown(at(&plain, *b), by)) {
                        (Some(a), Some(b)) if descending => b.cmp(&a),
                        (Some(a), Some(b)) => a.cmp(&b),
                        (a, b) => a.is_none().cmp(&b.is_none()),
                    }
                });
                assert_eq!(book.select(&looking), wanted, "{by:?} {descending}");
            }
        }
    }
}
