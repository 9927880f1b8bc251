//! The providers: what each one's wire looks like, as values over plain data.
//!
//! Invariants: nothing here sends anything, reads a clock or knows an HTTP client. A fetch says
//! which requests it wants sent and is fed the answers. One bad record costs one
//! [`Event::Skipped`] and never the page.
//!
//! Adding a provider: one file in `adapters/`, one word in the list below, one directory of
//! fixtures.

pub mod answer;
mod carried;
pub mod descriptor;
pub mod fetch;
pub mod fields;
mod insight;
mod json;
pub mod list;
pub mod narrow;
pub mod page;
pub mod paging;
pub mod patience;
pub mod query;
pub mod reading;
pub mod refusal;
pub mod request;
pub mod route;
pub mod rows;
pub mod shape;
pub mod sought;
pub mod subject;
mod tools;
pub mod turns;

pub use answer::Answer;
pub use descriptor::{Applies, AuthHeader, Capabilities, Descriptor, Limit};
pub use fetch::{AgentName, Event, Fetch, RequestId};
pub use narrow::Narrow;
pub use patience::Patience;
pub use query::Query;
pub use refusal::{Refusal, RefusalKind};
pub use request::{Method, Request};
pub use route::{Purpose, Route};
pub use shape::{Confidence, Shape, Unread};
pub use sought::Sought;
pub use subject::Subject;

use calls::key::CallKey;
use calls::{Call, Insight, OpenedCall, Reference, Topics, Transcript};

/// Most calls that are asked for at once by their ids (Atoms: "Maximum 100 call IDs per request").
pub const MOST_DETAILS: usize = 100;

/// One provider: a description, and the reading and asking that its wire needs.
pub trait Adapter: Send + Sync {
    /// What is known of the provider as a whole.
    fn describe(&self) -> &'static Descriptor;

    /// Starts reading the list of calls.
    fn start(&self, query: &Query) -> Box<dyn Fetch>;

    /// Starts reading the list of calls, narrowed down as far as the provider can without losing
    /// one of the calls that are wanted. A provider that cannot reads them all.
    fn start_narrowed(&self, query: &Query, _narrow: &Narrow) -> Box<dyn Fetch> {
        self.start(query)
    }

    /// Whether [`Adapter::start_narrowed`] asks for less than [`Adapter::start`] does.
    fn narrows(&self, _narrow: &Narrow) -> bool {
        false
    }

    /// Starts looking for a number, an id or words in everything there is, where the provider can
    /// be asked for it. `None` if it cannot: then only reading its lists tells.
    fn seek(&self, _query: &Query, _sought: &Sought) -> Option<Box<dyn Fetch>> {
        None
    }

    /// The request for the last call with a number (`query.phone`), where the provider has one.
    fn last_call(&self, _query: &Query) -> Option<Request> {
        None
    }

    /// Reads the answer to [`Adapter::last_call`]; `None` if there is no such call.
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no call.
    fn read_last_call(
        &self,
        _connection: &std::sync::Arc<str>,
        answer: &Answer,
        _now_ms: i64,
    ) -> Result<Option<Call>, Refusal> {
        Err(Refusal::unreadable(answer, "this provider cannot be asked for a last call"))
    }

    /// For how many milliseconds the provider keeps a call's record, where it says so. What is
    /// older is not in its lists, and no list says that.
    fn keeps_ms(&self) -> Option<i64> {
        None
    }

    /// For how many milliseconds after a call its recording can be had, where the provider says so.
    fn keeps_recordings_ms(&self) -> Option<i64> {
        None
    }

    /// Whether turns of transcripts have times. Without them nothing can be marked in a recording,
    /// and nobody can tell whose side is which.
    fn tells_times(&self) -> bool {
        true
    }

