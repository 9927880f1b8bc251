//! Calls and keys with stable ids that fail in a known way, so that failures can be seen by
//! hand. Each appears in its provider's list as a normal call of the last days.
//!
//! | what happens | TalkPilot | Truedy | AgentVoice | Atoms |
//! |---|---|---|---|---|
//! | the detail answers 500 | …000500 | `call_demo_error_500` | …000500 | `CALL-1700000000500-e00500` |
//! | the detail answers 429 | …000429 | `call_demo_error_429` | …000429 | `CALL-1700000000429-e00429` |
//! | the detail is cut off | …0c0de1 | `call_demo_cut_off` | …0c0de1 | `CALL-1700000000001-c0de01` |
//! | the detail is HTML | …0c0de2 | `call_demo_html` | …0c0de2 | `CALL-1700000000002-c0de02` |
//! | the detail takes 2 s | …0c0de3 | `call_demo_slow` | …0c0de3 | `CALL-1700000000003-c0de03` |
//! | an audio link is refused once, the next one works | [`RENEWED_AUDIO`] | | | |
//! | a WAV without one sample | [`HEADER_ONLY_AUDIO`] | | | |
//! | a call of two hours | [`TWO_HOURS_TALKPILOT`] | | [`TWO_HOURS_AGENTVOICE`] | |
//! | text that attacks | [`HOSTILE_TALKPILOT`] | [`HOSTILE_TRUEDY`] | [`HOSTILE_AGENTVOICE`] | [`HOSTILE_ATOMS`] |

use crate::agent::Provider;

/// TalkPilot: the first audio link answers 403; the link of the next detail works.
pub const RENEWED_AUDIO: &str = "00000000-0000-4000-8000-000000000403";
/// TalkPilot: the recording is a WAV header with no samples behind it.
pub const HEADER_ONLY_AUDIO: &str = "00000000-0000-4000-8000-000000000044";
/// TalkPilot: a call of two hours with a WAV of 230 MB.
pub const TWO_HOURS_TALKPILOT: &str = "00000000-0000-4000-8000-000000007200";
/// AgentVoice: a call of two hours with an MP3 of 14 MB.
pub const TWO_HOURS_AGENTVOICE: &str = "00000000-0000-4000-9000-000000007200";
/// TalkPilot: markup, formulas and odd letters in every text.
pub const HOSTILE_TALKPILOT: &str = "00000000-0000-4000-8000-000000000bad";
/// Truedy: markup, formulas and odd letters in every text.
pub const HOSTILE_TRUEDY: &str = "call_demo_hostile";
/// AgentVoice: markup, formulas and odd letters in every text.
pub const HOSTILE_AGENTVOICE: &str = "00000000-0000-4000-9000-000000000bad";
/// Atoms: markup, formulas and odd letters in every text.
pub const HOSTILE_ATOMS: &str = "CALL-1700000000666-bad666";
/// TalkPilot: a WAV with 8 bits a sample.
pub const EIGHT_BIT_AUDIO: &str = "00000000-0000-4000-8000-000000000008";
/// TalkPilot: a WAV in µ-law.
pub const MU_LAW_AUDIO: &str = "00000000-0000-4000-8000-000000000711";
/// TalkPilot: a WAV with a LIST chunk in front of the samples.
pub const LIST_CHUNK_AUDIO: &str = "00000000-0000-4000-8000-00000000115f";

/// TalkPilot: a WAV in A-law.
pub const A_LAW_AUDIO: &str = "00000000-0000-4000-8000-000000000a1a";
/// TalkPilot: a WAV in IMA ADPCM, which no browser plays.
pub const ADPCM_AUDIO: &str = "00000000-0000-4000-8000-000000000adc";
/// TalkPilot: a WAV in which nothing can be heard.
pub const SILENT_AUDIO: &str = "00000000-0000-4000-8000-000000000000";
/// TalkPilot: a WAV whose header promises twice as much.
pub const BROKEN_OFF_AUDIO: &str = "00000000-0000-4000-8000-000000000002";
/// AgentVoice: an MP3 of a minute at changing bit rates. The pitch of second *n* is 300 + 20 *n*
/// Hertz, so that whoever jumps to a second can hear whether it is that one.
pub const SECONDS_AUDIO: &str = "00000000-0000-4000-9000-000000000060";

