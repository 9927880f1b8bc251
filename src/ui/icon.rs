//! Icons: strokes on a grid of 16, in the colour of the text beside them. Never the only bearer of
//! a meaning, so always hidden from screen readers.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Symbol {
    /// Calldeck's mark: a deck of calls.
    Mark,
    /// A calendar.
    Calendar,
    /// A magnifier.
    Search,
    /// A small arrow that opens a menu.
    Down,
    /// The same upwards.
    Up,
    /// A cross of two lines: more.
    Plus,
    /// Columns of a table.
    Columns,
    /// A cross.
    Close,
    /// An arrow into us.
    Inbound,
    /// An arrow out.
    Outbound,
    /// A tick.
    Yes,
    /// A cross that means no.
    No,
    /// A dash that means nothing stated.
    NotStated,
    /// A waveform.
    Recording,
    /// A small triangle.
    Play,
    /// Two bars.
    Pause,
    /// A round arrow.
    Refresh,
    /// A chain link.
    Link,
    /// A half-lit disc.
    Theme,
    /// A page with a corner.
    Note,
    /// Two pages, one over the other.
    Copy,
    /// An empty box to be ticked.
    Todo,
    /// A triangle with a mark.
    Warning,
    /// Back by some seconds.
    Back,
    /// Ahead by some seconds.
    Ahead,
    /// An arrow down to a line.
    Download,
    /// A folder that opens.
    OpenFile,
    /// A box that things are kept in.
    Kept,
    /// A globe.
    Web,
    /// A speech bubble.
    Chat,
    /// An arrow to what comes before.
    Previous,
    /// An arrow to what comes after.
    Next,
    /// A ribbon in a book.
    View,
    /// A cross that adds.
    Add,
    /// Three dots: more of it.
    More,
    /// A spanner: a tool.
    Tool,
    /// A flash: something was set off.
    Action,
    /// A line that is cut.
    Interruption,
    /// A flag.
    Event,
    /// An arrow to a line of text: reading goes with hearing.
    Follow,
    /// Somebody.
    Person,
    /// A sheet that comes out of a printer.
    Print,
}

impl Symbol {
    /// Its line, as a path.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Mark => "M2.5 5.5v5M5.25 3.5v9M8 6v4M10.75 2v12M13.5 5v6",
            Self::Calendar => "M2.5 4.5h11v9h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3",
            Self::Search => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5l3 3",
            Self::Down => "M4.5 6.5 8 10l3.5-3.5",
            Self::Up => "M4.5 9.5 8 6l3.5 3.5",
            Self::Plus => "M8 4v8M4 8h8",
            Self::Columns => "M2.5 3.5h11v9h-11zM6.25 3.5v9M10 3.5v9",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Inbound => "M12.5 3.5l-8 8M4.5 5.5v6h6",
            Self::Outbound => "M3.5 12.5l8-8M5.5 4.5h6v6",
            Self::Yes => "M3.5 8.5l3 3 6-7",
            Self::No => "M4.5 4.5l7 7M11.5 4.5l-7 7",
            Self::NotStated => "M5 8h6",
            Self::Recording => "M2.5 7v2M5.25 4.5v7M8 6v4M10.75 3v10M13.5 6.5v3",
            Self::Play => "M5 3.5l7.5 4.5L5 12.5z",
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::Refresh => "M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3",
            Self::Link => {
                "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.2 1.2a2.8 2.8 0 0 1-4-4L5 7.5"
            }
            Self::Theme => "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
            Self::Note => "M4 2.5h5.5l3 3v8H4zM9.5 2.5v3h3M6 8.5h4.5M6 11h3",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Todo => "M3 3h10v10H3z",
            Self::Warning => "M8 2.5l6 11H2zM8 6.5v3.5M8 11.9v.2",
            Self::Back => "M7.5 3.5L3 8l4.5 4.5M13 3.5L8.5 8l4.5 4.5",
            Self::Ahead => "M8.5 3.5L13 8l-4.5 4.5M3 3.5L7.5 8 3 12.5",
            Self::Download => "M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10",
            Self::OpenFile => "M2.5 12.5v-9h4l1.5 2h5v2M2.5 12.5l2-5h9.5l-2 5z",
            Self::Kept => "M2.5 3.5h11v3h-11zM3.5 6.5v6.5h9v-6.5M6.5 9.5h3",
            Self::Web => {
                "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM2.5 8h11M8 2.5c-4 4-4 7 0 11M8 2.5c4 4 4 7 0 11"
            }
            Self::Chat => "M2.5 3.5h11v7.5H8L5 13.5V11H2.5z",
            Self::Previous => "M10 3.5L5.5 8l4.5 4.5",
            Self::Next => "M6 3.5L10.5 8 6 12.5",
            Self::Add => "M8 3.5v9M3.5 8h9",
            Self::More => "M4 8h.01M8 8h.01M12 8h.01",
            Self::Tool => {
                "M13 4.5a3.2 3.2 0 0 1-4.3 3.9L4.9 12.2a1.2 1.2 0 0 1-1.7-1.7L7 6.7A3.2 3.2 0 0 1 10.9 2.4L9.2 4.1l.3 1.9 1.9.3z"
            }
            Self::Action => "M9 2L4 9h3.5L7 14l5-7H8.5z",
            Self::Interruption => "M2.5 8h4M9.5 8h4M6.5 5.5v5M9.5 5.5v5",
            Self::Event => "M4 14V2.5M4 3h8l-2 2.75L12 8.5H4",
            Self::Follow => "M2.5 4h11M2.5 12h5M2.5 8h8M10 10.5l2 2 2-2M12 7v5.5",
            Self::Person => {
                "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.75 13.5a5.25 5.25 0 0 1 10.5 0"
            }
            Self::Print => "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
            Self::View => "M4.5 2.5h7v11L8 10.5l-3.5 3z",
        }
    }
}

/// Draws a symbol.
#[component]
pub fn Icon(
    /// What to draw.
    symbol: Symbol,
) -> impl IntoView {
    view! {
        <svg class="icon" data-symbol=format!("{symbol:?}") viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=symbol.path()></path>
        </svg>
    }
}
