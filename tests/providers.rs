//! The contract of every adapter, over its fixtures in `tests/fixtures/<provider>/`: what it reads
//! out of them, what it asks for, and how it goes through pages. A new adapter is held to it
//! without a word here.
//!
//! `BLESS=1 cargo test --test providers` writes `expected.txt` anew; read the difference.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "providers/every_field.rs"]
mod every_field;
#[path = "providers/filtering.rs"]
mod filtering;
#[path = "providers/fixture.rs"]
mod fixture;
#[path = "providers/opened.rs"]
mod opened;
#[path = "providers/paged.rs"]
mod paged;
#[path = "providers/refusals.rs"]
mod refusals;
#[path = "providers/secret.rs"]
mod secret;
#[path = "providers/show.rs"]
mod show;
#[path = "providers/wire.rs"]
mod wire;

use filtering::{Dice, Obeys, Server, Wish};
use fixture::Fixture;
use paged::{Habit, Paged};
use providers::{Adapter, Event, Query, Sought, Track};

fn adapters() -> impl Iterator<Item = (&'static str, &'static dyn Adapter)> {
    providers::all().iter().map(|adapter| (adapter.describe().id, *adapter))
}

/// All time, so that no fixture is too old.
fn query() -> Query {
    let span = calls::period::Span { from_ms: 0, to_ms: 4_000_000_000_000 };
    Query { connection: "c".into(), span, phone: None, deleted: false, now_ms: show::NOW_MS }
}

#[test]
fn every_adapter_has_fixtures_of_every_kind_and_each_says_where_it_is_from() {
    for (id, _) in adapters() {
        let source = fixture::text(id, "SOURCE.md");
        for kind in ["list", "detail", "error", "odd", "pages"] {
            assert!(!fixture::of(id, kind).is_empty(), "tests/fixtures/{id}/{kind}/ is empty");
        }
        for kind in ["list", "detail", "agents", "transcript", "error"] {
            for fixture in fixture::of(id, kind) {
                let named = source.contains(&format!("`{}`", fixture.name));
                assert!(named, "tests/fixtures/{id}/SOURCE.md does not name {}", fixture.name);
            }
        }
    }
}

/// The values that screens, files and figures are made of.
#[test]
fn every_fixture_is_read_as_expected() {
    let mut differing = Vec::new();
    for (id, adapter) in adapters() {
        let read = show::provider(id, adapter);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(fixture::directory(id).join("expected.txt"), &read).unwrap();
        }
        let expected = fixture::text(id, "expected.txt");
        differing.extend(show::difference(&expected, &read).map(|at| format!("{id}: {at}")));
    }
    let hint = "If that is meant: BLESS=1 cargo test --test providers";
    assert!(differing.is_empty(), "{}\n{hint}", differing.join("\n"));
}

#[test]
fn a_bad_record_costs_itself_and_never_the_page() {
    for (id, adapter) in adapters() {
        let odd = fixture::of(id, "odd");
        for (prefix, lost) in [("odd/list-one-bad-", 1), ("odd/list-whole-", 0)] {
            let files: Vec<&Fixture> =
                odd.iter().filter(|fixture| fixture.name.starts_with(prefix)).collect();
            assert!(files.len() >= 5, "{id} has too few {prefix}*");
            for file in files {
                let events = wire::read_list(adapter, file);
                let (calls, skipped) = wire::counts(&events);
                assert_eq!(skipped, lost, "{id} {}", file.name);
                assert!(calls >= 1, "{id} {} costs the whole page", file.name);
                assert!(wire::refusals(&events).is_empty(), "{id} {}", file.name);
            }
        }
    }
}

#[test]
fn what_is_no_list_or_no_call_is_a_refusal_and_never_an_empty_result() {
    for (id, adapter) in adapters() {
        for file in fixture::of(id, "odd") {
            if file.name.starts_with("odd/list-broken-") {
                let events = wire::read_list(adapter, &file);
                assert_eq!(wire::refusals(&events).len(), 1, "{id} {}", file.name);
            }
            if file.name.starts_with("odd/detail-broken-") {
                let key = wire::key(adapter);
                let read = adapter.read_detail(&key, &file.answer(), show::NOW_MS);
                assert!(read.is_err(), "{id} {}", file.name);
            }
        }
    }
}

