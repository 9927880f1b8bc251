//! What the page says of a link is what `calldeck stats` says of it, digit by digit.

use std::collections::BTreeMap;

use calls::formats::{English, Formats as _, duration};
use serde_json::Value;

use crate::driver::{Browser, Look};
use crate::screen;
use crate::stage::Stage;

/// The figures as their texts stand: name, value, what it counts.
const CARDS: &str = "[...document.querySelectorAll('.figure-card')].map(card => \
     ['name', 'value', 'basis'].map(part => card.querySelector('.figure-card__' + part).textContent))";

/// The tables of all pictures: their heading, and the texts of their rows, the heads first. What
/// narrow screens read in place of a longer note is left out.
const TABLES: &str = "[...document.querySelectorAll('section.card')].map(card => \
     [card.querySelector('h2').textContent, [...card.querySelectorAll('tr')].map(row => \
     [...row.children].map(cell => { const copy = cell.cloneNode(true); \
     copy.querySelectorAll('.figures-table__note--brief').forEach(note => note.remove()); \
     return copy.textContent; }))])";

/// The page shows so many values of a dimension at first.
const SHOWN: usize = 10;

#[test]
fn every_figure_of_the_page_is_that_of_the_command_line() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    // Days that are over: nothing changes while one and then the other is asked.
    let last = screen::working_day(2);
    let days = format!("from={}&to={}&zone=Europe/Berlin", last.plus(-9).iso(), last.iso());
    let link = stage.at(&format!("#?view=statistics&{days}"));
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &link);
    let stats = stage.ask(&["stats", &link, "--per", "day", "--by", "agent", "--format", "json"]);
    let stats: Value = serde_json::from_str(&stats).expect("figures as JSON");
    let calls = English.number(stats["figures"]["calls"].as_i64().expect("calls"));
    page.wait_until("all calls are counted", || screen::figure(&page, "Calls") == calls);

    let cards = page.eval(CARDS);
    let cards: Vec<Vec<String>> = serde_json::from_value(cards).expect("cards");
    assert_eq!(numbers_of(&cards), figures(&stats["figures"]));

    let tables: Vec<(String, Vec<Vec<String>>)> =
        serde_json::from_value(page.eval(TABLES)).expect("tables");
    let table = |name: &str| {
        let found = tables.iter().find(|(heading, _)| heading.contains(name));
        let (_, rows) = found.unwrap_or_else(|| panic!("no “{name}” in {tables:?}"));
        rows.iter().skip(1).map(|row| row[1..].to_vec()).collect::<Vec<_>>()
    };
    let parts = stats["per"]["parts"].as_array().expect("parts");
    assert!(parts.len() == 10, "ten days are shown day by day");
    assert_eq!(table("Calls per day"), parts.iter().map(day).collect::<Vec<_>>());
    let lengths = stats["lengths"].as_array().expect("lengths");
    let lengths: Vec<Vec<String>> = lengths.iter().map(|one| vec![count(&one["calls"])]).collect();
    assert_eq!(table("How long answered calls lasted"), lengths);
    assert_eq!(week(&table("When calls come")), week_of(&stats["hours_of_week"]));
    assert_eq!(firsts(&table("By Agent")), ranks(&stats["by"]["values"]));
}

/// The numbers of each figure in the order in which they stand.
fn numbers_of(cards: &[Vec<String>]) -> Vec<Vec<String>> {
    cards.iter().map(|card| [numbers(&card[1]), numbers(&card[2])].concat()).collect()
}

