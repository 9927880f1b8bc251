//! The filter in the address bar: one name a condition, repeated where several values are chosen.

use calls::filter::{Bounds, CostBounds, Filter, Hours, Mark, Marks, THOUSANDTHS, Told, Wanted};
use calls::{Channel, CostUnit, Direction, Success};

use super::Misread;
use crate::fragment::Pairs;

/// Stands between the ends of a range, either of which may be missing.
const TO: &str = "..";

/// Reads a filter; what cannot be read is left out, and said.
pub(super) fn read(pairs: &Pairs, misread: &mut Vec<Misread>) -> Filter {
    let words = |name| pairs.all(name).map(str::to_owned).collect();
    let text = |name| pairs.first(name).unwrap_or_default().to_owned();
    let mut link = Link { pairs, misread };
    Filter {
        connections: words("connection"),
        agents: words("agent"),
        versions: words("version"),
        campaigns: words("campaign"),
        employees: words("employee"),
        statuses: words("status"),
        end_reasons: words("end"),
        outcomes: words("outcome"),
        directions: link.codes("direction", Direction::parse),
        channels: link.codes("channel", Channel::parse),
        successes: link.codes("success", Success::parse),
        recordings: link.codes("recording", Told::parse),
        transcripts: link.codes("transcript", Told::parse),
        voicemails: link.codes("voicemail", Told::parse),
        transfers: link.codes("transferred", Told::parse),
        tool_errors: link.codes("tool-error", Told::parse),
        marks: link.marks(),
        hours: link.one("hours", Hours::parse).unwrap_or_default(),
        duration_ms: link.one("duration", whole_bounds).unwrap_or_default(),
        cost: link.one("cost", cost_bounds),
        score: link.one("score", part_bounds).unwrap_or_default(),
        latency_ms: link.one("latency", whole_bounds).unwrap_or_default(),
        interruptions: link.one("interruptions", whole_bounds).unwrap_or_default(),
        contact: text("contact"),
        phone: text("phone"),
        text: text("q"),
    }
}

/// Writes what [`read`] reads; what lets everything through is left out.
pub(super) fn write(filter: &Filter, pairs: &mut Pairs) {
    let mut words =
        |name: &str, list: &[String]| list.iter().for_each(|word| pairs.add(name, word));
    words("connection", &filter.connections);
    words("agent", &filter.agents);
    words("version", &filter.versions);
    words("campaign", &filter.campaigns);
    words("employee", &filter.employees);
    words("status", &filter.statuses);
    words("end", &filter.end_reasons);
    words("outcome", &filter.outcomes);
    write_codes(filter, pairs);
    write_bounds(filter, pairs);
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    pairs.add_some("contact", text(&filter.contact));
    pairs.add_some("phone", text(&filter.phone));
    pairs.add_some("q", text(&filter.text));
}

fn write_codes(filter: &Filter, pairs: &mut Pairs) {
    filter.directions.iter().for_each(|value| pairs.add("direction", value.code()));
    filter.channels.iter().for_each(|value| pairs.add("channel", value.code()));
    filter.successes.iter().for_each(|value| pairs.add("success", value.code()));
    let mut told = |name, list: &[Told]| list.iter().for_each(|told| pairs.add(name, told.code()));
    told("recording", &filter.recordings);
    told("transcript", &filter.transcripts);
    told("voicemail", &filter.voicemails);
    told("transferred", &filter.transfers);
    told("tool-error", &filter.tool_errors);
    pairs.add_some("hours", (!filter.hours.is_open()).then(|| filter.hours.code()));
    for mark in Mark::ALL {
        let wanted = filter.marks.of(mark);
        pairs.add_some(mark.code(), (wanted != mark.unless_chosen()).then(|| wanted.code()));
    }
}

fn write_bounds(filter: &Filter, pairs: &mut Pairs) {
    let mut whole = |name, bounds| pairs.add_some(name, bounds_text(bounds, |end| end.to_string()));
    whole("duration", filter.duration_ms);
    whole("latency", filter.latency_ms);
    whole("interruptions", filter.interruptions);
    pairs.add_some("score", bounds_text(filter.score, parts_text));
    pairs.add_some(
        "cost",
        filter.cost.map(|cost| {
            let bounds = bounds_text(cost.bounds, parts_text);
            format!("{}:{}", cost.unit.code(), bounds.as_deref().unwrap_or(TO))
        }),
    );
}

/// A link that is being read.
struct Link<'a> {
    pairs: &'a Pairs,
    misread: &'a mut Vec<Misread>,
}

impl Link<'_> {
    fn codes<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for code in self.pairs.all(name) {
            found.extend(self.note(name, code, parse(code)));
        }
        found
    }

    fn one<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.pairs.first(name)?;
        self.note(name, text, parse(text))
    }

    fn marks(&mut self) -> Marks {
        let mut marks = Marks::default();
        for mark in Mark::ALL {
            if let Some(wanted) = self.one(mark.code(), Wanted::parse) {
                marks.set(mark, wanted);
            }
        }
        marks
    }

    fn note<T>(&mut self, name: &str, text: &str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.misread.push(Misread::Filter(format!("{name}={text}")));
        }
        found
    }
}

/// `60000..120000`, `60000..`, `..120000`.
fn whole_bounds(text: &str) -> Option<Bounds> {
    bounds(text, |end| end.parse().ok())
}

/// `1.5..20`, in a link; thousandths inside.
fn part_bounds(text: &str) -> Option<Bounds> {
    bounds(text, thousandths)
}

