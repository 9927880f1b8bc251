//! How long an answer may be used again, and what it says about the limits of its key.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use calls::{CallKey, OpenedCall, Reference, Status, Transcript};
use http::{HeaderMap, StatusCode, header};
use providers::reading::is_fresh;
use providers::{Adapter, Purpose, Refusal};

use crate::budget::Notice;
use crate::kept::Whole;
use crate::upstream::plain;

/// Pages of calls: as long as several tabs and views ask for the same.
const LIST: Duration = Duration::from_secs(15);

/// Names of agents, and calls that are over.
const SETTLED: Duration = Duration::from_secs(5 * 60);

/// How long an answer is used again; `None` if it is not.
pub(crate) fn keep_for(
    adapter: &dyn Adapter,
    purpose: Purpose,
    answer: &Arc<Whole>,
) -> Option<Duration> {
    if answer.status != StatusCode::OK {
        return None;
    }
    match purpose {
        Purpose::List => Some(LIST),
        Purpose::Agents => Some(SETTLED),
        Purpose::Detail => has_settled(adapter, answer).then_some(SETTLED),
        Purpose::Recording => None,
    }
}

/// Whether nothing more will happen to the call in a detail answer. The adapter reads it, under
/// a reference that does not matter here.
fn has_settled(adapter: &dyn Adapter, answer: &Whole) -> bool {
    let Some(reference) = Reference::parse("-") else { return false };
    let key = CallKey { connection: "-".into(), reference };
    let plain = plain(answer.status, &answer.headers, &answer.body);
    let opened = adapter.read_detail(&key, &plain, answer.at_ms);
    opened.is_ok_and(|opened| is_over(&opened, answer.at_ms))
}

fn is_over(opened: &OpenedCall, now_ms: i64) -> bool {
    let call = &opened.call;
    let said = !matches!(call.status, Status::NotGiven) || call.duration_ms.is_some();
    said && !is_fresh(call, now_ms) && opened.transcript != Transcript::BeingWritten
}

/// What an answer says about the limits of its key.
///
/// Times are compared with the provider's own clock where it tells it (`Date`), since ours may
/// differ by more than a window.
pub(crate) fn notice(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    now_ms: i64,
) -> Option<Notice> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let date = text(header::DATE.as_str()).and_then(date_ms);
    let now_ms = date.unwrap_or(now_ms);
    // The adapters' own reading of a refusal knows every form in which the time is told.
    let told = |status| {
        let refusal = Refusal::of(&plain(status, headers, body), now_ms);
        let ms = refusal.retry_ms.map(|at| at.saturating_sub(now_ms).max(0))?;
        Some(Duration::from_millis(u64::try_from(ms).ok()?))
    };
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Some(Notice::Refused(told(status)));
    }
    let requests = text("x-ratelimit-remaining")?.trim().parse().ok()?;
    text("x-ratelimit-reset")?;
    Some(Notice::Left { requests, span: told(StatusCode::TOO_MANY_REQUESTS)? })
}

/// A date as HTTP writes it, UTC milliseconds.
fn date_ms(text: &str) -> Option<i64> {
    let since = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noticed(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &str,
    ) -> Option<Notice> {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
        };
        let headers = headers.iter().map(pair).collect();
        notice(StatusCode::from_u16(status).unwrap(), &headers, body.as_bytes(), 1_773_916_200_000)
    }

    fn refused(secs: u64) -> Option<Notice> {
        Some(Notice::Refused(Some(Duration::from_secs(secs))))
    }

    #[test]
    fn what_the_four_providers_say_of_their_limits_is_learned() {
        let talkpilot = [("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "1773916230")];
        let left = Notice::Left { requests: 7, span: Duration::from_secs(30) };
        assert_eq!(noticed(200, &talkpilot, "{}"), Some(left));
        assert_eq!(noticed(429, &talkpilot, "{}"), refused(30));
        assert_eq!(noticed(429, &[("retry-after", "12")], "{}"), refused(12));
        let truedy = r#"{"error":{"details":{"limit":100,"reset_at":"2026-03-19T10:30:45Z"}}}"#;
        assert_eq!(noticed(429, &[], truedy), refused(45));
        assert_eq!(noticed(429, &[], r#"{"retry_after":60}"#), refused(60));
        assert_eq!(noticed(429, &[], "<html>"), Some(Notice::Refused(None)));
        assert_eq!(noticed(200, &[], "{}"), None);
    }

    #[test]
    fn times_are_measured_by_the_providers_own_clock() {
        let headers = [
            ("date", "Thu, 19 Mar 2026 11:30:00 GMT"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1773919805"),
        ];
        let left = Notice::Left { requests: 0, span: Duration::from_secs(5) };
        assert_eq!(noticed(200, &headers, "{}"), Some(left));
    }
}
