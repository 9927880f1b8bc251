//! One text for each row, many of them in one piece of memory.
//!
//! Texts lie in chunks, one behind the other, so that a million of them are some hundred pieces of
//! memory and a search runs over them at the speed of memory. What is replaced or removed is
//! overwritten at once, and a chunk of which more than half is gone is written anew.

use kernels::grams::Grams;
use kernels::search::Needle;

use super::Row;

/// Most texts in a chunk.
const RECORDS: u32 = 4096;

/// A chunk of this many bytes is full, too.
const FULL_BYTES: usize = 16 << 20;

/// Stands for no row, and for no place.
const NONE: u32 = u32::MAX;

/// A text for each row. Of one that is `SEARCHED` it is noted which letters are where, as soon as a
/// chunk is full, so that a search looks at few texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Arena<const SEARCHED: bool> {
    chunks: Vec<Chunk>,
    /// Per row: number of the chunk × [`RECORDS`] + number in the chunk.
    places: Vec<u32>,
}

/// Texts that lie one behind the other.
#[derive(Clone, Debug, Default)]
struct Chunk {
    /// All texts; zeros where one is gone.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Whose each is.
    owners: Vec<Row>,
    gone: usize,
    /// Which letters are where, if that has been noted.
    grams: Option<Grams>,
}

impl<const SEARCHED: bool> Arena<SEARCHED> {
    /// The text of a row; empty if it has none.
    pub(super) fn get(&self, row: Row) -> &str {
        let Some((chunk, record)) = self.place(row) else { return "" };
        self.chunks.get(chunk).map_or("", |chunk| chunk.get(record))
    }

    /// Gives a row its text.
    pub(super) fn put(&mut self, row: Row, text: &str) {
        if self.place(row).is_some() && self.get(row) == text {
            return;
        }
        self.remove(row);
        if self.chunks.last().is_none_or(Chunk::is_full) {
            self.chunks.last_mut().into_iter().for_each(|chunk| chunk.close(SEARCHED));
            self.chunks.push(Chunk::default());
        }
        let index = self.chunks.len() - 1;
        let record = self.chunks.last_mut().map_or(0, |chunk| chunk.push(row, text));
        self.set_place(row, index, record);
    }

    /// Removes a row's text; no byte of it stays.
    pub(super) fn remove(&mut self, row: Row) {
        let Some((index, record)) = self.place(row) else { return };
        if let Some(place) = self.places.get_mut(row as usize) {
            *place = NONE;
        }
        let Some(chunk) = self.chunks.get_mut(index) else { return };
        chunk.remove(record);
        if chunk.gone * 2 > chunk.owners.len() {
            let mut fresh = chunk.without_gone();
            fresh.close(chunk.grams.is_some());
            let owners = fresh.owners.clone();
            *chunk = fresh;
            (0..).zip(owners).for_each(|(record, row)| self.set_place(row, index, record));
        }
    }

    /// Hands out the rows whose text holds a needle, in no particular order.
    pub(super) fn find(&self, needle: &Needle<'_>, mut found: impl FnMut(Row)) {
        for Chunk { text, ends, owners, grams, .. } in &self.chunks {
            let mut of_record = |record: usize| {
                // What is gone is zeros, and a zero may be typed.
                let owner = owners.get(record).copied().filter(|row| *row != NONE);
                owner.into_iter().for_each(&mut found);
            };
            match grams {
                Some(grams) => needle.records_by(grams, text, ends, &mut of_record),
                None => needle.records(text, ends, &mut of_record),
            }
        }
    }

    fn place(&self, row: Row) -> Option<(usize, u32)> {
        let place = self.places.get(row as usize).copied().filter(|place| *place != NONE)?;
        Some(((place / RECORDS) as usize, place % RECORDS))
    }

    fn set_place(&mut self, row: Row, chunk: usize, record: u32) {
        let index = row as usize;
        if index >= self.places.len() {
            self.places.resize(index + 1, NONE);
        }
        let chunk = u32::try_from(chunk).unwrap_or(NONE);
        if let Some(place) = self.places.get_mut(index) {
            *place = chunk.saturating_mul(RECORDS).saturating_add(record);
        }
    }
}

impl Chunk {
    fn is_full(&self) -> bool {
        self.owners.len() >= RECORDS as usize || self.text.len() >= FULL_BYTES
    }

    fn range(&self, record: u32) -> std::ops::Range<usize> {
        let end = |record: usize| self.ends.get(record).map_or(0, |end| *end as usize);
        let record = record as usize;
        record.checked_sub(1).map_or(0, end)..end(record)
    }

    fn get(&self, record: u32) -> &str {
        self.text.get(self.range(record)).unwrap_or_default()
    }

    fn push(&mut self, row: Row, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(NONE));
        self.owners.push(row);
        u32::try_from(self.owners.len() - 1).unwrap_or(NONE)
    }

    fn remove(&mut self, record: u32) {
        let range = self.range(record);
        let zeros = "\0".repeat(range.len());
        self.text.replace_range(range, &zeros);
        if let Some(owner) = self.owners.get_mut(record as usize) {
            *owner = NONE;
        }
        if let Some(grams) = &mut self.grams {
            grams.remove(record as usize);
        }
        self.gone += 1;
    }

    /// Nothing will be added any more.
    fn close(&mut self, searched: bool) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.owners.shrink_to_fit();
        self.grams = searched.then(|| Grams::of(&self.text, &self.ends));
    }

    fn without_gone(&self) -> Self {
        let mut fresh = Self::default();
        for (record, owner) in (0..).zip(&self.owners) {
            if *owner != NONE {
                fresh.push(*owner, self.get(record));
            }
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_row_has_its_own_text_after_any_number_of_changes() {
        let (mut arena, mut plain) = (Arena::<true>::default(), BTreeMap::new());
        let mut dice = 1u32;
        for step in 0..60_000u32 {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let row = (dice >> 8) % 9_000;
            if dice >> 24 < 40 {
                arena.remove(row);
                plain.remove(&row);
            } else {
                let text = format!("ä{step}\n");
                arena.put(row, &text);
                plain.insert(row, text);
            }
        }
        for row in 0..9_001 {
            assert_eq!(arena.get(row), plain.get(&row).map_or("", String::as_str));
        }
        for wanted in ["9", "59", "599", "5990", "ä5990", "\0", "none"] {
            let mut found = Vec::new();
            arena.find(&Needle::new(wanted), |row| found.push(row));
            found.sort_unstable();
            let holding = plain.iter().filter(|(_, text)| text.contains(wanted));
            assert_eq!(found, holding.map(|(row, _)| *row).collect::<Vec<_>>(), "{wanted}");
        }
        assert!(arena.chunks.iter().filter(|chunk| chunk.grams.is_some()).count() > 1);
        let live: usize = plain.values().map(String::len).sum();
        let held: usize = arena.chunks.iter().map(|chunk| chunk.text.len()).sum();
        assert!(held <= live * 3, "{held} bytes for {live}");
    }

    #[test]
    fn no_byte_of_a_removed_text_stays() {
        let mut arena = Arena::<true>::default();
        for row in 0..10 {
            arena.put(row, &format!("secret{row}"));
        }
        arena.remove(3);
        arena.put(4, "other");
        let kept = format!("{arena:?}");
        assert!(!kept.contains("secret3") && !kept.contains("secret4") && kept.contains("secret5"));
    }
}
