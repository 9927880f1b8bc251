use calls::told::ToldBy;
use calls::zone::Zone;
use calls::{
    Call, Channel, Cost, Customer, Direction, Fact, Outcome, Recording, Speaker, Status, Success,
    Transcript, Turn,
};
use export::Exported;
use export::calldeck::{About, Connection, call, head, tail};

use super::*;

/// The same row of numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.next(of.len())].clone()
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.next(3) > 0).then(|| value(self))
    }

    fn text(&mut self) -> String {
        let signs =
            ["a", "ß", "\"", "\\", "\n", "\u{1}", "😀", "{", "]", ",", " ", "<", "\u{2028}"];
        let length = 1 + self.next(9);
        (0..length).map(|_| self.one(&signs)).collect()
    }

    fn number(&mut self) -> i64 {
        let number = i64::try_from(self.next(2_000_000_000)).unwrap();
        self.one(&[0, 1, -1, number, number * 1_000, -number, i64::from(u32::MAX) * 500_000])
    }

    fn amount(&mut self) -> f64 {
        self.one(&[0.0, 0.1, -2.5, 1.0 / 3.0, 1e21, 12.34])
    }
}

#[rustfmt::skip]
fn any_call(dice: &mut Dice, nth: usize) -> Call {
    Call {
        key: CallKey::parse(&format!("{}/agent~call_{nth}", dice.one(&["sales", "support"]))).unwrap(),
        started_ms: dice.maybe(Dice::number), ended_ms: dice.maybe(Dice::number),
        duration_ms: dice.maybe(Dice::number),
        status: dice.one(&[
            Status::NotGiven, Status::Queued, Status::Ringing, Status::InProgress, Status::Completed,
            Status::Failed, Status::Cancelled, Status::NoAnswer, Status::Busy,
            Status::Other("in conference".into()), Status::Other("none".into()),
        ]),
        direction: dice.one(&Direction::ALL), channel: dice.one(&Channel::ALL),
        agent_id: dice.maybe(Dice::text), agent_name: dice.maybe(Dice::text),
        customer: Customer {
            name: dice.maybe(Dice::text), phone: dice.maybe(Dice::text),
            email: dice.maybe(Dice::text), contact_id: dice.maybe(Dice::text),
        },
        own_number: dice.maybe(Dice::text), request: dice.maybe(Dice::text),
        summary: dice.maybe(Dice::text), note: dice.maybe(Dice::text),
        employee: dice.maybe(Dice::text), todo: dice.maybe(|dice| dice.one(&[true, false])),
        success: dice.one(&Success::ALL), mapped: dice.one(&[true, false]),
        outcomes: (0..dice.next(3))
            .map(|_| Outcome { name: dice.maybe(Dice::text), value: dice.text() })
            .collect(),
        end_reason: dice.maybe(Dice::text),
        voicemail: dice.maybe(|dice| dice.one(&[true, false])),
        cost: dice.maybe(|dice| {
            let amount = dice.amount();
            dice.one(&[Cost::UsCents(amount), Cost::Credits(amount)])
        }),
        score: dice.maybe(Dice::amount),
        recording: dice.one(&[
            Recording::Unknown, Recording::Available { until_ms: None },
            Recording::Available { until_ms: Some(5) }, Recording::NotReady, Recording::Absent,
            Recording::Expired, Recording::Purged,
        ]),
        campaign: dice.maybe(Dice::text), test: dice.one(&[true, false]),
        retry: dice.one(&[true, false]), retry_of: dice.maybe(Dice::text),
        retries: dice.maybe(|dice| dice.one(&[0, 3, 1 << 40])), version: dice.maybe(Dice::text),
        purged: dice.one(&[true, false]), deleted: dice.one(&[true, false]),
        opened: dice.one(&[true, false]),
        transcript: dice.maybe(|dice| dice.one(&[true, false])),
        latency_ms: dice.maybe(Dice::number),
        interruptions: dice.maybe(|dice| dice.one(&[0, 7, u32::MAX])),
        tool_errors: dice.maybe(|dice| dice.one(&[true, false])),
        other_id: dice.maybe(Dice::text), told: ToldBy::default(),
    }
}

fn any_transcript(dice: &mut Dice) -> Transcript {
    let turns = (0..=dice.next(3)).map(|_| Turn {
        speaker: dice.one(&[Speaker::Agent, Speaker::Customer, Speaker::Other("tool call".into())]),
        text: dice.text(),
        at_ms: dice.maybe(Dice::number),
    });
    let turns = Transcript::Turns(turns.collect());
    let text = Transcript::Text(dice.text());
    dice.one(&[
        turns,
        text,
        Transcript::NotAsked,
        Transcript::BeingWritten,
        Transcript::Elsewhere,
        Transcript::Absent,
        Transcript::Purged,
    ])
}

