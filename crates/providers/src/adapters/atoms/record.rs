//! A call of Atoms, read.

use calls::key::CallKey;
use calls::told::Field;
use calls::{Call, Channel, Cost, Direction, Fact, Outcome, Recording, Status};
use serde_json::value::RawValue;

use crate::carried::{Carried, Kind, readable};
use crate::fields::{Fields, epoch_ms, text_of};
use crate::reading::{is_fresh, other_facts};

/// Fields that are read into the call.
const READ: &[(&str, Kind)] = &[
    ("callId", Kind::Text),
    ("status", Kind::Text),
    ("duration", Kind::Secs),
    ("agentId", Kind::Text),
    ("recordingUrl", Kind::Text),
    ("recordingDualUrl", Kind::Text),
    ("disconnectionReason", Kind::Text),
    ("createdAt", Kind::Time),
    ("endTime", Kind::Time),
    ("callCost", Kind::Number),
    ("isTest", Kind::Flag),
    ("transcript", Kind::Spoken),
];

/// The kind of call, where it is known.
const READ_KIND: &[(&str, Kind)] = &[("type", Kind::Text)];

/// The numbers, where it is known which is whose.
const READ_NUMBERS: &[(&str, Kind)] = &[("from", Kind::Text), ("to", Kind::Text)];

/// Fields that the provider may empty again.
pub(super) const CARRIED: &[Carried] = &[
    (Field::Duration, &["duration"]),
    (Field::Ended, &["endTime"]),
    (Field::Summary, &["postCallAnalytics"]),
    (Field::Outcomes, &["postCallAnalytics", "dispositionMetrics"]),
    (Field::Success, &["postCallAnalytics", "dispositionMetrics"]),
    (Field::EndReason, &["disconnectionReason", "callFailureReason"]),
    (Field::Voicemail, &["disconnectionReason", "callFailureReason"]),
    (Field::Cost, &["callCost"]),
];

/// Fields of nested objects that are read into the call.
const READ_INSIDE: &[&str] = &["agent._id", "agent.name", "postCallAnalytics.summary"];

/// "Replaced" by `turnLatencyMetrics`, whose unit is stated. Of these one page of the provider
/// prints milliseconds, while its example can only be seconds.
const OLD_LATENCY: &[&str] =
    &["average_transcriber_latency", "average_agent_latency", "average_synthesizer_latency"];

/// Fields of `turnLatencyMetrics` that the provider's specification states in milliseconds.
const LATENCY_MS: &[&str] =
    &["avgLatency", "medianLatency", "minLatency", "maxLatency", "latencies"];

/// Fields of each of `turnLatencyMetrics.transitions` that it states in milliseconds.
const TRANSITION_MS: &[&str] = &["user_end", "bot_start", "latency"];

/// Reads a call: of the list or of the detail. The detail has the agent's name but (by the
/// specification) neither its creation nor why it ended; what it lacks stays as the list had it.
pub(super) fn call(key: CallKey, fields: &Fields, now_ms: i64) -> Call {
    let mut call = Call::new(key);
    let id = fields.text("callId").unwrap_or_default();
    let created_ms = fields.time_ms("createdAt");
    call.started_ms = created_ms.or_else(|| time_in_id(&id));
    call.told.note_start_of_id(created_ms.is_none());
    // Webhooks have it, the API does not.
    call.ended_ms = fields.time_ms("endTime");
    call.duration_ms = fields.secs_as_ms("duration");
    call.status = fields.text("status").map_or(Status::NotGiven, |word| Status::of(&word));
    let agent = fields.object("agent").unwrap_or_default();
    call.agent_id = fields.text("agentId").or_else(|| agent.text("_id"));
    call.agent_name = agent.text("name").or_else(|| fields.text("agentName"));
    read_kind(&mut call, fields);
    let analytics = fields.object("postCallAnalytics").unwrap_or_default();
    call.summary = analytics.text("summary");
    call.outcomes = outcomes(&analytics, fields);
    // `-` stands for none. A call that failed may say why in a field of its own.
    let reason = fields.text("disconnectionReason").filter(|reason| reason != "-");
    call.end_reason = reason.or_else(|| fields.text("callFailureReason"));
    call.voicemail = call.end_reason.as_deref().filter(|word| is_voicemail(word)).map(|_| true);
    call.cost = fields.number("callCost").map(Cost::Credits);
    call.test = fields.bool("isTest") == Some(true);
    // "Which retry attempt this was (0 = initial)"; `retryCount` counts the attempts after it.
    call.retry = fields.count("retryAttemptNumber").is_some_and(|attempt| attempt > 0);
    call.retry_of = retry_of(fields, &id);
    call.retry |= call.retry_of.is_some();
    call.retries = fields.count("retryCount");
    call.version = fields.text("versionNumber").or_else(|| fields.text("versionId"));
    // "Latency … in milliseconds" of the specification; the older fields have no unit.
    let latency = fields.object("turnLatencyMetrics").unwrap_or_default();
    call.latency_ms = latency.whole_ms("avgLatency");
    call.recording = recording(&call, fields, now_ms);
    call
}