    /// The recordings that a call may have: a choice where there are several.
    fn tracks(&self) -> &'static [Track] {
        &[Track::Main]
    }

    /// The request for everything about one call.
    fn detail(&self, reference: &Reference) -> Request;

    /// Reads the answer to [`Adapter::detail`].
    ///
    /// # Errors
    /// The provider's refusal, or [`RefusalKind::Unreadable`] if the body is not what it should be.
    fn read_detail(
        &self,
        key: &CallKey,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<OpenedCall, Refusal>;

    /// The request for several calls by their ids at once, where the provider has one. It takes
    /// 1 to [`MOST_DETAILS`] of them.
    fn details(&self, _references: &[Reference]) -> Option<Request> {
        None
    }

    /// Reads the answer to [`Adapter::details`]: the calls as a list tells them.
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no list.
    fn read_details(
        &self,
        _connection: &std::sync::Arc<str>,
        answer: &Answer,
        _now_ms: i64,
    ) -> Result<Vec<Call>, Refusal> {
        Err(Refusal::unreadable(answer, "this provider has no search by ids"))
    }

    /// The request for the first page of the list, newest first, with transcripts; `None` where no
    /// list has them. How many calls it brings at most, [`MOST_DETAILS`], is the same everywhere.
    fn transcripts(&self, _query: &Query) -> Option<Request> {
        None
    }

    /// Reads the answer to [`Adapter::transcripts`].
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no list.
    fn read_transcripts(
        &self,
        _connection: &std::sync::Arc<str>,
        answer: &Answer,
        _now_ms: i64,
    ) -> Result<Vec<(Call, Transcript)>, Refusal> {
        Err(Refusal::unreadable(answer, "this provider has no list with transcripts"))
    }

    /// The request for the further attempts at a call, whose list has first attempts only. Its
    /// answer is read by [`Adapter::read_details`].
    fn retries(&self, _reference: &Reference) -> Option<Request> {
        None
    }

    /// A second request that may name a recording's address where the first named none. Its
    /// answer is read by [`Adapter::read_recording`] as well. Only the proxy sends it.
    fn recording_instead(&self, _reference: &Reference, _track: Track) -> Option<Request> {
        None
    }

    /// By which names its records are told from others' in a file. Without one, no file is taken
    /// for this provider's.
    fn shape(&self) -> &'static Shape {
        const { &Shape { ids: &[], own: &[], shared: &[], spoken: &[], lists: &[] } }
    }

    /// The record that the body of one of its webhooks holds, as its detail would tell it. `None`
    /// if this is no such body; whose the record is, its shape tells.
    fn webhook(&self, _body: &fields::Fields) -> Option<String> {
        None
    }

    /// What the answer of an opened call tells of how it went. `record` is its raw answer.
    fn insight(&self, _record: &str, _call: &Call) -> Insight {
        Insight::default()
    }

    /// Which of its fields are about what came of a call, and which about how it went technically.
    /// Without the second it tells nothing technical.
    fn topics(&self) -> &'static Topics {
        const { &Topics { analysis: &[], diagnostics: &[] } }
    }

    /// The request whose answer names the recording's address. Only the proxy sends it.
    fn recording(&self, reference: &Reference, track: Track) -> Request;

    /// Reads the answer to [`Adapter::recording`].
    ///
    /// # Errors
    /// Why there is no address: [`NoRecording`].
    fn read_recording(
        &self,
        answer: &Answer,
        track: Track,
        now_ms: i64,
    ) -> Result<RecordingAddress, NoRecording>;
}

/// Which recording of a call is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Track {
    /// The one to listen to: stereo where the provider has it.
    Main,
    /// Both sides mixed into one channel.
    Mono,
}

impl Track {
    /// The word in `/media/{connection}/{call}/{track}`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Mono => "mono",
        }
    }

    /// Reads [`Track::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Main, Self::Mono].into_iter().find(|track| track.code() == code)
    }
}

/// Where a recording lies, as the provider named it. The address is a secret of the proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordingAddress {
    /// The address, as sent. Whoever fetches it checks it first.
    pub url: String,
    /// UTC milliseconds until which the address is good, where the provider says so.
    pub expires_ms: Option<i64>,
}

impl std::fmt::Debug for RecordingAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordingAddress")
            .field("expires_ms", &self.expires_ms)
            .finish_non_exhaustive()
    }
}

/// Why there is no recording to play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoRecording {
    /// The call has none.
    Absent,
    /// It is not there yet.
    NotReady,
    /// The provider no longer gives it out.
    Expired,
    /// It has been purged.
    Purged,
    /// The provider refused to say.
    Refused(Refusal),
}

/// Declares the adapters: the module and its place in the list.
macro_rules! adapters {
    ($($name:ident),+ $(,)?) => {
        /// The adapters, one file each.
        pub mod adapters {
            $(pub mod $name;)+
        }

        /// Every provider, in the order they are offered.
        #[must_use]
        pub fn all() -> &'static [&'static dyn Adapter] {
            &[$(&adapters::$name::Provider),+]
        }
    };
}

adapters!(talkpilot, truedy, agentvoice, atoms);

/// The provider with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Adapter> {
    all().iter().copied().find(|adapter| adapter.describe().id == id)
}
