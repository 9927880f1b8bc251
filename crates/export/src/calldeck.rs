//! Calldeck's own export: JSON that Calldeck opens again, without a server.
//!
//! ```json
//! {"calldeck":1,"exported_at":"2026-11-21T13:05:00+01:00","zone":"Europe/Berlin",
//!  "filter":"#?status=failed","masked":false,
//!  "connections":[{"id":"sales","provider":"truedy","name":"Sales"}],
//!  "calls":[{"key":"sales/call_1","started_ms":1795262700000,…}],
//!  "complete":true,"why_partial":[]}
//! ```
//!
//! A call has every field that Calldeck knows, under the name it has in the code; what is not known
//! is left out. Whether the file is complete is its last word: a file that breaks off lacks it, and
//! is never taken for a whole one.

use crate::exported::Exported;
use crate::iso::instant;
use calls::Zone;

mod object;
mod record;

use object::{Object, json};

/// The number of the format: a reader that knows it can read the file.
pub const FORMAT: u32 = 1;

/// What a file says about itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// When it was exported, UTC milliseconds.
    pub exported_ms: i64,
    /// The zone that was on screen.
    pub zone: Zone,
    /// The place it was exported from, as the fragment of a link.
    pub filter: String,
    /// Whether numbers and addresses have been masked by their pattern.
    pub masked: bool,
    /// The connections that calls may be of.
    pub connections: Vec<Connection>,
}

/// A connection, as a file names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Connection {
    /// Its id in keys of calls.
    pub id: String,
    /// The id of its provider.
    pub provider: String,
    /// Its name on screen.
    pub name: String,
}

/// Writes what stands before the calls.
pub fn head(about: &About, out: &mut String) {
    let mut head = Object::open(out);
    head.put("calldeck", Some(FORMAT));
    head.put("exported_at", Some(instant(about.exported_ms, &about.zone)));
    head.put("zone", Some(about.zone.name()));
    head.put("filter", Some(&about.filter));
    head.put("masked", Some(about.masked));
    head.list("connections", &about.connections, |record, connection| {
        let Connection { id, provider, name } = connection;
        record.put("id", Some(id));
        record.put("provider", Some(provider));
        record.put("name", Some(name));
    });
    // The object stays open: the tail closes it.
    out.push_str(",\"calls\":[");
}

/// Writes a call; `first` is whether it is the first one.
pub fn call(exported: &Exported<'_>, first: bool, out: &mut String) {
    out.push_str(if first { "\n" } else { ",\n" });
    record::write(exported, out);
}

/// Writes what stands behind the calls: whether these are all, and if not, why.
pub fn tail(why_partial: &[String], out: &mut String) {
    let complete = why_partial.is_empty();
    out.push_str("\n],\"complete\":");
    out.push_str(if complete { "true" } else { "false" });
    out.push_str(",\"why_partial\":");
    out.push_str(&json(&why_partial));
    out.push_str("}\n");
}

#[cfg(test)]
mod tests;