/// `us-cents:1.5..20`.
fn cost_bounds(text: &str) -> Option<CostBounds> {
    let (unit, bounds) = text.split_once(':')?;
    Some(CostBounds { unit: CostUnit::parse(unit)?, bounds: part_bounds(bounds)? })
}

fn bounds(text: &str, read: impl Fn(&str) -> Option<i64>) -> Option<Bounds> {
    let (least, most) = text.split_once(TO)?;
    let end = |text: &str| if text.is_empty() { Some(None) } else { read(text).map(Some) };
    let (least, most) = (end(least)?, end(most)?);
    Some(Bounds { known: least.is_none() && most.is_none(), ..Bounds::of(least, most) })
}

/// A decimal number in thousandths; further digits are cut off.
fn thousandths(text: &str) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let is_number = !whole.is_empty() && are_digits(whole) && are_digits(&part);
    let whole: i64 = is_number.then(|| whole.parse().ok())??;
    let value = whole.checked_mul(THOUSANDTHS)?.checked_add(part.parse().ok()?)?;
    Some(if negative { -value } else { value })
}

fn parts_text(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn bounds_text(bounds: Bounds, write: impl Fn(i64) -> String) -> Option<String> {
    let end = |end: Option<i64>| end.map(&write).unwrap_or_default();
    // What is known, whatever it is, has neither end.
    (!bounds.is_open()).then(|| format!("{}{TO}{}", end(bounds.least), end(bounds.most)))
}

/// A filter with every condition set, for whoever tests that nothing is forgotten.
#[cfg(test)]
pub(super) fn full() -> Filter {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let bounds = Bounds::of;
    Filter {
        connections: words(&["sales", "support"]),
        agents: words(&["sales/a&b=1"]),
        versions: words(&["v 2", ""]),
        campaigns: words(&["Herbst & Winter"]),
        employees: words(&["Kim", ""]),
        statuses: words(&["failed"]),
        end_reasons: words(&["customer_hangup"]),
        outcomes: words(&["booked=true", "no #1"]),
        directions: vec![Direction::Inbound],
        channels: vec![Channel::Web, Channel::Chat],
        successes: vec![Success::NotStated],
        recordings: vec![Told::Yes],
        transcripts: vec![Told::No],
        voicemails: vec![Told::NotTold, Told::No],
        transfers: vec![Told::No],
        tool_errors: vec![Told::Yes],
        marks: Marks::default()
            .with(Mark::Test, Wanted::Without)
            .with(Mark::Retry, Wanted::Only)
            .with(Mark::Deleted, Wanted::Any),
        hours: Hours::on(0, 9..17).and(6, 0..24),
        duration_ms: bounds(Some(60_000), None),
        cost: Some(CostBounds { unit: CostUnit::Credits, bounds: bounds(Some(-1_500), Some(7)) }),
        score: bounds(None, Some(7_500)),
        latency_ms: bounds(Some(800), Some(0)),
        interruptions: bounds(Some(2), Some(2)),
        contact: "c-7".into(),
        phone: "+49 171".into(),
        text: "Rückruf & mehr #1".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(filter: &Filter) -> String {
        let mut pairs = Pairs::default();
        write(filter, &mut pairs);
        pairs.fragment()
    }

    fn read_back(fragment: &str) -> (Filter, Vec<Misread>) {
        let mut misread = Vec::new();
        let filter = read(&crate::fragment::parse(fragment), &mut misread);
        (filter, misread)
    }

    #[test]
    fn a_filter_reads_what_it_writes() {
        let open = CostBounds { unit: CostUnit::UsCents, bounds: Bounds::KNOWN };
        let unit_only = Filter { cost: Some(open), ..Filter::default() };
        let known = Filter { score: Bounds::KNOWN, ..Filter::default() };
        for filter in [full(), Filter::default(), unit_only, known] {
            assert_eq!(read_back(&written(&filter)), (filter, vec![]));
        }
        for mark in Mark::ALL {
            for wanted in Wanted::ALL {
                let marks = Marks::default().with(mark, wanted);
                let filter = Filter { marks, ..Filter::default() };
                assert_eq!(read_back(&written(&filter)).0, filter, "{mark:?} {wanted:?}");
            }
        }
        assert_eq!(written(&Filter::default()), "#");
    }

    #[test]
    fn ranges_are_readable() {
        let cost =
            CostBounds { unit: CostUnit::UsCents, bounds: Bounds::of(Some(1_500), Some(20_000)) };
        let duration_ms = Bounds::of(None, Some(60_000));
        let filter = Filter { cost: Some(cost), duration_ms, ..Filter::default() };
        assert_eq!(written(&filter), "#?duration=..60000&cost=us-cents:1.5..20");
    }

    #[test]
    fn a_link_of_an_older_version_still_shows_deleted_calls() {
        let (filter, misread) = read_back("#?deleted=yes");
        assert_eq!((filter.marks.of(Mark::Deleted), misread), (Wanted::Any, vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_said() {
        for text in [
            "duration=60000",
            "duration=a..",
            "cost=1..2",
            "cost=euro:1..",
            "score=1.x..",
            "score=..-",
            "voicemail=maybe",
            "test=perhaps",
            "hours=mon:9",
            "interruptions=..99999999999999999999",
            "score=99999999999999999999..",
        ] {
            let (filter, misread) = read_back(&format!("#?{text}"));
            assert_eq!((filter, misread), (Filter::default(), vec![Misread::Filter(text.into())]));
        }
    }
}
