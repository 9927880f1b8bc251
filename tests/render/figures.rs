//! Figures and the chart: never a number without what it counts, never a bar without its words.

use calls::period::Period;
use calls::stats::{Split, Step, Summary};
use calls::{Call, Day, Success};
use dashboard::components::figure_strip::FigureStrip;
use dashboard::components::statistics::counts::{Counted, Counts, told_successes};
use dashboard::components::statistics::figures::{StatCards, stats};
use dashboard::components::statistics::lengths::Lengths;
use dashboard::components::statistics::over_time::{TimeChart, table};
use dashboard::components::statistics::ranking::Ranking;
use dashboard::components::statistics::trend::Trend;
use dashboard::components::statistics::week::Week;
use dashboard::locale::Locale;
use dashboard::place::Place;
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{HOUR_MS, NOW_MS, call, drawn, drawn_over};

fn days() -> Counts {
    let locale = Locale::english();
    let first = Day::parse("2026-11-19").unwrap();
    let counts = [[2, 1, 1], [0, 0, 0], [0, 1, 0]];
    let day = |(nth, success): (i32, [usize; 3])| {
        let day = first.plus(nth);
        let (name, label) = (locale.formats.day(day), locale.formats.short_day(day));
        let place = Place { period: Period::between(day, day).0, ..Place::default() };
        Counted { name, label, place, counts: success.to_vec(), success }
    };
    let parts = (0..).zip(counts).map(day).collect();
    Counts { step: Step::Day, split: Split::Success, told: told_successes(locale), parts }
}

fn chart() -> Element {
    drawn(|| {
        let counts = Signal::stored(days());
        let table = Signal::derive(move || table(&counts.get(), Locale::english()));
        view! { <TimeChart counts=counts pick=Callback::new(|_| {}) table=table/> }
    })
}

/// The bars of a picture.
fn bars(html: &Element) -> &Element {
    html.all("svg").into_iter().find(|it| it.attribute("role") == Some("group")).unwrap()
}

#[test]
fn every_bar_is_a_link_whose_name_says_day_and_counts() {
    let chart = chart();
    let bars = bars(&chart);
    assert_eq!(bars.name(), "Calls per day");
    assert_eq!(
        bars.names("link"),
        [
            "Thu 19 Nov 2026: 4 calls, success 2 yes, 1 no, 1 not stated",
            "Fri 20 Nov 2026: 0 calls, success 0 yes, 0 no, 0 not stated",
            "Sat 21 Nov 2026: 1 call, success 0 yes, 1 no, 0 not stated",
        ]
    );
    let links: Vec<_> = bars.by_role("link").iter().map(|bar| bar.attribute("href")).collect();
    let day = |day: &str| Some(format!("#?from={day}&to={day}"));
    let links: Vec<_> = links.into_iter().map(|link| link.map(str::to_owned)).collect();
    assert_eq!(links, [day("2026-11-19"), day("2026-11-20"), day("2026-11-21")]);
    let stops = bars.by_role("link").into_iter().map(|bar| bar.attribute("tabindex"));
    assert_eq!(stops.collect::<Vec<_>>(), [Some("0"), Some("-1"), Some("-1")], "one way in");
}

#[test]
fn a_bar_shows_on_hover_what_it_says_to_screen_readers() {
    for bar in bars(&chart()).by_role("link") {
        let hint = bar.all("title")[0].text();
        assert_eq!(bar.attribute("aria-label"), Some(hint.as_str()));
    }
}

#[test]
fn a_bar_has_a_piece_for_every_outcome_that_there_was() {
    let chart = chart();
    let pieces = |bar: &Element| -> Vec<String> {
        let parts = bar.all("rect").into_iter().filter_map(|rect| rect.attribute("data-part"));
        parts.map(str::to_owned).collect()
    };
    let bars = chart.all("g").into_iter().filter(|it| it.attribute("class") == Some("chart__bar"));
    let drawn: Vec<_> = bars.map(pieces).collect();
    assert_eq!(drawn, [vec!["yes", "no", "not-stated"], vec![], vec!["no"]]);
}

#[test]
fn the_table_beside_the_chart_has_the_same_numbers() {
    let chart = chart();
    let rows: Vec<Vec<String>> = chart
        .one("table")
        .all("tr")
        .into_iter()
        .map(|row| row.all("th").into_iter().chain(row.all("td")).map(Element::text).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["Day", "Calls", "Yes", "No", "Not stated"],
            ["Thu 19 Nov 2026", "4", "2", "1", "1"],
            ["Fri 20 Nov 2026", "0", "0", "0", "0"],
            ["Sat 21 Nov 2026", "1", "0", "1", "0"],
        ]
    );
    let heads = chart.all("th").into_iter().map(|head| head.attribute("scope"));
    assert!(heads.into_iter().all(|scope| matches!(scope, Some("col" | "row"))));
}

#[test]
fn the_marks_around_the_bars_are_not_read_aloud() {
    let chart = chart();
    assert!(chart.text().contains("19 Nov 20 Nov 21 Nov"), "{}", chart.text());
    assert!(!chart.spoken().contains("19 Nov 20 Nov 21 Nov"), "{}", chart.spoken());
}

