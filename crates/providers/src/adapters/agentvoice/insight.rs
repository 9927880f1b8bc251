//! What AgentVoice tells of how a call went. No inner shape is documented: what a name or a shape
//! leaves no doubt about is read, all else stays among the facts.

use calls::insight::HappeningKind;
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
    read.happenings.extend(tools::of(formatted, &offset_ms));
    read
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
