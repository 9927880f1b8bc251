//! Where in the app somebody is, as a typed value, and its form in the address bar.
//!
//! The state lives in the fragment (`#?…`), so that no server ever logs a number or a searched
//! word. Reading is lenient: what a link got wrong is left out, and said.

use calls::filter::Filter;
use calls::period::{Period, Preset};
use calls::{CallKey, Day, Direction, Success};

use crate::fragment::{self, Pairs};

/// A view of the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum View {
    /// The list of calls.
    #[default]
    Calls,
    /// Figures and charts.
    Statistics,
}

/// Everything that a link carries.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// The view.
    pub view: View,
    /// Which days.
    pub period: Period,
    /// The chosen time zone; `None` is the browser's own.
    pub zone: Option<String>,
    /// Which calls.
    pub filter: Filter,
    /// The call that is open.
    pub call: Option<CallKey>,
    /// A moment of the open call, whole milliseconds from its start.
    pub at_ms: Option<i64>,
}

/// Something that a link said and that could not be followed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misread {
    /// No such day, or no such period.
    Period(String),
    /// The range was upside down and has been turned.
    TurnedRange,
    /// No such call id.
    Call(String),
    /// No such filter value.
    Filter(String),
}

impl Place {
    /// Reads a fragment, with or without `#?`.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Misread>) {
        let pairs = fragment::parse(text);
        let mut misread = Vec::new();
        let place = Self {
            view: if pairs.first("view") == Some("statistics") {
                View::Statistics
            } else {
                View::Calls
            },
            period: read_period(&pairs, &mut misread),
            zone: pairs.first("zone").map(str::to_owned),
            filter: read_filter(&pairs, &mut misread),
            call: read_call(&pairs, &mut misread),
            at_ms: pairs.first("at").and_then(|at| at.parse().ok()).filter(|at| *at >= 0),
        };
        (place, misread)
    }

    /// The fragment, `#?…`; what is as it is by default is left out.
    #[must_use]
    pub fn fragment(&self) -> String {
        let mut pairs = Pairs::default();
        if self.view == View::Statistics {
            pairs.add("view", "statistics");
        }
        match self.period {
            period if period == Period::default() => {}
            Period::Preset(preset) => pairs.add("period", preset.code()),
            Period::Days { first, last } => {
                pairs.add("from", first.iso());
                pairs.add("to", last.iso());
            }
        }
        pairs.add_some("zone", self.zone.as_deref());
        write_filter(&self.filter, &mut pairs);
        pairs.add_some("call", self.call.as_ref().map(ToString::to_string));
        pairs.add_some("at", self.at_ms.map(|at| at.to_string()));
        pairs.fragment()
    }

    /// The same place with another call open (or none).
    #[must_use]
    pub fn with_call(&self, call: Option<CallKey>) -> Self {
        Self { call, at_ms: None, ..self.clone() }
    }

    /// The same place in another view.
    #[must_use]
    pub fn with_view(&self, view: View) -> Self {
        Self { view, call: None, at_ms: None, ..self.clone() }
    }
}

fn read_period(pairs: &Pairs, misread: &mut Vec<Misread>) -> Period {
    let day = |name| pairs.first(name).map(|text| Day::parse(text).ok_or(text));
    match (day("from"), day("to")) {
        (Some(Ok(from)), Some(Ok(to))) => {
            let (period, turned) = Period::between(from, to);
            misread.extend(turned.then_some(Misread::TurnedRange));
            return period;
        }
        (Some(Ok(only)), None) | (None, Some(Ok(only))) => return Period::between(only, only).0,
        (Some(Err(text)), _) | (_, Some(Err(text))) => misread.push(Misread::Period(text.into())),
        (None, None) => {}
    }
    let Some(code) = pairs.first("period") else { return Period::default() };
    match Preset::parse(code) {
        Some(preset) => Period::Preset(preset),
        None => {
            misread.push(Misread::Period(code.into()));
            Period::default()
        }
    }
}

fn read_call(pairs: &Pairs, misread: &mut Vec<Misread>) -> Option<CallKey> {
    let text = pairs.first("call")?;
    let call = CallKey::parse(text);
    if call.is_none() {
        misread.push(Misread::Call(text.into()));
    }
    call
}

const DIRECTIONS: [Direction; 3] = [Direction::Inbound, Direction::Outbound, Direction::Unknown];
const SUCCESSES: [Success; 3] = [Success::Yes, Success::No, Success::NotStated];

