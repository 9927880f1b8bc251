//! Reads what happened in a call, leniently: under every name that is documented or likely. An
//! array is read only as a whole: one item that cannot be told leaves all of it among the facts.

use calls::Fact;
use calls::insight::{Happening, HappeningKind, Judgement, Stage, StageKind, When};
use serde_json::value::RawValue;

use crate::fields::{Fields, text_of};
use crate::json;
use crate::reading::other_facts;
use crate::turns::{Moment, TIME, moment};

const NAME: &[&str] =
    &["tool", "tool_name", "toolName", "action", "name", "event", "type", "function", "kind"];
const ASKED: &[&str] = &["arguments", "parameters", "args", "input", "params"];
const ANSWERED: &[&str] = &["result", "output", "response", "error"];
const TOOK_MS: &[&str] = &["duration_ms", "latency_ms", "durationMs", "elapsed_ms"];
/// Of an instant, besides what a turn's time is called.
const INSTANT: &[&str] = &["at", "executed_at", "created_at", "occurred_at", "started_at"];
/// Of an offset whose unit stands in its name.
const OFFSET_MS: &[&str] = &["at_ms", "start_ms", "timestamp_ms", "offset_ms"];

/// Reads an array of things that happened. `offset_ms` says how many milliseconds into the call a
/// moment lies. `None` where it is no array of objects or texts, or an empty one.
pub(crate) fn happenings(
    fields: &Fields,
    name: &str,
    kind: HappeningKind,
    offset_ms: &dyn Fn(Moment) -> Option<i64>,
) -> Option<Vec<Happening>> {
    let items = fields.list(name);
    let read: Option<Vec<Happening>> =
        items.into_iter().map(|item| happening(item, kind, offset_ms)).collect();
    read.filter(|read| !read.is_empty())
}

fn happening(
    raw: &RawValue,
    kind: HappeningKind,
    offset_ms: &dyn Fn(Moment) -> Option<i64>,
) -> Option<Happening> {
    let Some(fields) = Fields::parse(raw.get()) else {
        let name = raw.get().starts_with('"').then(|| text_of(raw)).flatten()?;
        return Some(Happening { name: Some(name), ..Happening::new(kind) });
    };
    let mut read = Reading { fields: &fields, taken: Vec::new() };
    let mut happening = Happening::new(kind);
    happening.name = read.first(NAME, Fields::text);
    happening.asked = read.first(ASKED, told);
    happening.answered = read.first(ANSWERED, told);
    happening.took_ms = read.first(TOOK_MS, Fields::whole_ms);
    happening.failed = read.first(&["success"], Fields::bool).map(|success| !success);
    if happening.failed.is_none() && fields.has("error") {
        happening.failed = Some(!fields.is_empty("error"));
    }
    if let Some(at) = read.at(offset_ms) {
        happening.when = When::At(at);
    }
    happening.facts = other_facts(&fields, &read.taken);
    Some(happening)
}

/// A record of which it is noted what has been read.
struct Reading<'f, 'a> {
    fields: &'f Fields<'a>,
    taken: Vec<&'static str>,
}

impl<'a> Reading<'_, 'a> {
    fn first<T>(
        &mut self,
        names: &'static [&'static str],
        read: impl Fn(&Fields<'a>, &str) -> Option<T>,
    ) -> Option<T> {
        let (name, value) =
            names.iter().find_map(|name| Some((*name, read(self.fields, name)?)))?;
        self.taken.push(name);
        Some(value)
    }

    /// An instant that is not within the call stays among the facts, with its day.
    fn at(&mut self, offset_ms: &dyn Fn(Moment) -> Option<i64>) -> Option<i64> {
        if let Some(ms) = self.first(OFFSET_MS, Fields::whole_ms) {
            return Some(ms);
        }
        let read = |fields: &Fields<'a>, name: &str| offset_ms(moment(&fields.text(name)?)?);
        self.first(TIME, read).or_else(|| self.first(INSTANT, read))
    }
}

/// A text as it stands, anything nested as compact JSON.
fn told(fields: &Fields, name: &str) -> Option<String> {
    let raw = fields.raw(name)?;
    let nested = || raw.get().starts_with(['{', '[']).then(|| json::compact(raw.get()));
    text_of(raw).or_else(nested).filter(|text| !matches!(text.as_str(), "{}" | "[]"))
}

/// Reads an array of judgements: `{identifier, value, confidence, reasoning}` and its like.
pub(crate) fn judgements(fields: &Fields, name: &str) -> Option<Vec<Judgement>> {
    let items = fields.list(name);
    let read: Option<Vec<Judgement>> = items.into_iter().map(judgement).collect();
    read.filter(|read| !read.is_empty())
}

