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
/// A label that means nothing, although its value alone does.
const NEITHER: &str = "success-nothing";

/// Reads maps: an id and a label, parted by the first `/`.
pub(crate) fn read(pairs: &Pairs) -> SuccessMaps {
    let mut maps = SuccessMaps::new();
    for connection in pairs.all(NONE) {
        maps.entry(connection.to_owned()).or_default();
    }
    for name in [YES, NO, NEITHER] {
        for (connection, label) in pairs.all(name).filter_map(|pair| pair.split_once('/')) {
            let map = maps.entry(connection.to_owned()).or_default();
            let labels = match name {
                YES => &mut map.yes,
                NO => &mut map.no,
                _ => &mut map.nothing,
            };
            labels.push(label.to_owned());
        }
    }
    maps
}

pub(crate) fn write(maps: &SuccessMaps, pairs: &mut Pairs) {
    for (connection, map) in maps {
        pairs.add_some(NONE, map.is_empty().then_some(connection));
        for (name, labels) in [(YES, &map.yes), (NO, &map.no), (NEITHER, &map.nothing)] {
            labels.iter().for_each(|label| pairs.add(name, format!("{connection}/{label}")));
        }
    }
}

#[cfg(test)]
pub(crate) fn full() -> SuccessMaps {
    let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
    let map = SuccessMap {
        yes: labels(&["a/b=c&d", "Ja"]),
        no: labels(&["später"]),
        nothing: labels(&["x=Ja"]),
    };
    [("sales".to_owned(), map), ("voice".to_owned(), SuccessMap::default())].into()
}