/// TalkPilot: a key that has expired, 401.
pub const KEY_TALKPILOT_EXPIRED: &str = "tp_live_00000000000000000000000000000401";
/// TalkPilot: a key without `calls:read`, 403 on calls.
pub const KEY_TALKPILOT_NO_CALLS: &str = "tp_live_00000000000000000000000000000403";
/// TalkPilot: a key for the first agent only; the others answer 404.
pub const KEY_TALKPILOT_ONE_AGENT: &str = "tp_live_00000000000000000000000000000001";
/// Truedy: an account without credits, 402.
pub const KEY_TRUEDY_NO_CREDITS: &str = "truedy_demo_no_credits";
/// Truedy: a key that is bound to other IP addresses, 403.
pub const KEY_TRUEDY_OTHER_IP: &str = "truedy_demo_other_ip";

/// How the detail of a sentinel call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 500 with the provider's error body.
    ServerError,
    /// 429 with the provider's error body.
    TooMany,
    /// 200, and the JSON ends in the middle.
    CutOff,
    /// 200, and an HTML page instead of JSON.
    Html,
    /// A correct answer after two seconds.
    Slow,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 5] =
        [Self::ServerError, Self::TooMany, Self::CutOff, Self::Html, Self::Slow];

    /// What the sentinel call is called in lists.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::ServerError => "Demo: the detail answers 500",
            Self::TooMany => "Demo: the detail answers 429",
            Self::CutOff => "Demo: the detail is cut off",
            Self::Html => "Demo: the detail is an HTML page",
            Self::Slow => "Demo: the detail takes two seconds",
        }
    }
}

/// The id of the call of a provider (`talkpilot`, `truedy`, `agentvoice`, `atoms`) whose
/// detail has this fault; `None` for an unknown provider.
pub fn faulty_call(provider: &str, fault: Fault) -> Option<&'static str> {
    let provider = Provider::ALL.into_iter().find(|known| known.id() == provider)?;
    Some(faulty(provider, fault))
}

pub(crate) fn faulty(provider: Provider, fault: Fault) -> &'static str {
    let [talkpilot, truedy, agentvoice, atoms] = ids(fault);
    match provider {
        Provider::TalkPilot => talkpilot,
        Provider::Truedy => truedy,
        Provider::AgentVoice => agentvoice,
        Provider::Atoms => atoms,
    }
}

fn ids(fault: Fault) -> [&'static str; 4] {
    match fault {
        Fault::ServerError => [
            "00000000-0000-4000-8000-000000000500",
            "call_demo_error_500",
            "00000000-0000-4000-9000-000000000500",
            "CALL-1700000000500-e00500",
        ],
        Fault::TooMany => [
            "00000000-0000-4000-8000-000000000429",
            "call_demo_error_429",
            "00000000-0000-4000-9000-000000000429",
            "CALL-1700000000429-e00429",
        ],
        Fault::CutOff => [
            "00000000-0000-4000-8000-0000000c0de1",
            "call_demo_cut_off",
            "00000000-0000-4000-9000-0000000c0de1",
            "CALL-1700000000001-c0de01",
        ],
        Fault::Html => [
            "00000000-0000-4000-8000-0000000c0de2",
            "call_demo_html",
            "00000000-0000-4000-9000-0000000c0de2",
            "CALL-1700000000002-c0de02",
        ],
        Fault::Slow => [
            "00000000-0000-4000-8000-0000000c0de3",
            "call_demo_slow",
            "00000000-0000-4000-9000-0000000c0de3",
            "CALL-1700000000003-c0de03",
        ],
    }
}
