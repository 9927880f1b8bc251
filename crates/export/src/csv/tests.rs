#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use calls::formats::English;
use calls::{Call, CallKey, Channel, Cost, Customer, Direction, Outcome, Recording, Speaker};
use calls::{Status, Success, Transcript, Turn};

use super::*;

const ENGLISH: Dialect = Dialect { separator: ',', decimal: '.', bom: true };
const GERMAN: Dialect = Dialect { separator: ';', decimal: ',', bom: true };

fn bare() -> Call {
    Call::new(CallKey::parse("sales/agent~call_1").unwrap())
}

fn exported(call: &Call) -> Exported<'_> {
    let link = "https://calls.example/#?call=sales/agent~call_1";
    Exported { call, connection: "Sales", link, transcript: None, facts: &[] }
}

fn written(dialect: Dialect, exported: &Exported<'_>) -> String {
    let words = Words::english();
    let zone = Zone::of_steps("Europe/Berlin", vec![(i64::MIN, 3_600_000)]);
    let transcripts = exported.transcript.is_some();
    let sheet = Sheet { dialect, words: &words, zone: &zone, transcripts };
    let mut text = String::new();
    sheet.head(&mut text);
    sheet.row(exported, &mut text);
    text
}

/// Head and cells, as a reader of CSV has them.
fn read(dialect: Dialect, text: &str) -> Vec<(String, String)> {
    let delimiter = u8::try_from(dialect.separator).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let mut rows = reader.records();
    let row = rows.next().unwrap().unwrap();
    assert!(rows.next().is_none());
    heads.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
}

fn cell(cells: &[(String, String)], head: &str) -> String {
    cells.iter().find(|(name, _)| name == head).unwrap().1.clone()
}

#[test]
fn a_reader_gets_back_what_was_written_and_times_name_their_zone() {
    let mut call = bare();
    call.started_ms = Some(1_795_262_700_000);
    call.duration_ms = Some(119_600);
    call.customer.phone = Some("+4917139200123".into());
    call.summary = Some("He said \"no\";\r\nthen, \"yes\"".into());
    call.cost = Some(Cost::UsCents(1_250.0));
    for dialect in [ENGLISH, GERMAN] {
        let cells = read(dialect, &written(dialect, &exported(&call)));
        let cell = |head: &str| cell(&cells, head);
        assert_eq!(cell("Time (Europe/Berlin)"), "2026-11-21T13:05:00+01:00");
        assert_eq!(cell("Phone number"), "+4917139200123");
        assert_eq!(cell("Summary"), "He said \"no\";\r\nthen, \"yes\"");
        let point = dialect.decimal;
        assert_eq!(cell("Duration (seconds)"), format!("119{point}6"));
        assert_eq!((cell("Cost"), cell("Cost unit")), (format!("12{point}5"), "US$".into()));
        assert_eq!((cell("Call id"), cell("Connection")), ("call_1".into(), "Sales".into()));
        assert_eq!(cell("Reference"), "agent~call_1");
        assert_eq!(cell("Ended (Europe/Berlin)"), "");
    }
}

#[test]
fn the_dialect_follows_the_language() {
    let german = Words::translated(|key| (key == "csv_separator").then(|| ";".into()));
    assert_eq!(Dialect::of(&Words::english(), &English), ENGLISH);
    assert_eq!(Dialect::of(&german, &English).separator, ';');
}

#[test]
fn what_a_spreadsheet_would_run_is_text_and_a_phone_number_stays_one() {
    let note = |text: &str| {
        let mut call = bare();
        call.note = Some(text.into());
        cell(&read(ENGLISH, &written(ENGLISH, &exported(&call))), "Note")
    };
    for run in [
        "=1+2",
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u{feff}=1",
        "\u{a0}+1+1",
        "＝1+2",
        "＠SUM(1)",
        "+49 171 39200123",
        "- a list",
        "+",
        "--1",
        "'=1",
    ] {
        assert_eq!(note(run), format!("'\t{run}"));
    }
    for harmless in ["+4917139200123", "-5", "+1", "1-2", "a=b", "Ada", "", "–", "'x"] {
        assert_eq!(note(harmless), harmless);
    }
    assert_eq!(note("\0=1"), "'\t\u{fffd}=1");
}

