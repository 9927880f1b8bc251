//! From the outline of a call to the call: id, times, conversation and words.

use std::borrow::Cow;
use std::sync::Arc;

use crate::agent::{AGENTS, Provider};
use crate::call::{Audio, Call, Channel, End, Written, written_ms};
use crate::clock::SECOND;
use crate::dice::Dice;
use crate::id;
use crate::person::Person;
use crate::script::Language;
use crate::sentinel::Fault;
use crate::talk::Talk;
use crate::voice::FRAME_MS;

/// What the conversation is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A plot of the phrase book, and how many further matters follow it.
    Plot(&'static str, usize),
    /// One matter after the other for so many milliseconds.
    Lasting(i64),
    /// Words that nobody spoke.
    Written(Vec<Written>),
    Nothing,
}

/// Who the provider says the customer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    Person(usize),
    /// A number that was withheld: null, or the word that the network sent.
    Withheld(Option<&'static str>),
    /// A person under another name.
    Named(usize, &'static str, &'static str),
}

/// The outline of a call.
pub(crate) struct Draft {
    pub(crate) agent: usize,
    pub(crate) key: u64,
    pub(crate) id: Option<&'static str>,
    pub(crate) created_ms: i64,
    pub(crate) channel: Channel,
    pub(crate) caller: Caller,
    pub(crate) language: Language,
    pub(crate) content: Content,
    pub(crate) end: End,
    /// A length other than the conversation's, for calls that are still going on.
    pub(crate) lasts_ms: Option<i64>,
    pub(crate) waiting_word: Option<&'static str>,
    pub(crate) success: Option<bool>,
    pub(crate) transcript: bool,
    pub(crate) audio: Audio,
    pub(crate) purged: bool,
    pub(crate) deleted: bool,
    pub(crate) test: bool,
    pub(crate) retry_of: Option<(String, u32)>,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) title: Option<Cow<'static, str>>,
    pub(crate) note: Option<Cow<'static, str>>,
    pub(crate) fault: Option<Fault>,
}

impl Draft {
    /// An ordinary successful inbound call about a plot.
    pub(crate) fn new(agent: usize, key: u64, created_ms: i64, caller: Caller) -> Self {
        let language = AGENTS.get(agent).map_or(Language::English, |agent| agent.language);
        Self {
            agent,
            key,
            id: None,
            created_ms,
            channel: Channel::Inbound,
            caller,
            language,
            content: Content::Plot("info", 0),
            end: End::CustomerHungUp,
            lasts_ms: None,
            waiting_word: None,
            success: Some(true),
            transcript: true,
            audio: Audio::Usual,
            purged: false,
            deleted: false,
            test: false,
            retry_of: None,
            edited_ms: None,
            title: None,
            note: None,
            fault: None,
        }
    }

    pub(crate) fn build(self, people: &[Person]) -> Call {
        let mut dice = Dice::new(&[self.key, 0xb01d]);
        let answers = self.end.answered();
        let talk = if answers { self.talk(&mut dice).map(Arc::new) } else { None };
        let provider = AGENTS.get(self.agent).map_or(Provider::Truedy, |agent| agent.provider);
        let times = self.times(talk.as_deref(), &mut dice);
        let (first_name, last_name, phone) = self.customer(people);
        let person = self.person();
        let id =
            self.id.map_or_else(|| call_id(provider, self.created_ms, self.key), str::to_owned);
        let (request, summary) = words(self.title, talk.as_deref());
        Call {
            provider,
            id,
            key: self.key,
            agent: self.agent,
            channel: self.channel,
            person,
            first_name,
            last_name,
            phone: if self.purged { None } else { phone },
            created_ms: self.created_ms,
            answered_ms: times.answered_ms,
            ended_ms: times.ended_ms,
            edited_ms: self.edited_ms,
            end: self.end,
            waiting_word: self.waiting_word,
            written: match self.content {
                Content::Written(written) => written,
                _ => Vec::new(),
            },
            transcript: self.transcript && !self.purged && answers,
            request,
            summary,
            note: self.note,
            success: if answers { self.success } else { Some(false) },
            audio: if talk.is_some() { self.audio } else { Audio::None },
            talk,
            purged: self.purged,
            deleted_ms: self.deleted.then_some(times.ended_ms + 3600 * SECOND),
            test: self.test,
            retry_of: self.retry_of,
            fault: self.fault,
        }
    }

