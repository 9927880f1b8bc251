//! Tool calls that stand among the turns of a transcript: the shapes that the platforms behind the
//! providers use (`tool_calls` with `function`, `tool_call_invocation`, `tool_call_result`).

use calls::insight::{Happening, HappeningKind, When};
use serde_json::value::RawValue;

use crate::fields::{Fields, text_of};
use crate::json;
use crate::turns::{INSIDE, Moment, SPEAKER, TIME, moment, turn};

/// How often a transcript may be wrapped.
const DEEPEST: u8 = 4;

/// The tool calls of a transcript, in their order, each after the turns before it.
pub(crate) fn of(
    transcript: Option<&RawValue>,
    offset_ms: &dyn Fn(Moment) -> Option<i64>,
) -> Vec<Happening> {
    let mut found = Found { tools: Vec::new(), ids: Vec::new(), turns: 0, offset_ms };
    if let Some(raw) = transcript {
        found.walk(raw.get(), DEEPEST);
    }
    found.tools
}

struct Found<'o> {
    tools: Vec<Happening>,
    /// The id of each, by which its result names it.
    ids: Vec<Option<String>>,
    turns: usize,
    offset_ms: &'o dyn Fn(Moment) -> Option<i64>,
}

impl Found<'_> {
    fn walk(&mut self, json: &str, depth: u8) {
        if depth == 0 {
            return;
        }
        match json.as_bytes().first() {
            Some(b'[') => {
                let rows: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
                rows.into_iter().for_each(|row| self.row(row));
            }
            Some(b'{') => {
                let fields = Fields::parse(json).unwrap_or_default();
                let inner = INSIDE.iter().find_map(|name| fields.raw(name));
                inner.into_iter().for_each(|raw| self.walk(raw.get(), depth - 1));
            }
            Some(b'"') => {
                let text: Option<String> = serde_json::from_str(json).ok();
                self.walk(text.as_deref().map_or("", str::trim), depth - 1);
            }
            _ => {}
        }
    }

    fn row(&mut self, row: &RawValue) {
        let spoken = turn(row).is_some();
        self.turns += usize::from(spoken);
        let Some(fields) = Fields::parse(row.get()) else { return };
        let role = fields.first_text(SPEAKER).unwrap_or_default().to_ascii_lowercase();
        let calls = [fields.list("tool_calls"), fields.list("toolCalls")].concat();
        for call in &calls {
            if let Some(call) = Fields::parse(call.get()) {
                self.begin(&call, &fields);
            }
        }
        if spoken || !calls.is_empty() || !role.contains("tool") && !role.contains("function") {
            return;
        }
        if role.contains("result") || fields.has("result") {
            self.end(&fields);
        } else {
            self.begin(&fields, &fields);
        }
    }

    /// A tool is called. The time is that of the row around it.
    fn begin(&mut self, call: &Fields, row: &Fields) {
        let function = call.object("function").unwrap_or_default();
        let name = function.text("name").or_else(|| call.text("name"));
        let Some(name) = name else { return };
        let mut tool = Happening::new(HappeningKind::Tool);
        tool.name = Some(name);
        tool.asked = told(&function, "arguments").or_else(|| told(call, "arguments"));
        let at = row.first_text(TIME).and_then(|text| (self.offset_ms)(moment(&text)?));
        tool.when = at.map_or(When::AfterTurns(self.turns), When::At);
        self.ids.push(call.first_text(&["id", "tool_call_id", "toolCallId"]));
        self.tools.push(tool);
    }

    /// A tool has answered: the one that the result names, else the last one without an answer.
    fn end(&mut self, result: &Fields) {
        let id = result.first_text(&["tool_call_id", "toolCallId", "id"]);
        let named = self.ids.iter().rposition(|known| id.is_some() && *known == id);
        let open = || self.tools.iter().rposition(|tool| tool.answered.is_none());
        let tool = named.or_else(open).and_then(|place| self.tools.get_mut(place));
        if let Some(tool) = tool {
            tool.answered = told(result, "result").or_else(|| told(result, "output"));
        }
    }
}

fn told(fields: &Fields, name: &str) -> Option<String> {
    let raw = fields.raw(name)?;
    let nested = || raw.get().starts_with(['{', '[']).then(|| json::compact(raw.get()));
    text_of(raw).or_else(nested)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(json: &str) -> Vec<(String, Option<String>, Option<String>, When)> {
        let secs = |moment| match moment {
            Moment::Number(number) if number > 100.0 => None,
            #[allow(clippy::cast_possible_truncation, reason = "a test")]
            Moment::Number(number) => Some((number * 1_000.0) as i64),
            _ => None,
        };
        let read = of(Some(serde_json::from_str(json).unwrap()), &secs);
        let tell = |tool: Happening| (tool.name.unwrap(), tool.asked, tool.answered, tool.when);
        read.into_iter().map(tell).collect()
    }

    #[test]
    fn a_tool_call_is_read_in_the_shapes_that_platforms_use() {
        let expected = |when| {
            vec![(
                "find".to_owned(),
                Some(r#"{"id":7}"#.to_owned()),
                Some("Meier".to_owned()),
                when,
            )]
        };
        let hi = r#"{"role":"bot","text":"Hi"}"#;
        for json in [
            format!(
                r#"[{hi},{{"role":"tool_calls","message":"","secondsFromStart":2.5,"toolCalls":[{{"id":"a",
                "function":{{"name":"find","arguments":{{"id":7}}}}}}]}},
                {{"role":"tool_call_result","toolCallId":"a","name":"find","result":"Meier","secondsFromStart":3}}]"#
            ),
            format!(
                r#"{{"messages":[{hi},{{"role":"tool_call_invocation","tool_call_id":"a","name":"find",
                "arguments":"{{\"id\":7}}","time":2.5}},{{"role":"tool_call_result","tool_call_id":"a","result":"Meier"}}]}}"#
            ),
        ] {
            assert_eq!(tools(&json), expected(When::At(2_500)), "{json}");
        }
        let without_time = format!(
            r#"[{hi},{{"role":"assistant","content":null,"tool_calls":[{{"id":"a",
            "function":{{"name":"find","arguments":"{{\"id\":7}}"}}}}]}},{{"role":"tool_result","result":"Meier"}}]"#
        );
        assert_eq!(tools(&without_time), expected(When::AfterTurns(1)));
    }

    #[test]
    fn where_nobody_uses_a_tool_there_is_none() {
        for json in
            ["null", "7", "[]", r#""Agent: Hi""#, r#"[{"role":"tool","text":"spoken"},7,null]"#]
        {
            assert_eq!(tools(json), [], "{json}");
        }
    }
}