#[test]
fn no_text_can_leave_its_cell() {
    let signs = [',', ';', '"', '\r', '\n', '\t', '\'', 'a', '=', 'ß', ' ', '|'];
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..2_000 {
        let text: String = (0..next(12)).map(|_| signs[next(signs.len())]).collect();
        let mut call = bare();
        (call.summary, call.note) = (Some(text.clone()), Some("after".into()));
        let cells = read(GERMAN, &written(GERMAN, &exported(&call)));
        let got = cell(&cells, "Summary");
        assert!(got == text || got == format!("'\t{text}"), "{text:?} became {got:?}");
        assert_eq!(cell(&cells, "Note"), "after");
    }
}

type Change = fn(&mut Call);

/// One change of every field. A field that is added to calls makes this fail to compile.
#[rustfmt::skip]
fn changes() -> Vec<Change> {
    let Call {
        key: _, started_ms: _, ended_ms: _, duration_ms: _, status: _, direction: _, channel: _,
        agent_id: _, agent_name: _, customer: Customer { name: _, phone: _, email: _, contact_id: _ },
        own_number: _, request: _, summary: _, note: _, employee: _, todo: _, success: _, mapped: _,
        outcomes: _, end_reason: _, voicemail: _, cost: _, score: _, recording: _, campaign: _,
        test: _, retry: _, retry_of: _, retries: _, version: _, purged: _, deleted: _, opened: _,
        transcript: _, latency_ms: _, interruptions: _, tool_errors: _,
        other_id: _, told: _,
    } = bare();
    vec![
        |call| call.key = CallKey::parse("support/agent~call_1").unwrap(),
        |call| call.key = CallKey::parse("sales/other~call_1").unwrap(),
        |call| call.started_ms = Some(1), |call| call.ended_ms = Some(1),
        |call| call.duration_ms = Some(0), |call| call.status = Status::Other("x".into()),
        |call| call.direction = Direction::Inbound, |call| call.channel = Channel::Chat,
        |call| call.agent_id = Some("x".into()), |call| call.agent_name = Some("x".into()),
        |call| call.customer.name = Some("x".into()), |call| call.customer.phone = Some("x".into()),
        |call| call.customer.email = Some("x".into()),
        |call| call.customer.contact_id = Some("x".into()),
        |call| call.own_number = Some("x".into()), |call| call.request = Some("x".into()),
        |call| call.summary = Some("x".into()), |call| call.note = Some("x".into()),
        |call| call.employee = Some("x".into()), |call| call.todo = Some(false),
        |call| call.success = Success::No,
        |call| call.outcomes = vec![Outcome { name: Some("x".into()), value: "y".into() }],
        |call| call.end_reason = Some("x".into()), |call| call.voicemail = Some(false),
        |call| call.cost = Some(Cost::Credits(0.0)), |call| call.score = Some(0.0),
        |call| call.recording = Recording::Absent,
        |call| call.recording = Recording::Available { until_ms: Some(1) },
        |call| call.campaign = Some("x".into()), |call| call.test = true, |call| call.retry = true,
        |call| call.retry_of = Some("x".into()), |call| call.retries = Some(0),
        |call| call.version = Some("x".into()), |call| call.purged = true,
        |call| call.deleted = true, |call| call.opened = true,
        |call| call.transcript = Some(false), |call| call.latency_ms = Some(0),
        |call| call.interruptions = Some(0), |call| call.tool_errors = Some(false),
        |call| call.other_id = Some("x".into()),
    ]
}

#[test]
fn every_field_of_a_call_has_a_column() {
    let plain = written(ENGLISH, &exported(&bare()));
    for (nth, change) in changes().into_iter().enumerate() {
        let mut call = bare();
        change(&mut call);
        assert_ne!(written(ENGLISH, &exported(&call)), plain, "change {nth}");
    }
    let heads = read(ENGLISH, &plain);
    let names: std::collections::BTreeSet<_> = heads.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), heads.len(), "no two columns have one name");
}

#[test]
fn a_transcript_is_one_cell_and_one_that_is_missing_says_so() {
    let call = bare();
    let turn = Turn { speaker: Speaker::Agent, text: "Good morning".into(), at_ms: Some(5_000) };
    let turns = Transcript::Turns(vec![turn.clone(), Turn { at_ms: None, ..turn }]);
    let of = |transcript: &Transcript| {
        let exported = Exported { transcript: Some(transcript), ..exported(&call) };
        let cells = read(ENGLISH, &written(ENGLISH, &exported));
        (cell(&cells, "Transcript available"), cell(&cells, "Transcript"))
    };
    let said = "[0:05] Agent: Good morning\nAgent: Good morning";
    assert_eq!(of(&turns), ("available".into(), said.into()));
    assert_eq!(of(&Transcript::NotAsked), ("not loaded".into(), String::new()));
    assert_eq!(of(&Transcript::Purged), ("purged".into(), String::new()));
}
