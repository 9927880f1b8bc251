//! Calls that never began. `from` and `to` are "calls starting after" and "before", and nothing says
//! what they do with a call without a start. Such a call's time is when its record was created, so
//! that they are looked for in the list by creation, newest first, back to the first chosen day.

use std::cell::Cell;

use calls::Call;

use super::{PAGE_SIZE, record};
use crate::answer::Answer;
use crate::carried::listed;
use crate::list::{List, Place};
use crate::narrow::Narrow;
use crate::query::Query;
use crate::reading::key_of;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::rows::{Rows, read_list};

/// Most pages that are read for them: days long ago are not worth more.
const MOST_PAGES: u64 = 20;

/// The list by creation.
pub(super) struct Unbegun {
    pub(super) query: Query,
    pub(super) narrow: Narrow,
}

impl List for Unbegun {
    fn request(&self, at: Place) -> Request {
        super::wishes(Request::get("/calls"), &self.query, &self.narrow)
            .with("order_by", "created_at")
            .with("order", "desc")
            .with("limit", PAGE_SIZE)
            .with("offset", at.read)
    }

    /// Behind a page that reaches before the chosen days there is nothing that is wanted.
    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        let oldest_ms = Cell::new(i64::MAX);
        let mut rows = read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            let created_ms = row.time_ms("created_at").unwrap_or(i64::MAX);
            oldest_ms.set(oldest_ms.get().min(created_ms));
            let key = key_of(&self.query.connection, &[row.text("id")])?;
            Ok(listed(record::call(key, row, now_ms), row, record::CARRIED))
        })?;
        if oldest_ms.get() < self.query.asked_span().from_ms {
            rows.more = Some(false);
        }
        // What cannot be read here is told by the list by start.
        rows.skipped = None;
        Ok(rows)
    }

    fn wants(&self, call: &Call) -> bool {
        let span = self.query.asked_span();
        call.started_ms.is_some_and(|at| span.holds(at))
    }

    fn is_besides(&self) -> bool {
        true
    }

    fn most_pages(&self) -> u64 {
        MOST_PAGES
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test")]
mod tests {
    use super::*;
    use crate::fetch::Event;
    use crate::{Adapter, Fetch, RequestId};
    use calls::period::Span;

    const DAY_MS: i64 = 86_400_000;

    fn started() -> Box<dyn Fetch> {
        let span = Span { from_ms: 100 * DAY_MS, to_ms: 107 * DAY_MS };
        let now_ms = 200 * DAY_MS;
        let query = Query { connection: "av".into(), span, phone: None, deleted: false, now_ms };
        super::super::Provider.start(&query)
    }

    fn iso(day: i64) -> String {
        crate::query::rfc3339(day * DAY_MS + DAY_MS / 2)
    }

    /// Answers what a list is asked: the one by start with nothing, the one by creation with this.
    fn run(mut page: impl FnMut(usize) -> String) -> (Vec<Event>, usize) {
        let (mut fetch, mut events, mut asked) = (started(), Vec::new(), 0);
        while !fetch.is_done() {
            let requests: Vec<(RequestId, Request)> = fetch.next();
            for (id, request) in requests {
                let by_creation = request.target().contains("order_by=created_at");
                assert_eq!(by_creation, !request.target().contains("from="), "{request:?}");
                let body = if by_creation { page(asked) } else { r#"{"data":[]}"#.to_owned() };
                asked += usize::from(by_creation);
                events.extend(fetch.feed(id, &Answer::of(200, body), 0));
            }
        }
        (events, asked)
    }

    fn of_day(day: i64, page: usize, count: usize) -> String {
        let rows: Vec<String> = (0..count)
            .map(|n| format!(r#"{{"id":"{page}-{n}","started_at":null,"created_at":"{}"}}"#, iso(day)))
            .collect();
        format!(r#"{{"data":[{}],"pagination":{{"has_more":true}}}}"#, rows.join(","))
    }

    #[test]
    fn calls_that_never_began_are_found_by_their_creation() {
        let days = [110, 106, 99, 50];
        let (events, asked) = run(|page| of_day(days[page], page, 1));
        let calls: Vec<String> = events
            .iter()
            .filter_map(|event| match event {
                Event::Calls(calls) => Some(calls),
                _ => None,
            })
            .flatten()
            .map(|call| call.key.to_string())
            .collect();
        assert_eq!((calls.as_slice(), asked), (&["av/1-0".to_owned()][..], 3));
        assert!(!events.contains(&Event::Doubtful));
        let counted = |event: &&Event| matches!(event, Event::Progress { read, .. } if *read > 0);
        assert_eq!(events.iter().find(counted), None, "they are counted in the other list");
    }

    #[test]
    fn days_that_lie_too_far_back_are_told_to_be_in_doubt() {
        let (events, asked) = run(|page| of_day(190, page, 100));
        assert_eq!(asked, 20);
        assert!(events.contains(&Event::Doubtful));
        assert!(!events.iter().any(|event| matches!(event, Event::Capped { .. })));
    }
}
