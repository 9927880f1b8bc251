//! What every call has for itself and is no text: a column each.

use kernels::UNKNOWN;
use kernels::keys::{GONE, ODD, key_of};

use super::Row;
use crate::call::Call;
use crate::phone;

/// Stands for a row that is gone, in the columns of codes.
pub(super) const HOLE: u32 = u32::MAX;

/// A column that is as long as its last known value: what nobody tells costs nothing.
#[derive(Clone, Debug)]
pub(super) struct Column<T> {
    values: Vec<T>,
    none: T,
}

impl<T: Copy + PartialEq> Column<T> {
    fn new(none: T) -> Self {
        Self { values: Vec::new(), none }
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// The value of a row, or what stands for none.
    pub(super) fn raw(&self, row: Row) -> T {
        self.values.get(row as usize).copied().unwrap_or(self.none)
    }

    pub(super) fn set(&mut self, row: Row, value: T) {
        let index = row as usize;
        if index >= self.values.len() {
            if value == self.none {
                return;
            }
            self.values.resize(index + 1, self.none);
        }
        if let Some(place) = self.values.get_mut(index) {
            *place = value;
        }
    }
}

/// Whole numbers. [`UNKNOWN`] stands for none: no provider means it.
pub(super) type Whole = Column<i64>;

impl Whole {
    /// The values of those rows that have one. What nobody tells costs nothing.
    pub(super) fn known<'a>(&'a self, rows: &'a [Row]) -> impl Iterator<Item = i64> + 'a {
        let rows = if self.values.is_empty() { &[] } else { rows };
        rows.iter().filter_map(|row| self.get(*row))
    }

    pub(super) fn get(&self, row: Row) -> Option<i64> {
        Some(self.raw(row)).filter(|value| *value != UNKNOWN)
    }

    fn put(&mut self, row: Row, value: Option<i64>) {
        self.set(row, value.unwrap_or(UNKNOWN));
    }
}

/// Numbers with parts. What is not a number stands for none.
pub(super) type Parts = Column<f64>;

impl Parts {
    /// The values of those rows that have one. What nobody tells costs nothing.
    pub(super) fn known<'a>(&'a self, rows: &'a [Row]) -> impl Iterator<Item = f64> + 'a {
        let rows = if self.values.is_empty() { &[] } else { rows };
        rows.iter().filter_map(|row| self.get(*row))
    }

    pub(super) fn get(&self, row: Row) -> Option<f64> {
        Some(self.raw(row)).filter(|value| !value.is_nan())
    }

    /// What is not a number never equals what stands for none, so it is looked for here.
    fn put(&mut self, row: Row, value: Option<f64>) {
        let value = value.filter(|value| !value.is_nan());
        if value.is_some() || (row as usize) < self.values.len() {
            self.set(row, value.unwrap_or(f64::NAN));
        }
    }
}

/// All columns.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) started_ms: Whole,
    pub(super) ended_ms: Whole,
    pub(super) duration_ms: Whole,
    pub(super) latency_ms: Whole,
    pub(super) interruptions: Whole,
    pub(super) retries: Column<Option<u64>>,
    pub(super) until_ms: Whole,
    pub(super) amount: Parts,
    pub(super) score: Parts,
    /// The last digits of the customer's number, see [`packed_digits`].
    pub(super) phone: Column<u64>,
    pub(super) who: Column<u32>,
    pub(super) what: Column<u32>,
    pub(super) findings: Column<u32>,
    pub(super) outcomes: Column<u32>,
    pub(super) told: Column<u32>,
    /// How often each row changed.
    pub(super) stamps: Column<u32>,
    /// What most questions ask of a row once more, in one number: `what`, `who` and the duration.
    pub(super) keys: Column<u64>,
    /// How many rows have no room in one number.
    pub(super) odd: usize,
}

impl Default for Columns {
    fn default() -> Self {
        let whole = || Column::new(UNKNOWN);
        let parts = || Column::new(f64::NAN);
        let codes = || Column::new(HOLE);
        Self {
            started_ms: whole(),
            ended_ms: whole(),
            duration_ms: whole(),
            latency_ms: whole(),
            interruptions: whole(),
            retries: Column::new(None),
            until_ms: whole(),
            amount: parts(),
            score: parts(),
            phone: Column::new(0),
            who: codes(),
            what: codes(),
            findings: codes(),
            outcomes: codes(),
            told: codes(),
            stamps: Column::new(0),
            keys: Column::new(GONE),
            odd: 0,
        }
    }
}

impl Columns {
    /// Writes what a call has; codes and the stamp are the book's.
    pub(super) fn put(&mut self, row: Row, call: &Call) {
        self.started_ms.put(row, call.started_ms);
        self.ended_ms.put(row, call.ended_ms);
        self.duration_ms.put(row, call.duration_ms);
        self.latency_ms.put(row, call.latency_ms);
        self.interruptions.put(row, call.interruptions.map(i64::from));
        self.retries.set(row, call.retries);
        let until_ms = match call.recording {
            crate::Recording::Available { until_ms } => until_ms,
            _ => None,
        };
        self.until_ms.put(row, until_ms);
        self.amount.put(row, call.cost.map(|cost| cost.parts().0));
        self.score.put(row, call.score);
        let number = call.customer.phone.as_deref().map(phone::digits).unwrap_or_default();
        self.phone.set(row, packed_digits(&number).0);
    }

    /// Writes the key of a row whose codes and duration are written.
    pub(super) fn pack(&mut self, row: Row) {
        let before = self.keys.raw(row);
        let key = key_of(self.what.raw(row), self.who.raw(row), self.duration_ms.raw(row));
        self.odd = (self.odd + usize::from(key == ODD)).saturating_sub(usize::from(before == ODD));
        self.keys.set(row, key);
    }
}

/// The last 16 digits of a number, four bits each, last one lowest, as digit + 1, so that no digit
/// differs from a zero; and which bits those are.
pub(super) fn packed_digits(digits: &str) -> (u64, u64) {
    let last = digits.bytes().rev().filter(u8::is_ascii_digit).take(16);
    let places = (0..64).step_by(4).zip(last);
    places.fold((0, 0), |(packed, mask), (shift, digit)| {
        (packed | u64::from(digit - b'0' + 1) << shift, mask | 15 << shift)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_number_is_the_end_of_its_packed_digits() {
        let (stored, _) = packed_digits("4917139200123");
        for (typed, is_end) in
            [("0123", true), ("00123", true), ("1123", false), ("4917139200123", true)]
        {
            let (wanted, mask) = packed_digits(typed);
            assert_eq!(stored & mask == wanted, is_end, "{typed}");
        }
        let (longer, mask) = packed_digits("004917139200123");
        assert_ne!(stored & mask, longer, "a missing digit is no zero");
    }

    #[test]
    fn a_column_is_as_long_as_what_is_known() {
        let mut parts = Parts::new(f64::NAN);
        parts.put(7, None);
        parts.put(9, Some(f64::NAN));
        assert!(parts.values().is_empty());
        parts.put(2, Some(0.5));
        parts.put(2, None);
        assert_eq!((parts.values().len(), parts.get(2), parts.get(3)), (3, None, None));
    }
}
