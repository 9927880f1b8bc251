//! Whether a call reached its goal, and the provider's labels for how it came out.

/// Whether a call reached its goal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Success {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// Nobody said.
    NotStated,
}

impl Success {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotStated];

    /// Reads [`Success::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|success| success.code() == code)
    }

    /// Reads a provider's yes or no.
    #[must_use]
    pub fn of(stated: Option<bool>) -> Self {
        match stated {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NotStated,
        }
    }

    /// One word for URLs and CSS.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotStated => "not-stated",
        }
    }
}

/// A provider's label for how a call came out.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Outcome {
    /// What was asked (Atoms: the metric's identifier). `None` for a bare label (Truedy).
    pub name: Option<String>,
    /// The label or value.
    pub value: String,
}

impl Outcome {
    /// The label as a success mapping names it: `value`, or `name=value`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => format!("{name}={}", self.value),
            None => self.value.clone(),
        }
    }
}
