//! Who calls whom about what: the ordinary calls of the schedule.

use crate::agent::{AGENTS, Agent, Provider, agents_of};
use crate::call::{Audio, Channel, End};
use crate::clock::{DAY, HOUR};
use crate::dice::Dice;
use crate::draft::{Caller, Content, Draft};
use crate::person::{KNOWN_EVERYWHERE, Person};
use crate::schedule::Slot;
use crate::script::{Language, Plot};

/// How many of 100 calls each provider handles, in the order of [`Provider::ALL`].
const SHARES: [usize; 4] = [27, 27, 26, 20];

/// The outline of the call in one slot of the schedule.
pub(crate) fn cast(seed: u64, slot: &Slot, people: &[Person]) -> Draft {
    let mut dice = Dice::new(&[seed, 0xca57, slot.day.unsigned_abs(), slot.number]);
    let key = dice.next();
    let index = any_agent(&mut dice);
    let [first, ..] = &AGENTS;
    let agent = AGENTS.get(index).unwrap_or(first);
    let language = if dice.chance(7) { Language::English } else { agent.language };
    let channel = channel(agent, &mut dice);
    let caller = caller(people, language, channel, &mut dice);
    let mut draft = Draft::new(index, key, slot.created_ms, caller);
    draft.language = language;
    draft.channel = channel;
    draft.end = fate(channel, &mut dice);
    converse(&mut draft, &mut dice);
    annotate(&mut draft, agent.provider, &mut dice);
    draft
}

fn any_agent(dice: &mut Dice) -> usize {
    let provider = Provider::ALL.get(dice.weighted(&SHARES)).copied().unwrap_or(Provider::Truedy);
    // The first agent of each provider does half of the work.
    let place = dice.weighted(&[5, 3, 2]);
    agents_of(provider).get(place).copied().unwrap_or(0)
}

fn channel(agent: &Agent, dice: &mut Dice) -> Channel {
    let (web, chat) = match agent.provider {
        Provider::Truedy => (6, 0),
        Provider::Atoms => (6, 5),
        Provider::TalkPilot | Provider::AgentVoice => (0, 0),
    };
    match dice.below(100) {
        drawn if drawn < web => Channel::Web,
        drawn if drawn < web + chat => Channel::Chat,
        _ if dice.chance(agent.outbound_percent) => Channel::Outbound,
        _ => Channel::Inbound,
    }
}

fn caller(people: &[Person], language: Language, channel: Channel, dice: &mut Dice) -> Caller {
    if channel == Channel::Inbound && dice.chance(4) {
        let forms = [None, Some("anonymous"), Some("Restricted"), Some(""), Some("+266696687")];
        return Caller::Withheld(dice.pick(&forms).copied().flatten());
    }
    if dice.chance(3) {
        return Caller::Person(dice.below(KNOWN_EVERYWHERE));
    }
    let speaks = |(_, person): &(usize, &Person)| person.language == language;
    let crowd: Vec<usize> = people.iter().enumerate().filter(speaks).map(|(at, _)| at).collect();
    // A fifth of the people make two fifths of the calls.
    let among = if dice.chance(25) { crowd.len() / 5 } else { crowd.len() };
    Caller::Person(crowd.get(dice.below(among)).copied().unwrap_or(0))
}

fn fate(channel: Channel, dice: &mut Dice) -> End {
    const ENDS: [End; 7] = [
        End::CustomerHungUp,
        End::NoAnswer,
        End::Busy,
        End::LineFailed,
        End::SystemFailed,
        End::Cancelled,
        End::Voicemail,
    ];
    let weights: [usize; 7] = match channel {
        Channel::Outbound => [74, 10, 3, 2, 1, 2, 8],
        Channel::Inbound => [93, 3, 1, 1, 1, 1, 0],
        Channel::Web | Channel::Chat => [97, 0, 0, 0, 2, 1, 0],
    };
    ENDS.get(dice.weighted(&weights)).copied().unwrap_or(End::CustomerHungUp)
}

fn converse(draft: &mut Draft, dice: &mut Dice) {
    if !draft.end.answered() {
        draft.content = Content::Nothing;
        return;
    }
    if draft.end == End::Voicemail {
        draft.content = Content::Plot("voicemail", 0);
        draft.success = Some(false);
        return;
    }
    let Some(plot) = plot(draft, dice) else { return };
    let further = if plot.inbound && !matches!(plot.name, "transfer" | "wrong" | "noise") {
        [0, 1, 2, 3, 6].get(dice.weighted(&[38, 28, 18, 10, 6])).copied().unwrap_or(0)
    } else {
        0
    };
    draft.content = Content::Plot(plot.name, further);
    draft.end = end_of(plot.name, dice);
    draft.success = match dice.below(100) {
        0..5 => None,
        5..11 => Some(!plot.success),
        _ => Some(plot.success),
    };
}

fn plot(draft: &Draft, dice: &mut Dice) -> Option<&'static Plot> {
    let inbound = draft.channel != Channel::Outbound;
    let fits = |plot: &&Plot| plot.inbound == inbound && plot.name != "voicemail";
    let plots: Vec<_> = draft.language.book().plots.iter().filter(fits).collect();
    let weight = |plot: &&Plot| if matches!(plot.name, "wrong" | "noise") { 1 } else { 5 };
    let weights: Vec<usize> = plots.iter().map(weight).collect();
    plots.get(dice.weighted(&weights)).copied()
}

fn end_of(plot: &str, dice: &mut Dice) -> End {
    match plot {
        "transfer" => End::Transferred,
        "noise" => {
            if dice.chance(50) {
                End::TimedOut
            } else {
                End::AgentHungUp
            }
        }
        _ if dice.chance(2) => End::TimedOut,
        _ if dice.chance(38) => End::AgentHungUp,
        _ => End::CustomerHungUp,
    }
}

fn annotate(draft: &mut Draft, provider: Provider, dice: &mut Dice) {
    draft.audio = match dice.below(100) {
        0..4 => Audio::None,
        4..7 => Audio::EmptyLink,
        _ => Audio::Usual,
    };
    draft.transcript = !dice.chance(2);
    if provider == Provider::TalkPilot {
        draft.purged = dice.chance(3);
        draft.deleted = dice.chance(3);
    }
    draft.test = provider == Provider::Atoms && dice.chance(5);
    if dice.chance(6) {
        // Somebody worked on the record long after the call.
        draft.edited_ms = Some(draft.created_ms + HOUR + dice.between(0, 6 * DAY));
    }
}
