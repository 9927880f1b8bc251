//! The twelve voice agents, three at each provider.

use crate::id;
use crate::script::Language;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Provider {
    TalkPilot,
    Truedy,
    AgentVoice,
    Atoms,
}

impl Provider {
    pub(crate) const ALL: [Self; 4] =
        [Self::TalkPilot, Self::Truedy, Self::AgentVoice, Self::Atoms];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::TalkPilot => "talkpilot",
            Self::Truedy => "truedy",
            Self::AgentVoice => "agentvoice",
            Self::Atoms => "atoms",
        }
    }
}

pub(crate) struct Agent {
    pub(crate) provider: Provider,
    pub(crate) name: &'static str,
    pub(crate) language: Language,
    /// The number on which the agent is called and from which it calls.
    pub(crate) number: &'static str,
    /// How many of 100 calls the agent places itself.
    pub(crate) outbound_percent: usize,
}

const fn agent(
    provider: Provider,
    name: &'static str,
    language: Language,
    number: &'static str,
    outbound_percent: usize,
) -> Agent {
    Agent { provider, name, language, number, outbound_percent }
}

/// Every agent, in an order that never changes, because ids are made from the place.
pub(crate) const AGENTS: [Agent; 12] = [
    agent(Provider::TalkPilot, "Empfang Zentrale", Language::German, "+493023125001", 0),
    agent(
        Provider::TalkPilot,
        "Terminvereinbarung Zahnarztpraxis",
        Language::German,
        "+493023125002",
        20,
    ),
    agent(
        Provider::TalkPilot,
        "Kundendienst Haushaltsgroßgeräteersatzteilversand Süd",
        Language::German,
        "+498999998003",
        10,
    ),
    agent(Provider::Truedy, "Aria", Language::English, "+14155550101", 85),
    agent(Provider::Truedy, "Outreach Midwest", Language::English, "+13035550102", 95),
    agent(Provider::Truedy, "سلمى", Language::Arabic, "+97140000103", 60),
    agent(Provider::AgentVoice, "Sales Agent", Language::English, "+17375550104", 80),
    agent(Provider::AgentVoice, "Front Desk", Language::English, "+442079460105", 5),
    agent(Provider::AgentVoice, "Rückrufservice", Language::German, "+494066969006", 60),
    agent(Provider::Atoms, "Support Line", Language::English, "+12125550107", 15),
    agent(Provider::Atoms, "Appointment Reminder", Language::English, "+442079460108", 95),
    agent(Provider::Atoms, "خدمة العملاء", Language::Arabic, "+20200000109", 30),
];

/// The id under which an agent's provider knows it.
pub(crate) fn agent_id(seed: u64, index: usize) -> String {
    let parts = [seed, 0xa9e27, u64::try_from(index).unwrap_or(0)];
    match AGENTS.get(index).map(|agent| agent.provider) {
        Some(Provider::Truedy) => id::ulid("agent", 1_700_000_000_000, &parts),
        Some(Provider::Atoms) => id::object(&parts),
        _ => id::uuid(&parts),
    }
}

/// The places of a provider's agents in [`AGENTS`].
pub(crate) fn agents_of(provider: Provider) -> Vec<usize> {
    let theirs = AGENTS.iter().enumerate().filter(|(_, agent)| agent.provider == provider);
    theirs.map(|(index, _)| index).collect()
}
