//! Reads transcripts in the background as long as somebody wants to search them, and rests while
//! nobody sees the page.

use calls::book::Row;
use calls::filter::{Filter, Mark};
use calls::{Call, CallKey};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::Connection;
use load::fill::{self, Ask, Brought};
use load::opened::is_file;

use super::{Standing, Transcripts};
use crate::browser::{clock, document};
use crate::store::Store;

/// How often it is looked what is to be done, milliseconds.
const LOOK_MS: i64 = 500;

/// How often it is planned anew even if nothing changed, milliseconds: what was being written may
/// be there by now.
const PLAN_MS: i64 = 30_000;

/// How often at most it is planned anew while calls come in, milliseconds.
const PLAN_AGAIN_MS: i64 = 2_000;

/// Requests under way at once over all connections. A browser sends six to one server at a time,
/// and people's clicks go by the same door.
const MOST_AT_ONCE: usize = 3;

/// Transcripts that are taken out of a file at once.
const MOST_OF_FILE: usize = 200;

/// Most calls that are planned for: at the providers' limits, that many take the best part of a day.
const MOST_CALLS: usize = 20_000;

/// What a round knows of the one before.
#[derive(Default)]
struct Round {
    /// The book's version when it was looked through for calls that are gone.
    looked: u64,
    /// The book's version when it was planned.
    planned: u64,
    planned_ms: i64,
    /// The calls that were on screen when it was planned.
    seen: Vec<CallKey>,
}

/// Goes round as long as the worker runs.
pub(super) fn run(all: Transcripts) {
    let under_way = StoredValue::new(0_usize);
    let plan = StoredValue::new(None::<Filter>);
    spawn_local(async move {
        let mut round = Round::default();
        while all.standing.try_get_untracked() == Some(Standing::Ready) {
            look(all, &mut round, plan);
            step(all, under_way);
            clock::sleep_ms(LOOK_MS).await;
        }
    });
}

/// Notices what changed: in the book, in the filter, in the index.
fn look(all: Transcripts, round: &mut Round, planned: StoredValue<Option<Filter>>) {
    let now_ms = clock::now_ms();
    // What was read goes into the book in one go, so that the list is not drawn for each.
    all.store.take_all(all.read.try_update_value(std::mem::take).unwrap_or_default());
    let version = all.store.version_untracked();
    let place = all.nav.place_untracked();
    let filter = Filter { text: String::new(), ..place.filter };
    if version != round.looked {
        all.forget_purged();
        round.looked = version;
    }
    let since_ms = now_ms - round.planned_ms;
    let scrolled = all.seen.with_value(|seen| *seen != round.seen);
    let changed = (version != round.planned || scrolled) && since_ms > PLAN_AGAIN_MS;
    let other = planned.with_value(|planned| planned.as_ref() != Some(&filter));
    if place.in_transcripts && (changed || other || since_ms > PLAN_MS) {
        plan(all, &filter, now_ms);
        (round.planned, round.planned_ms) = (version, now_ms);
        round.seen = all.seen.get_value();
        planned.set_value(Some(filter));
    }
    all.ask_again();
    tell(all, now_ms);
}

fn plan(all: Transcripts, filter: &Filter, now_ms: i64) {
    let rows = all.seen.with_value(|seen| in_order(all.store, seen, filter));
    all.store.look(|book| {
        all.fill.update_value(|fill| fill.plan(book, rows.into_iter(), now_ms));
    });
}

/// The calls on screen first, then those that pass the filter, then the others; some more than
/// once.
fn in_order(store: Store, seen: &[CallKey], filter: &Filter) -> Vec<Row> {
    // By the store, which knows the hours on the wall.
    let passing = untrack(|| store.rows(filter, None));
    store.look(|book| {
        let seen = seen.iter().filter_map(|key| book.row_of(key));
        let others = book.entries().filter(|call| !call.has(Mark::Deleted)).map(|call| call.row());
        seen.chain(passing).chain(others).take(MOST_CALLS).collect()
    })
}

/// Tells the screen how far it is.
fn tell(all: Transcripts, now_ms: i64) {
    let connections = untrack(|| all.store.connections());
    let coverage = all.fill.with_value(|fill| fill.coverage(&connections, now_ms));
    if all.coverage.with_untracked(|known| *known != coverage) {
        all.coverage.set(coverage);
    }
    let given_up = all.fill.with_value(load::Fill::given_up);
    if all.given_up.with_untracked(|known| *known != given_up) {
        all.given_up.set(given_up);
    }
}

