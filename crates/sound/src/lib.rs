//! Recordings: what is in a file of sound, its outline for drawing, and forms of it that every
//! browser plays exactly.
//!
//! The page knows the messages and the outline; what reads and decodes (`decoding`) is compiled
//! into the worker alone. Nothing here reads a file or a network: bytes come from a [`Source`], a
//! piece at a time, and what is made of them goes out in pieces, so that an hour needs no more
//! memory than a minute.

pub mod message;
mod mp4;
mod outline;
mod riff;
mod talk;

#[cfg(feature = "decoding")]
mod blocks;
#[cfg(feature = "decoding")]
mod packets;
#[cfg(feature = "decoding")]
mod reading;
#[cfg(feature = "decoding")]
mod source;
#[cfg(feature = "decoding")]
mod survey;

pub use mp4::Frames;
pub use outline::{Outline, Reach, SILENT};
pub use riff::{WavHead, wav_head};
pub use talk::{Span, Talk, Turn, agent_channel};

#[cfg(feature = "decoding")]
pub use reading::{Form, Piece, Reading, Unreadable};
#[cfg(feature = "decoding")]
pub use source::Source;
#[cfg(feature = "decoding")]
pub use survey::{Made, Make, Survey};

/// Changes whenever the source of this crate does: page and worker have to be of the same.
pub const BUILD: &str = env!("SOUND_BUILD");