/// Everything else, in the provider's own names. Latencies say their unit, or that it is not
/// known.
pub(super) fn facts(fields: &Fields) -> Vec<Fact> {
    let (read_kind, read_numbers) = match kind(fields) {
        None => (&[][..], &[][..]),
        Some((Direction::Unknown, _)) => (READ_KIND, &[][..]),
        Some(_) => (READ_KIND, READ_NUMBERS),
    };
    let read = [READ, read_kind, read_numbers].into_iter();
    let read: Vec<&str> = read.flat_map(|table| readable(fields, table)).collect();
    let mut facts = other_facts(fields, &read);
    facts.retain(|fact| !is_read_inside(fields, &fact.name));
    for fact in &mut facts {
        if is_in_ms(fact) {
            fact.value.push_str(" ms");
        } else if OLD_LATENCY.contains(&fact.name.as_str()) {
            fact.value.push_str(" (s? ms?)");
        }
    }
    facts
}

/// Whether a fact of a nested object was read into the call.
fn is_read_inside(fields: &Fields, name: &str) -> bool {
    let value = || {
        let (outer, inner) = name.split_once('.')?;
        fields.object(outer)?.text(inner)
    };
    READ_INSIDE.contains(&name) && value().is_some()
}

/// Whether a fact is one number, or several, of milliseconds.
fn is_in_ms(fact: &Fact) -> bool {
    let Some(name) = fact.name.strip_prefix("turnLatencyMetrics.") else { return false };
    let of_transition = || name.strip_prefix("transitions.")?.split_once('.');
    let stated = match of_transition() {
        Some((_, inner)) => TRANSITION_MS.contains(&inner),
        None => LATENCY_MS.contains(&name),
    };
    stated && fact.value.split(", ").all(|number| number.parse::<f64>().is_ok())
}

/// The middle of `CALL-{13 digits}-{6 hex}` is the millisecond of its creation.
fn time_in_id(id: &str) -> Option<i64> {
    let digits = id.strip_prefix("CALL-")?.split('-').next()?;
    let whole = digits.len() == 13 && digits.bytes().all(|byte| byte.is_ascii_digit());
    epoch_ms(digits.parse().ok().filter(|_| whole)?)
}

/// The first attempt, which this one tries again. What `retryCallId` of a first attempt means is
/// not said; of a further one it is taken as the first. The detail has no number of the attempt:
/// there, a call that was created before this one is.
fn retry_of(fields: &Fields, id: &str) -> Option<String> {
    let other = fields.text("retryCallId").filter(|other| other != id)?;
    let is_earlier = || time_in_id(&other)?.lt(&time_in_id(id)?).then_some(());
    let further = match fields.count("retryAttemptNumber") {
        Some(attempt) => attempt > 0,
        None => is_earlier().is_some(),
    };
    further.then_some(other)
}

