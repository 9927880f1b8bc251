//! What outcomes mean, where the link says it otherwise than the configuration, and whose clock
//! hours of the week are those of.

use std::sync::Arc;

use calls::{SuccessMap, Zone};
use leptos::prelude::*;

use super::Store;
use crate::place::SuccessMaps;

impl Store {
    /// From now on outcomes mean what these maps say, and elsewhere what is configured.
    pub fn map_success(self, maps: &SuccessMaps) {
        let mut mapped = self.mapped.get_value();
        mapped.extend(maps.keys().map(|id| Arc::from(id.as_str())));
        if mapped.is_empty() {
            return;
        }
        self.book.update_value(|book| {
            for id in &mapped {
                let map = maps.get(&**id).cloned().unwrap_or_else(|| self.configured_map(id));
                book.map_success(id, map);
            }
        });
        self.mapped.set_value(mapped);
        self.version.update(|version| *version += 1);
    }

    /// Says in which zone hours of the week are meant from now on.
    pub fn follow_zone(self, zone: Memo<Arc<Zone>>) {
        self.zone.set_value(Some(zone));
    }

    /// What a connection's outcomes mean by its configuration.
    #[must_use]
    pub fn configured_map(self, connection: &str) -> SuccessMap {
        untrack(|| self.connection(connection)).map(|known| known.success).unwrap_or_default()
    }
}
