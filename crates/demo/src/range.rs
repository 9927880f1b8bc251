//! The `Range` and `If-Range` headers of a request for one file (RFC 9110, section 14).

use axum::http::{HeaderMap, header};

/// Bytes from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Whole,
    Part(Span),
    /// The range lies behind the end.
    Impossible,
}

/// What a request asks for of a file of `length` bytes.
pub(crate) fn wanted(headers: &HeaderMap, etag: &str, length: u64) -> Wanted {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let stale = text(header::IF_RANGE).is_some_and(|given| given != etag);
    match text(header::RANGE) {
        Some(range) if !stale => part(range, length),
        _ => Wanted::Whole,
    }
}

/// Several ranges and ranges that cannot be read are ignored, as the RFC allows.
fn part(range: &str, length: u64) -> Wanted {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|rest| rest.split_once('-'))
    else {
        return Wanted::Whole;
    };
    let span = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(start), Ok(last)) if start <= last => {
            Span { start, end: (last.saturating_add(1)).min(length) }
        }
        (Ok(start), Err(_)) if last.is_empty() => Span { start, end: length },
        (Err(_), Ok(count)) if first.is_empty() => {
            Span { start: length.saturating_sub(count), end: length }
        }
        _ => return Wanted::Whole,
    };
    if span.start < span.end { Wanted::Part(span) } else { Wanted::Impossible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_rfc_says() {
        let span = |start, end| Wanted::Part(Span { start, end });
        assert_eq!(part("bytes=0-99", 1000), span(0, 100));
        assert_eq!(part("bytes=900-", 1000), span(900, 1000));
        assert_eq!(part("bytes=-100", 1000), span(900, 1000));
        assert_eq!(part("bytes=-5000", 1000), span(0, 1000));
        assert_eq!(part("bytes=990-5000", 1000), span(990, 1000));
        assert_eq!(part("bytes=1000-", 1000), Wanted::Impossible);
        assert_eq!(part("bytes=-0", 1000), Wanted::Impossible);
        assert_eq!(part("bytes=5-2", 1000), Wanted::Whole);
        assert_eq!(part("bytes=0-1,4-5", 1000), Wanted::Whole);
        assert_eq!(part("lines=0-1", 1000), Wanted::Whole);
    }
}