/// `1,204 of 2,000, 95%` is `1204`, `2000` and `95%`.
fn numbers(text: &str) -> Vec<String> {
    let is_part = |sign: char| sign.is_ascii_digit() || ".:%".contains(sign);
    let words = text.replace(',', "");
    let words = words.split(|sign: char| !is_part(sign)).map(|word| word.trim_matches('.'));
    words
        .filter(|word| word.contains(|sign: char| sign.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// What the page has to say: the same figures in the same order.
fn figures(of: &Value) -> Vec<Vec<String>> {
    let time = |name: &str| duration(of[name].as_f64().expect(name));
    let answered = count(&of["answered"]);
    let of_answered = |name: &str| vec![time(name), answered.clone()];
    let known = |known: &Value| {
        let of = known["yes"].as_u64().expect("yes") + known["no"].as_u64().expect("no");
        vec![count(&known["yes"]), of.to_string(), count(&known["not_stated"])]
    };
    let mut figures = vec![
        ["calls", "answered", "not_answered", "duration_unknown"]
            .map(|name| count(&of[name]))
            .to_vec(),
        vec![answered.clone(), count(&of["not_answered"])],
        of_answered("mean_ms"),
        of_answered("median_ms"),
        of_answered("p90_ms"),
        rate(&of["success"]),
        of_answered("talk_ms"),
        rate(&of["success_of_answered"]),
        known(&of["voicemail"]),
        known(&of["transferred"]),
        vec![count(&of["todo"])],
    ];
    figures.extend(of["costs"].as_array().expect("costs").iter().map(|cost| {
        let amount = cost["amount"].as_f64().expect("an amount");
        let amount = if cost["unit"] == "us-cents" { amount / 100.0 } else { amount };
        vec![format!("{amount:.2}"), count(&cost["calls"]), count(&of["calls"])]
    }));
    let latency = &of["latency_ms"];
    if latency["calls"] != 0 {
        let ms = |name: &str| English.decimal(latency[name].as_f64().expect(name), 0);
        figures.push(vec![
            ms("median"),
            count(&latency["calls"]),
            count(&of["calls"]),
            "90%".into(),
            ms("p90"),
        ]);
    }
    figures
}

fn count(value: &Value) -> String {
    value.as_u64().expect("a whole number").to_string()
}

fn rate(of: &Value) -> Vec<String> {
    let percent = |name: &str| English.percent(of[name].as_f64().expect(name));
    let stated = of["yes"].as_u64().expect("yes") + of["no"].as_u64().expect("no");
    let basis = [percent("low_95"), percent("high_95"), count(&of["not_stated"])];
    let begin = [percent("rate"), count(&of["yes"]), stated.to_string(), "95%".to_owned()];
    [&begin[..], &basis[..]].concat()
}

/// All, yes, no, not stated.
fn day(part: &Value) -> Vec<String> {
    let of = |name: &str| part["success"][name].as_u64().unwrap_or_default();
    let told = ["yes", "no", "not-stated"].map(of);
    let all = told.iter().sum::<u64>();
    [all].iter().chain(&told).map(u64::to_string).collect()
}

/// Hours by day of the week, whichever day the reader's week begins with.
fn week(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut rows = rows.to_vec();
    // An English week begins on Sunday.
    rows.rotate_left(1);
    rows
}

fn week_of(hours: &Value) -> Vec<Vec<String>> {
    let hours: Vec<String> = hours.as_array().expect("hours").iter().map(count).collect();
    hours.chunks(24).map(<[String]>::to_vec).collect()
}

/// Calls, answered, average, median and rate of each value.
fn firsts(rows: &[Vec<String>]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for row in rows {
        let row: Vec<String> =
            row.iter().flat_map(|cell| numbers(&cell.replace('%', "% "))).collect();
        *found.entry(row.join(" ")).or_default() += 1;
    }
    found
}

fn ranks(values: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for value in values.as_array().expect("values").iter().take(SHOWN) {
        let of = &value["figures"];
        let time = |name: &str| duration(of[name].as_f64().expect(name));
        let begin =
            [count(&of["calls"]), count(&of["answered"]), time("mean_ms"), time("median_ms")];
        *found.entry([&begin[..], &rate(&of["success"])[..]].concat().join(" ")).or_default() += 1;
    }
    found
}
