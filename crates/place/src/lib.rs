//! Where in the app somebody is, as a typed value, and its form in the address bar.
//!
//! The state lives in the fragment (`#?…`), so that no server ever logs a number or a searched
//! word. Reading is lenient: what a link got wrong is left out, and said.

mod filter;
pub mod fragment;
mod looks;
mod meanings;
mod time;

use calls::filter::Filter;
use calls::period::Period;
use calls::{CallKey, Sort};
use search::Snippet;

use fragment::Pairs;

pub use looks::Looks;
pub use meanings::SuccessMaps;

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
    /// In which order.
    pub sort: Sort,
    /// The call that is open.
    pub call: Option<CallKey>,
    /// A moment of the open call, whole milliseconds from its start.
    pub at_ms: Option<i64>,
    /// A turn of its transcript, from 0, where turns have no times.
    pub turn: Option<usize>,
    /// Whether the text of the filter is searched in transcripts as well.
    pub in_transcripts: bool,
    /// The number of a person whose calls are shown beside the list, or in front of whose calls the
    /// open one stands.
    pub person: Option<String>,
    /// How statistics are looked at.
    pub looks: Looks,
    /// What outcomes mean, for connections where that is not as configured.
    pub success_maps: SuccessMaps,
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
            period: time::read(&pairs, &mut misread),
            zone: pairs.first("zone").map(str::to_owned),
            filter: filter::read(&pairs, &mut misread),
            sort: read_sort(&pairs, &mut misread),
            call: read_call(&pairs, &mut misread),
            at_ms: pairs.first("at").and_then(|at| at.parse().ok()).filter(|at| *at >= 0),
            turn: pairs.first("turn").and_then(|turn| turn.parse().ok()),
            in_transcripts: pairs.first("in") == Some("transcripts"),
            person: pairs.first("person").and_then(calls::phone::given).map(str::to_owned),
            looks: looks::read(&pairs, &mut misread),
            success_maps: meanings::read(&pairs),
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
        time::write(self.period, &mut pairs);
        pairs.add_some("zone", self.zone.as_deref());
        filter::write(&self.filter, &mut pairs);
        pairs.add_some("in", self.in_transcripts.then_some("transcripts"));
        pairs.add_some("sort", (self.sort != Sort::default()).then(|| self.sort.code()));
        looks::write(&self.looks, &mut pairs);
        meanings::write(&self.success_maps, &mut pairs);
        // Last: links into calls are the place with these behind it.
        pairs.add_some("call", self.call.as_ref().map(ToString::to_string));
        pairs.add_some("at", self.at_ms.map(|at| at.to_string()));
        pairs.add_some("turn", self.turn.map(|turn| turn.to_string()));
        pairs.add_some("person", self.person.as_deref());
        pairs.fragment()
    }

    /// The same place with another call open (or none).
    #[must_use]
    pub fn with_call(&self, call: Option<CallKey>) -> Self {
        Self { call, at_ms: None, turn: None, person: None, ..self.clone() }
    }

    /// The same place with a person open (or none).
    #[must_use]
    pub fn with_person(&self, phone: Option<String>) -> Self {
        Self { person: phone, ..self.with_call(None) }
    }

    /// The same place with a call open that stands among the calls of a person.
    #[must_use]
    pub fn with_call_of(&self, phone: &str, call: CallKey) -> Self {
        Self { person: Some(phone.to_owned()), ..self.with_call(Some(call)) }
    }

    /// What is looked for beyond the chosen days: the open person, else what the filter names.
    #[must_use]
    pub fn sought(&self) -> Filter {
        match &self.person {
            Some(phone) => Filter { phone: phone.clone(), ..Filter::default() },
            None => self.filter.clone(),
        }
    }

    /// The same place with a call open at what was found in its transcript.
    #[must_use]
    pub fn with_hit(&self, call: CallKey, hit: Option<&Snippet>) -> Self {
        let mut place = self.with_call(Some(call));
        if let Some(hit) = hit {
            place.at_ms = hit.at_ms;
            place.turn = usize::try_from(hit.turn).ok().filter(|_| hit.at_ms.is_none());
        }
        place
    }

    /// Links from here into calls.
    #[must_use]
    pub fn call_links(&self) -> CallLinks {
        CallLinks(self.with_call(None).fragment())
    }

    /// The same place in another view.
    #[must_use]
    pub fn with_view(&self, view: View) -> Self {
        Self { view, ..self.with_call(None) }
    }
}

/// Links from one place into its calls. What they have in common is written once: a list that is
/// scrolled needs some dozens in every frame.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallLinks(String);

impl CallLinks {
    /// What [`Place::with_hit`] gives as a fragment.
    #[must_use]
    pub fn to(&self, call: &CallKey, hit: Option<&Snippet>) -> String {
        let at_ms = hit.and_then(|hit| hit.at_ms);
        let turn = hit.filter(|_| at_ms.is_none()).map(|hit| hit.turn);
        let mut pairs = Pairs::default();
        pairs.add("call", call.to_string());
        pairs.add_some("at", at_ms.map(|at| at.to_string()));
        pairs.add_some("turn", turn.map(|turn| turn.to_string()));
        pairs.fragment_after(&self.0)
    }
}

