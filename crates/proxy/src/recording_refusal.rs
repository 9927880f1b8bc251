//! Why there is nothing to listen to. A `GET` of a recording's address answers this as JSON, so
//! that a page whose player failed can ask why and say the right words.

use http::StatusCode;
use providers::{NoRecording, RefusalKind};

/// Longest text of a provider that is passed on, in characters.
const LONGEST_TEXT: usize = 200;

/// Why a recording cannot be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum RecordingRefusal {
    /// The call has none.
    Absent,
    /// It is not there yet.
    NotReady,
    /// It is no longer given out.
    Expired,
    /// It was purged.
    Purged,
    /// It lies on a host that is not allowed.
    Blocked {
        /// The host, or what stood in its place.
        host: String,
    },
    /// What lies there is no audio.
    NotAudio,
    /// The provider or its storage refused.
    Refused {
        /// HTTP status of the refusal, 0 if there was no answer.
        status: u16,
        /// The provider's own words.
        text: Option<String>,
        /// Seconds after which it may be tried again.
        retry_secs: Option<u64>,
    },
}

impl RecordingRefusal {
    /// Reads what an adapter made of the provider's answer.
    pub(crate) fn of(why: NoRecording, now_ms: i64) -> Self {
        match why {
            NoRecording::Absent => Self::Absent,
            NoRecording::NotReady => Self::NotReady,
            NoRecording::Expired => Self::Expired,
            NoRecording::Purged => Self::Purged,
            NoRecording::Refused(refusal) => {
                let retry_ms = refusal.retry_ms.map(|at| at.saturating_sub(now_ms).max(0));
                let retry_secs =
                    retry_ms.and_then(|ms| u64::try_from(ms.div_euclid(1_000) + 1).ok());
                let status = match refusal.kind {
                    RefusalKind::Unreadable => StatusCode::BAD_GATEWAY.as_u16(),
                    _ => refusal.status,
                };
                Self::Refused { status, text: refusal.text, retry_secs }
            }
        }
    }

    /// The storage said no, without words of its own that are worth showing.
    pub(crate) fn storage(status: StatusCode) -> Self {
        Self::Refused { status: status.as_u16(), text: None, retry_secs: None }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Absent | Self::NotReady => StatusCode::NOT_FOUND,
            Self::Expired | Self::Purged => StatusCode::GONE,
            Self::Blocked { .. } | Self::NotAudio => StatusCode::BAD_GATEWAY,
            // A 401 or 403 would read as if it were about who is listening.
            Self::Refused { status, .. } => match status {
                404 => StatusCode::NOT_FOUND,
                429 => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::BAD_GATEWAY,
            },
        }
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Absent => "recording_absent",
            Self::NotReady => "recording_not_ready",
            Self::Expired => "recording_expired",
            Self::Purged => "recording_purged",
            Self::Blocked { .. } => "recording_blocked",
            Self::NotAudio => "bad_content_type",
            Self::Refused { .. } => "recording_refused",
        }
    }

    pub(crate) fn message(&self) -> String {
        match self {
            Self::Absent => "This call has no recording.".into(),
            Self::NotReady => "The recording is not ready yet. Try again in a minute.".into(),
            Self::Expired => "The provider no longer gives this recording out.".into(),
            Self::Purged => "This recording has been purged.".into(),
            Self::Blocked { host } => blocked(host),
            Self::NotAudio => "What the provider gave as a recording is no audio.".into(),
            Self::Refused { status, text, .. } => refused(*status, text.as_deref()),
        }
    }
}

fn blocked(host: &str) -> String {
    format!(
        "The recording lies on {host}, which is not a host that recordings may come from. If it is \
         right, add media_hosts = [\"{host}\"] to the connection in the configuration. Recordings \
         are only fetched over https from hosts with a name and a public address."
    )
}

fn refused(status: u16, text: Option<&str>) -> String {
    let words = text.map(|text| text.chars().take(LONGEST_TEXT).collect::<String>());
    let words = words.map(|words| format!(": {words}")).unwrap_or_default();
    match status {
        0 => format!("The recording could not be fetched{words}. Try again in a moment."),
        401 => {
            format!("The provider refused the recording (401{words}). Check the connection's key.")
        }
        429 => format!("The provider gets too many requests (429{words}). Try again in a minute."),
        _ => format!(
            "The provider refused the recording ({status}{words}). Try again, or listen to it there."
        ),
    }
}
