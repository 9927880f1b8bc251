//! Calls as files: a table, the export that Calldeck opens again, a transcript, a note for a CRM.
//!
//! Invariants: text in, text out; no clock, no file, no network. Whoever exports a million calls
//! never holds the whole file here: a writer appends a call to a text that is taken away as it
//! grows. What is not known stays empty, and what is missing is said in the file.

pub mod calldeck;
pub mod captions;
pub mod csv;
pub mod exported;
pub mod filename;
pub mod folder;
pub mod iso;
pub mod masking;
pub mod note;
pub mod plain;
pub mod zip;

pub use calldeck::About;
pub use captions::{Captions, NoTimes};
pub use csv::{Dialect, Sheet};
pub use exported::Exported;
pub use masking::Masking;
