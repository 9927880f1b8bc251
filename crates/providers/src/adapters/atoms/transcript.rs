//! A transcript of Atoms: three generations of it.

use calls::{Call, Transcript};

use crate::fields::Fields;
use crate::reading::is_fresh;
use crate::turns::{Moment, Written, secs_as_ms};

/// A turn that begins this long after the stated end, in milliseconds, is still within the call.
const SLACK_MS: i64 = 2_000;

/// Reads a transcript: `[{role, content, timestamp}]` with an absolute time (the specification
/// since 2026-07), the same with "milliseconds from call start" (before), or plain texts (older).
pub(super) fn of(fields: &Fields, call: &Call, now_ms: i64) -> Transcript {
    let written = Written::read(fields.raw("transcript"));
    if written == Written::Nothing && is_fresh(call, now_ms) {
        return Transcript::BeingWritten;
    }
    let start_ms = start_ms(&written, call);
    written.transcript(|moment| match moment {
        Moment::At(at_ms) => start_ms.map(|start| at_ms - start),
        Moment::Clock(secs) => secs_as_ms(secs),
        Moment::Number(ms) => secs_as_ms(ms / 1_000.0),
    })
}

/// The instant that turns are counted from: the call's own time, if every turn then lies within
/// the call. A call that rang first was created before anybody spoke; its turns would seem to
/// lie behind its end, and are counted from the first of them.
fn start_ms(written: &Written, call: &Call) -> Option<i64> {
    let instants = || {
        written.moments().filter_map(|moment| match moment {
            Moment::At(at_ms) => Some(at_ms),
            _ => None,
        })
    };
    let (first, last) = (instants().min()?, instants().max()?);
    let fits = |start: &i64| {
        let duration_ms = call.duration_ms.unwrap_or_default();
        *start <= first && last - *start <= duration_ms.saturating_add(SLACK_MS)
    };
    call.started_ms.filter(fits).or(Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    fn offsets(created: &str, secs: u32, times: [&str; 2]) -> Vec<Option<i64>> {
        let [a, b] = times;
        let json = format!(
            r#"{{"createdAt":{created},"duration":{secs},"transcript":[
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
    fn an_absolute_time_is_counted_from_the_calls_own() {
        let created = r#""2026-07-28T15:46:10.472Z""#;
        assert_eq!(offsets(created, 30, TIMES), [Some(2_000), Some(10_000)]);
    }

    #[test]
    fn the_time_a_call_rang_is_not_part_of_what_was_said() {
        let created = r#""2026-07-28T15:45:30.000Z""#;
        assert_eq!(offsets(created, 12, TIMES), [Some(0), Some(8_000)]);
    }

    #[test]
    fn without_the_calls_time_or_with_one_behind_the_first_turn_the_first_turn_is_the_start() {
        assert_eq!(offsets("null", 30, TIMES), [Some(0), Some(8_000)]);
        let created = r#""2026-07-28T15:46:15.000Z""#;
        assert_eq!(offsets(created, 30, TIMES), [Some(0), Some(8_000)]);
    }

    #[test]
    fn a_number_is_milliseconds_from_the_start() {
        let created = r#""2026-07-28T15:46:10.472Z""#;
        assert_eq!(offsets(created, 30, ["1500", "\"8000\""]), [Some(1_500), Some(8_000)]);
    }
}
