//! The columns: what each is called, and what it says of a call.

use calls::words::Words;
use calls::{Call, Cost, Recording, Transcript, Zone, wording};

use super::Sheet;
use super::cell::Cell;
use crate::exported::Exported;
use crate::iso::instant;

type Head = fn(&Words, &Zone) -> String;
type Value = fn(&Sheet<'_>, &Call) -> Cell;
type Beside = fn(&Sheet<'_>, &Exported<'_>) -> Cell;

/// One column.
pub(super) struct Column {
    /// What it is called; a column of times names their zone.
    pub(super) head: Head,
    /// What it says.
    pub(super) cell: Said,
}

/// What a column says.
pub(super) enum Said {
    /// Of the call.
    Call(Value),
    /// Of what stands beside the call.
    Beside(Beside),
}

const fn column(head: Head, value: Value) -> Column {
    Column { head, cell: Said::Call(value) }
}

const fn beside(head: Head, value: Beside) -> Column {
    Column { head, cell: Said::Beside(value) }
}

/// Every field of a call, in the order in which people read them.
#[rustfmt::skip]
pub(super) const COLUMNS: &[Column] = &[
    column(|words, zone| words.csv_time(zone.name()), |sheet, call| time(sheet, call.started_ms)),
    column(|words, zone| words.csv_ended(zone.name()), |sheet, call| time(sheet, call.ended_ms)),
    column(|words, _| words.csv_duration(), |_, call| secs(call.duration_ms)),
    column(|words, _| words.figure_answered(), |sheet, call| yes_no(sheet, call.answered())),
    column(|words, _| words.fact_customer(), |_, call| Cell::of(call.customer.name.as_deref())),
    column(|words, _| words.fact_phone(), |_, call| Cell::of(call.customer.phone.as_deref())),
    column(|words, _| words.fact_email(), |_, call| Cell::of(call.customer.email.as_deref())),
    column(|words, _| words.fact_contact(), |_, call| Cell::of(call.customer.contact_id.as_deref())),
    column(|words, _| words.column_direction(), |sheet, call| Cell::Text(wording::direction(call.direction, sheet.words))),
    column(|words, _| words.csv_channel(), |sheet, call| Cell::Text(wording::channel(call.channel, sheet.words))),
    column(|words, _| words.column_status(), |sheet, call| Cell::Text(wording::status(&call.status, sheet.words))),
    column(|words, _| words.fact_end_reason(), |_, call| Cell::of(call.end_reason.as_deref())),
    column(|words, _| words.column_success(), |sheet, call| Cell::Text(wording::success(call.success, sheet.words))),
    column(|words, _| words.csv_outcomes(), |sheet, call| outcomes(sheet.words, call)),
    column(|words, _| words.fact_request(), |_, call| Cell::of(call.request.as_deref())),
    column(|words, _| words.fact_summary(), |_, call| Cell::of(call.summary.as_deref())),
    column(|words, _| words.fact_note(), |_, call| Cell::of(call.note.as_deref())),
    column(|words, _| words.fact_employee(), |_, call| Cell::of(call.employee.as_deref())),
    column(|words, _| words.mark_todo(), |sheet, call| yes_no(sheet, call.todo)),
    column(|words, _| words.fact_agent(), |_, call| Cell::of(call.agent_name.as_deref())),
    column(|words, _| words.fact_agent_id(), |_, call| Cell::of(call.agent_id.as_deref())),
    column(|words, _| words.fact_version(), |_, call| Cell::of(call.version.as_deref())),
    column(|words, _| words.fact_own_number(), |_, call| Cell::of(call.own_number.as_deref())),
    column(|words, _| words.fact_campaign(), |_, call| Cell::of(call.campaign.as_deref())),
    column(|words, _| words.mark_voicemail(), |sheet, call| yes_no(sheet, call.voicemail)),
    column(|words, _| words.mark_test(), |sheet, call| yes_no(sheet, Some(call.test))),
    column(|words, _| words.mark_retry(), |sheet, call| yes_no(sheet, Some(call.retry))),
    column(|words, _| words.fact_other_id(), |_, call| Cell::of(call.other_id.as_deref())),
    column(|words, _| words.fact_attempt_of(), |_, call| Cell::of(call.retry_of.as_deref())),
    column(|words, _| words.fact_attempts(), |_, call| Cell::count(call.retries.and_then(|count| count.try_into().ok()))),
    column(|words, _| words.fact_cost(), |_, call| cost(call.cost)),
    column(|words, _| words.csv_cost_unit(), |sheet, call| unit(call.cost, sheet.words)),
    column(|words, _| words.fact_score(), |_, call| call.score.map_or(Cell::Empty, Cell::Number)),
    column(|words, _| words.fact_recording(), |sheet, call| Cell::Text(wording::recording(call.recording, sheet.words))),
    column(|words, zone| words.csv_recording_until(zone.name()), |sheet, call| time(sheet, kept_until(call))),
    column(|words, _| words.mark_purged(), |sheet, call| yes_no(sheet, Some(call.purged))),
    column(|words, _| words.mark_deleted(), |sheet, call| yes_no(sheet, Some(call.deleted))),
    column(|words, _| words.csv_opened(), |sheet, call| yes_no(sheet, Some(call.opened))),
    column(|words, _| words.csv_has_transcript(), |sheet, call| yes_no(sheet, call.transcript)),
    column(|words, _| words.csv_latency(), |_, call| Cell::count(call.latency_ms)),
    column(|words, _| words.csv_interruptions(), |_, call| Cell::count(call.interruptions.map(i64::from))),
    column(|words, _| words.csv_tool_errors(), |sheet, call| yes_no(sheet, call.tool_errors)),
    beside(|words, _| words.column_connection(), |_, exported| Cell::of(Some(exported.connection))),
    column(|words, _| words.csv_connection_id(), |_, call| Cell::Text(call.key.connection.to_string())),
    column(|words, _| words.fact_id(), |_, call| Cell::Text(call.key.reference.call_id().to_owned())),
    column(|words, _| words.csv_reference(), |_, call| Cell::Text(call.key.reference.to_string())),
    beside(|words, _| words.csv_link(), |_, exported| Cell::of(Some(exported.link))),
];

/// What an export with transcripts has besides.
#[rustfmt::skip]
pub(super) const TRANSCRIPT: &[Column] = &[
    beside(|words, _| words.csv_transcript_state(), |sheet, exported| exported.transcript.map_or(Cell::Empty, |transcript| {
        Cell::Text(wording::transcript(transcript, sheet.words))
    })),
    beside(|words, _| words.tab_transcript(), |sheet, exported| exported.transcript.map_or(Cell::Empty, |transcript| {
        spoken(transcript, sheet.words)
    })),
];

impl Column {
    /// The cell of a call.
    pub(super) fn cell(&self, sheet: &Sheet<'_>, exported: &Exported<'_>) -> Cell {
        match self.cell {
            Said::Call(value) => value(sheet, exported.call),
            Said::Beside(value) => value(sheet, exported),
        }
    }
}

fn time(sheet: &Sheet<'_>, at_ms: Option<i64>) -> Cell {
    at_ms.map_or(Cell::Empty, |at| Cell::Text(instant(at, sheet.zone)))
}

#[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
fn secs(ms: Option<i64>) -> Cell {
    ms.map_or(Cell::Empty, |ms| Cell::Number(ms as f64 / 1_000.0))
}

fn yes_no(sheet: &Sheet<'_>, stated: Option<bool>) -> Cell {
    let word = |yes| if yes { sheet.words.success_yes() } else { sheet.words.success_no() };
    stated.map_or(Cell::Empty, |yes| Cell::Text(word(yes)))
}

fn outcomes(words: &Words, call: &Call) -> Cell {
    let said = wording::outcomes(&call.outcomes, words);
    if said.is_empty() { Cell::Empty } else { Cell::Text(said) }
}

/// The amount, in the unit that stands beside it.
fn cost(cost: Option<Cost>) -> Cell {
    match cost {
        None => Cell::Empty,
        Some(Cost::UsCents(cents)) => Cell::Number(cents / 100.0),
        Some(Cost::Credits(credits)) => Cell::Number(credits),
    }
}

fn unit(cost: Option<Cost>, words: &Words) -> Cell {
    match cost {
        None => Cell::Empty,
        Some(Cost::UsCents(_)) => Cell::Text(words.csv_unit_usd()),
        Some(Cost::Credits(_)) => Cell::Text(words.csv_unit_credits()),
    }
}

fn kept_until(call: &Call) -> Option<i64> {
    match call.recording {
        Recording::Available { until_ms } => until_ms,
        _ => None,
    }
}

/// One line a turn: `[0:05] Agent: Good morning`.
fn spoken(transcript: &Transcript, words: &Words) -> Cell {
    match transcript {
        Transcript::Turns(turns) => Cell::Text(crate::plain::turns(turns, words)),
        Transcript::Text(text) => Cell::Text(text.clone()),
        _ => Cell::Empty,
    }
}