/// Sends what may be sent now.
fn step(all: Transcripts, under_way: StoredValue<usize>) {
    let wanted = all.nav.place_untracked().in_transcripts && !all.stopped.get_untracked();
    if !wanted || document::is_hidden() {
        return;
    }
    let (files, connections): (Vec<_>, Vec<_>) =
        untrack(|| all.store.connections()).into_iter().partition(|one| is_file(&one.id));
    files.iter().for_each(|file| take_kept(all, file));
    for connection in connections {
        if under_way.get_value() >= MOST_AT_ONCE {
            break;
        }
        let now_ms = clock::now_ms();
        let ask = all.fill.try_update_value(|fill| fill.next(&connection, now_ms)).flatten();
        if let Some(ask) = ask {
            under_way.update_value(|count| *count += 1);
            spawn_local(bring(all, connection, ask, under_way));
        }
    }
}

/// Takes transcripts out of an opened file, without asking anybody.
fn take_kept(all: Transcripts, file: &Connection) {
    let now_ms = clock::now_ms();
    for _ in 0..MOST_OF_FILE {
        let ask = all.fill.try_update_value(|fill| fill.next(file, now_ms)).flatten();
        let Some(ask) = ask else { break };
        let kept = ask.wanted.iter().filter_map(|wanted| all.store.open_kept(&wanted.key));
        let opened = kept.map(|opened| (opened.call, opened.transcript)).collect();
        let brought = Brought { opened, ..Brought::default() };
        take(all, file, &ask, brought);
    }
}

async fn bring(all: Transcripts, connection: Connection, ask: Ask, under_way: StoredValue<usize>) {
    let wire = all.store.wire().background();
    let brought = fill::bring(&wire, &connection, &ask).await;
    // The app is gone once its values are.
    if under_way.try_update_value(|count| *count = count.saturating_sub(1)).is_none() {
        return;
    }
    take(all, &connection, &ask, brought);
    if all.standing.get_untracked() == Standing::Ready {
        step(all, under_way);
    }
}

/// Takes calls into the book and transcripts into the index. A purge wins.
fn take(all: Transcripts, connection: &Connection, ask: &Ask, brought: Brought) {
    let now_ms = clock::now_ms();
    all.fill.update_value(|fill| fill.take(connection, ask, &brought, now_ms));
    let Brought { opened, gone, .. } = brought;
    let (kept, calls): (Vec<_>, Vec<Call>) = opened
        .into_iter()
        .filter(|(call, _)| all.store.look(|book| book.row_of(&call.key).is_some()))
        .map(|(call, transcript)| ((call.key.clone(), transcript), call))
        .unzip();
    all.read.update_value(|read| read.extend(calls));
    all.store.purge(&gone);
    all.put(kept.iter().map(|(key, transcript)| (key, transcript)));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::sync::Arc;

    use calls::Zone;
    use calls::filter::Hours;

    use super::*;
    use crate::browser::wire::Wire;

    /// 2026-11-20T08:30:00Z, a Friday.
    const FRIDAY_MS: i64 = 1_795_163_400_000;
    const HOUR_MS: i64 = 3_600_000;

    fn call(id: &str, started_ms: i64) -> Call {
        let mut call = Call::new(CallKey::parse(&format!("sales/{id}")).unwrap());
        call.started_ms = Some(started_ms);
        call
    }

    #[test]
    fn what_is_seen_is_read_first_and_then_what_passes_in_the_hours_on_the_wall() {
        Owner::new().with(|| {
            let store = Store::new(Wire::default());
            let berlin = Arc::new(Zone::of_steps("Europe/Berlin", vec![(0, HOUR_MS)]));
            store.follow_zone(Memo::new(move |_| berlin.clone()));
            let (nine, ten) = (call("nine", FRIDAY_MS), call("ten", FRIDAY_MS + HOUR_MS));
            let seen = call("seen", FRIDAY_MS - HOUR_MS * 24);
            let on_screen = [seen.key.clone()];
            store.take_all(vec![nine, ten, seen]);
            let order = |hours: Hours| {
                let filter = Filter { hours, ..Filter::default() };
                let rows = in_order(store, &on_screen, &filter).into_iter().take(2);
                let id = |row| store.look(|book| book.entry(row).unwrap().key().to_string());
                rows.map(id).collect::<Vec<_>>()
            };
            assert_eq!(order(Hours::default()), ["sales/seen", "sales/ten"]);
            // At half past eight in London it is half past nine in Berlin.
            assert_eq!(order(Hours::on(4, 9..10)), ["sales/seen", "sales/nine"]);
            assert_eq!(order(Hours::on(4, 10..11)), ["sales/seen", "sales/ten"]);
        });
    }
}
