//! Ranks of texts: sorted once, compared as numbers ever after.

/// The rank of each of `count` items: equal texts have the same rank, and larger texts a larger
/// one. `part` gives eight bytes of an item's text, from byte `8 * depth`, first byte highest, with
/// zeros past its end; texts hold no zero bytes.
#[must_use]
pub fn of_texts(count: u32, part: &dyn Fn(u32, usize) -> u64) -> Vec<u32> {
    let mut items: Vec<(u64, u32)> = (0..count).map(|item| (part(item, 0), item)).collect();
    items.sort_unstable();
    let mut ranks = vec![0; items.len()];
    // Runs whose parts so far are equal, last run first, so that ranks are given in order.
    let mut runs = vec![(0, items.len(), 0)];
    let mut rank = 0;
    while let Some((from, to, depth)) = runs.pop() {
        let Some(run) = items.get_mut(from..to) else { continue };
        if depth > 0 {
            run.iter_mut().for_each(|(key, item)| *key = part(*item, depth));
            run.sort_unstable();
        }
        let mut inner = Vec::new();
        for same in run.chunk_by(|a, b| a.0 == b.0) {
            inner.push(same.len());
        }
        split(&mut runs, &inner, from, depth, |at| items.get(at).is_none_or(|(key, _)| ends(*key)));
        rank = give(&mut runs, &items, &mut ranks, rank);
    }
    ranks
}

/// A part whose last byte is zero is the text's last one.
fn ends(key: u64) -> bool {
    key & 0xff == 0
}

/// Queues the parts of a run, last one first. Those that are told apart are queued as done.
fn split(
    runs: &mut Vec<(usize, usize, usize)>,
    lengths: &[usize],
    from: usize,
    depth: usize,
    is_over: impl Fn(usize) -> bool,
) {
    let begun = runs.len();
    let mut start = from;
    for length in lengths {
        let over = *length == 1 || is_over(start);
        runs.push((start, start + length, if over { DONE } else { depth + 1 }));
        start += length;
    }
    if let Some(new) = runs.get_mut(begun..) {
        new.reverse();
    }
}

/// Marks a run whose items are equal, or of which there is one.
const DONE: usize = usize::MAX;

/// Gives ranks to the runs that are done, as far as they are next.
fn give(
    runs: &mut Vec<(usize, usize, usize)>,
    items: &[(u64, u32)],
    ranks: &mut [u32],
    mut rank: u32,
) -> u32 {
    while let Some((from, to, DONE)) = runs.last().copied() {
        runs.pop();
        for (_, item) in items.get(from..to).unwrap_or_default() {
            if let Some(place) = ranks.get_mut(*item as usize) {
                *place = rank;
            }
        }
        rank += 1;
    }
    rank
}

/// Eight bytes of a text that is at hand, as [`of_texts`] wants them.
#[must_use]
pub fn part_of(text: &[u8], depth: usize) -> u64 {
    let rest = text.get(depth * 8..).unwrap_or_default();
    let mut part = [0; 8];
    part.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    u64::from_be_bytes(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn ranks_compare_as_the_texts_do() {
        for seed in 0..150 {
            let mut dice = Dice::new(seed);
            let texts: Vec<String> = (0..dice.below(120))
                .map(|_| {
                    let letters = dice.below(30);
                    (0..letters).map(|_| if dice.below(9) == 0 { 'ü' } else { 'a' }).collect()
                })
                .collect();
            let text = |item: u32| texts.get(item as usize).map_or("", String::as_str).as_bytes();
            let count = u32::try_from(texts.len()).unwrap_or_default();
            let ranks = of_texts(count, &|item, depth| part_of(text(item), depth));
            for (a, rank_a) in texts.iter().zip(&ranks) {
                for (b, rank_b) in texts.iter().zip(&ranks) {
                    assert_eq!(a.cmp(b), rank_a.cmp(rank_b), "{a} {b}");
                }
            }
        }
    }
}