fn kind(fields: &Fields) -> Option<(Direction, Channel)> {
    match fields.text("type")?.to_ascii_lowercase().as_str() {
        "telephony_inbound" => Some((Direction::Inbound, Channel::Phone)),
        "telephony_outbound" => Some((Direction::Outbound, Channel::Phone)),
        "webcall" => Some((Direction::Unknown, Channel::Web)),
        // In the specification until 2026-05.
        "chat" => Some((Direction::Unknown, Channel::Chat)),
        _ => None,
    }
}

fn read_kind(call: &mut Call, fields: &Fields) {
    (call.direction, call.channel) = kind(fields).unwrap_or((Direction::Unknown, Channel::Phone));
    let (from, to) = (fields.text("from"), fields.text("to"));
    let (customer, own) = match call.direction {
        Direction::Inbound => (from, to),
        Direction::Outbound => (to, from),
        Direction::Unknown => (None, None),
    };
    call.customer.phone = customer.as_deref().and_then(calls::phone::given).map(str::to_owned);
    call.own_number = own;
}

/// A reason of the provider's dashboard, in no list of the API.
fn is_voicemail(reason: &str) -> bool {
    reason.to_ascii_lowercase().contains("voicemail")
}

/// The evaluated metrics, else the list's own `dispositionMetrics`. A metric that could not be
/// extracted has "an empty or null value" and is none.
fn outcomes(analytics: &Fields, fields: &Fields) -> Vec<Outcome> {
    let evaluated = analytics.list("dispositionMetrics");
    let evaluated: Vec<Outcome> = evaluated.into_iter().filter_map(outcome).collect();
    if !evaluated.is_empty() {
        return evaluated;
    }
    let plain = fields.object("dispositionMetrics").unwrap_or_default();
    let named = plain.iter().filter_map(|(name, raw)| {
        Some(Outcome { name: Some(name.to_owned()), value: text_of(raw)? })
    });
    named.collect()
}

fn outcome(raw: &RawValue) -> Option<Outcome> {
    let metric = Fields::parse(raw.get())?;
    Some(Outcome { name: metric.text("identifier"), value: metric.text("value")? })
}

