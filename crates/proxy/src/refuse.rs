//! Every answer of our own that is not what was asked for. The one place where a refusal becomes
//! a status, a code and a sentence; nothing of the inside is in any of them.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::recording_refusal::RecordingRefusal;

/// Header that tells our own answers from the provider's.
pub(crate) const FROM: &str = "calldeck-from";

/// Why we do not do what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// No `Host`, or more than one.
    NoHost,
    /// A `Host` that is not ours.
    OtherHost,
    /// A path that no link of ours has.
    BadPath,
    /// Nothing lies here.
    NotFound,
    /// No connection of that id.
    UnknownConnection,
    /// The provider has no such route, or we never ask for it.
    NotOffered,
    /// A method that nothing here has; the ones it has.
    Method(&'static str),
    /// A query name that the route does not have.
    UnknownQuery(String),
    /// A query name given twice.
    DoubleQuery(String),
    /// A `Range` that nobody needs.
    BadRange,
    /// A body that is not what the route takes.
    BadBody,
    /// A body that does not say it is JSON.
    BodyNotJson,
    /// A body that is too large.
    BodyTooLarge,
    /// A body that does not arrive.
    BodyTooSlow,
    /// The page that asks belongs to another site.
    OtherSite,
    /// The provider cannot be reached.
    Unreachable(&'static str),
    /// The provider does not answer in time.
    TimedOut(&'static str),
    /// The provider's answer broke off.
    BrokeOff(&'static str),
    /// The provider could not be reached several times; seconds until it is tried again.
    Resting(&'static str, u64),
    /// The budget of the key is spent; seconds until it is worth coming back.
    Busy(&'static str, u64),
    /// The provider answered with something that is not JSON.
    NotJson(&'static str),
    /// The provider's answer is too large.
    TooLarge(&'static str),
    /// The provider wants us to go elsewhere with the key.
    Redirected(&'static str),
    /// No recording.
    Recording(RecordingRefusal),
    /// The dashboard has not been built.
    NotBuilt,
    /// A mistake of ours.
    Internal,
}

/// A refusal as programs read it.
#[derive(Serialize)]
struct Told<'a> {
    code: &'static str,
    message: String,
    /// What the provider or its storage said about a recording; 0 if it said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_status: Option<u16>,
    /// The host that a recording may not come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
}

impl Refusal {
    /// HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NoHost
            | Self::BadPath
            | Self::UnknownQuery(_)
            | Self::DoubleQuery(_)
            | Self::BadRange
            | Self::BadBody => StatusCode::BAD_REQUEST,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::NotFound | Self::UnknownConnection | Self::NotOffered | Self::NotBuilt => {
                StatusCode::NOT_FOUND
            }
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyNotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::OtherSite => StatusCode::FORBIDDEN,
            Self::TimedOut(_) => StatusCode::GATEWAY_TIMEOUT,
            Self::Unreachable(_)
            | Self::BrokeOff(_)
            | Self::Resting(..)
            | Self::NotJson(_)
            | Self::TooLarge(_)
            | Self::Redirected(_) => StatusCode::BAD_GATEWAY,
            Self::Busy(..) => StatusCode::TOO_MANY_REQUESTS,
            Self::Recording(refusal) => refusal.status(),
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word by which a program tells refusals apart. The list is fixed.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NoHost => "bad_host",
            Self::OtherHost => "unknown_host",
            Self::BadPath => "bad_path",
            Self::NotFound => "not_found",
            Self::UnknownConnection => "unknown_connection",
            Self::NotOffered => "not_offered",
            Self::Method(_) => "method_not_allowed",
            Self::UnknownQuery(_) => "unknown_query",
            Self::DoubleQuery(_) => "double_query",
            Self::BadRange => "bad_range",
            Self::BadBody | Self::BodyNotJson => "bad_body",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyTooSlow => "body_too_slow",
            Self::OtherSite => "other_site",
            Self::Unreachable(_) => "provider_unreachable",
            Self::TimedOut(_) => "provider_timed_out",
            Self::BrokeOff(_) => "provider_broke_off",
            Self::Resting(..) => "provider_resting",
            Self::Busy(..) => "budget_spent",
            Self::NotJson(_) => "bad_content_type",
            Self::TooLarge(_) => "answer_too_large",
            Self::Redirected(_) => "provider_redirected",
            Self::Recording(refusal) => refusal.code(),
            Self::NotBuilt => "dashboard_not_built",
            Self::Internal => "internal",
        }
    }

    /// What happened and what to do.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::NoHost => "The request names no host, or several. Send exactly one Host header.".into(),
            Self::OtherHost => "This name is not served here. Add it to `public_hosts` in the configuration.".into(),
            Self::BadPath => "No link of ours has such a path. Check it for `//`, `..`, `\\` and escaped characters.".into(),
            Self::NotFound => "There is nothing at this address.".into(),
            Self::UnknownConnection => "There is no connection of this id. /api/connections lists those that there are.".into(),
            Self::NotOffered => "This request is not passed on. Only reading calls and the names of agents is.".into(),
            Self::Method(allowed) => format!("Only {allowed} is answered here."),
            Self::UnknownQuery(name) => format!("The query name `{name}` is not passed on for this request. Leave it out."),
            Self::DoubleQuery(name) => format!("The query name `{name}` is given twice. Give it once."),
            Self::BadRange => "The Range header is too long. Ask for one range.".into(),
            Self::BadBody => "The body must be {\"callIds\":[…]} with 1 to 100 ids of calls.".into(),
            Self::BodyNotJson => "The body must be sent as application/json.".into(),
            Self::BodyTooLarge => "The body is larger than 16 kB. Ask for fewer calls at once.".into(),
            Self::BodyTooSlow => "The body did not arrive within 10 seconds. Try again.".into(),
            Self::OtherSite => "The page that asks belongs to another site. If it may ask, add its origin to [cors] in the configuration.".into(),
            Self::Unreachable(name) => format!("{name} cannot be reached from the proxy. Check its base_url and the network, then try again."),
            Self::TimedOut(name) => format!("{name} did not answer in time. Try again in a moment."),
            Self::BrokeOff(name) => format!("The answer of {name} broke off. Try again in a moment."),
            Self::Resting(name, secs) => format!("{name} could not be reached several times in a row, so it is left alone. It is tried again in {secs} seconds."),
            Self::Busy(name, secs) => format!("{name} answers only so many requests a minute, and these are used up for now. Try again in {secs} seconds."),
            Self::NotJson(name) => format!("{name} answered with something other than JSON. Check its base_url."),
            Self::TooLarge(name) => format!("The answer of {name} is larger than 64 MB. Ask for a shorter time."),
            Self::Redirected(name) => format!("{name} points to another address, and a key is never carried there. Check its base_url."),
            Self::Recording(refusal) => refusal.message(),
            Self::NotBuilt => "The dashboard is not built yet. `cargo xtask demo` builds and serves it.".into(),
            Self::Internal => "Something went wrong in the proxy. Try again; if it stays, report it with the time.".into(),
        }
    }

    /// The refusal as JSON, for programs.
    pub(crate) fn json(&self) -> Response {
        let error =
            Told { provider_status: None, host: None, code: self.code(), message: self.message() };
        let error = match self {
            Self::Recording(RecordingRefusal::Refused { status, .. }) => {
                Told { provider_status: Some(*status), ..error }
            }
            Self::Recording(RecordingRefusal::Blocked { host }) => {
                Told { host: Some(host), ..error }
            }
            _ => error,
        };
        let body = serde_json::json!({ "error": error }).to_string();
        let mut response = (self.status(), body).into_response();
        self.add_headers(&mut response, "application/json");
        response
    }

    /// The refusal as a line of text, for pages and files.
    pub(crate) fn text(&self) -> Response {
        let mut response = (self.status(), self.message() + "\n").into_response();
        self.add_headers(&mut response, "text/plain; charset=utf-8");
        response
    }

    fn add_headers(&self, response: &mut Response, content_type: &'static str) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(FROM, HeaderValue::from_static("proxy"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        match self {
            Self::Method(allowed) => {
                headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
            }
            Self::Busy(_, secs)
            | Self::Resting(_, secs)
            | Self::Recording(RecordingRefusal::Refused { retry_secs: Some(secs), .. }) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*secs));
            }
            // The rest of the body is not read, so that the connection cannot be used again.
            Self::BodyTooLarge | Self::BodyTooSlow => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.json()
    }
}