fn any_opened(dice: &mut Dice, nth: usize) -> OpenedCall {
    let facts = (0..dice.next(3)).map(|_| Fact { name: dice.text(), value: dice.text() }).collect();
    let (call, transcript) = (any_call(dice, nth), any_transcript(dice));
    OpenedCall { call, transcript, facts, raw: String::new() }
}

fn file(calls: &[OpenedCall], why_partial: &[String]) -> String {
    let about = About {
        exported_ms: 1_795_262_700_007,
        zone: Zone::of_steps("Europe/Berlin", vec![(i64::MIN, 3_600_000)]),
        filter: "#?status=failed".into(),
        masked: true,
        connections: vec![Connection {
            id: "sales".into(),
            provider: "truedy".into(),
            name: "Sales".into(),
        }],
    };
    let mut text = String::new();
    head(&about, &mut text);
    for (nth, opened) in calls.iter().enumerate() {
        let exported = Exported {
            call: &opened.call,
            connection: "Sales",
            link: "https://calls.example/#?call=1",
            transcript: Some(&opened.transcript),
            facts: &opened.facts,
        };
        call(&exported, nth == 0, &mut text);
    }
    tail(why_partial, &mut text);
    text
}

fn some_calls(seed: u64, count: usize) -> Vec<OpenedCall> {
    let mut dice = Dice(seed);
    (0..count).map(|nth| any_opened(&mut dice, nth)).collect()
}

fn without_raw(calls: Vec<OpenedCall>) -> Vec<OpenedCall> {
    calls.into_iter().map(|opened| OpenedCall { raw: String::new(), ..opened }).collect()
}

#[test]
fn what_was_written_is_read_and_nothing_is_lost() {
    for seed in 0..300 {
        let calls = some_calls(seed, 5);
        let export = read(&file(&calls, &[])).unwrap();
        assert_eq!(export.skipped, [], "seed {seed}");
        assert_eq!(without_raw(export.calls), calls, "seed {seed}");
        assert!(export.complete && export.masked);
    }
}

#[test]
fn a_file_tells_where_it_is_from_and_what_it_lacks() {
    let export = read(&file(&[], &["Truedy: 401".into()])).unwrap();
    assert_eq!((export.format, export.exported_ms), (1, Some(1_795_262_700_007)));
    assert_eq!(export.zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(export.filter.as_deref(), Some("#?status=failed"));
    assert_eq!(export.connections[0].provider.as_deref(), Some("truedy"));
    assert!(!export.complete);
    assert_eq!(export.why_partial, ["Truedy: 401"]);
    for text in ["", "{}", "[]", r#"{"data":[]}"#, "<html>"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_broken_record_costs_itself_and_says_where() {
    let calls = some_calls(7, 3);
    let whole = file(&calls, &[]);
    let lines: Vec<&str> = whole.split('\n').collect();
    let byte = lines[0].len() + 1 + lines[1].len() + 1;
    for (broken, why, at) in [
        (r#"{"key":"sales/../x"},"#, Why::NoKey, 0),
        ("7,", Why::NoObject, 0),
        (r#"{"key":"sales/1","note":"x},"#, Why::NoObject, 0),
        (r#" {"key":"sales/1" "note":1},"#, Why::NoObject, 0),
    ] {
        let mut lines = lines.clone();
        lines[2] = broken;
        let export = read(&lines.join("\n")).unwrap();
        assert_eq!(export.skipped, [Skip { nth: 2, byte: byte + at, why }], "{broken}");
        let kept = [calls[0].clone(), calls[2].clone()];
        assert_eq!(without_raw(export.calls), kept, "{broken}");
        assert!(export.complete, "{broken}");
    }
}

#[test]
fn a_file_that_breaks_off_is_never_called_complete() {
    let calls = some_calls(9, 3);
    let whole = file(&calls, &[]);
    let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at).collect();
    for (end, kept) in [(ends[1], 1), (ends[1] + 30, 1), (ends[3], 3), (ends[3] + 5, 3)] {
        let export = read(&whole[..end]).unwrap();
        assert_eq!((export.calls.len(), export.complete), (kept, false), "{end}");
    }
    let export = read(&whole[..ends[1] + 30]).unwrap();
    assert_eq!(export.skipped, [Skip { nth: 2, byte: ends[1] + 1, why: Why::CutOff }]);
}

#[test]
fn a_call_is_found_by_its_identity() {
    let calls = some_calls(3, 4);
    let export = read(&file(&calls, &[])).unwrap();
    assert_eq!(export.find(&calls[2].call.key).unwrap().call, calls[2].call);
}