/// "Check if `recordingUrl` is non-empty"; it "may take a few seconds to appear".
fn recording(call: &Call, fields: &Fields, now_ms: i64) -> Recording {
    let names = ["recordingUrl", "recordingDualUrl"];
    match fields.first_text(&names) {
        Some(_) => Recording::Available { until_ms: None },
        None if call.channel == Channel::Chat => Recording::Absent,
        None if !names.iter().any(|name| fields.has(name)) => Recording::Unknown,
        None if is_fresh(call, now_ms) => Recording::NotReady,
        None => Recording::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Call {
        call(CallKey::parse("at/c").unwrap(), &Fields::parse(json).unwrap(), i64::MAX / 2)
    }

    fn told(json: &str) -> Vec<String> {
        let facts = facts(&Fields::parse(json).unwrap());
        facts.into_iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect()
    }

    #[test]
    fn the_time_is_in_the_id_where_it_is_nowhere_else() {
        assert_eq!(time_in_id("CALL-1768807723178-4561d0"), Some(1_768_807_723_178));
        for id in ["CALL-17-4561d0", "CALL-", "call", "CALL-1768807723178x-1", "CALL--768807723178-1"] {
            assert_eq!(time_in_id(id), None, "{id}");
        }
        let both = r#"{"callId":"CALL-1768807723178-4561d0","createdAt":"2026-01-19T07:28:44.000Z"}"#;
        assert_eq!(read(both).started_ms, Some(1_768_807_724_000));
        let mut listed = read(both);
        listed.merge(read(r#"{"callId":"CALL-1768807723178-4561d0"}"#));
        assert_eq!(listed.started_ms, Some(1_768_807_724_000), "opening it keeps the list's time");
    }

    #[test]
    fn evaluated_metrics_come_before_plain_ones_and_empty_ones_are_none() {
        let call = read(
            r#"{"dispositionMetrics":{"a":"old"},"postCallAnalytics":{"summary":"S","dispositionMetrics":[
                {"identifier":"a","value":"yes"},{"identifier":"b","value":true},
                {"identifier":"c","value":null},{"identifier":"d","value":""},7]}}"#,
        );
        let labels: Vec<String> = call.outcomes.iter().map(Outcome::label).collect();
        assert_eq!(labels, ["a=yes", "b=true"]);
        assert_eq!(call.summary.as_deref(), Some("S"));
        let plain = read(r#"{"dispositionMetrics":{"a":"old","b":""}}"#);
        assert_eq!(plain.outcomes.len(), 1);
    }

    #[test]
    fn the_doubt_about_a_unit_stays_visible() {
        assert_eq!(
            told(
                r#"{"average_agent_latency":1.2,"turnLatencyMetrics":{"avgLatency":812,"turns":4,
                    "latencies":[800,824],"minLatency":"soon","transitions":[{"turn":1,
                    "user_end":4100,"bot_start":4900,"latency":800}]}}"#
            ),
            [
                "average_agent_latency=1.2 (s? ms?)",
                "turnLatencyMetrics.avgLatency=812 ms",
                "turnLatencyMetrics.latencies=800, 824 ms",
                "turnLatencyMetrics.minLatency=soon",
                "turnLatencyMetrics.transitions.1.bot_start=4900 ms",
                "turnLatencyMetrics.transitions.1.latency=800 ms",
                "turnLatencyMetrics.transitions.1.turn=1",
                "turnLatencyMetrics.transitions.1.user_end=4100 ms",
                "turnLatencyMetrics.turns=4"
            ]
        );
    }

    #[test]
    fn numbers_of_a_kind_that_is_not_known_are_told() {
        let json = r#"{"type":"sms","from":"+14155550100","to":"+14155550101"}"#;
        assert_eq!(told(json), ["from=+14155550100", "to=+14155550101", "type=sms"]);
        assert_eq!(read(json).customer.phone, None);
        assert_eq!(told(&json.replace("sms", "telephony_inbound")), [""; 0]);
        // Nor of which nobody says whose they are.
        assert_eq!(told(&json.replace("sms", "chat")), ["from=+14155550100", "to=+14155550101"]);
    }

    #[test]
    fn the_first_attempt_is_no_retry_however_often_it_was_tried_again() {
        assert!(!read(r#"{"retryAttemptNumber":0,"retryCount":3}"#).retry);
        assert!(read(r#"{"retryAttemptNumber":1}"#).retry);
    }

    #[test]
    fn attempts_are_grouped_under_the_first_and_the_first_under_itself() {
        let root = "CALL-1768807723178-4561d0";
        let of = |id: &str, attempt: &str| {
            let json = format!(r#"{{"callId":"{id}","retryCallId":"{root}"{attempt}}}"#);
            let call = read(&json);
            (call.retry_of, call.retry)
        };
        let later = "CALL-1768807823178-4561d1";
        assert_eq!(of(later, r#","retryAttemptNumber":2"#), (Some(root.into()), true));
        assert_eq!(of(later, ""), (Some(root.into()), true), "the detail has no number");
        assert_eq!(of("CALL-1768807623178-4561d1", ""), (None, false));
        assert_eq!(of(later, r#","retryAttemptNumber":0"#), (None, false));
        assert_eq!(of(root, r#","retryAttemptNumber":1"#), (None, true));
    }

    #[test]
    fn the_version_and_the_number_of_further_attempts_are_read() {
        let call = read(r#"{"versionId":"v-1","versionNumber":3,"retryCount":2}"#);
        assert_eq!((call.version.as_deref(), call.retries), (Some("3"), Some(2)));
        assert_eq!(read(r#"{"versionId":"v-1"}"#).version.as_deref(), Some("v-1"));
    }

    #[test]
    fn a_dash_is_no_reason() {
        assert_eq!(read(r#"{"disconnectionReason":"-"}"#).end_reason, None);
        assert_eq!(read(r#"{"disconnectionReason":"Voicemail"}"#).voicemail, Some(true));
    }
}
