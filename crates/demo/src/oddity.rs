//! Calls that must always be there: running ones, people known everywhere, every status and
//! end, odd audio, hostile text, and the sentinels. All are placed relative to the start.

use std::borrow::Cow;

use crate::agent::{AGENTS, Provider, agents_of};
use crate::call::{Audio, Channel, End};
use crate::clock::{DAY, HOUR, MINUTE, SECOND};
use crate::dice::Dice;
use crate::draft::{Caller, Content, Draft};
use crate::hostile;
use crate::person::{self, KNOWN_EVERYWHERE};
use crate::schedule;
use crate::script::Language;
use crate::sentinel::{self, Fault};

/// Every call that is placed by hand around `now_ms`.
pub(crate) fn drafts(seed: u64, now_ms: i64) -> Vec<Draft> {
    let mut bench = Bench { seed, now_ms, made: 0 };
    let mut drafts = recent(&mut bench);
    drafts.extend(running(&mut bench));
    drafts.extend(known_everywhere(&mut bench));
    drafts.extend(every_end(&mut bench));
    drafts.extend(odd_audio(&mut bench));
    drafts.extend(faults(&mut bench));
    drafts.extend(Provider::ALL.map(|provider| hostile::draft(&mut bench, provider)));
    drafts.extend(two_hours(&mut bench));
    drafts.extend(marked(&mut bench));
    drafts
}

/// Makes drafts with keys of their own.
pub(crate) struct Bench {
    seed: u64,
    pub(crate) now_ms: i64,
    made: u64,
}

impl Bench {
    /// A call of the provider's agent at `place` (0 to 2) that began `ago_ms` before the start.
    pub(crate) fn draft(&mut self, provider: Provider, place: usize, ago_ms: i64) -> Draft {
        self.made += 1;
        let mut dice = Dice::new(&[self.seed, 0x0dd, self.made]);
        let agent = agents_of(provider).get(place).copied().unwrap_or(0);
        let language = AGENTS.get(agent).map_or(Language::English, |agent| agent.language);
        let crowd = person::speaking(language);
        let caller = Caller::Person(crowd.start + dice.below(crowd.len()));
        let mut draft = Draft::new(agent, dice.next(), self.now_ms - ago_ms, caller);
        if AGENTS.get(agent).is_some_and(|agent| agent.outbound_percent > 50) {
            draft.channel = Channel::Outbound;
            draft.content = Content::Plot("remind", 0);
        }
        draft
    }
}

/// How long before the start the office was `days_ago` days back, at a minute of its day; a
/// weekend counts as the Friday before it.
pub(crate) fn office(now_ms: i64, days_ago: i64, minute: i64) -> i64 {
    let mut day = now_ms.div_euclid(DAY) - days_ago;
    while schedule::weekday(day) > 4 {
        day -= 1;
    }
    now_ms - (day * DAY + 8 * HOUR + minute * MINUTE)
}

/// Ended calls of the last two hours, whatever the time of day is.
fn recent(bench: &mut Bench) -> Vec<Draft> {
    let minutes = [6, 17, 34, 52, 71, 95];
    let providers = Provider::ALL.into_iter().cycle();
    minutes
        .into_iter()
        .zip(providers)
        .map(|(ago, provider)| bench.draft(provider, 0, ago * MINUTE))
        .collect()
}

