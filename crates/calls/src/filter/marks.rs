//! Groups of calls that are shown with the others, alone, or not at all.

use crate::call::Call;
use crate::status::Channel;

/// A group that calls belong to or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Placed to try the agent out.
    Test,
    /// A further attempt at another call.
    Retry,
    /// Written, not spoken.
    Chat,
    /// Staff still have something to do.
    Todo,
    /// Soft-deleted at the provider.
    Deleted,
    /// Purged by the provider.
    Purged,
}

impl Mark {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Test, Self::Retry, Self::Chat, Self::Todo, Self::Deleted, Self::Purged];

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Retry => "retry",
            Self::Chat => "chat",
            Self::Todo => "todo",
            Self::Deleted => "deleted",
            Self::Purged => "purged",
        }
    }

    /// Whether a call belongs to the group.
    #[must_use]
    pub fn is_on(self, call: &Call) -> bool {
        match self {
            Self::Test => call.test,
            Self::Retry => call.retry,
            Self::Chat => call.channel == Channel::Chat,
            Self::Todo => call.todo == Some(true),
            Self::Deleted => call.deleted,
            Self::Purged => call.purged,
        }
    }

    /// The group's bit in [`Mark::bits`].
    #[must_use]
    pub fn bit(self) -> u8 {
        1 << self as u8
    }

    /// All groups that a call belongs to, a bit each.
    #[must_use]
    pub fn bits(call: &Call) -> u8 {
        let on = Self::ALL.into_iter().filter(|mark| mark.is_on(call));
        on.fold(0, |bits, mark| bits | mark.bit())
    }

    /// What is wanted of the group as long as nobody chooses. Deleted calls are left out.
    #[must_use]
    pub fn unless_chosen(self) -> Wanted {
        match self {
            Self::Deleted => Wanted::Without,
            _ => Wanted::Any,
        }
    }
}

/// What is wanted of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Calls of the group and all others.
    Any,
    /// Calls of the group only.
    Only,
    /// All others.
    Without,
}

impl Wanted {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Any, Self::Only, Self::Without];

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Only => "only",
            Self::Without => "without",
        }
    }

    /// Reads [`Wanted::code`]; `yes` is what links of older versions say of deleted calls.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let old = (code == "yes").then_some(Self::Any);
        Self::ALL.into_iter().find(|wanted| wanted.code() == code).or(old)
    }
}

/// What is wanted of every group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marks {
    only: u8,
    without: u8,
}

impl Default for Marks {
    fn default() -> Self {
        let mut marks = Self { only: 0, without: 0 };
        for mark in Mark::ALL {
            marks.set(mark, mark.unless_chosen());
        }
        marks
    }
}

impl Marks {
    /// What is wanted of a group.
    #[must_use]
    pub fn of(self, mark: Mark) -> Wanted {
        match (self.only & mark.bit() != 0, self.without & mark.bit() != 0) {
            (true, _) => Wanted::Only,
            (false, true) => Wanted::Without,
            (false, false) => Wanted::Any,
        }
    }

    /// Chooses.
    pub fn set(&mut self, mark: Mark, wanted: Wanted) {
        self.only &= !mark.bit();
        self.without &= !mark.bit();
        match wanted {
            Wanted::Any => {}
            Wanted::Only => self.only |= mark.bit(),
            Wanted::Without => self.without |= mark.bit(),
        }
    }

    /// The same, with another choice.
    #[must_use]
    pub fn with(mut self, mark: Mark, wanted: Wanted) -> Self {
        self.set(mark, wanted);
        self
    }

    /// Whether calls of a group may be among what is shown; only then are they asked for.
    #[must_use]
    pub fn shows(self, mark: Mark) -> bool {
        self.of(mark) != Wanted::Without
    }

    /// Whether a call with these [`Mark::bits`] passes.
    #[must_use]
    pub fn pass(self, bits: u8) -> bool {
        bits & self.only == self.only && bits & self.without == 0
    }
}
