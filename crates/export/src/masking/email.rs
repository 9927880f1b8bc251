//! E-mail addresses in a text.

use std::ops::Range;

/// Where the first address stands: something before an `@`, a name with a dot behind it.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let ats = text.match_indices('@').map(|(at, _)| at);
    ats.filter_map(|at| around(text, at)).next()
}

fn around(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
    let start = before.rfind(|letter| !is_local(letter)).map_or(0, |last| {
        last + before.get(last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let domain = after.get(..after.find(|letter| !is_domain(letter)).unwrap_or(after.len()))?;
    let domain = domain.trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    let whole = start < at && !name.is_empty() && top.chars().count() >= 2;
    whole.then_some(start..at + 1 + domain.len())
}

fn is_local(letter: char) -> bool {
    letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter)
}

fn is_domain(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '.' || letter == '-'
}
