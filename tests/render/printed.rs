//! What stands over a printed list.

use calls::Direction;
use calls::filter::{Filter, Hours};
use dashboard::components::print_head::PrintLine;
use dashboard::place::Place;
use leptos::prelude::*;

use crate::stage::{NOW_MS, call, drawn_over};

#[test]
fn a_printed_list_says_its_days_its_filters_its_calls_and_when_it_was_printed() {
    let filter = Filter {
        directions: vec![Direction::Inbound],
        text: " Olivia ".to_owned(),
        hours: Hours::on(0, 9..17),
        ..Filter::default()
    };
    let of = |filter: Filter| {
        let place = Place { filter, ..Place::default() };
        drawn_over(&[call("1"), call("2")], place, |_| {
            view! { <PrintLine printed_ms=RwSignal::new(Some(NOW_MS))/> }
        })
        .text()
    };
    assert_eq!(
        of(filter),
        "Sun 15 Nov 2026 – Sat 21 Nov 2026 (Europe/Berlin) · Direction: Inbound · Hours of the week: Mon 09:00 – 17:00 \
         · Searched text: Olivia · 2 calls · Printed Sat 21 Nov 2026, 13:00"
    );
    assert_eq!(
        of(Filter::default()),
        "Sun 15 Nov 2026 – Sat 21 Nov 2026 (Europe/Berlin) · 2 calls · Printed Sat 21 Nov 2026, 13:00"
    );
}
