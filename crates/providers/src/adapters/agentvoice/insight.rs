//! What AgentVoice tells of how a call went. No inner shape is documented: what a name or a shape
//! leaves no doubt about is read, all else stays among the facts.

use calls::insight::{Happening, HappeningKind, When};
use calls::{Call, Insight, Topics};

use super::record;
use crate::fields::Fields;
use crate::turns::Moment;
use crate::{insight, tools};

/// By the groups of the document.
pub(super) const TOPICS: Topics = Topics {
    analysis: &[
        "post_call_analysis",
        "custom_analysis",
        "structured_data_results",
        "quality_metrics",
        "notes",
        "enhanced_context",
    ],
    diagnostics: &[
        "latency_metrics",
        "audio_metrics",
        "turn_events",
        "interruptions",
        "tool_usage",
        "action_executions",
        "action_summary",
    ],
};

const HAPPENINGS: [(&str, HappeningKind); 3] = [
    ("tool_usage", HappeningKind::Tool),
    ("action_executions", HappeningKind::Action),
    ("interruptions", HappeningKind::Interruption),
];

/// Reads a record.
pub(super) fn of(fields: &Fields, call: &Call) -> Insight {
    let mut read = Insight::default();
    for (name, kind) in HAPPENINGS {
        let offset_ms = offsets(fields, name, call);
        if let Some(found) = insight::happenings(fields, name, kind, &offset_ms) {
            read.happenings.extend(found);
            read.told.push(name.to_owned());
        }
    }
    if let Some(metrics) = fields.object("latency_metrics") {
        read.stages = insight::stages(&metrics);
        let names = read.stages.iter().map(|stage| format!("latency_metrics.{}", stage.name));
        read.told.extend(names);
    }
    let offset_ms = |moment| record::offset_ms(moment, record::spoken_scale(fields, call), call);
    let formatted = fields.raw("transcript_formatted").or_else(|| fields.raw("transcript"));
    for tool in tools::of(formatted, &offset_ms) {
        join(&mut read.happenings, tool);
    }
    read
}

/// A tool call of the transcript may be one of `tool_usage`: then each fills the other's gaps.
fn join(known: &mut Vec<Happening>, spoken: Happening) {
    let same = |tool: &&mut Happening| {
        let is_tool = tool.kind == HappeningKind::Tool && tool.name == spoken.name;
        is_tool && (tool.when == When::Unknown || tool.when == spoken.when)
    };
    match known.iter_mut().find(same) {
        Some(tool) => {
            tool.when = spoken.when;
            tool.asked = tool.asked.take().or(spoken.asked);
            tool.answered = tool.answered.take().or(spoken.answered);
        }
        None => known.push(spoken),
    }
}

/// How far into the call a moment of a field lies. Nothing is within a call of unknown length.
fn offsets<'c>(fields: &Fields, name: &str, call: &'c Call) -> impl Fn(Moment) -> Option<i64> + 'c {
    let items = fields.list(name).into_iter().filter_map(|item| Fields::parse(item.get()));
    let numbers: Vec<f64> = items
        .filter_map(|item| crate::turns::TIME.iter().find_map(|name| item.number(name)))
        .collect();
    let scale = record::scale(&numbers, call.duration_ms);
    move |moment| {
        let at = record::offset_ms(moment, scale, call)?;
        (0..=call.duration_ms?).contains(&at).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    fn read(json: &str) -> Insight {
        let fields = Fields::parse(json).unwrap();
        of(&fields, &record::call(CallKey::parse("av/c").unwrap(), &fields, i64::MAX / 2))
    }

    #[test]
    fn a_tool_of_the_transcript_and_of_the_diagnostics_is_one_tool() {
        let read = read(
            r#"{"call_duration":60,"tool_usage":[{"tool":"find","duration_ms":80,"success":true}],
                "transcript_formatted":[{"role":"bot","message":"Hi","secondsFromStart":1.5},
                {"role":"tool_calls","secondsFromStart":2.5,"toolCalls":[{"id":"a","function":{"name":"find","arguments":"{}"}}]},
                {"role":"tool_call_result","toolCallId":"a","result":"Meier"}]}"#,
        );
        let [tool] = read.happenings.as_slice() else { panic!("{:?}", read.happenings) };
        assert_eq!((tool.when, tool.took_ms), (When::At(2_500), Some(80)));
        assert_eq!(tool.answered.as_deref(), Some("Meier"));
    }

    #[test]
    fn interruptions_have_moments_within_the_call_and_what_is_no_list_stays_a_fact() {
        let read = read(
            r#"{"call_duration":60,"started_at":"2026-11-21T10:00:00Z",
                "interruptions":[{"by":"customer","timestamp":12.5},{"by":"agent","timestamp":30}],
                "action_executions":[{"action":"mail","executed_at":"2026-11-21T10:05:00Z"}],"tool_usage":3}"#,
        );
        let when: Vec<When> = read.happenings.iter().map(|it| it.when).collect();
        assert_eq!(when, [When::Unknown, When::At(12_500), When::At(30_000)]);
        assert_eq!(read.told, ["action_executions", "interruptions"]);
    }
}
