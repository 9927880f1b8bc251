//! The book against what it stands for: a plain list of calls, looked through one by one.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::book::{Book, FacetCount, Field, Hits, Looking, Row};
use crate::call::Call;
use crate::end_reason::is_transfer;
use crate::figures::Figures;
use crate::filter::{
    Bounds, CostBounds, Facet, Filter, Hours, Mark, Sieve, Told, Wanted, agent_key, searchable,
};
use crate::generated::Calls;
use crate::money::{Cost, CostUnit};
use crate::outcome::{Outcome, Success};
use crate::period::Span;
use crate::stats::hour_of_week;
use crate::status::Channel;
use crate::told::{self, Origin};
use crate::zone::Zone;

mod sorted;
mod summed;

const NEWEST_MS: i64 = 1_780_000_000_000;

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ((self.0 >> 33) as usize) % end.max(1)
    }

    fn odds(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

/// The same calls in a book and in a list, by row, after all kinds of changes.
fn both(seed: u64) -> (Book, Vec<Option<Call>>, Dice) {
    let (mut book, mut plain, mut dice) = (Book::default(), Vec::<Option<Call>>::new(), Dice(seed));
    let mut fresh = Calls::before(NEWEST_MS, seed);
    // Durations for which there is no room in a key, in every second book.
    let wide = if seed.is_multiple_of(2) { 3 } else { 1 };
    for _ in 0..200 {
        let known: Vec<usize> = (0..plain.len()).filter(|row| plain[*row].is_some()).collect();
        let old = known.get(dice.below(known.len())).copied();
        match (dice.below(8), old) {
            (0, Some(row)) => {
                let key = plain[row].take().map(|call: Call| call.key).unwrap();
                assert!(book.purge(&key));
            }
            (1 | 2, Some(row)) => {
                let mut later = fresh.next().unwrap();
                odd(&mut later, &mut dice, wide);
                let call: &mut Call = plain[row].as_mut().unwrap();
                later.key = call.key.clone();
                book.take(later.clone());
                call.merge(later);
            }
            (3, Some(row)) => name_agent(&mut book, &mut plain, row, &mut dice),
            _ => {
                let mut call = fresh.next().unwrap();
                odd(&mut call, &mut dice, wide);
                book.take(call.clone());
                plain.push(Some(call));
            }
        }
        if dice.odds(9) {
            drop(book.rows(&Filter::default(), None));
        }
    }
    (book, plain, dice)
}

fn name_agent(book: &mut Book, plain: &mut [Option<Call>], row: usize, dice: &mut Dice) {
    let of = plain[row].clone().unwrap();
    let name = ["Empfang", "Hotline", "Neu"][dice.below(3)];
    let Some(id) = of.agent_id else { return };
    // As a list of agents would tell it; later records that bring a name of their own keep it.
    book.take_agent(&of.key.connection, &id, name);
    for call in plain.iter_mut().flatten() {
        if call.key.connection == of.key.connection && call.agent_id.as_ref() == Some(&id) {
            call.agent_name = Some(name.to_owned());
        }
    }
}

/// What the generator leaves out: ties, no times, other units, values that are far apart.
fn odd(call: &mut Call, dice: &mut Dice, wide: usize) {
    match dice.below(12) {
        0 => call.started_ms = None,
        1 | 2 => call.started_ms = Some(NEWEST_MS - 1000 * dice.below(3) as i64),
        3 => call.cost = Some(Cost::of(dice.below(9) as f64 / 3.0, CostUnit::Credits)),
        4 => call.duration_ms = Some([7_777_777, -5, i64::MAX / 1_000_000][dice.below(wide)]),
        5 => call.outcomes.push(Outcome { name: Some("booked".into()), value: "true".into() }),
        6 => call.purged = true,
        7 => call.customer.name = Some("Zoë\0 Groß\n\u{1f}".into()),
        8 => {
            call.retries = Some(dice.below(3) as u64);
            call.other_id = Some("LK_9".into());
            call.told.note_value(Origin::List, told::Field::Note);
        }
        9 => call.recording = crate::Recording::Available { until_ms: Some(5) },
        10 => call.request = Some("Termin verschieben und noch etwas, was lang ist".into()),
        _ => call.agent_id = None,
    }
}

fn a_filter(plain: &[Option<Call>], dice: &mut Dice) -> Filter {
    let calls: Vec<&Call> = plain.iter().flatten().collect();
    let mut filter = Filter::default();
    for _ in 0..=dice.below(2) {
        let call = calls[dice.below(calls.len())];
        condition(&mut filter, call, dice);
    }
    filter
}

fn condition(filter: &mut Filter, call: &Call, dice: &mut Dice) {
    let word = |text: &Option<String>| vec![text.clone().unwrap_or_default()];
    let bounds = |dice: &mut Dice, near: Option<i64>| Bounds {
        least: (!dice.odds(3)).then_some(near.unwrap_or(1_000)),
        most: (!dice.odds(3)).then_some(near.unwrap_or(1_000) + dice.below(9_000) as i64),
        known: dice.odds(2),
    };
    match dice.below(24) {
        0 => filter.connections = vec![call.key.connection.to_string(), "none".into()],
        1 => filter.agents = agent_key(call).into_iter().collect(),
        2 => filter.versions = word(&call.version),
        3 => filter.campaigns = word(&call.campaign),
        4 => filter.employees = word(&call.employee),
        5 => filter.statuses = vec![call.status.code().to_owned()],
        6 => filter.end_reasons = word(&call.end_reason),
        7 => filter.outcomes = vec![call.outcomes.first().map(Outcome::label).unwrap_or_default()],
        8 => filter.directions = vec![call.direction],
        9 => filter.channels = vec![Channel::Web, Channel::Chat],
        10 => filter.successes = vec![Success::Yes, call.success],
        11 => filter.recordings = vec![Told::recording(call.recording)],
        12 => filter.transcripts = vec![Told::of(call.transcript)],
        13 => filter.tool_errors = vec![Told::of(call.tool_errors), Told::Yes],
        14 => {
            let mark = Mark::ALL[dice.below(6)];
            filter.marks.set(mark, Wanted::ALL[dice.below(3)]);
        }
        15 => filter.duration_ms = bounds(dice, call.duration_ms),
        16 => filter.latency_ms = bounds(dice, call.latency_ms),
        17 => filter.score = bounds(dice, Some(4_000)),
        18 => {
            let unit = CostUnit::ALL[dice.below(2)];
            filter.cost = Some(CostBounds { unit, bounds: bounds(dice, Some(1_000)) });
        }
        19 => filter.contact = call.customer.contact_id.clone().unwrap_or_default(),
        20 => filter.transfers = vec![Told::of(call.end_reason.as_deref().map(is_transfer))],
        21 => {
            let at = call.started_ms.map_or(9, |at| hour_of_week(at, &kathmandu()));
            filter.hours = Hours::on(at / 24, at as u32 % 24..24).and(dice.below(7), 3..17);
        }
        22 => filter.phone = typed(call.customer.phone.as_deref(), dice),
        _ => {
            filter.text = typed_text(call, dice);
            if dice.odds(3) {
                filter.text += ["|", "|montag", "|montag x|zwei"][dice.below(3)];
            }
        }
    }
}

fn typed(phone: Option<&str>, dice: &mut Dice) -> String {
    let phone = phone.unwrap_or("+4912345").replace("+49", ["0", "+49 ", "0049"][dice.below(3)]);
    phone[dice.below(phone.len() - 4)..].to_owned()
}

fn typed_text(call: &Call, dice: &mut Dice) -> String {
    let own = call.own_number.as_deref().unwrap_or_default().to_owned();
    let texts = [
        call.customer.name.clone().unwrap_or_default(),
        call.summary.clone().unwrap_or_default(),
        typed(call.customer.phone.as_deref(), dice),
        call.agent_name.clone().unwrap_or_default() + " " + call.key.reference.as_str(),
        call.employee.clone().unwrap_or_default() + " montag",
        own,
        "\0".to_owned(),
    ];
    let text = &texts[dice.below(texts.len())];
    let end = text.char_indices().map(|(at, _)| at).nth(dice.below(12));
    text[..end.unwrap_or(text.len())].to_uppercase()
}

/// Three quarters of an hour off every full one, and half an hour more for a while.
fn kathmandu() -> Zone {
    let (usual, half) = (20_700_000, 1_800_000);
    Zone::of_steps(
        "K",
        vec![(0, usual), (NEWEST_MS - 3_000_000_000, usual + half), (NEWEST_MS - 9_000, usual)],
    )
}

fn identity(a: &Call, b: &Call) -> Ordering {
    b.started_ms.cmp(&a.started_ms).then_with(|| a.key.cmp(&b.key))
}

/// The rows that pass, one by one, newest first.
fn passing(plain: &[Option<Call>], looking: &Looking<'_>, hits: &[Row]) -> Vec<Row> {
    let sieve = Sieve::new(looking.filter, looking.time);
    let textless = Filter { text: String::new(), ..looking.filter.clone() };
    let rest = Sieve::new(&textless, looking.time);
    let mut rows: Vec<Row> = Vec::new();
    for (row, call) in (0..).zip(plain) {
        let Some(call) = call else { continue };
        let hit = hits.contains(&row) && rest.passes(call, "");
        if hit || sieve.passes(call, &searchable(call)) {
            rows.push(row);
        }
    }
    rows.sort_by(|a, b| identity(at(plain, *a), at(plain, *b)));
    rows
}

fn at(plain: &[Option<Call>], row: Row) -> &Call {
    plain[row as usize].as_ref().unwrap()
}

#[test]
fn a_call_comes_out_of_the_book_as_it_went_in() {
    for seed in 1..20 {
        let (book, plain, _) = both(seed);
        assert_eq!(book.len(), plain.iter().flatten().count());
        for (row, call) in (0..).zip(&plain) {
            assert_eq!(book.call(row), *call);
            if let Some(call) = call {
                assert_eq!(book.find(&call.key), Some(call.clone()));
                assert_eq!(book.row_of(&call.key), Some(row));
            }
        }
        let mut calls: Vec<Call> = book.calls().collect();
        calls.sort_by(identity);
        let mut wanted: Vec<Call> = plain.into_iter().flatten().collect();
        wanted.sort_by(identity);
        assert_eq!(calls, wanted);
    }
}

#[test]
fn every_filter_shows_what_looking_at_each_call_shows() {
    let mut shown = 0;
    for seed in 1..25 {
        let (book, plain, mut dice) = both(seed);
        for _ in 0..40 {
            let filter = a_filter(&plain, &mut dice);
            let day = NEWEST_MS - 1000 * dice.below(9_000_000) as i64;
            let span = dice.odds(2).then_some(Span { from_ms: day - 3_000_000, to_ms: day });
            let hits: Vec<Row> = (0..400).filter(|_| dice.odds(5)).collect();
            let hits = if dice.odds(3) { hits } else { Vec::new() };
            let set: Hits = hits.iter().copied().collect();
            let with_hits = (!hits.is_empty()).then_some(&set);
            let zone = kathmandu();
            let looking = Looking { hits: with_hits, ..Looking::at(&filter, span).on_wall(&zone) };
            let rows = book.select(&looking);
            shown += rows.len();
            assert_eq!(rows, passing(&plain, &looking, &hits), "{filter:?}");
            let calls = || rows.iter().map(|row| at(&plain, *row));
            assert_eq!(book.figures(&rows), Figures::of(calls()));
            let answer = book.answer(&looking);
            assert_eq!((answer.figures, &*answer.rows), (book.figures(&rows), &rows));
        }
    }
    assert!(shown > 5_000, "{shown}");
}

#[test]
fn one_letter_more_finds_what_a_new_search_finds() {
    for seed in 1..12 {
        let (book, plain, mut dice) = both(seed);
        let call = plain.iter().flatten().nth(dice.below(50)).unwrap();
        let text = format!("{} {}", call.customer.name.as_deref().unwrap_or("kim"), "montag");
        for end in text.char_indices().map(|(end, _)| end).chain([text.len(), 0]) {
            let filter = Filter { text: text[..end].to_owned(), ..Filter::default() };
            let looking = Looking::at(&filter, None);
            assert_eq!(book.select(&looking), passing(&plain, &looking, &[]), "{}", filter.text);
        }
    }
}

fn values(facet: Facet, call: &Call) -> Vec<String> {
    let word = |text: &Option<String>| text.clone().unwrap_or_default();
    let one = match facet {
        Facet::Connection => call.key.connection.to_string(),
        Facet::Agent => agent_key(call).unwrap_or_default(),
        Facet::Version => word(&call.version),
        Facet::Campaign => word(&call.campaign),
        Facet::Employee => word(&call.employee),
        Facet::EndReason => word(&call.end_reason),
        Facet::Status => call.status.code().to_owned(),
        Facet::Direction => call.direction.code().to_owned(),
        Facet::Channel => call.channel.code().to_owned(),
        Facet::Success => call.success.code().to_owned(),
        Facet::Recording => Told::recording(call.recording).code().to_owned(),
        Facet::Transcript => Told::of(call.transcript).code().to_owned(),
        Facet::Voicemail => Told::of(call.voicemail).code().to_owned(),
        Facet::Transfer => Told::of(call.end_reason.as_deref().map(is_transfer)).code().to_owned(),
        Facet::ToolErrors => Told::of(call.tool_errors).code().to_owned(),
        Facet::Mark(mark) => {
            let wanted = if mark.is_on(call) { Wanted::Only } else { Wanted::Without };
            wanted.code().to_owned()
        }
        Facet::Outcome => {
            let mut labels: Vec<String> = call.outcomes.iter().map(Outcome::label).collect();
            labels.sort();
            labels.dedup();
            return if labels.is_empty() { vec![String::new()] } else { labels };
        }
    };
    vec![one]
}

#[test]
fn a_facet_counts_what_choosing_each_value_would_show() {
    for seed in 1..15 {
        let (book, plain, mut dice) = both(seed);
        for facet in Facet::ALL {
            let filter = a_filter(&plain, &mut dice);
            let looking = Looking::at(&filter, None);
            let mut others = filter.clone();
            facet.choose(&mut others, Vec::new());
            let mut counts: BTreeMap<String, usize> =
                facet.chosen(&filter).into_iter().map(|value| (value, 0)).collect();
            for row in passing(&plain, &Looking::at(&others, None), &[]) {
                for value in values(facet, at(&plain, row)) {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let mut found = book.facet(facet, &looking);
            assert!(found.windows(2).all(|pair| pair[0].count >= pair[1].count));
            found.sort_by(|a, b| a.value.cmp(&b.value));
            let wanted = counts.into_iter().map(|(value, count)| FacetCount { value, count });
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{facet:?} {filter:?}");
        }
    }
}

#[test]
fn what_opening_tells_is_known_of_opened_calls() {
    let (book, plain, _) = both(3);
    let rows = book.rows(&Filter::default(), None);
    let calls = || rows.iter().map(|row| at(&plain, *row));
    let known = calls().filter(|call| call.opened || call.score.is_some()).count();
    assert_eq!(book.coverage(Field::Score, &rows), (known, rows.len()));
    assert_eq!(book.untold(Field::Score, &rows).len(), rows.len() - known);
    assert!(0 < known && known < rows.len());
    let known = calls().filter(|call| call.opened || call.transcript.is_some()).count();
    assert_eq!(book.coverage(Field::Transcript, &rows), (known, rows.len()));
}
