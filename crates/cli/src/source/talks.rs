//! Transcripts of calls: read one by one where lists bring none, as fast as the providers let us.

use std::collections::HashMap;
use std::time::Duration;

use calls::book::Row;
use calls::{Call, CallKey, Transcript};
use load::fill::{Fill, bring};
use load::{Connection, Transport as _};

use super::Loaded;
use super::way::Way;

/// How long to wait before it is looked whether a provider may be asked again.
const LOOK: Duration = Duration::from_millis(500);

/// What is told of progress: every so manieth transcript.
const TOLD: usize = 100;

/// Transcripts by call, with what else opening the call told.
#[derive(Default)]
pub(crate) struct Talks(HashMap<CallKey, (Call, Transcript)>);

impl Talks {
    /// A call under what opening it told, and its transcript.
    pub(crate) fn over(&self, call: &Call) -> (Call, Transcript) {
        let Some((opened, transcript)) = self.0.get(&call.key) else {
            let known = call.transcript == Some(false);
            return (call.clone(), if known { Transcript::Absent } else { Transcript::NotAsked });
        };
        let mut call = call.clone();
        call.merge(opened.clone());
        let transcript = if call.purged { Transcript::Purged } else { transcript.clone() };
        (call, transcript)
    }
}

/// Reads the transcripts of rows; those that cannot be had are noted as missing.
pub(crate) async fn read(loaded: &mut Loaded, rows: &[Row]) -> Talks {
    let mut talks = Talks(std::mem::take(&mut loaded.kept));
    let Some(way) = loaded.way.take() else { return talks };
    let mut fill = Fill::default();
    fill.plan(&loaded.book, rows.iter().copied(), way.now_ms());
    let runs = loaded.connections.clone();
    bring_all(&way, &runs, &mut fill, loaded, &mut talks).await;
    let coverage = fill.coverage(&runs, way.now_ms());
    let unread = coverage.refused;
    if unread > 0 {
        loaded.missing.push(format!("{unread} transcripts could not be read"));
    }
    let later = coverage.total.saturating_sub(coverage.loaded + unread);
    if later > 0 {
        loaded.missing.push(format!("{later} transcripts are not there yet"));
    }
    talks
}

/// Asks every connection in turns, until nothing is left but what is still being written.
async fn bring_all(
    way: &Way,
    connections: &[Connection],
    fill: &mut Fill,
    loaded: &mut Loaded,
    talks: &mut Talks,
) {
    let mut told = 0;
    loop {
        let mut asked = false;
        for connection in connections {
            let Some(ask) = fill.next(connection, way.now_ms()) else { continue };
            asked = true;
            let brought = bring(way, connection, &ask).await;
            fill.take(connection, &ask, &brought, way.now_ms());
            for key in &brought.gone {
                loaded.book.purge(key);
            }
            for (call, transcript) in brought.opened {
                talks.0.insert(call.key.clone(), (call, transcript));
            }
        }
        if talks.0.len() >= told + TOLD {
            told = talks.0.len();
            way.progress(&format!("{told} transcripts"));
        }
        if !asked && !fill.goes_on() {
            break;
        }
        if !asked {
            tokio::time::sleep(LOOK).await;
        }
    }
}
