//! In which order calls are listed.

/// The column that calls are sorted by. Calls that have nothing there come last, whichever way;
/// what is the same there goes by time, newest first, and then by identity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SortBy {
    /// Time of the call.
    #[default]
    Time,
    /// The customer: name, else number, else e-mail address.
    Customer,
    /// What it was about.
    About,
    /// Connection.
    Connection,
    /// Agent.
    Agent,
    /// Version of the agent.
    Version,
    /// Campaign.
    Campaign,
    /// Member of staff.
    Employee,
    /// Direction.
    Direction,
    /// Channel.
    Channel,
    /// Status.
    Status,
    /// Why it ended.
    EndReason,
    /// The first label of how it came out.
    Outcome,
    /// Success.
    Success,
    /// Duration.
    Duration,
    /// Whether there is a recording.
    Recording,
    /// Cost; one unit after the other.
    Cost,
    /// Score.
    Score,
    /// How long the agent took to answer.
    Latency,
    /// Interruptions.
    Interruptions,
}

impl SortBy {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 20] = [
        Self::Time,
        Self::Customer,
        Self::About,
        Self::Connection,
        Self::Agent,
        Self::Version,
        Self::Campaign,
        Self::Employee,
        Self::Direction,
        Self::Channel,
        Self::Status,
        Self::EndReason,
        Self::Outcome,
        Self::Success,
        Self::Duration,
        Self::Recording,
        Self::Cost,
        Self::Score,
        Self::Latency,
        Self::Interruptions,
    ];

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Customer => "customer",
            Self::About => "about",
            Self::Connection => "connection",
            Self::Agent => "agent",
            Self::Version => "version",
            Self::Campaign => "campaign",
            Self::Employee => "employee",
            Self::Direction => "direction",
            Self::Channel => "channel",
            Self::Status => "status",
            Self::EndReason => "end-reason",
            Self::Outcome => "outcome",
            Self::Success => "success",
            Self::Duration => "duration",
            Self::Recording => "recording",
            Self::Cost => "cost",
            Self::Score => "score",
            Self::Latency => "latency",
            Self::Interruptions => "interruptions",
        }
    }

    /// Reads [`SortBy::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// An order. By default the newest call comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sort {
    /// The column.
    pub by: SortBy,
    /// Largest, latest, Z first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: SortBy::Time, descending: true }
    }
}

impl Sort {
    /// The order in a URL: the column, with a `-` in front where it goes down.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.by.code())
    }

    /// Reads [`Sort::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let up = code.strip_prefix('-');
        let by = SortBy::parse(up.unwrap_or(code))?;
        Some(Self { by, descending: up.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_what_it_writes() {
        for by in SortBy::ALL {
            for descending in [false, true] {
                let sort = Sort { by, descending };
                assert_eq!(Sort::parse(&sort.code()), Some(sort));
            }
        }
        assert_eq!(Sort::parse("--time"), None);
    }
}