    fn talk(&self, dice: &mut Dice) -> Option<Talk> {
        match &self.content {
            Content::Plot(plot, further) => Talk::new(self.language, plot, *further, dice),
            Content::Lasting(ms) => {
                let frames = usize::try_from(ms / FRAME_MS).unwrap_or(0);
                Talk::lasting(self.language, frames, dice)
            }
            Content::Written(_) | Content::Nothing => None,
        }
    }

    fn times(&self, talk: Option<&Talk>, dice: &mut Dice) -> Times {
        let ringing = match self.channel {
            Channel::Outbound => dice.between(5 * SECOND, 20 * SECOND),
            Channel::Inbound => dice.between(SECOND, 5 * SECOND),
            Channel::Web | Channel::Chat => 0,
        };
        if !self.end.answered() {
            let tried = self.lasts_ms.unwrap_or(ringing + dice.between(2, 20) * SECOND);
            return Times { answered_ms: None, ended_ms: self.created_ms + tried };
        }
        let answered = self.created_ms + ringing;
        let spoken = match (&self.content, talk) {
            (_, Some(talk)) => talk.duration_ms(),
            (Content::Written(written), None) => written_ms(written),
            _ => 9 * SECOND,
        };
        Times { answered_ms: Some(answered), ended_ms: answered + self.lasts_ms.unwrap_or(spoken) }
    }

    fn person(&self) -> Option<usize> {
        match self.caller {
            Caller::Person(person) | Caller::Named(person, _, _) => Some(person),
            Caller::Withheld(_) => None,
        }
    }

    fn customer(&self, people: &[Person]) -> (Option<String>, Option<String>, Option<String>) {
        let known = self.person().and_then(|person| people.get(person));
        let phone = match (self.channel, &self.caller) {
            (Channel::Web | Channel::Chat, _) => None,
            (_, Caller::Withheld(word)) => word.map(str::to_owned),
            _ => known.map(|person| person.phone.clone()),
        };
        match self.caller {
            Caller::Named(_, first, last) => (Some(first.to_owned()), Some(last.to_owned()), phone),
            _ => (known.map(|p| p.first.clone()), known.map(|p| p.last.clone()), phone),
        }
    }
}

struct Times {
    answered_ms: Option<i64>,
    ended_ms: i64,
}

fn words(
    title: Option<Cow<'static, str>>,
    talk: Option<&Talk>,
) -> (Cow<'static, str>, Cow<'static, str>) {
    let spoken = talk.map_or(("", ""), |talk| (talk.request, talk.summary));
    match title {
        Some(title) if spoken.1.is_empty() => (title.clone(), title),
        Some(title) => (title.clone(), format!("{title}. {}", spoken.1).into()),
        None => (spoken.0.into(), spoken.1.into()),
    }
}

/// A call's id in the form of its provider. Truedy's documents show three forms.
fn call_id(provider: Provider, created_ms: i64, key: u64) -> String {
    match provider {
        Provider::TalkPilot | Provider::AgentVoice => id::uuid(&[key]),
        Provider::Truedy => match key % 8 {
            0 => format!("call_{}", id::hex(8, &[key])),
            1 => format!("call_{}-{}", id::hex(8, &[key]), id::hex(1, &[key, 1])),
            _ => id::ulid("call", created_ms, &[key]),
        },
        Provider::Atoms => format!("CALL-{created_ms}-{}", id::hex(6, &[key])),
    }
}