fn read_sort(pairs: &Pairs, misread: &mut Vec<Misread>) -> Sort {
    let Some(code) = pairs.first("sort") else { return Sort::default() };
    let sort = Sort::parse(code);
    if sort.is_none() {
        misread.push(Misread::Filter(format!("sort={code}")));
    }
    sort.unwrap_or_default()
}

fn read_call(pairs: &Pairs, misread: &mut Vec<Misread>) -> Option<CallKey> {
    let text = pairs.first("call")?;
    let call = CallKey::parse(text);
    if call.is_none() {
        misread.push(Misread::Call(text.into()));
    }
    call
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::filter::Facet;
    use calls::stats::{Split, Step};
    use calls::{Day, SortBy};

    fn full() -> Place {
        Place {
            view: View::Statistics,
            period: Period::between(
                Day::parse("2026-11-01").unwrap(),
                Day::parse("2026-11-21").unwrap(),
            )
            .0,
            zone: Some("Europe/Berlin".into()),
            filter: filter::full(),
            sort: Sort { by: SortBy::EndReason, descending: true },
            call: CallKey::parse("sales/agent~call"),
            at_ms: Some(83_000),
            turn: Some(7),
            in_transcripts: true,
            person: Some("+14155550142".into()),
            looks: Looks {
                before: true,
                step: Some(Step::Week),
                split: Split::Status,
                ranked: Facet::EndReason,
                pair: Some((String::new(), "customer hung & up".into())),
            },
            success_maps: meanings::full(),
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
    fn an_exact_span_is_a_link_that_can_be_read_in_every_zone() {
        let text = "#?from=2026-11-21T12:00:00Z&to=2026-11-21T13:00:00Z";
        let (place, misread) = Place::parse(text);
        assert_eq!((place.fragment().as_str(), misread), (text, vec![]));
        let Period::Exact(span) = place.period else { panic!("{place:?}") };
        assert_eq!(span.to_ms - span.from_ms, 3_600_000);
        let other_way = "#?from=2026-11-21T14:00:00%2B01:00&to=2026-11-21T13:00:00+01:00";
        assert_eq!(Place::parse(other_way), (place, vec![Misread::TurnedRange]));
        let half = Place::parse("#?from=2026-11-21T12:00:00Z");
        assert_eq!(half.1, [Misread::Period("2026-11-21T12:00:00Z".into())]);
    }

    #[test]
    fn another_ranking_gives_up_the_pair_of_the_one_before() {
        let mut looks = full().looks;
        looks.rank(Facet::EndReason);
        assert!(looks.pair.is_some());
        looks.rank(Facet::Version);
        assert_eq!((looks.ranked, looks.pair), (Facet::Version, None));
        assert_eq!(Place::parse("#?pair=a&pair=a").0.looks.pair, None);
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
    fn a_person_is_a_place_and_another_call_leaves_it() {
        let place = Place::default().with_person(Some("+14155550142".into()));
        assert_eq!(Place::parse(&place.fragment()).0, place);
        assert_eq!(place.sought().phone, "+14155550142");
        let call = CallKey::parse("sales/c").unwrap();
        let within = place.with_call_of("+14155550142", call.clone());
        assert_eq!(Place::parse(&within.fragment()).0.person, place.person);
        assert_eq!(within.with_call(Some(call)).person, None);
        assert_eq!(Place::parse("#?person=anonymous").0.person, None, "nobody is behind it");
    }

    #[test]
    fn a_hit_is_opened_at_its_time_or_else_at_its_turn() {
        let mut hit = Snippet {
            turn: 4,
            side: search::Side::Agent,
            at_ms: Some(2_500),
            text: String::new(),
            marks: vec![],
        };
        let open = |hit: &Snippet| full().with_hit(CallKey::parse("sales/c").unwrap(), Some(hit));
        assert_eq!((open(&hit).at_ms, open(&hit).turn), (Some(2_500), None));
        hit.at_ms = None;
        assert_eq!((open(&hit).at_ms, open(&hit).turn), (None, Some(4)));
    }

    #[test]
    fn a_link_of_many_is_the_one_that_the_place_itself_has() {
        let hit = |at_ms| Snippet {
            turn: 4,
            side: search::Side::Agent,
            at_ms,
            text: String::new(),
            marks: vec![],
        };
        let call = CallKey::parse("sales/agent~call.1").unwrap();
        for place in [full(), Place::default(), full().with_call(None)] {
            for hit in [None, Some(hit(None)), Some(hit(Some(2_500)))] {
                let link = place.with_hit(call.clone(), hit.as_ref()).fragment();
                assert_eq!(place.call_links().to(&call, hit.as_ref()), link);
            }
        }
    }

    #[test]
    fn what_a_link_got_wrong_is_left_out_and_said() {
        let (place, misread) =
            Place::parse("#?from=2026-02-30&call=../x&direction=sideways&at=-5&sort=mood&by=x");
        assert_eq!(place, Place::default());
        assert_eq!(
            misread,
            [
                Misread::Period("2026-02-30".into()),
                Misread::Filter("direction=sideways".into()),
                Misread::Filter("sort=mood".into()),
                Misread::Call("../x".into()),
                Misread::Filter("by=x".into())
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
