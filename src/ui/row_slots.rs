//! Which of a pool's row elements shows which row: one that shows it already stays, the others
//! are given to rows that have none.

/// Deals elements to rows. `held` says which row each element shows now, `wanted` which rows are
/// to be shown, in order; `pinned` is an element that keeps its row whatever is wanted, because it
/// has the focus. For every wanted row: the element that shows it, or none if one has to be made.
#[must_use]
pub fn deal(held: &[Option<u64>], wanted: &[u64], pinned: Option<usize>) -> Vec<Option<usize>> {
    let mut free: Vec<usize> = Vec::new();
    let mut dealt: Vec<Option<usize>> = vec![None; wanted.len()];
    for (slot, row) in held.iter().enumerate() {
        let at = row.and_then(|row| wanted.iter().position(|wanted| *wanted == row));
        match at.and_then(|at| dealt.get_mut(at)) {
            Some(place) if place.is_none() => *place = Some(slot),
            _ if pinned == Some(slot) => {}
            _ => free.push(slot),
        }
    }
    let mut free = free.into_iter();
    for place in &mut dealt {
        if place.is_none() {
            *place = free.next();
        }
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_stays_where_it_is_and_what_went_out_is_used_again() {
        let held = [Some(10), Some(11), Some(12)];
        assert_eq!(deal(&held, &[11, 12, 13], None), [Some(1), Some(2), Some(0)]);
        assert_eq!(deal(&held, &[11, 12, 13, 14], None), [Some(1), Some(2), Some(0), None]);
        assert_eq!(deal(&[None, None], &[5, 6], None), [Some(0), Some(1)]);
    }

    #[test]
    fn an_element_with_the_focus_keeps_its_row_when_it_is_scrolled_away() {
        let held = [Some(10), Some(11)];
        assert_eq!(deal(&held, &[90, 91], Some(0)), [Some(1), None]);
        assert_eq!(deal(&held, &[10, 91], Some(0)), [Some(0), Some(1)]);
    }

    #[test]
    fn two_rows_of_one_identity_never_share_an_element() {
        assert_eq!(deal(&[Some(1), Some(2)], &[1, 1], None), [Some(0), Some(1)]);
    }
}
