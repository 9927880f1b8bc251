//! What the page says of a link is what `calldeck stats` says of it, digit by digit, whichever
//! language and zone somebody reads it in.

use std::collections::BTreeMap;

use calls::figures::SuccessRate;
use calls::filter::Facet;
use calls::formats::{English, Formats as _, duration};
use serde_json::Value;

use crate::driver::{Browser, Look, Page};
use crate::screen;
use crate::stage::Stage;

/// The figures as their texts stand: name, value, what it counts.
const CARDS: &str = "[...document.querySelectorAll('.figure-card')].map(card => \
     ['name', 'value', 'basis'].map(part => card.querySelector('.figure-card__' + part).textContent))";

/// The tables of all pictures: the id of their heading, and the texts of their rows, the heads
/// first. What narrow screens read in place of a longer note is left out.
const TABLES: &str = "[...document.querySelectorAll('section.card')].map(card => \
     [card.getAttribute('aria-labelledby'), [...card.querySelectorAll('tr')].map(row => \
     [...row.children].map(cell => { const copy = cell.cloneNode(true); \
     copy.querySelectorAll('.figures-table__note--brief').forEach(note => note.remove()); \
     return copy.textContent; }))])";

/// The page shows so many values of a dimension at first.
const SHOWN: usize = 10;

/// Whoever reads the page.
#[derive(Clone, Copy)]
struct Reader {
    language: &'static str,
    zone: &'static str,
    /// The weekday that the week begins with, Monday is 0.
    week_start: usize,
}

