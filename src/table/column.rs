//! The columns that a table of calls can have.

use calls::SortBy;
use calls::words::Words;

/// A column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Column {
    /// Day and time.
    When,
    /// The customer, name over number.
    Customer,
    /// Marks, and what the call was about.
    About,
    /// The agent.
    Agent,
    /// The connection.
    Connection,
    /// Who called whom.
    Direction,
    /// What came of it.
    Status,
    /// How long.
    Duration,
    /// Whether it reached its goal.
    Success,
    /// What is known of the recording.
    Recording,
    /// The customer's e-mail address.
    Email,
    /// Our number.
    OwnNumber,
    /// Telephone, web or chat.
    Channel,
    /// Why it ended.
    EndReason,
    /// The provider's labels for how it came out.
    Outcome,
    /// What it cost.
    Cost,
    /// The quality score.
    Score,
    /// How long the agent took to answer.
    Latency,
    /// How often somebody was interrupted.
    Interruptions,
    /// The campaign.
    Campaign,
    /// The member of staff.
    Employee,
    /// The note of the staff.
    Note,
    /// The version of the agent.
    Version,
    /// The provider's id of the call.
    Id,
}

/// How a column's cells look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// The link that opens the call.
    Link,
    /// A line over a smaller line.
    TwoLines,
    /// Marks before a text.
    Marked,
    /// A dot and a word.
    Dotted,
    /// An icon and a word.
    Pictured,
    /// A text.
    Plain,
    /// A figure, at the end of its cell.
    Figure,
}

impl Column {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 24] = [
        Self::When,
        Self::Customer,
        Self::About,
        Self::Agent,
        Self::Connection,
        Self::Direction,
        Self::Status,
        Self::Duration,
        Self::Success,
        Self::Recording,
        Self::Email,
        Self::OwnNumber,
        Self::Channel,
        Self::EndReason,
        Self::Outcome,
        Self::Cost,
        Self::Score,
        Self::Latency,
        Self::Interruptions,
        Self::Campaign,
        Self::Employee,
        Self::Note,
        Self::Version,
        Self::Id,
    ];

    /// What the table has as long as nobody chose.
    pub const USUAL: [Self; 10] = [
        Self::When,
        Self::Customer,
        Self::About,
        Self::Agent,
        Self::Connection,
        Self::Direction,
        Self::Status,
        Self::Duration,
        Self::Success,
        Self::Recording,
    ];

    /// The usual ones, those first that make room for the others where there is little.
    pub const MAKES_ROOM: [Self; 6] = [
        Self::Direction,
        Self::Agent,
        Self::Connection,
        Self::Recording,
        Self::Success,
        Self::About,
    ];

    /// What a card says.
    pub const OF_CARDS: [Self; 7] = [
        Self::When,
        Self::Customer,
        Self::About,
        Self::Status,
        Self::Duration,
        Self::Success,
        Self::Recording,
    ];

    /// One word for style sheets and storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::When => "when",
            Self::Customer => "customer",
            Self::About => "about",
            Self::Agent => "agent",
            Self::Connection => "connection",
            Self::Direction => "direction",
            Self::Status => "status",
            Self::Duration => "duration",
            Self::Success => "success",
            Self::Recording => "recording",
            Self::Email => "email",
            Self::OwnNumber => "own-number",
            Self::Channel => "channel",
            Self::EndReason => "end-reason",
            Self::Outcome => "outcome",
            Self::Cost => "cost",
            Self::Score => "score",
            Self::Latency => "latency",
            Self::Interruptions => "interruptions",
            Self::Campaign => "campaign",
            Self::Employee => "employee",
            Self::Note => "note",
            Self::Version => "version",
            Self::Id => "id",
        }
    }

    /// Reads [`Column::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// What its head says.
    #[must_use]
    pub fn name(self, words: &Words) -> String {
        match self {
            Self::When => words.column_when(),
            Self::Customer => words.column_customer(),
            Self::About => words.column_about(),
            Self::Agent => words.column_agent(),
            Self::Connection => words.column_connection(),
            Self::Direction => words.column_direction(),
            Self::Status => words.column_status(),
            Self::Duration => words.column_duration(),
            Self::Success => words.column_success(),
            Self::Recording => words.column_recording(),
            Self::Email => words.fact_email(),
            Self::OwnNumber => words.fact_own_number(),
            Self::Channel => words.column_channel(),
            Self::EndReason => words.fact_end_reason(),
            Self::Outcome => words.column_outcome(),
            Self::Cost => words.fact_cost(),
            Self::Score => words.fact_score(),
            Self::Latency => words.column_latency(),
            Self::Interruptions => words.column_interruptions(),
            Self::Campaign => words.fact_campaign(),
            Self::Employee => words.fact_employee(),
            Self::Note => words.fact_note(),
            Self::Version => words.fact_version(),
            Self::Id => words.fact_id(),
        }
    }

    /// What calls are sorted by through its head; none where no order would help.
    #[must_use]
    pub fn sort(self) -> Option<SortBy> {
        Some(match self {
            Self::When => SortBy::Time,
            Self::Customer => SortBy::Customer,
            Self::About => SortBy::About,
            Self::Agent => SortBy::Agent,
            Self::Connection => SortBy::Connection,
            Self::Direction => SortBy::Direction,
            Self::Status => SortBy::Status,
            Self::Duration => SortBy::Duration,
            Self::Success => SortBy::Success,
            Self::Recording => SortBy::Recording,
            Self::Channel => SortBy::Channel,
            Self::EndReason => SortBy::EndReason,
            Self::Outcome => SortBy::Outcome,
            Self::Cost => SortBy::Cost,
            Self::Score => SortBy::Score,
            Self::Latency => SortBy::Latency,
            Self::Interruptions => SortBy::Interruptions,
            Self::Campaign => SortBy::Campaign,
            Self::Employee => SortBy::Employee,
            Self::Version => SortBy::Version,
            Self::Email | Self::OwnNumber | Self::Note | Self::Id => return None,
        })
    }

    /// Its width as long as nobody chose one, and how much of the room that is left it takes. What
    /// can only say a few words has room for the longest of them in every language.
    #[must_use]
    pub fn room(self) -> (u16, u8) {
        match self {
            Self::When => (132, 0),
            Self::Customer => (150, 2),
            Self::About => (174, 5),
            Self::Agent | Self::Campaign | Self::Employee => (130, 1),
            Self::Connection => (126, 0),
            Self::Direction | Self::Channel => (108, 0),
            Self::Status => (136, 0),
            Self::Duration => (80, 0),
            Self::Success => (122, 0),
            Self::Recording => (124, 0),
            Self::Email | Self::Note => (180, 1),
            Self::OwnNumber => (140, 0),
            Self::EndReason => (150, 0),
            Self::Outcome => (160, 1),
            Self::Cost => (110, 0),
            Self::Score | Self::Version => (96, 0),
            Self::Latency | Self::Interruptions => (132, 0),
            Self::Id => (200, 1),
        }
    }

    /// How its cells look.
    #[must_use]
    pub fn look(self) -> Look {
        match self {
            Self::When => Look::Link,
            Self::Customer => Look::TwoLines,
            Self::About => Look::Marked,
            Self::Status => Look::Dotted,
            Self::Direction | Self::Success | Self::Recording => Look::Pictured,
            Self::Duration | Self::Cost | Self::Score | Self::Latency | Self::Interruptions => {
                Look::Figure
            }
            _ => Look::Plain,
        }
    }
}
