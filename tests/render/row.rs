//! A row of the list, written into its template as the browser's pool writes it.

use calls::{Call, Channel, Cost, Direction, Recording, Status, Zone};
use dashboard::components::row_template::{RowStand, row_template, write_row};
use dashboard::components::row_words::Teller;
use dashboard::locale::Locale;
use dashboard::table::Column;
use dashboard::ui::row_part::{Part, RowCells, Spot};
use search::{Side, Snippet};

use crate::call::talked;
use crate::html::Element;
use crate::stage::{HOUR_MS, NOW_MS, call};

/// Writes rows one after the other into the same element, as scrolling does; how the last looks.
fn written(rows: &[(&Call, RowStand)], columns: &[Column], cards: bool) -> Element {
    let locale = Locale::english();
    let zone = Zone::of_steps("Europe/Berlin", vec![(0, HOUR_MS)]);
    let (mut row, _) = row_template(columns, cards, locale);
    for (call, stand) in rows {
        let teller =
            Teller { connection: "Sales line", locale, zone: &zone, now_ms: NOW_MS, hit: None };
        write_row(&teller.row(call, columns, false), stand, columns, &mut row);
    }
    Element::parse(&row.html())
}

/// A row with these columns.
pub(crate) fn drawn_row(call: &Call, columns: &[Column]) -> Element {
    written(&[(call, RowStand::default())], columns, false)
}

fn cells(row: &Element) -> Vec<String> {
    row.by_role("gridcell").into_iter().map(Element::seen).collect()
}

#[test]
fn a_row_is_one_link_that_says_when_and_with_whom() {
    let stand = RowStand { index: 7, href: "#?call=sales/call_1".into(), ..RowStand::default() };
    let html = written(&[(&talked(), stand.clone())], &Column::USUAL, false);
    let link = html.one("link");
    assert_eq!(link.name(), "21 Nov 11:00, open call with Hans Meier");
    assert_eq!(link.attribute("href"), Some("#?call=sales/call_1"));
    assert_eq!(link.attribute("aria-current"), None);
    assert_eq!(html.one("row").attribute("aria-rowindex"), Some("7"));
    assert_eq!(html.one("row").attribute("aria-selected"), Some("false"));
    let open = RowStand { open: true, ticked: true, ..stand };
    let html = written(&[(&talked(), open)], &Column::USUAL, false);
    assert_eq!(html.one("link").attribute("aria-current"), Some("true"));
    assert_eq!(html.one("row").attribute("aria-selected"), Some("true"));
    let names = ["Play the call with Hans Meier", "Copy link to the call with Hans Meier"];
    assert_eq!(html.names("button"), names);
}

#[test]
fn a_row_says_everything_in_words() {
    let said = cells(&drawn_row(&talked(), &Column::USUAL));
    assert_eq!(
        said[1..11],
        [
            "21 Nov 11:00",
            "Hans Meier +491701234567",
            "Rückruf am Montag",
            "Empfang",
            "Sales line",
            "Inbound",
            "Completed",
            "2:05",
            "Yes",
            "Available",
        ]
    );
}

#[test]
fn a_row_says_what_was_found_in_its_transcript_and_the_next_one_in_its_place_says_nothing_of_it() {
    let (call, columns) = (talked(), [Column::About]);
    let locale = Locale::english();
    let zone = Zone::of_steps("Europe/Berlin", vec![(0, HOUR_MS)]);
    let hit = Snippet {
        turn: 3,
        side: Side::Customer,
        at_ms: None,
        text: "please call me back on Monday".into(),
        marks: vec![7..16, 23..29],
    };
    let (mut row, _) = row_template(&columns, false, locale);
    let mut write = |hit| {
        let teller = Teller { connection: "Sales line", locale, zone: &zone, now_ms: NOW_MS, hit };
        write_row(&teller.row(&call, &columns, false), &RowStand::default(), &columns, &mut row);
        row.html()
    };
    let found = write(Some(&hit));
    for word in ["call me b", "Monday"] {
        assert!(found.contains(&format!("<mark class=\"hit__mark\">{word}</mark>")), "{found}");
    }
    let said = cells(&Element::parse(&found))[1].clone();
    assert!(said.contains("Customer: please") && said.contains("on Monday"), "{said}");
    assert_eq!(cells(&Element::parse(&write(None)))[1], "Rückruf am Montag");
}

