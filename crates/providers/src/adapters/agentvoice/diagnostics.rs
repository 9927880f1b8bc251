//! What AgentVoice's metrics and diagnostics say of how a call went. Their inner shapes are not
//! documented: only what a name or a shape leaves no doubt about is read, and all of it is told
//! under its own name besides.

use calls::Call;
use serde_json::value::RawValue;

use crate::fields::Fields;

/// Reads latency, interruptions and failed tools into a call.
pub(super) fn read(call: &mut Call, fields: &Fields) {
    call.latency_ms = fields.object("latency_metrics").and_then(|metrics| turn_latency(&metrics));
    call.interruptions = interruptions(fields);
    call.tool_errors = tool_errors(fields);
}

/// The average over turns whose name ends with its unit; without a unit it is not read.
fn turn_latency(metrics: &Fields) -> Option<i64> {
    let name = metrics.iter().map(|(name, _)| name).find(|name| {
        let folded = name.to_ascii_lowercase();
        let average = folded.contains("avg") || folded.contains("average");
        folded.contains("turn") && average && folded.ends_with("_ms")
    });
    metrics.whole_ms(name?)
}

/// A number, or one item for each.
fn interruptions(fields: &Fields) -> Option<u32> {
    let raw = fields.raw("interruptions")?.get();
    let items = raw.starts_with('[').then(|| fields.list("interruptions").len() as u64);
    u32::try_from(items.or_else(|| fields.count("interruptions"))?).ok()
}

/// Whether a tool failed: each use has to say whether it did. No use is no failure.
fn tool_errors(fields: &Fields) -> Option<bool> {
    let raw = fields.raw("tool_usage")?.get();
    raw.starts_with('[').then_some(())?;
    let failed: Option<Vec<bool>> = fields.list("tool_usage").into_iter().map(failed).collect();
    Some(failed?.contains(&true))
}

fn failed(raw: &RawValue) -> Option<bool> {
    let tool = Fields::parse(raw.get())?;
    let stated = tool.bool("success").map(|success| !success);
    stated.or_else(|| tool.has("error").then(|| !tool.is_empty("error")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    fn read_of(json: &str) -> (Option<i64>, Option<u32>, Option<bool>) {
        let mut call = Call::new(CallKey::parse("av/c").unwrap());
        read(&mut call, &Fields::parse(json).unwrap());
        (call.latency_ms, call.interruptions, call.tool_errors)
    }

    #[test]
    fn a_latency_is_read_only_where_its_name_says_the_unit() {
        let latency = |json: &str| read_of(&format!(r#"{{"latency_metrics":{json}}}"#)).0;
        assert_eq!(latency(r#"{"model_latency_avg_ms":400,"turn_latency_avg_ms":911.6}"#), Some(912));
        for json in [r#"{"turn_latency_avg":812}"#, r#"{"avg":812}"#, "812", "[]", "null"] {
            assert_eq!(latency(json), None, "{json}");
        }
    }

    #[test]
    fn interruptions_are_a_number_or_as_many_as_there_are() {
        let of = |json: &str| read_of(&format!(r#"{{"interruptions":{json}}}"#)).1;
        assert_eq!((of("2"), of("[]"), of(r#"[{"at":1},{"at":2}]"#)), (Some(2), Some(0), Some(2)));
        assert_eq!((of("null"), of(r#"{"agent":1}"#), of("-1")), (None, None, None));
    }

    #[test]
    fn a_tool_failed_only_if_it_says_so_and_nobody_knows_if_it_says_nothing() {
        let of = |json: &str| read_of(&format!(r#"{{"tool_usage":{json}}}"#)).2;
        assert_eq!(of("[]"), Some(false));
        assert_eq!(of(r#"[{"tool":"a","success":true,"error":null}]"#), Some(false));
        assert_eq!(of(r#"[{"success":true},{"success":false}]"#), Some(true));
        assert_eq!(of(r#"[{"error":"timeout"}]"#), Some(true));
        assert_eq!(of(r#"[{"success":true},{"tool":"b"}]"#), None);
        assert_eq!((of("null"), of("3"), of(r#"["a"]"#)), (None, None, None));
    }
}