/// Calls that are going on, ring, or wait.
fn running(bench: &mut Bench) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (provider, ago) in
        [(Provider::Truedy, 150), (Provider::AgentVoice, 40), (Provider::Atoms, 95)]
    {
        let mut talking = bench.draft(provider, 1, ago * SECOND);
        talking.content = Content::Lasting(14 * MINUTE);
        drafts.push(talking);
    }
    for (provider, ago, word) in [
        (Provider::Truedy, 30, None),
        (Provider::Truedy, 0, Some("queued")),
        (Provider::AgentVoice, 20, None),
        (Provider::Atoms, 33, Some("pending")),
        (Provider::Atoms, 28, Some("in_queue")),
        (Provider::Atoms, 25, Some("processing")),
        (Provider::Atoms, 21, Some("active")),
    ] {
        let mut waiting = bench.draft(provider, 1, ago * SECOND);
        waiting.channel = Channel::Outbound;
        waiting.content = Content::Nothing;
        waiting.end = End::NoAnswer;
        waiting.waiting_word = word;
        waiting.lasts_ms = Some(3 * MINUTE);
        drafts.push(waiting);
    }
    // Just over: the transcript and the recording are still being made.
    for provider in Provider::ALL {
        let mut over = bench.draft(provider, 2, 0);
        over.content =
            Content::Plot(if over.channel == Channel::Outbound { "later" } else { "info" }, 0);
        over.created_ms -= settle(&over);
        drafts.push(over);
    }
    drafts
}

/// How long before the start a call must begin to have ended five seconds before it.
fn settle(draft: &Draft) -> i64 {
    let mut trial = Draft::new(draft.agent, draft.key, 0, Caller::Withheld(None));
    trial.channel = draft.channel;
    trial.content = draft.content.clone();
    trial.build(&[]).ended_ms + 5 * SECOND
}

/// The same six people, with a call at every provider in the last week.
fn known_everywhere(bench: &mut Bench) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for person in 0..KNOWN_EVERYWHERE {
        for (n, provider) in (0_i64..).zip(Provider::ALL) {
            let at = i64::try_from(person).unwrap_or(0);
            let ago = office(bench.now_ms, at + 1, at * 47 + n * 95);
            let mut draft = bench.draft(provider, (person + 1) % 3, ago);
            draft.caller = Caller::Person(person);
            draft.channel = Channel::Inbound;
            draft.content = Content::Plot(if person % 2 == 0 { "order" } else { "move" }, 0);
            drafts.push(draft);
        }
    }
    drafts
}

const ENDS: [(End, &str); 10] = [
    (End::CustomerHungUp, "offer"),
    (End::AgentHungUp, "callback"),
    (End::Transferred, "transfer"),
    (End::TimedOut, "noise"),
    (End::Voicemail, "voicemail"),
    (End::NoAnswer, ""),
    (End::Busy, ""),
    (End::LineFailed, ""),
    (End::SystemFailed, ""),
    (End::Cancelled, ""),
];

/// Each way to end, at each provider, within the last two days.
fn every_end(bench: &mut Bench) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (p, provider) in (0_i64..).zip(Provider::ALL) {
        for (n, (end, plot)) in (0_i64..).zip(ENDS) {
            let mut draft =
                bench.draft(provider, 0, office(bench.now_ms, 1 + 2 * n + p, 31 * n + 71 * p));
            let plot = if plot == "offer" { "refused" } else { plot };
            let inbound = matches!(plot, "transfer" | "noise");
            draft.channel = if inbound { Channel::Inbound } else { Channel::Outbound };
            draft.content = Content::Plot(plot, 0);
            draft.end = end;
            draft.success = Some(matches!(end, End::AgentHungUp | End::Transferred));
            drafts.push(draft);
        }
    }
    drafts
}