impl Reader {
    /// `1,204 of 2,000, 95%` is `1204`, `2000` and `95%`, and so is `1.204 von 2.000, 95 %`.
    fn numbers(self, text: &str) -> Vec<String> {
        let is_part = |sign: char| sign.is_ascii_digit() || ".:%".contains(sign);
        let plain = match self.language {
            "de-DE" => {
                let joined = text.replace("\u{a0}%", "%").replace(" %", "%");
                joined.replace('.', "").replace(',', ".")
            }
            _ => text.replace(',', ""),
        };
        let words = plain.split(|sign: char| !is_part(sign)).map(|word| word.trim_matches('.'));
        words
            .filter(|word| word.contains(|sign: char| sign.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    }

    /// The numbers of cells, one behind the other.
    fn of_cells(self, cells: &[String]) -> Vec<String> {
        cells.iter().flat_map(|cell| self.numbers(&cell.replace('%', "% "))).collect()
    }

    /// The rows of a picture's table, without their names.
    fn table(self, page: &Page, id: &str) -> Vec<Vec<String>> {
        let tables: Vec<(String, Vec<Vec<String>>)> =
            serde_json::from_value(page.eval(TABLES)).expect("tables");
        let found = tables.iter().find(|(of, _)| of == id);
        let (_, rows) = found.unwrap_or_else(|| panic!("no “{id}” in {tables:?}"));
        rows.iter().skip(1).map(|row| self.of_cells(&row[1..])).collect()
    }

    fn look(self) -> Look {
        Look { language: self.language, ..Look::default() }
    }
}

/// Days that are over: nothing changes while one and then the other is asked.
fn days(zone: &str) -> String {
    let last = screen::working_day(2);
    format!("from={}&to={}&zone={zone}", last.plus(-9).iso(), last.iso())
}

#[track_caller]
fn asked(stage: &Stage, link: &str, more: &[&str]) -> Value {
    let stats = stage.ask(&[&["stats", link, "--format", "json"], more].concat());
    serde_json::from_str(&stats).expect("figures as JSON")
}

/// Opens a link and waits until everything that the command line counted is counted.
#[track_caller]
fn open(page: &Page, reader: Reader, link: &str, stats: &Value) {
    page.open(link);
    let wanted = figures(&stats["figures"]);
    let cards = || -> Vec<Vec<String>> { serde_json::from_value(page.eval(CARDS)).expect("cards") };
    let read = || -> Vec<Vec<String>> {
        let both =
            |card: &Vec<String>| [reader.numbers(&card[1]), reader.numbers(&card[2])].concat();
        cards().iter().map(both).collect()
    };
    page.wait_until("all calls are counted", || {
        read().first().is_some_and(|calls| Some(calls) == wanted.first())
    });
    assert_eq!(read(), wanted, "{:?}", cards());
}

#[test]
fn every_figure_of_the_page_is_that_of_the_command_line_in_english() {
    compared(Reader { language: "en-US", zone: "Europe/Berlin", week_start: 6 });
}

#[test]
fn every_figure_of_the_page_is_that_of_the_command_line_in_german_and_another_zone() {
    compared(Reader { language: "de-DE", zone: "Asia/Kathmandu", week_start: 0 });
}

fn compared(reader: Reader) {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let link = stage.at(&format!("#?view=statistics&{}", days(reader.zone)));
    let stats = asked(&stage, &link, &["--per", "day"]);
    let page = browser.page(reader.look());
    open(&page, reader, &link, &stats);
    let table = |id: &str| reader.table(&page, id);
    let parts = stats["per"]["parts"].as_array().expect("parts");
    assert!(parts.len() == 10, "ten days are shown day by day");
    assert_eq!(table("card-over-time"), parts.iter().map(day).collect::<Vec<_>>());
    assert_eq!(table("card-trend"), parts.iter().map(trend).collect::<Vec<_>>());
    let lengths = stats["lengths"].as_array().expect("lengths");
    let lengths: Vec<Vec<String>> = lengths.iter().map(|one| vec![count(&one["calls"])]).collect();
    assert_eq!(table("card-lengths"), lengths);
    let mut week = table("card-week");
    week.rotate_left((7 - reader.week_start) % 7);
    assert_eq!(week, week_of(&stats["hours_of_week"]));
    let units = stats["figures"]["costs"].as_array().expect("costs");
    assert_eq!(units.len(), 2, "the demo has costs in both units");
    for unit in units {
        let unit = unit["unit"].as_str().expect("a unit");
        let costs: Vec<Vec<String>> = parts.iter().map(|part| vec![cost(part, unit)]).collect();
        assert_eq!(table(&format!("card-cost-{unit}")), costs, "{unit}");
    }
}

#[test]
fn every_ranking_of_the_page_is_that_of_the_command_line() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let reader = Reader { language: "en-US", zone: "Europe/Berlin", week_start: 6 };
    let page = browser.page(reader.look());
    let fragment = format!("#?view=statistics&{}", days(reader.zone));
    screen::open_loaded(&page, &stage.at(&fragment));
    for facet in Facet::RANKED.into_iter().filter(|facet| *facet != Facet::Employee) {
        let code = facet.ranking_code();
        let link = format!("{fragment}&by={code}");
        let stats = asked(&stage, &stage.at(&link), &["--by", code]);
        let wanted = ranks(&stats["by"]["values"]);
        page.eval(&format!("void (location.hash = '{link}')"));
        let shown = || firsts(&reader.table(&page, "card-ranking"));
        page.wait_until(&format!("the ranking by {code} is {wanted:?}"), || shown() == wanted);
    }
}

#[test]
fn the_time_before_is_that_of_the_command_line() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let reader = Reader { language: "en-US", zone: "Europe/Berlin", week_start: 6 };
    let link = stage.at(&format!("#?view=statistics&compare=before&{}", days(reader.zone)));
    let stats = asked(&stage, &link, &["--before"]);
    let page = browser.page(reader.look());
    open(&page, reader, &link, &stats);
    let then = figures(&stats["before"]);
    let before = "[...document.querySelectorAll('.figure-card__before > span:nth-last-child(1)')]";
    let texts = format!("{before}.map(it => it.textContent)");
    page.wait_until("what was before is there", || {
        let texts: Vec<String> = serde_json::from_value(page.eval(&texts)).expect("texts");
        texts.first().map(|text| reader.numbers(text)) == Some(vec![then[0][0].clone()])
    });
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
        vec![paid(amount, cost["unit"] == "us-cents"), count(&cost["calls"]), count(&of["calls"])]
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

/// The rate with what it counts and its interval; where nothing is stated only how many those are.
fn rate(of: &Value) -> Vec<String> {
    if of["rate"].is_null() {
        return vec![count(&of["not_stated"])];
    }
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

/// The rate, yes, stated, and the interval with what is not stated; or only what is not.
fn trend(part: &Value) -> Vec<String> {
    let of = |name: &str| {
        usize::try_from(part["success"][name].as_u64().unwrap_or_default()).expect("a count")
    };
    let rate = SuccessRate { yes: of("yes"), no: of("no"), not_stated: of("not-stated") };
    let Some((share, (low, high))) = rate.rate().zip(rate.interval()) else {
        return vec![rate.not_stated.to_string()];
    };
    let [share, low, high] = [share, low, high].map(|share| English.percent(share));
    let (yes, stated) = (rate.yes.to_string(), rate.denominator().to_string());
    vec![share, yes, stated, "95%".to_owned(), low, high, rate.not_stated.to_string()]
}

/// What the calls of a part cost, as it is read: cents as dollars.
fn cost(part: &Value, unit: &str) -> String {
    let amount = part["costs"][unit].as_f64().expect("an amount");
    paid(amount, unit == "us-cents")
}

/// Cents as dollars, with both digits; credits as many as there are.
fn paid(amount: f64, in_cents: bool) -> String {
    if in_cents { English.fixed(amount / 100.0, 2) } else { English.decimal(amount, 2) }
}

fn week_of(hours: &Value) -> Vec<Vec<String>> {
    let hours: Vec<String> = hours.as_array().expect("hours").iter().map(count).collect();
    hours.chunks(24).map(<[String]>::to_vec).collect()
}

/// Calls, answered, average, median and rate of each value.
fn firsts(rows: &[Vec<String>]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for row in rows {
        *found.entry(row.join(" ")).or_default() += 1;
    }
    found
}

fn ranks(values: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for value in values.as_array().expect("values").iter().take(SHOWN) {
        let of = &value["figures"];
        let times = ["mean_ms", "median_ms"].into_iter().filter_map(|name| of[name].as_f64());
        let begin = [count(&of["calls"]), count(&of["answered"])].into_iter();
        let row: Vec<String> =
            begin.chain(times.map(duration)).chain(rate(&of["success"])).collect();
        *found.entry(row.join(" ")).or_default() += 1;
    }
    found
}
