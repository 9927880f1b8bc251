//! What Atoms tells of how a call went: evaluated metrics with reasons, latencies in stated
//! milliseconds, events of no stated shape.

use calls::insight::{HappeningKind, Reply, Stage, StageKind};
use calls::{Call, Insight, Topics};
use serde_json::value::RawValue;

use super::transcript;
use crate::fields::Fields;
use crate::turns::Written;
use crate::{insight, tools};

pub(super) const TOPICS: Topics = Topics {
    analysis: &["postCallAnalytics", "dispositionMetrics", "variables"],
    diagnostics: &[
        "turnLatencyMetrics",
        "average_transcriber_latency",
        "average_agent_latency",
        "average_synthesizer_latency",
        "events",
        "callFailureReason",
        "voiceConfigUsed",
        "slmModelUsed",
    ],
};

/// Of `turnLatencyMetrics`, in the order in which they are read.
const AVERAGES: [&str; 4] = ["avgLatency", "medianLatency", "minLatency", "maxLatency"];

/// Reads a record.
pub(super) fn of(fields: &Fields, call: &Call) -> Insight {
    let mut read = Insight::default();
    let analytics = fields.object("postCallAnalytics").unwrap_or_default();
    if let Some(judgements) = insight::judgements(&analytics, "dispositionMetrics") {
        read.judgements = judgements;
        read.told.push("postCallAnalytics.dispositionMetrics".to_owned());
    }
    latency(&mut read, fields);
    let written = Written::read(fields.raw("transcript"));
    let start_ms = transcript::start_ms(&written, call).or(call.started_ms);
    let within = |moment| {
        let at = transcript::offset_ms(moment, start_ms)?;
        (0..=call.duration_ms?).contains(&at).then_some(at)
    };
    if let Some(events) = insight::happenings(fields, "events", HappeningKind::Event, &within) {
        read.happenings = events;
        read.told.push("events".to_owned());
    }
    read.happenings.extend(tools::of(fields.raw("transcript"), &within));
    read
}

/// "Latency … in milliseconds": of all turns, and of each.
fn latency(read: &mut Insight, fields: &Fields) {
    let metrics = fields.object("turnLatencyMetrics").unwrap_or_default();
    let told = |name: &str| format!("turnLatencyMetrics.{name}");
    for name in AVERAGES {
        if let Some(ms) = metrics.whole_ms(name) {
            let kind = if name == "avgLatency" { StageKind::Whole } else { StageKind::Other };
            read.stages.push(Stage { kind, name: name.to_owned(), ms });
            read.told.push(told(name));
        }
    }
    let replies: Option<Vec<Reply>> = metrics.list("transitions").into_iter().map(reply).collect();
    if let Some(replies) = replies.filter(|replies| !replies.is_empty()) {
        read.replies = replies;
        read.told.extend([told("transitions"), told("latencies")]);
    }
}

fn reply(raw: &RawValue) -> Option<Reply> {
    let fields = Fields::parse(raw.get())?;
    Some(Reply {
        number: fields.number("turn").map(whole)?,
        heard_ms: fields.whole_ms("user_end"),
        spoke_ms: fields.whole_ms("bot_start"),
        took_ms: fields.whole_ms("latency")?,
    })
}

#[allow(clippy::cast_possible_truncation, reason = "numbers of turns are small")]
fn whole(number: f64) -> i64 {
    number as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::insight::When;

    #[test]
    fn metrics_have_their_reasons_replies_their_times_and_events_their_moment() {
        let json = r#"{"callId":"CALL-1768807723178-4561d0","createdAt":"2026-07-28T15:46:10.000Z","duration":60,
            "postCallAnalytics":{"dispositionMetrics":[{"identifier":"a","value":true,"confidence":0.9,"reasoning":"Said so."}]},
            "turnLatencyMetrics":{"avgLatency":812,"transitions":[{"turn":1,"user_end":4100,"bot_start":4912,"latency":812}]},
            "events":[{"type":"hold","timestamp":"2026-07-28T15:46:15.000Z"},{"type":"late","timestamp":"2026-07-29T15:46:15.000Z"}]}"#;
        let fields = Fields::parse(json).unwrap();
        let key = calls::CallKey::parse("at/c").unwrap();
        let read = of(&fields, &super::super::record::call(key, &fields, i64::MAX / 2));
        let metric = &read.judgements[0];
        assert_eq!((metric.value.as_deref(), metric.confidence), (Some("true"), Some(0.9)));
        assert_eq!(metric.reasoning.as_deref(), Some("Said so."));
        assert_eq!((read.replies[0].heard_ms, read.replies[0].took_ms), (Some(4_100), 812));
        assert_eq!(read.stages.len(), 1);
        assert_eq!(read.happenings[0].when, When::At(5_000));
        assert_eq!(read.happenings[1].when, When::Unknown);
        assert_eq!(read.happenings[1].facts[0].name, "timestamp");
    }
}
