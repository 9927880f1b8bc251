//! Where a call is, by its identity, without keeping identities twice.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use super::Row;
use crate::key::CallKey;

/// Rows by the hash of an identity. Where two identities have one hash, the later one goes to the
/// next number that is free; whoever looks compares the identity itself. Rows that are gone keep
/// their place, so that no later one is lost.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(HashMap<u64, Row, BuildHasherDefault<Hashed>>);

impl Index {
    pub(super) fn insert(&mut self, key: &CallKey, row: Row) {
        let mut hash = hash_of(key);
        while self.0.contains_key(&hash) {
            hash = hash.wrapping_add(1);
        }
        self.0.insert(hash, row);
    }

    /// The row of an identity; `is_it` says whether a row has that identity.
    pub(super) fn find(&self, key: &CallKey, is_it: impl Fn(Row) -> bool) -> Option<Row> {
        let mut hash = hash_of(key);
        loop {
            let row = *self.0.get(&hash)?;
            if is_it(row) {
                return Some(row);
            }
            hash = hash.wrapping_add(1);
        }
    }
}

fn hash_of(key: &CallKey) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Hands a hash through.
#[derive(Clone, Debug, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