fn odd_audio(bench: &mut Bench) -> Vec<Draft> {
    let odd = [
        (sentinel::EIGHT_BIT_AUDIO, Audio::EightBit, "Demo: recording with 8 bits a sample"),
        (sentinel::MU_LAW_AUDIO, Audio::MuLaw, "Demo: recording in µ-law"),
        (sentinel::LIST_CHUNK_AUDIO, Audio::ListChunk, "Demo: recording with a LIST chunk"),
        (sentinel::HEADER_ONLY_AUDIO, Audio::HeaderOnly, "Demo: recording without a sample"),
        (sentinel::RENEWED_AUDIO, Audio::Usual, "Demo: first audio link refused"),
        (sentinel::A_LAW_AUDIO, Audio::ALaw, "Demo: recording in A-law"),
        (sentinel::ADPCM_AUDIO, Audio::Adpcm, "Demo: recording in ADPCM"),
        (sentinel::SILENT_AUDIO, Audio::Silent, "Demo: recording of silence"),
        (sentinel::BROKEN_OFF_AUDIO, Audio::BrokenOff, "Demo: recording that breaks off"),
    ];
    let mut drafts = Vec::new();
    for (n, (id, audio, title)) in (0_i64..).zip(odd) {
        let mut draft = bench.draft(Provider::TalkPilot, 1, office(bench.now_ms, 2, 130 + 17 * n));
        draft.id = Some(id);
        draft.audio = audio;
        draft.title = Some(title.into());
        draft.content = Content::Plot("invoice", 0);
        drafts.push(draft);
    }
    let mut seconds = bench.draft(Provider::AgentVoice, 1, office(bench.now_ms, 2, 330));
    seconds.id = Some(sentinel::SECONDS_AUDIO);
    seconds.audio = Audio::Seconds;
    seconds.title = Some("Demo: recording whose pitch says the second".into());
    seconds.channel = Channel::Inbound;
    seconds.content = Content::Lasting(MINUTE);
    // Nobody speaks in it.
    seconds.transcript = false;
    drafts.push(seconds);
    drafts
}

fn faults(bench: &mut Bench) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (p, provider) in (0_i64..).zip(Provider::ALL) {
        for (n, fault) in (0_i64..).zip(Fault::ALL) {
            let mut draft = bench.draft(provider, 0, office(bench.now_ms, 1 + p, 200 + 11 * n));
            draft.id = Some(sentinel::faulty(provider, fault));
            draft.fault = Some(fault);
            draft.title = Some(fault.title().into());
            drafts.push(draft);
        }
    }
    drafts
}

fn two_hours(bench: &mut Bench) -> Vec<Draft> {
    // Older than a week, so that the first figures that anybody sees are not bent by them.
    let long = [
        (Provider::TalkPilot, sentinel::TWO_HOURS_TALKPILOT, office(bench.now_ms, 11, 60)),
        (Provider::AgentVoice, sentinel::TWO_HOURS_AGENTVOICE, office(bench.now_ms, 13, 95)),
    ];
    let mut drafts = Vec::new();
    for (provider, id, ago) in long {
        let mut draft = bench.draft(provider, 0, ago);
        draft.id = Some(id);
        draft.channel = Channel::Inbound;
        draft.content = Content::Lasting(2 * HOUR);
        draft.title = Some(Cow::Borrowed("Demo: a call of two hours"));
        drafts.push(draft);
    }
    drafts
}

/// One of each mark that the ordinary calls carry only by chance.
fn marked(bench: &mut Bench) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (n, form) in (0_i64..).zip([None, Some("anonymous"), Some("Restricted"), Some("")]) {
        for (p, provider) in (0_i64..).zip(Provider::ALL) {
            let mut withheld =
                bench.draft(provider, 1, office(bench.now_ms, 1 + 3 * n + p, 210 + 40 * n));
            withheld.channel = Channel::Inbound;
            withheld.content = Content::Plot("complaint", 0);
            withheld.caller = Caller::Withheld(form);
            withheld.success = Some(false);
            drafts.push(withheld);
        }
    }
    let mut purged = bench.draft(Provider::TalkPilot, 0, office(bench.now_ms, 3, 10));
    purged.purged = true;
    let mut deleted = bench.draft(Provider::TalkPilot, 0, office(bench.now_ms, 3, 25));
    deleted.deleted = true;
    let mut unwritten = bench.draft(Provider::AgentVoice, 1, office(bench.now_ms, 3, 40));
    unwritten.transcript = false;
    let mut unrecorded = bench.draft(Provider::Atoms, 0, office(bench.now_ms, 3, 55));
    unrecorded.audio = Audio::EmptyLink;
    let mut test = bench.draft(Provider::Atoms, 1, office(bench.now_ms, 3, 70));
    test.test = true;
    let mut old = bench.draft(Provider::Atoms, 0, 61 * DAY);
    old.edited_ms = Some(bench.now_ms - 2 * HOUR);
    drafts.extend([purged, deleted, unwritten, unrecorded, test, old]);
    drafts
}
