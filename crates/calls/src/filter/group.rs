//! Groups of calls that statistics count in or leave out with one switch each. A switch is nothing
//! but a filter: what is left out is left out everywhere.

use super::{Facet, Filter, Mark, Told, Wanted};

/// A group with a switch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Calls that reached a voicemail.
    Voicemail,
    /// Calls that were placed to try the agent out.
    Test,
    /// Conversations that were written.
    Chat,
    /// Further attempts at another call.
    Retry,
}

impl Group {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Voicemail, Self::Test, Self::Chat, Self::Retry];

    /// One word for names of files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Voicemail => "voicemail",
            Self::Test => "test",
            Self::Chat => "chat",
            Self::Retry => "retry",
        }
    }

    /// The dimension of the filter that it belongs to.
    #[must_use]
    pub fn facet(self) -> Facet {
        match self {
            Self::Voicemail => Facet::Voicemail,
            Self::Test => Facet::Mark(Mark::Test),
            Self::Chat => Facet::Mark(Mark::Chat),
            Self::Retry => Facet::Mark(Mark::Retry),
        }
    }

    /// Whether a filter leaves its calls out.
    #[must_use]
    pub fn is_left_out(self, filter: &Filter) -> bool {
        match self.facet() {
            Facet::Mark(mark) => filter.marks.of(mark) == Wanted::Without,
            _ => !filter.voicemails.is_empty() && !filter.voicemails.contains(&Told::Yes),
        }
    }

    /// Leaves its calls out, or counts them with the others again. Calls that do not say whether
    /// they reached a voicemail are counted either way.
    pub fn leave_out(self, filter: &mut Filter, out: bool) {
        match self.facet() {
            Facet::Mark(mark) => {
                filter.marks.set(mark, if out { Wanted::Without } else { Wanted::Any });
            }
            _ if out => filter.voicemails = vec![Told::No, Told::NotTold],
            _ => filter.voicemails = Vec::new(),
        }
    }

    /// The groups that a filter leaves out.
    #[must_use]
    pub fn left_out(filter: &Filter) -> Vec<Self> {
        Self::ALL.into_iter().filter(|group| group.is_left_out(filter)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_moves_its_own_filter_and_no_other() {
        for group in Group::ALL {
            let mut filter = Filter::default();
            group.leave_out(&mut filter, true);
            assert_eq!(Group::left_out(&filter), [group]);
            group.leave_out(&mut filter, false);
            assert!(filter.is_empty(), "{group:?}");
        }
    }

    #[test]
    fn a_group_that_is_shown_alone_is_not_left_out() {
        for group in Group::ALL {
            let only = if group == Group::Voicemail { Told::Yes.code() } else { "only" };
            let mut filter = Filter::default();
            group.facet().choose(&mut filter, vec![only.to_owned()]);
            assert!(!group.is_left_out(&filter), "{group:?}");
        }
    }
}
