//! The targets that read what a person typed or a link said.

use calls::{Day, Zone, fold, phone};
use dashboard::place::Place;

use crate::Target;

/// All of them.
#[must_use]
pub fn targets() -> Vec<Target> {
    vec![
        Target::new("place", all(PLACES), |input| place(&String::from_utf8_lossy(input))),
        Target::new("phone", all(NUMBERS), |input| number(&String::from_utf8_lossy(input))),
        Target::new("fold", all(TEXTS), |input| folded(&String::from_utf8_lossy(input))),
        Target::new("zone", vec![vec![0; 32], (0..96).collect()], zone),
    ]
}

fn all(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const PLACES: &[&str] = &[
    "#?view=statistics&from=2026-11-01&to=2026-11-21&zone=Europe/Berlin",
    "#?call=sales/agent~call&at=83&q=R%C3%BCckruf+%23&phone=+49171&deleted=yes",
    "#?period=7d&connection=a&agent=a/b&status=failed&direction=inbound&success=not-stated",
];

/// What a place writes, it reads; and what it reads is written the same again.
fn place(text: &str) {
    let (place, _) = Place::parse(text);
    let written = place.fragment();
    let (again, misread) = Place::parse(&written);
    assert_eq!(again, place, "{written:?} leads elsewhere");
    assert!(misread.is_empty(), "{written:?} is not understood: {misread:?}");
    assert_eq!(again.fragment(), written);
}

const NUMBERS: &[&str] = &["+49 (0)171 / 39 20 x5", "0049171 3920", "\u{664}\u{669} 030 1234"];

/// A number is found by itself, and what is sent to a provider is nothing but a number.
fn number(text: &str) {
    let digits = phone::digits(text);
    assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
    if let Some(sent) = phone::given(text) {
        assert_eq!(phone::given(sent), Some(sent));
        let long = digits.len() >= 4;
        assert_eq!(phone::matches(sent, sent), long, "{sent:?} is not found by itself");
    }
    if let Some(whole) = phone::international(text) {
        assert_eq!(phone::international(&whole).as_ref(), Some(&whole));
        assert!(phone::matches(text, &whole), "{text:?} is not found by {whole}");
    }
}

const TEXTS: &[&str] = &["Rückruf STRASSE", "Cafe\u{301} Łódź", "\u{130}stanbul \u{1e9e} ﬁ"];

/// Folding twice is folding once, or a text that was copied would not be found.
fn folded(text: &str) {
    let once = fold::fold(text);
    assert_eq!(fold::fold(&once), once, "{text:?}");
}

/// Four bytes a number: the first half are steps of a zone, as seconds and minutes of offset up to
/// 18 hours, the second half instants in seconds.
fn zone(input: &[u8]) {
    let numbers: Vec<i64> = input.chunks_exact(4).map(number_of).collect();
    let (steps, instants) = numbers.split_at(numbers.len() / 2);
    let steps = steps.chunks_exact(2).map(|pair| (pair[0] * 1_000, pair[1] % 1_081 * 60_000));
    let zone = Zone::of_steps("Random/Zone", steps.collect());
    for at_ms in instants.iter().map(|secs| secs * 1_000) {
        let day = zone.day_of(at_ms);
        assert!(zone.day_start_ms(day) <= at_ms, "{day:?} begins after {at_ms}");
        assert!(at_ms < zone.day_start_ms(day.plus(1)), "{day:?} ends before {at_ms}");
        assert_eq!(Day::parse(&day.iso()), Some(day));
        let wall = zone.wall(at_ms);
        assert!(wall.hour < 24 && wall.minute < 60 && wall.second < 60, "{wall:?}");
    }
}

fn number_of(bytes: &[u8]) -> i64 {
    i64::from(i32::from_be_bytes(bytes.try_into().unwrap()))
}
