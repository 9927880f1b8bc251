//! Cutting one page out of the rows that match.

/// The rows from `offset` on, at most `limit` of them.
pub(crate) fn cut<T>(rows: &[T], offset: usize, limit: usize) -> &[T] {
    let start = offset.min(rows.len());
    let end = start.saturating_add(limit).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

/// Where a page begins that is counted from 1.
pub(crate) fn offset(page: usize, limit: usize) -> usize {
    page.saturating_sub(1).saturating_mul(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_end_is_empty() {
        let rows = [1, 2, 3];
        assert_eq!(cut(&rows, 1, 1), [2]);
        assert_eq!(cut(&rows, 2, 20), [3]);
        assert!(cut(&rows, usize::MAX, usize::MAX).is_empty());
        assert_eq!(offset(3, 20), 40);
        assert_eq!(offset(0, 20), 0);
    }
}
