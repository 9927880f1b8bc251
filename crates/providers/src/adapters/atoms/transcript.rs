//! A transcript of Atoms: three generations of it.

use calls::{Call, Transcript};

use crate::fields::Fields;
use crate::reading::is_fresh;
use crate::turns::{Moment, Written, secs_as_ms};

/// An agent greets within this time after it has answered, in milliseconds.
const GREETING_MS: i64 = 3_000;

/// Reads a transcript: `[{role, content, timestamp}]` with an absolute time (the specification
/// since 2026-07), the same with "milliseconds from call start" (before), or plain texts (older).
pub(super) fn of(fields: &Fields, call: &Call, now_ms: i64) -> Transcript {
    let written = Written::read(fields.raw("transcript"));
    if written == Written::Nothing && is_fresh(call, now_ms) {
        return Transcript::BeingWritten;
    }
    let start_ms = start_ms(&written, call);
    written.transcript(|moment| offset_ms(moment, start_ms))
}

/// How many milliseconds into a call a moment lies that is counted from an instant.
pub(super) fn offset_ms(moment: Moment, start_ms: Option<i64>) -> Option<i64> {
    match moment {
        Moment::At(at_ms) => start_ms.map(|start| at_ms - start),
        Moment::Clock(secs) => secs_as_ms(secs),
        Moment::Number(ms) => secs_as_ms(ms / 1_000.0),
    }
}

/// The instant that turns are counted from, so that an offset is one into the recording. All that
/// is sent is when the call was created, which for an outbound call is before it rang. If somebody
/// speaks right after, nothing rang and the call's own time is the start; else the first turn is.
pub(super) fn start_ms(written: &Written, call: &Call) -> Option<i64> {
    let instants = written.moments().filter_map(|moment| match moment {
        Moment::At(at_ms) => Some(at_ms),
        _ => None,
    });
    let first = instants.min()?;
    let did_not_ring = |start: &i64| (0..=GREETING_MS).contains(&(first - start));
    call.started_ms.filter(did_not_ring).or(Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    fn offsets(created: &str, times: [&str; 2]) -> Vec<Option<i64>> {
        let [a, b] = times;
        let json = format!(
            r#"{{"createdAt":{created},"duration":120,"transcript":[
                {{"role":"agent","content":"Hello","timestamp":{a}}},
                {{"role":"user","content":"Hi","timestamp":{b}}}]}}"#
        );
        let fields = Fields::parse(&json).unwrap();
        let key = CallKey::parse("at/c").unwrap();
        let call = super::super::record::call(key, &fields, i64::MAX / 2);
        match of(&fields, &call, i64::MAX / 2) {
            Transcript::Turns(turns) => turns.into_iter().map(|turn| turn.at_ms).collect(),
            other => panic!("{other:?}"),
        }
    }

    const TIMES: [&str; 2] = [r#""2026-07-28T15:46:12.472Z""#, r#""2026-07-28T15:46:20.472Z""#];

    #[test]
    fn an_absolute_time_is_counted_from_the_calls_own_if_nothing_rang() {
        let created = r#""2026-07-28T15:46:10.472Z""#;
        assert_eq!(offsets(created, TIMES), [Some(2_000), Some(10_000)]);
    }

    #[test]
    fn the_time_a_call_rang_is_not_part_of_what_was_said() {
        let created = r#""2026-07-28T15:45:30.000Z""#;
        assert_eq!(offsets(created, TIMES), [Some(0), Some(8_000)]);
    }

    #[test]
    fn without_the_calls_time_or_with_one_behind_the_first_turn_the_first_turn_is_the_start() {
        assert_eq!(offsets("null", TIMES), [Some(0), Some(8_000)]);
        let created = r#""2026-07-28T15:46:15.000Z""#;
        assert_eq!(offsets(created, TIMES), [Some(0), Some(8_000)]);
    }

    #[test]
    fn a_number_is_milliseconds_from_the_start() {
        let created = r#""2026-07-28T15:46:10.472Z""#;
        assert_eq!(offsets(created, ["1500", "\"8000\""]), [Some(1_500), Some(8_000)]);
    }
}
