//! Why a provider did not give what was asked, in a form that a screen can turn into a sentence.

use crate::answer::Answer;
use crate::fields::{Fields, time_ms};

/// Longest text of a provider that is passed on, in characters.
const LONGEST_TEXT: usize = 300;

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What kind it is.
    pub kind: RefusalKind,
    /// HTTP status, 0 if there was no answer.
    pub status: u16,
    /// The provider's own words, if it had any.
    pub text: Option<String>,
    /// The provider's id of the request, for its support.
    pub request_id: Option<String>,
    /// Whether the refusal came from Calldeck's proxy and not from the provider.
    pub from_proxy: bool,
    /// UTC milliseconds from which it may be tried again, where that is known.
    pub retry_ms: Option<i64>,
}

/// Kinds of refusal. Each has a sentence of its own on screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefusalKind {
    /// No answer at all: network, proxy or provider down.
    Unreachable,
    /// 401: the key is missing, wrong or expired.
    Unauthorized,
    /// 402: out of credits, or no subscription.
    PaymentRequired,
    /// 403: the key may not do this, or not from here.
    Forbidden,
    /// 404: there is no such thing, or the key may not see it.
    NotFound,
    /// 400 and 422: the provider did not understand the request.
    Invalid,
    /// 429: too many requests.
    RateLimited,
    /// 504: the provider took too long.
    TimedOut,
    /// Any other 5xx.
    ProviderFailed,
    /// An answer that is not what the provider documents.
    Unreadable,
}

impl Refusal {
    /// No answer came.
    #[must_use]
    pub fn unreachable(text: impl Into<String>) -> Self {
        Self::new(RefusalKind::Unreachable, 0, Some(text.into()))
    }

    /// An answer came that cannot be read.
    #[must_use]
    pub fn unreadable(answer: &Answer, why: &str) -> Self {
        let mut refusal = Self::new(RefusalKind::Unreadable, answer.status, Some(why.to_owned()));
        refusal.request_id = request_id(answer, &Fields::default());
        refusal
    }

    fn new(kind: RefusalKind, status: u16, text: Option<String>) -> Self {
        Self { kind, status, text, request_id: None, from_proxy: false, retry_ms: None }
    }

    /// Reads a refusal out of an answer that is not OK. Knows the four error shapes:
    /// `{"error":{"code","message","request_id"}}` (TalkPilot), the same with `meta.request_id`
    /// (Truedy), `{"error":"text"}` (AgentVoice) and `{"status":false,"errors":["text"]}` or
    /// `{"error","code","retry_after"}` (Atoms).
    #[must_use]
    pub fn of(answer: &Answer, now_ms: i64) -> Self {
        let text = answer.text();
        let body = Fields::parse(&text).unwrap_or_default();
        let mut refusal = Self::new(kind_of(answer.status), answer.status, words(&body));
        refusal.request_id = request_id(answer, &body);
        refusal.from_proxy = answer.header("calldeck-from") == Some("proxy");
        refusal.retry_ms = retry_ms(answer, &body, now_ms);
        if refusal.from_proxy && answer.status == 502 {
            refusal.kind = RefusalKind::Unreachable;
        }
        refusal
    }

    /// Whether trying again later may help.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        use RefusalKind::{ProviderFailed, RateLimited, TimedOut, Unreachable};
        matches!(self.kind, Unreachable | RateLimited | TimedOut | ProviderFailed)
    }
}

fn kind_of(status: u16) -> RefusalKind {
    match status {
        401 => RefusalKind::Unauthorized,
        402 => RefusalKind::PaymentRequired,
        403 => RefusalKind::Forbidden,
        404 | 410 => RefusalKind::NotFound,
        429 => RefusalKind::RateLimited,
        504 | 408 => RefusalKind::TimedOut,
        400..=499 => RefusalKind::Invalid,
        500..=599 => RefusalKind::ProviderFailed,
        _ => RefusalKind::Unreadable,
    }
}

