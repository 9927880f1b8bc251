//! Figures and the chart: never a number without what it counts, never a bar without its words.

use calls::figures::DayCount;
use calls::{Call, Day, Success};
use dashboard::components::chart::DayChart;
use dashboard::components::figure_strip::FigureStrip;
use dashboard::locale::Locale;
use dashboard::place::Place;
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{HOUR_MS, NOW_MS, call, drawn, drawn_over};

fn days() -> Vec<DayCount> {
    let day = Day::parse("2026-11-19").unwrap();
    vec![
        DayCount { day, yes: 2, no: 1, not_stated: 1 },
        DayCount { day: day.plus(1), yes: 0, no: 0, not_stated: 0 },
        DayCount { day: day.plus(2), yes: 0, no: 1, not_stated: 0 },
    ]
}

fn chart() -> Element {
    drawn(|| {
        let href = Callback::new(|day: DayCount| format!("#?from={}", day.day.iso()));
        view! { <DayChart days=days() href=href/> }
    })
}

#[test]
fn every_bar_is_a_link_whose_name_says_day_and_counts() {
    let chart = chart();
    let bars = chart.one("group");
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
    assert_eq!(
        links,
        [Some("#?from=2026-11-19"), Some("#?from=2026-11-20"), Some("#?from=2026-11-21")]
    );
}

#[test]
fn a_bar_shows_on_hover_what_it_says_to_screen_readers() {
    for bar in chart().one("group").by_role("link") {
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
    let drawn: Vec<_> = chart.by_role("link").into_iter().map(pieces).collect();
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