/// A row that flies past.
struct Flying(Part);

impl RowCells for Flying {
    fn text(&mut self, spot: Spot, text: &str) {
        self.0.text(spot, text);
    }

    fn attribute(&mut self, spot: Spot, name: &'static str, value: Option<&str>) {
        self.0.attribute(spot, name, value);
    }

    fn flies(&self) -> bool {
        true
    }
}

#[test]
fn a_row_that_flies_past_leads_to_its_call_and_says_the_rest_when_it_rests() {
    let locale = Locale::english();
    let zone = Zone::of_steps("Europe/Berlin", vec![(0, HOUR_MS)]);
    let teller =
        Teller { connection: "Sales line", locale, zone: &zone, now_ms: NOW_MS, hit: None };
    let stand = RowStand { index: 7, href: "#?call=sales/call_1".into(), ..RowStand::default() };
    let mut call = talked();
    call.request = Some("words ".repeat(40));
    (call.note, call.deleted) = (Some("Call back".into()), true);
    let (row, _) = row_template(&Column::USUAL, false, locale);
    let mut row = Flying(row);
    write_row(&teller.row(&call, &Column::USUAL, true), &stand, &Column::USUAL, &mut row);
    let html = Element::parse(&row.0.html());
    assert_eq!(cells(&html)[1..3], ["21 Nov 11:00", "Hans Meier"]);
    assert!(cells(&html)[3].len() <= 64, "no more than is read at a glance");
    assert_eq!(html.one("link").attribute("href"), Some("#?call=sales/call_1"));
    assert_eq!(html.one("row").attribute("aria-rowindex"), Some("7"));
    assert_eq!(html.one("row").attribute("data-state"), None);
    let Flying(mut row) = row;
    write_row(&teller.row(&call, &Column::USUAL, false), &stand, &Column::USUAL, &mut row);
    let rests = written(&[(&call, stand)], &Column::USUAL, false);
    let html = Element::parse(&row.html());
    assert_eq!(cells(&html), cells(&rests));
    assert!(cells(&html)[3].contains("Deleted") && cells(&html)[3].contains("Call back"));
    assert_eq!(html.one("row").attribute("data-state"), Some("deleted"));
    assert_eq!(html.names("button"), rests.names("button"));
    assert_eq!(html.one("link").name(), rests.one("link").name());
}

#[test]
fn every_column_has_something_to_say_and_none_says_the_same_as_another() {
    let mut call = talked();
    call.customer.email = Some("hans@example.org".into());
    call.own_number = Some("+4930231250".into());
    call.end_reason = Some("user_hangup".into());
    call.cost = Some(Cost::UsCents(1_250.0));
    (call.score, call.latency_ms, call.interruptions) = (Some(8.5), Some(840), Some(3));
    call.campaign = Some("Autumn".into());
    call.employee = Some("Eva".into());
    call.note = Some("Call back".into());
    call.version = Some("v7".into());
    let said = cells(&drawn_row(&call, &Column::ALL));
    for part in ["user hangup", "US$ 12.50", "0.84 s", "8.5", "3", "v7", "call_1"] {
        assert!(said.iter().any(|cell| cell == part), "no {part} in {said:?}");
    }
    let said: Vec<&String> = said[1..25].iter().filter(|cell| !cell.is_empty()).collect();
    let different: std::collections::BTreeSet<_> = said.iter().collect();
    assert_eq!((said.len(), different.len()), (23, 23), "only Outcome has nothing: {said:?}");
}

#[test]
fn a_row_of_which_nothing_is_known_guesses_nothing() {
    let said = cells(&drawn_row(&call("1"), &Column::USUAL));
    let words = Locale::english().words;
    assert_eq!(said[1], words.unknown_time());
    assert_eq!(said[2], words.customer_unknown());
    assert_eq!(said[8], words.unknown_value(), "an unknown duration is not 0:00");
    assert_eq!(said[9], words.success_not_stated());
}