fn words(body: &Fields) -> Option<String> {
    let nested = body.object("error").and_then(|error| error.text("message"));
    let list = || body.list("errors").first().and_then(|row| serde_json::from_str(row.get()).ok());
    let text: String =
        nested.or_else(|| body.text("error")).or_else(list).or_else(|| body.text("message"))?;
    Some(text.chars().take(LONGEST_TEXT).collect())
}

fn request_id(answer: &Answer, body: &Fields) -> Option<String> {
    let header = answer.header("calldeck-request-id").or_else(|| answer.header("x-request-id"));
    let in_error = || body.object("error").and_then(|error| error.text("request_id"));
    let in_meta = || body.object("meta").and_then(|meta| meta.text("request_id"));
    header.map(str::to_owned).or_else(in_error).or_else(in_meta)
}

/// When to try again: the header, Atoms' `retry_after` (seconds), Truedy's
/// `error.details.reset_at` (ISO), TalkPilot's `X-RateLimit-Reset` (Unix seconds).
fn retry_ms(answer: &Answer, body: &Fields, now_ms: i64) -> Option<i64> {
    let after = |secs: f64| {
        #[allow(clippy::cast_possible_truncation, reason = "clamped to an hour")]
        let ms = (secs.clamp(0.0, 3_600.0) * 1_000.0) as i64;
        now_ms.saturating_add(ms)
    };
    let header = answer.header("retry-after").and_then(|text| text.trim().parse().ok()).map(after);
    let in_body = || body.number("retry_after").map(after);
    let details = || body.object("error").and_then(|error| error.object("details"));
    let reset_at =
        || details().and_then(|details| details.text("reset_at")).and_then(|at| time_ms(&at));
    let reset_header = || {
        let secs: i64 = answer.header("x-ratelimit-reset")?.trim().parse().ok()?;
        (answer.status == 429).then_some(secs.saturating_mul(1_000))
    };
    header.or_else(in_body).or_else(reset_at).or_else(reset_header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, body: &str) -> Refusal {
        Refusal::of(&Answer::of(status, body), 1_000)
    }

    #[test]
    fn the_four_error_shapes_are_read() {
        let talkpilot = of(
            401,
            r#"{"error":{"code":"UNAUTHORIZED","message":"Invalid API key","request_id":"r1"}}"#,
        );
        assert_eq!(talkpilot.kind, RefusalKind::Unauthorized);
        assert_eq!(talkpilot.text.as_deref(), Some("Invalid API key"));
        assert_eq!(talkpilot.request_id.as_deref(), Some("r1"));
        let truedy = of(
            402,
            r#"{"error":{"code":"x","message":"Out of credits","details":{}},"meta":{"request_id":"r2"}}"#,
        );
        assert_eq!(
            (truedy.kind, truedy.request_id.as_deref()),
            (RefusalKind::PaymentRequired, Some("r2"))
        );
        assert_eq!(
            of(404, r#"{"error":"Call not found"}"#).text.as_deref(),
            Some("Call not found")
        );
        assert_eq!(
            of(400, r#"{"status":false,"errors":["bad id"]}"#).text.as_deref(),
            Some("bad id")
        );
    }

    #[test]
    fn the_time_to_try_again_is_read_from_header_or_body() {
        let body = r#"{"error":{"code":"rate_limit_exceeded","message":"m","details":{"limit":100,"reset_at":"1970-01-01T00:00:09Z"}}}"#;
        assert_eq!(of(429, body).retry_ms, Some(9_000));
        assert_eq!(of(429, r#"{"retry_after":60}"#).retry_ms, Some(61_000));
        let mut answer = Answer::of(429, "");
        answer.headers.push(("retry-after".into(), "2".into()));
        assert_eq!(Refusal::of(&answer, 1_000).retry_ms, Some(3_000));
    }

    #[test]
    fn a_body_that_is_no_json_still_gives_the_kind() {
        assert_eq!(of(503, "<html>").kind, RefusalKind::ProviderFailed);
        assert_eq!(of(503, "<html>").text, None);
    }
}
