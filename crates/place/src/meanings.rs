//! What outcomes mean, where somebody says so otherwise than the configuration.

use std::collections::BTreeMap;

use calls::SuccessMap;

use crate::fragment::Pairs;

/// Maps by the id of a connection.
pub type SuccessMaps = BTreeMap<String, SuccessMap>;

/// A connection whose map has nothing in it.
const NONE: &str = "success-none";
const YES: &str = "success-yes";
const NO: &str = "success-no";

/// Reads maps: an id and a label, parted by the first `/`.
pub(crate) fn read(pairs: &Pairs) -> SuccessMaps {
    let mut maps = SuccessMaps::new();
    for connection in pairs.all(NONE) {
        maps.entry(connection.to_owned()).or_default();
    }
    for (name, is_yes) in [(YES, true), (NO, false)] {
        for (connection, label) in pairs.all(name).filter_map(|pair| pair.split_once('/')) {
            let map = maps.entry(connection.to_owned()).or_default();
            let labels = if is_yes { &mut map.yes } else { &mut map.no };
            labels.push(label.to_owned());
        }
    }
    maps
}

pub(crate) fn write(maps: &SuccessMaps, pairs: &mut Pairs) {
    for (connection, map) in maps {
        let empty = map.yes.is_empty() && map.no.is_empty();
        pairs.add_some(NONE, empty.then_some(connection));
        map.yes.iter().for_each(|label| pairs.add(YES, format!("{connection}/{label}")));
        map.no.iter().for_each(|label| pairs.add(NO, format!("{connection}/{label}")));
    }
}

#[cfg(test)]
pub(crate) fn full() -> SuccessMaps {
    let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
    let map = SuccessMap { yes: labels(&["a/b=c&d", "Ja"]), no: labels(&["später"]) };
    [("sales".to_owned(), map), ("voice".to_owned(), SuccessMap::default())].into()
}