#[test]
fn pages_are_read_to_their_end_and_no_call_comes_twice() {
    for (id, adapter) in adapters() {
        for template in fixture::of(id, "pages") {
            for habit in Habit::ALL.into_iter().filter(|_| template.name.contains("/page")) {
                let mut pages = Paged::new(id, &template, habit);
                let events = wire::drive(adapter, &query(), |request| pages.answer(request));
                let seen = wire::ids(&events);
                let place = format!("{id} {} {habit:?}", template.name);
                let mut once = seen.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), seen.len(), "{place}: calls come twice");
                pages.check(&events, &seen, &place);
            }
        }
    }
}

#[test]
fn every_request_is_one_that_the_provider_declares() {
    for (id, adapter) in adapters() {
        let template = fixture::find(id, "pages/page.json");
        let mut pages = Paged::new(id, &template, Habit::Honest);
        let query =
            Query { phone: Some("+4930231250".to_owned() + "42"), deleted: true, ..query() };
        let mut references = Vec::new();
        let events = wire::drive(adapter, &query, |request| {
            wire::check_declared(adapter, request);
            pages.answer(request)
        });
        for event in events {
            if let Event::Calls(calls) = event {
                references.extend(calls.into_iter().map(|call| call.key.reference));
            }
        }
        for sought in [
            Sought::Number("+4930231250".into()),
            Sought::Number("0302312504".into()),
            Sought::Id("CALL-1700000000500-e00500".into()),
            Sought::Id("0".repeat(24)),
            Sought::Words("Ada".into()),
        ] {
            let Some(fetch) = adapter.seek(&query, &sought) else { continue };
            wire::drive_fetch(fetch, |request| {
                wire::check_declared(adapter, request);
                pages.answer(request)
            });
        }
        adapter.last_call(&query).iter().for_each(|request| wire::check_declared(adapter, request));
        assert!(!references.is_empty(), "{id}: nothing was read");
        for reference in references {
            wire::check_declared(adapter, &adapter.detail(&reference));
            for track in [Track::Main, Track::Mono] {
                wire::check_declared(adapter, &adapter.recording(&reference, track));
                let instead = adapter.recording_instead(&reference, track);
                instead.iter().for_each(|request| wire::check_declared(adapter, request));
            }
            let attempts = adapter.retries(&reference);
            attempts.iter().for_each(|request| wire::check_declared(adapter, request));
            let several = adapter.details(&[reference]);
            several.iter().for_each(|request| wire::check_search(adapter, request));
        }
    }
}

#[test]
fn fixtures_and_adapters_hold_no_real_key_and_no_real_number() {
    let mut found = Vec::new();
    for (path, text) in fixture::adapter_sources() {
        found.extend(secret::find(&text).into_iter().map(|what| format!("{path}: {what}")));
    }
    for (id, _) in adapters() {
        for (name, text) in fixture::all_texts(id) {
            found
                .extend(secret::find(&text).into_iter().map(|what| format!("{id}/{name}: {what}")));
        }
    }
    assert!(found.is_empty(), "Take a number from a range kept for fiction:\n{}", found.join("\n"));
}

#[test]
fn real_keys_and_numbers_would_be_found() {
    let key = format!("tp_live_{}", "0af1".repeat(8));
    // Nobody's number, and not kept for fiction either. Put together so that it stands nowhere.
    let number = format!("+4917{}", "12345678");
    for text in [&key, &number, &format!("Bearer {}", "aB3".repeat(12))] {
        assert_eq!(secret::find(&format!("{{\"x\":\"{text}\"}}")).len(), 1, "{text}");
    }
    for text in
        ["+491701234567", "+14155550142", "2026-03-19T10:00:00+0000", "CALL-1768807723178-4561d0"]
    {
        assert!(secret::find(text).is_empty(), "{text}");
    }
}

