//! Asks for what a fill has planned until all has come: what exports and filters need, and somebody
//! waits for.

use futures_util::stream::{FuturesUnordered, StreamExt};
use leptos::prelude::*;
use load::fill::{Brought, Fill, bring};

use super::Store;
use crate::browser::clock;

/// How long to wait before it is looked whether a provider may be asked again, milliseconds.
const LOOK_MS: i64 = 500;

impl Store {
    /// Brings all of it, or as much as can be without a person. `step` hears of each answer, and
    /// of how far it is when there is none. What people do meanwhile goes before it.
    pub async fn bring_all(self, fill: &mut Fill, mut step: impl FnMut(&Fill, Option<Brought>)) {
        let wire = self.wire().background();
        let connections = untrack(|| self.connections());
        let mut under_way = FuturesUnordered::new();
        loop {
            for connection in &connections {
                if let Some(ask) = fill.next(connection, clock::now_ms()) {
                    let wire = &wire;
                    under_way.push(async move {
                        let brought = bring(wire, connection, &ask).await;
                        (connection, ask, brought)
                    });
                }
            }
            step(fill, None);
            match under_way.next().await {
                Some((connection, ask, brought)) => {
                    fill.take(connection, &ask, &brought, clock::now_ms());
                    step(fill, Some(brought));
                }
                None if fill.goes_on() => clock::sleep_ms(LOOK_MS).await,
                None => break,
            }
        }
    }
}