#[test]
fn a_web_call_has_no_direction_to_show() {
    let mut call = talked();
    (call.direction, call.channel) = (Direction::Unknown, Channel::Web);
    assert_eq!(cells(&drawn_row(&call, &Column::USUAL))[6], "Web call");
}

#[test]
fn nothing_of_the_last_row_stays_in_an_element_that_is_used_again() {
    let mut full = talked();
    full.customer.email = Some("hans@example.org".into());
    full.note = Some("Call back".into());
    (full.todo, full.deleted, full.test) = (Some(true), true, true);
    full.recording = Recording::Available { until_ms: Some(NOW_MS + HOUR_MS) };
    let mut bare = call("2");
    bare.recording = Recording::Absent;
    let stand = RowStand { open: true, ticked: true, ..RowStand::default() };
    let both = [(&full, stand), (&bare, RowStand::default())];
    for cards in [false, true] {
        let fresh = written(&[(&bare, RowStand::default())], &Column::ALL, cards);
        let again = written(&both, &Column::ALL, cards);
        assert_eq!(again.seen(), fresh.seen());
        assert_eq!(again.one("row").attribute("data-state"), None);
        assert_eq!(again.one("row").attribute("data-open"), Some("false"));
        assert_eq!(again.one("row").attribute("aria-selected"), Some("false"));
    }
}

#[test]
fn a_row_says_that_its_call_runs_failed_or_is_gone() {
    let state = |change: &dyn Fn(&mut Call)| {
        let mut call = call("1");
        change(&mut call);
        let row = drawn_row(&call, &Column::USUAL);
        (row.one("row").attribute("data-state").map(str::to_owned), row.seen())
    };
    let (running, said) = state(&|call| {
        (call.status, call.started_ms) = (Status::InProgress, Some(NOW_MS - 65_000));
    });
    assert_eq!(running.as_deref(), Some("running"));
    assert!(said.contains("In progress") && said.contains("1:05"), "{said}");
    let (failed, said) = state(&|call| call.status = Status::Failed);
    assert_eq!(failed.as_deref(), Some("failed"));
    assert!(said.contains("Failed"), "{said}");
    let (deleted, said) = state(&|call| call.deleted = true);
    assert_eq!(deleted.as_deref(), Some("deleted"));
    assert!(said.contains("Deleted"), "{said}");
    let (purged, said) = state(&|call| call.purged = true);
    assert_eq!(purged.as_deref(), Some("purged"));
    assert!(said.contains("Purged"), "{said}");
}

#[test]
fn a_recording_that_is_about_to_go_says_until_when() {
    let recording = |until_ms| {
        let recording = Recording::Available { until_ms };
        let call = Call { recording, ..call("1") };
        let row = drawn_row(&call, &[Column::When, Column::Recording]);
        let cell = row.by_role("gridcell")[2];
        (cell.spoken(), cell.attribute("title").map(str::to_owned))
    };
    let (brief, whole) = recording(Some(NOW_MS + HOUR_MS));
    assert_eq!(brief, "Until 21 Nov");
    assert!(whole.unwrap().contains("until Sat 21 Nov 2026, 14:00 (Europe/Berlin)"));
    assert_eq!(recording(Some(NOW_MS + 30 * 24 * HOUR_MS)).0, "Available");
    assert_eq!(recording(Some(NOW_MS - 1)).0, "Expired");
    assert_eq!(recording(None).0, "Available");
}

#[test]
fn a_call_without_a_recording_offers_nothing_to_play() {
    let there = |recording| {
        let row = drawn_row(&Call { recording, ..talked() }, &Column::USUAL);
        row.by_role("gridcell")[11].attribute("data-there").map(str::to_owned)
    };
    assert_eq!(there(Recording::Absent).as_deref(), Some("false"));
    assert_eq!(there(Recording::Available { until_ms: None }).as_deref(), Some("true"));
}
