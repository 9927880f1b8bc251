//! `calldeck stats`: the figures of the dashboard, without one.

mod json;
mod report;
mod table;

use crate::arguments::{Format, StatsOptions};
use crate::ending::{Ending, print};
use crate::source::{self, Behind, Which};
use report::Report;

/// Reads calls and prints their figures. Figures over a part of the calls are printed too, and
/// are said to be partial by the last words and by the exit code.
pub(crate) async fn run(options: StatsOptions) -> Result<(), Ending> {
    let which = Which::of(&options.source)?;
    let mut spans = vec![which.when.span()];
    if options.before {
        spans.push(which.when.span_before());
    }
    let loaded = source::read(&options.source, &which.place, &spans, Behind::Said).await?;
    let report = Report::of(&loaded, &which, &options);
    match options.format {
        Format::Table => print(&table::text(&report)),
        Format::Csv => print(&table::csv(&report)),
        Format::Json => print(&json::text(&report)),
    }
    source::tell(&loaded.missing);
    if loaded.missing.is_empty() {
        return Ok(());
    }
    Err(Ending::NotWorking("These figures do not cover all calls.".to_owned()))
}