fn judgement(raw: &RawValue) -> Option<Judgement> {
    let fields = Fields::parse(raw.get())?;
    let mut read = Reading { fields: &fields, taken: Vec::new() };
    let name = read.first(&["identifier", "name", "question"], Fields::text)?;
    let value = read.first(&["value", "answer", "result"], told);
    let confidence = read.first(&["confidence"], |fields, name| {
        fields.number(name).filter(|share| (0.0..=1.0).contains(share))
    });
    let reasoning = read.first(&["reasoning", "reason", "explanation"], told);
    let facts: Vec<Fact> = other_facts(&fields, &read.taken);
    Some(Judgement { name, value, confidence, reasoning, facts })
}

/// The stages that an object of averages names: only what says its unit, and of these all.
pub(crate) fn stages(metrics: &Fields) -> Vec<Stage> {
    let stage = |(name, raw): (&str, &RawValue)| {
        let ms = name.to_ascii_lowercase().ends_with("_ms").then(|| metrics.whole_ms(name))?;
        raw.get().starts_with(|first: char| first.is_ascii_digit()).then_some(())?;
        Some(Stage { kind: stage_kind(name), name: name.to_owned(), ms: ms? })
    };
    metrics.iter().filter_map(stage).collect()
}

/// Which stage a name means.
fn stage_kind(name: &str) -> StageKind {
    let folded = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if !has(&["avg", "average", "mean"]) {
        return StageKind::Other;
    }
    match () {
        () if has(&["turn", "total", "end_to_end"]) => StageKind::Whole,
        () if has(&["transcri", "stt", "asr"]) => StageKind::Listening,
        () if has(&["model", "llm"]) => StageKind::Thinking,
        () if has(&["voice", "tts", "synth"]) => StageKind::Speaking,
        () => StageKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(moment: Moment) -> Option<i64> {
        match moment {
            #[allow(clippy::cast_possible_truncation, reason = "a test")]
            Moment::Number(secs) if secs < 100.0 => Some((secs * 1_000.0) as i64),
            _ => None,
        }
    }

    fn tools(json: &str) -> Option<Vec<Happening>> {
        let json = format!(r#"{{"tools":{json}}}"#);
        happenings(&Fields::parse(&json).unwrap(), "tools", HappeningKind::Tool, &secs)
    }

    #[test]
    fn a_tool_is_read_under_likely_names_and_what_is_left_is_told() {
        let read = tools(
            r#"[{"tool":"find","arguments":{"id":7},"result":"Meier","duration_ms":80,"success":true,
                "timestamp":4.5,"region":"eu"}]"#,
        );
        let tool = &read.unwrap()[0];
        assert_eq!(tool.name.as_deref(), Some("find"));
        assert_eq!(tool.asked.as_deref(), Some(r#"{"id":7}"#));
        assert_eq!(tool.answered.as_deref(), Some("Meier"));
        assert_eq!((tool.took_ms, tool.failed), (Some(80), Some(false)));
        assert_eq!(tool.when, When::At(4_500));
        assert_eq!(tool.facts, [Fact { name: "region".into(), value: "eu".into() }]);
    }

    #[test]
    fn an_error_is_a_failure_and_an_instant_outside_of_the_call_stays_a_fact() {
        let read =
            tools(r#"[{"name":"mail","error":"timeout","executed_at":"2026-11-21T10:00:00Z"}]"#);
        let tool = &read.unwrap()[0];
        assert_eq!((tool.failed, tool.answered.as_deref()), (Some(true), Some("timeout")));
        assert_eq!(tool.when, When::Unknown);
        assert_eq!(tool.facts[0].name, "executed_at");
    }

    #[test]
    fn an_array_is_told_as_a_whole_or_not_at_all() {
        assert_eq!(tools(r#"["hold","resume"]"#).unwrap()[1].name.as_deref(), Some("resume"));
        for json in ["[]", "7", r#"{"a":1}"#, r#"[{"tool":"a"},7]"#, r#"[[1]]"#] {
            assert_eq!(tools(json), None, "{json}");
        }
    }

    #[test]
    fn only_averages_that_say_their_unit_are_stages() {
        let json =
            r#"{"model_latency_avg_ms":400,"turn_latency_avg":812,"voice_p90_ms":3,"x":"1 ms"}"#;
        let stages = stages(&Fields::parse(json).unwrap());
        let stages: Vec<_> = stages.iter().map(|stage| (stage.kind, stage.ms)).collect();
        assert_eq!(stages, [(StageKind::Thinking, 400), (StageKind::Other, 3)]);
    }
}