fn read_filter(pairs: &Pairs, misread: &mut Vec<Misread>) -> Filter {
    let directions = pairs.all("direction").filter_map(|code| {
        let found = DIRECTIONS.into_iter().find(|direction| direction.code() == code);
        note(found, code, misread)
    });
    let directions = directions.collect();
    let successes = pairs.all("success").filter_map(|code| {
        let found = SUCCESSES.into_iter().find(|success| success.code() == code);
        note(found, code, misread)
    });
    Filter {
        successes: successes.collect(),
        directions,
        connections: pairs.all("connection").map(str::to_owned).collect(),
        agents: pairs.all("agent").map(str::to_owned).collect(),
        statuses: pairs.all("status").map(str::to_owned).collect(),
        phone: pairs.first("phone").unwrap_or_default().to_owned(),
        text: pairs.first("q").unwrap_or_default().to_owned(),
        deleted: pairs.first("deleted") == Some("yes"),
    }
}

fn note<T>(found: Option<T>, text: &str, misread: &mut Vec<Misread>) -> Option<T> {
    if found.is_none() {
        misread.push(Misread::Filter(text.to_owned()));
    }
    found
}

fn write_filter(filter: &Filter, pairs: &mut Pairs) {
    filter.connections.iter().for_each(|value| pairs.add("connection", value));
    filter.agents.iter().for_each(|value| pairs.add("agent", value));
    filter.statuses.iter().for_each(|value| pairs.add("status", value));
    filter.directions.iter().for_each(|value| pairs.add("direction", value.code()));
    filter.successes.iter().for_each(|value| pairs.add("success", value.code()));
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    pairs.add_some("phone", text(&filter.phone));
    pairs.add_some("q", text(&filter.text));
    pairs.add_some("deleted", filter.deleted.then_some("yes"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Place {
        Place {
            view: View::Statistics,
            period: Period::between(
                Day::parse("2026-11-01").unwrap(),
                Day::parse("2026-11-21").unwrap(),
            )
            .0,
            zone: Some("Europe/Berlin".into()),
            filter: Filter {
                connections: vec!["sales".into(), "support".into()],
                agents: vec!["sales/a&b=1".into()],
                statuses: vec!["failed".into()],
                directions: vec![Direction::Inbound],
                successes: vec![Success::NotStated],
                phone: "+49 171".into(),
                text: "Rückruf & mehr #1".into(),
                deleted: true,
            },
            call: CallKey::parse("sales/agent~call"),
            at_ms: Some(83_000),
        }
    }

    #[test]
    fn a_place_reads_what_it_writes() {
        for place in
            [full(), Place::default(), full().with_call(None), full().with_view(View::Calls)]
        {
            assert_eq!(
                Place::parse(&place.fragment()),
                (place.clone(), vec![]),
                "{}",
                place.fragment()
            );
        }
    }

    #[test]
    fn the_default_place_has_an_empty_fragment() {
        assert_eq!(Place::default().fragment(), "#");
        assert_eq!(Place::parse("").0, Place::default());
    }

    #[test]
    fn addresses_are_readable() {
        let place = Place { call: CallKey::parse("sales/call_1"), ..Place::default() };
        assert_eq!(place.fragment(), "#?call=sales/call_1");
    }

    #[test]
    fn what_a_link_got_wrong_is_left_out_and_said() {
        let (place, misread) = Place::parse("#?from=2026-02-30&call=../x&direction=sideways&at=-5");
        assert_eq!(place, Place::default());
        assert_eq!(
            misread,
            [
                Misread::Period("2026-02-30".into()),
                Misread::Filter("sideways".into()),
                Misread::Call("../x".into())
            ]
        );
        let (place, misread) = Place::parse("#?from=2026-11-21&to=2026-11-01");
        assert_eq!(place.period, full().period);
        assert_eq!(misread, [Misread::TurnedRange]);
    }

    #[test]
    fn broken_escapes_and_repeated_names_never_panic() {
        for text in ["#?q=%", "#?q=%zz", "#?q=%c3", "#?&&==&q", "#?period=7d&period=30d", "#%%%"] {
            drop(Place::parse(text));
        }
        assert_eq!(Place::parse("#?q=%c3").0.filter.text, "\u{fffd}");
    }
}
