//! Every answer that is in the fixtures, opened as a file.

use calls::told::ToldBy;
use calls::{Call, CallKey, SuccessMap, Transcript};
use load::Connection;
use load::opened::{OpenFile, Reader, Whose};
use providers::{Adapter, Event};

use crate::fixture::{self, Fixture};
use crate::{adapters, show, wire};

fn opened(adapter: &'static dyn Adapter, fixture: &Fixture) -> (Whose, OpenFile, Vec<Call>) {
    let mut reader = Reader::default();
    fixture.body.chunks(61).for_each(|slice| reader.feed(slice));
    let scan = reader.finish();
    let whose = scan.whose();
    let success = SuccessMap::default();
    let connection = Connection { id: "c".into(), name: "a file".into(), adapter, success };
    let mut file = OpenFile::new(connection, scan);
    let calls = file.read_some(usize::MAX / 2, show::NOW_MS);
    (whose, file, calls)
}

/// What the list's own path adds to a call: the agent that was asked for its calls (TalkPilot).
fn without_path(mut call: Call) -> Call {
    let id = call.key.reference.call_id().to_owned();
    call.key = CallKey::parse(&format!("c/{id}")).unwrap();
    if call.agent_id.as_deref() == Some("agent-0") {
        call.agent_id = None;
    }
    call.agent_name = None;
    // A record of a list that has a place for a transcript is read as one of a detail.
    (call.opened, call.transcript) = (false, None);
    without_shape(call)
}

/// A file does not say whether a record stood in a list or was one call's.
fn without_shape(mut call: Call) -> Call {
    call.told = ToldBy::default();
    call
}

#[test]
fn every_list_opened_as_a_file_gives_the_calls_that_the_wire_gives() {
    for (id, adapter) in adapters() {
        let odd = fixture::of(id, "odd").into_iter();
        let odd = odd.filter(|fixture| {
            fixture.name.contains("list-one-bad-") || fixture.name.contains("list-whole-")
        });
        for fixture in fixture::of(id, "list").into_iter().chain(odd) {
            let events = wire::read_list(adapter, &fixture);
            let skipped = wire::counts(&events).1;
            let sent = events.into_iter().filter_map(|event| match event {
                Event::Calls(calls) => Some(calls),
                _ => None,
            });
            let sent: Vec<Call> = sent.flatten().map(without_path).collect();
            let (_, file, read) = opened(adapter, &fixture);
            let mut seen = std::collections::BTreeSet::new();
            let read = read.into_iter().map(without_path);
            let read: Vec<Call> =
                read.filter(|call| seen.insert(call.key.reference.clone())).collect();
            assert_eq!(read, sent, "{id} {}", fixture.name);
            assert_eq!(file.problems().skipped, skipped, "{id} {}", fixture.name);
        }
    }
}

#[test]
fn every_detail_opened_as_a_file_gives_the_call_that_the_wire_gives() {
    for (id, adapter) in adapters() {
        for fixture in fixture::of(id, "detail") {
            let (_, file, read) = opened(adapter, &fixture);
            let [call] = &read[..] else { panic!("{id} {}: {} calls", fixture.name, read.len()) };
            let sent = adapter.read_detail(&call.key, &fixture.answer(), show::NOW_MS).unwrap();
            let kept = file.open(&call.key, show::NOW_MS).unwrap();
            let told = kept.transcript != Transcript::NotInRecord;
            let sent = if told { sent.noted() } else { sent };
            assert_eq!(without_shape(kept.call), without_shape(sent.call), "{id} {}", fixture.name);
            assert_eq!(kept.facts, sent.facts, "{id} {}", fixture.name);
            if told {
                assert_eq!(kept.transcript, sent.transcript, "{id} {}", fixture.name);
            }
        }
    }
}

#[test]
fn every_list_and_detail_is_known_for_its_providers() {
    for (id, adapter) in adapters() {
        for fixture in fixture::of(id, "list").into_iter().chain(fixture::of(id, "detail")) {
            let whose = opened(adapter, &fixture).0;
            let known = matches!(whose, Whose::Known(found) if found.describe().id == id);
            assert!(known, "{id} {}: {whose:?}", fixture.name);
        }
    }
}

#[test]
fn agents_errors_and_what_is_no_list_hold_no_calls() {
    for (id, adapter) in adapters() {
        let odd = fixture::of(id, "odd").into_iter();
        let broken = odd.filter(|fixture| fixture.name.contains("-broken-"));
        let others = fixture::of(id, "agents").into_iter().chain(fixture::of(id, "error"));
        for fixture in broken.chain(others) {
            let (whose, file, read) = opened(adapter, &fixture);
            // Examples with comments or an ellipsis between their records have records all the same.
            if fixture.name.contains("seed-") {
                continue;
            }
            assert_eq!(read, [], "{id} {}", fixture.name);
            assert!(matches!(whose, Whose::Nobody), "{id} {}: {whose:?}", fixture.name);
            let said = file.problems().count > 0 || file.progress().1 == 0;
            assert!(said, "{id} {}: nothing is said of its records", fixture.name);
        }
    }
}
