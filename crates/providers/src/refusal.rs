//! Why a provider did not give what was asked, in a form that a screen can turn into a sentence.

use crate::answer::Answer;
use crate::fields::{Fields, text_of, time_ms};

/// Longest text of a provider that is passed on, in characters.
const LONGEST_TEXT: usize = 300;

/// Longest time that a provider's word is taken for, in milliseconds. TalkPilot's longest window
/// is an hour; a time beyond it is a mistake or a clock that differs from ours.
const LONGEST_WAIT_MS: i64 = 3_600_000;

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What kind it is.
    pub kind: RefusalKind,
    /// HTTP status, 0 if there was no answer.
    pub status: u16,
    /// The provider's own words, if it had any.
    pub text: Option<String>,
    /// The word a program tells refusals apart by (`recording_expired`), where there is one.
    pub code: Option<String>,
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

    /// An answer came that cannot be read. If it holds the provider's own words (Atoms may send
    /// `{"status":false,"errors":[…]}`), they say more than we can.
    #[must_use]
    pub fn unreadable(answer: &Answer, why: &str) -> Self {
        let text = answer.text();
        let body = Fields::parse(&text).unwrap_or_default();
        let refused = body.has("error") || body.has("errors");
        let words = if refused { words(&body) } else { None };
        let why = words.unwrap_or_else(|| why.to_owned());
        let mut refusal = Self::new(RefusalKind::Unreadable, answer.status, Some(why));
        refusal.request_id = request_id(answer, &body);
        refusal.from_proxy = answer.header("calldeck-from") == Some("proxy");
        refusal
    }

    fn new(kind: RefusalKind, status: u16, text: Option<String>) -> Self {
        Self { kind, status, text, code: None, request_id: None, from_proxy: false, retry_ms: None }
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
        refusal.code = body.object("error").and_then(|error| error.text("code"));
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
        0 => RefusalKind::Unreachable,
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

/// The provider's words, wherever it puts them. `msg` and `detail` are what the gateways in front
/// of TalkPilot (Supabase) and of many Python services say.
fn words(body: &Fields) -> Option<String> {
    let plain = ["message", "msg", "detail"];
    let nested = body.object("error").and_then(|error| error.first_text(&plain));
    let list = || {
        let first = *body.list("errors").first()?;
        text_of(first).or_else(|| Fields::parse(first.get())?.first_text(&plain))
    };
    let text = nested.or_else(|| body.text("error")).or_else(list);
    let text = text.or_else(|| body.first_text(&plain))?;
    Some(text.chars().take(LONGEST_TEXT).collect())
}

fn request_id(answer: &Answer, body: &Fields) -> Option<String> {
    let header = answer.header("calldeck-request-id").or_else(|| answer.header("x-request-id"));
    let in_error = || body.object("error").and_then(|error| error.text("request_id"));
    let in_meta = || body.object("meta").and_then(|meta| meta.text("request_id"));
    let id = header.map(str::to_owned).or_else(in_error).or_else(in_meta)?;
    Some(id.chars().take(LONGEST_TEXT).collect())
}

/// When to try again: the header (seconds or a date), Atoms' `retry_after` (seconds), Truedy's
/// `error.details.reset_at` (ISO), TalkPilot's `X-RateLimit-Reset` (Unix seconds). Never in the
/// past, never more than an hour ahead.
fn retry_ms(answer: &Answer, body: &Fields, now_ms: i64) -> Option<i64> {
    let header = || when(answer.header("retry-after")?, now_ms);
    let in_body = || when(&body.text("retry_after")?, now_ms);
    let reset_at = || when(&body.object("error")?.object("details")?.text("reset_at")?, now_ms);
    let reset_header = || {
        let reset = answer.header("x-ratelimit-reset").filter(|_| answer.status == 429)?;
        when(reset, now_ms)
    };
    let at = header().or_else(in_body).or_else(reset_at).or_else(reset_header)?;
    Some(at.clamp(now_ms, now_ms.saturating_add(LONGEST_WAIT_MS)))
}

/// A point in time in any of its forms, or a number of seconds from now.
fn when(text: &str, now_ms: i64) -> Option<i64> {
    let after = || {
        let secs: f64 = text.trim().parse().ok().filter(|secs| (0.0..1e8).contains(secs))?;
        #[allow(clippy::cast_possible_truncation, reason = "checked to be in range")]
        let ms = (secs * 1_000.0).ceil() as i64;
        Some(now_ms.saturating_add(ms))
    };
    time_ms(text).or_else(after)
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

    fn limited(name: &str, value: &str) -> Option<i64> {
        let mut answer = Answer::of(429, "");
        answer.headers.push((name.into(), value.into()));
        Refusal::of(&answer, 1_773_916_200_000).retry_ms.map(|at| at - 1_773_916_200_000)
    }

    #[test]
    fn a_reset_in_the_past_or_far_away_neither_hurries_nor_stops_us_for_ever() {
        assert_eq!(limited("x-ratelimit-reset", "1773916230"), Some(30_000));
        assert_eq!(limited("x-ratelimit-reset", "1773916230000"), Some(30_000));
        assert_eq!(limited("x-ratelimit-reset", "1673916230"), Some(0));
        assert_eq!(limited("x-ratelimit-reset", "9999999999"), Some(3_600_000));
        assert_eq!(limited("x-ratelimit-reset", "30"), Some(30_000));
    }

    #[test]
    fn a_retry_after_that_is_a_date_is_read() {
        assert_eq!(limited("retry-after", "Thu, 19 Mar 2026 10:30:05 GMT"), Some(5_000));
        assert_eq!(limited("retry-after", "soon"), None);
        assert_eq!(limited("retry-after", "-5"), None);
    }

    #[test]
    fn words_are_found_in_gateways_answers_and_kept_if_an_escape_is_broken() {
        assert_eq!(of(401, r#"{"code":401,"msg":"No key"}"#).text.as_deref(), Some("No key"));
        assert_eq!(of(422, r#"{"errors":[{"message":"m"}]}"#).text.as_deref(), Some("m"));
        assert_eq!(
            of(400, r#"{"errors":["bad \ud800 id"]}"#).text.as_deref(),
            Some("bad \u{fffd} id")
        );
    }

    #[test]
    fn no_answer_at_all_is_unreachable() {
        assert_eq!(of(0, "").kind, RefusalKind::Unreachable);
    }

    #[test]
    fn a_refusal_in_an_answer_that_says_ok_keeps_the_providers_words() {
        let answer = Answer::of(200, r#"{"status":false,"errors":["No such plan"]}"#);
        let refusal = Refusal::unreadable(&answer, "there is no list");
        assert_eq!(refusal.text.as_deref(), Some("No such plan"));
    }

    #[test]
    fn a_body_that_is_no_json_still_gives_the_kind() {
        assert_eq!(of(503, "<html>").kind, RefusalKind::ProviderFailed);
        assert_eq!(of(503, "<html>").text, None);
    }
}