/// A provider's filter is only a pre-filter: whichever parameters it obeys, the same calls come out.
#[test]
fn the_same_filter_gives_the_same_calls_whoever_applies_it() {
    for (id, adapter) in adapters() {
        let (mut shown, mut narrowed) = (0, 0);
        for seed in 0..50 {
            let mut dice = Dice::new(seed);
            let server = Server::new(adapter, &mut dice);
            let wish = Wish::new(&mut dice);
            let ours = server.shown(&wish, Obeys::None);
            let theirs = server.shown(&wish, Obeys::All);
            assert_eq!(theirs, ours, "{id}, seed {seed}: the provider alone; {wish:?}");
            for _ in 0..3 {
                let obeys = Obeys::Some(dice.below(1 << 12));
                let mixed = server.shown(&wish, obeys);
                assert_eq!(mixed, ours, "{id}, seed {seed}: {obeys:?}; {wish:?}");
            }
            shown += ours.len();
            narrowed += usize::from(ours.len() < 120);
        }
        assert!(shown > 100 && narrowed > 40, "{id}: the wishes let nothing or everything through");
    }
}

#[test]
fn the_generated_calls_have_every_status_direction_and_agent_that_is_filtered_by() {
    for (id, adapter) in adapters() {
        let server = Server::new(adapter, &mut Dice::new(1));
        let tally = server.tally();
        for agent in ["c/agent-0", "c/agent-1", "c/agent-2"] {
            assert!(tally.get(agent).is_some_and(|calls| *calls > 10), "{id}: {tally:?}");
        }
        assert!(server.words().all(|word| tally.contains_key(word)), "{id}: {tally:?}");
    }
}

#[test]
fn every_documented_error_says_what_it_is_about_whose_request_it_was_and_when_to_try_again() {
    let mut differing = Vec::new();
    for (id, _) in adapters() {
        let read = refusals::read(id);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(fixture::directory(id).join("errors.txt"), &read).unwrap();
        }
        let expected = fixture::text(id, "errors.txt");
        differing.extend(show::difference(&expected, &read).map(|at| format!("{id}: {at}")));
    }
    let hint = "If that is meant: BLESS=1 cargo test --test providers";
    assert!(differing.is_empty(), "{}\n{hint}", differing.join("\n"));
}

#[test]
fn every_field_that_agentvoice_documents_is_asked_for() {
    let asked = every_field::asked_for(providers::find("agentvoice").unwrap());
    let missing: Vec<&str> =
        every_field::documented().into_iter().filter(|field| !asked.contains(field)).collect();
    assert!(missing.is_empty(), "not asked for: {missing:?}");
    assert_eq!(every_field::documented().len(), 37);
}

#[test]
fn a_value_of_another_kind_than_its_field_should_have_is_told_and_not_lost() {
    for (id, adapter) in adapters() {
        for field in every_field::of_row(id) {
            let value = serde_json::json!({"inner": ["zebra"]});
            let told = every_field::is_told(id, adapter, &field, &value, "zebra");
            assert!(told, "{id}: `{field}` of an unexpected kind can only be read as raw data");
        }
    }
}

#[test]
fn every_value_that_a_document_shows_can_be_read_whatever_its_shape() {
    let mut lost = Vec::new();
    for (id, adapter) in adapters() {
        let spots = every_field::spots(id, adapter);
        assert!(spots.len() > 50, "{id}: {} values", spots.len());
        for spot in spots {
            for value in every_field::shapes("zebra") {
                // A number that is none is withheld, as the word for it is.
                let number = "+493023125042";
                let tells = spot.tells(adapter, value.clone(), "zebra")
                    || (value.is_string() && spot.tells(adapter, number.into(), number));
                if !tells {
                    lost.push(format!("{id} {} = {value}", spot.name));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} cannot be read:\n{}", lost.len(), lost.join("\n"));
}