fn calls() -> Vec<Call> {
    let lasting = |id: &str, minutes: i64, success| {
        let mut call = call(id);
        call.started_ms = Some(NOW_MS - HOUR_MS);
        call.duration_ms = Some(minutes * 60_000);
        call.success = success;
        call
    };
    vec![
        lasting("1", 1, Success::Yes),
        lasting("2", 2, Success::Yes),
        lasting("3", 6, Success::No),
        lasting("4", 0, Success::NotStated),
    ]
}

#[test]
fn a_figure_stands_with_what_it_counts_and_leads_to_the_statistics() {
    let html = drawn_over(&calls(), Place::default(), |_| view! { <FigureStrip/> });
    let figures: Vec<String> = html.by_role("listitem").into_iter().map(Element::spoken).collect();
    assert_eq!(
        figures,
        [
            "Calls 4 3 answered, 1 not, 0 unknown",
            "Answered 3 1 not answered",
            "Average duration 3:00 of 3 answered calls",
            "Median duration 2:00 of 3 answered calls",
            "Success rate 67% 2 of 3, 95% between 21% and 94%, 1 not stated",
        ]
    );
    let links = html.by_role("link");
    assert_eq!(links.len(), 5);
    assert!(links.iter().all(|link| link.attribute("href") == Some("#?view=statistics")));
}

#[test]
fn without_calls_a_figure_is_unknown_and_not_zero() {
    let html = drawn_over(&[], Place::default(), |_| view! { <FigureStrip/> });
    let values: Vec<String> = html.by_role("link").into_iter().map(Element::text).collect();
    let dash = Locale::english().words.unknown_value();
    assert_eq!(values, ["0", "0", dash.as_str(), dash.as_str(), dash.as_str()]);
}

#[test]
fn a_figure_says_what_it_means_what_it_was_before_and_leads_to_its_calls() {
    let locale = Locale::english();
    let (now, before) = (Summary::of(calls().iter()), Summary::of(calls()[..2].iter()));
    let html = drawn_over(&calls(), Place::default(), move |_| {
        view! { <StatCards stats=stats(&now, Some(&before), locale)/> }
    });
    let cards = html.by_role("listitem");
    let success = cards.iter().find(|card| card.text().starts_with("Success rate")).unwrap();
    for words in ["67%", "before: 100%", "2 of 3, 95% between 21% and 94%", "Wilson"] {
        assert!(success.text().contains(words), "{words}: {}", success.text());
    }
    let links: Vec<_> =
        html.by_role("link").into_iter().map(|link| link.attribute("href").unwrap()).collect();
    assert_eq!(links[..3], ["#", "#?duration=1..", "#?duration=1.."]);
    assert!(links.contains(&"#?success=yes") && links.contains(&"#?todo=only"), "{links:?}");
    for card in cards {
        assert!(card.all("summary")[0].attribute("aria-label").unwrap().len() > 12);
        assert!(card.all("p")[0].text().len() > 30, "{}", card.text());
    }
}

#[test]
fn a_line_of_success_has_its_interval_and_a_table() {
    let html =
        drawn_over(&[], Place::default(), |_| view! { <Trend counts=Signal::stored(days())/> });
    assert_eq!(html.one("heading").text(), "Success rate over time, with its 95% interval");
    let table = html.one("table").text();
    assert!(table.contains("67%") && table.contains("2 of 3, 95% between"), "{table}");
    assert!(html.all("path").iter().any(|path| path.attribute("class") == Some("trend__band")));
}

#[test]
fn classes_of_length_lead_to_exactly_their_calls() {
    let html = drawn_over(&calls(), Place::default(), |_| view! { <Lengths/> });
    let links = bars(&html).by_role("link");
    let of = |name: &str| links.iter().find(|link| link.name().starts_with(name)).unwrap();
    assert_eq!(of("0:45–1:00").name(), "0:45–1:00: 1 call");
    assert_eq!(of("0:45–1:00").attribute("href"), Some("#?duration=45001..60000"));
    assert_eq!(of("over 30:00").attribute("href"), Some("#?duration=1800001.."));
    assert_eq!(links.len(), 12);
}

#[test]
fn the_week_has_a_field_for_every_hour_that_says_its_number() {
    let html = drawn_over(&calls(), Place::default(), |_| view! { <Week/> });
    let fields: Vec<&Element> =
        html.all("td").into_iter().filter(|it| !it.text().is_empty()).collect();
    assert_eq!(fields.len(), 168);
    assert_eq!(fields.iter().filter(|field| field.text() == "4").count(), 1);
    let heads = html.all("th").into_iter().map(|head| head.attribute("scope"));
    assert_eq!(heads.filter(|scope| *scope == Some("row")).count(), 7);
}

#[test]
fn a_ranking_has_volume_length_and_success_side_by_side_and_leads_to_its_calls() {
    let html = drawn_over(&calls(), Place::default(), |_| view! { <Ranking/> });
    assert_eq!(html.one("heading").text(), "By Agent");
    let rows = html.one("table").all("tr");
    assert_eq!(rows.len(), 2, "{}", html.text());
    assert!(rows[1].text().contains("2 of 3, 95% between"), "{}", rows[1].text());
    let link = html.by_role("link")[0].attribute("href").unwrap();
    assert!(link.starts_with("#?agent="), "{link}");
}
