//! Orders by any comparison, found by one piece of code. The standard library's sorts are compiled
//! anew for each type and each comparison, four kilobytes at a time, and all of that is downloaded.
//! Whatever is compared a million times still has a sort of its own (see [`crate::sort`]).

use std::cmp::Ordering;

use crate::sort::LAST;

/// Which of two of the items, named by their places, comes first.
type Compare<'a> = &'a dyn Fn(usize, usize) -> Ordering;

/// Sorts items. Those that are equal stay in the order they are in.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let count = items.len();
    let mut to = destinations(count, &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    arrange(&mut to, &mut |a, b| items.swap(a, b));
}

/// Sorts items by a key. Those of the same key stay in the order they are in.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The rank of each of so many items: equal ones have the same, and the next one the next. Those
/// that are not known have [`LAST`].
pub fn ranks(count: usize, is_known: &dyn Fn(usize) -> bool, compare: Compare<'_>) -> Vec<u32> {
    let known = (0..count).filter(|place| is_known(*place)).collect();
    let mut ranks = vec![LAST; count];
    let (mut rank, mut before) = (0, None);
    for place in sorted(known, compare) {
        rank += u32::from(before.is_some_and(|before| compare(before, place).is_ne()));
        before = Some(place);
        if let Some(given) = ranks.get_mut(place) {
            *given = rank;
        }
    }
    ranks
}

/// Where each of so many items belongs.
fn destinations(count: usize, compare: Compare<'_>) -> Vec<usize> {
    let mut to = vec![0; count];
    for (place, from) in sorted((0..count).collect(), compare).into_iter().enumerate() {
        if let Some(to) = to.get_mut(from) {
            *to = place;
        }
    }
    to
}

/// Swaps items until each is where it belongs.
fn arrange(to: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for place in 0..to.len() {
        while let Some(other) = to.get(place).copied().filter(|other| *other != place) {
            swap(place, other);
            to.swap(place, other);
        }
    }
}

/// The one sort. Equal items stay in the order of their places.
fn sorted(mut places: Vec<usize>, compare: Compare<'_>) -> Vec<usize> {
    places.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn items_are_sorted_as_the_standard_library_sorts_them() {
        for seed in 0..500 {
            let mut dice = Dice::new(seed);
            let items: Vec<(u32, u32)> =
                (0..dice.below(90)).map(|place| (dice.below(20), place)).collect();
            let (mut ours, mut wanted) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            wanted.sort_by_key(|item| item.0);
            assert_eq!(ours, wanted);
        }
    }

    #[test]
    fn equal_items_have_the_same_rank_and_none_is_left_out() {
        for seed in 0..500 {
            let mut dice = Dice::new(seed);
            let items: Vec<Option<u32>> = (0..dice.below(60))
                .map(|_| Some(dice.below(20)).filter(|item| *item > 2))
                .collect();
            let known = |place: usize| items[place].is_some();
            let ranks = ranks(items.len(), &known, &|a, b| items[a].cmp(&items[b]));
            let mut distinct: Vec<u32> = items.iter().flatten().copied().collect();
            distinct.sort_unstable();
            distinct.dedup();
            for (item, rank) in items.iter().zip(ranks) {
                let place = item.and_then(|item| distinct.binary_search(&item).ok());
                assert_eq!(rank, place.map_or(LAST, |place| place as u32));
            }
        }
    }
}
