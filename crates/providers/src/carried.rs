//! Which fields a record carries, and whether what it carries could be read.

use calls::Call;
use calls::told::{Field, Origin};

use crate::fields::Fields;
use crate::turns::Written;

/// A field of a call, and the names that a provider's record has for it.
pub(crate) type Carried = (Field, &'static [&'static str]);

/// A call that was read from a row of a list.
pub(crate) fn listed(call: Call, fields: &Fields, table: &[Carried]) -> Call {
    noted(call, fields, Origin::List, table)
}

/// A call that was read from its detail.
pub(crate) fn opened(call: Call, fields: &Fields, table: &[Carried]) -> Call {
    noted(call, fields, Origin::Detail, table)
}

/// Success may be stated by labels later on: where there are some, it is told.
fn noted(mut call: Call, fields: &Fields, origin: Origin, table: &[Carried]) -> Call {
    for (field, names) in table {
        let by_label = *field == Field::Success && call.holds(Field::Outcomes);
        if call.holds(*field) || by_label {
            call.told.note_value(origin, *field);
        } else if is_carried_empty(fields, names) {
            call.told.note_empty(origin, *field);
        }
    }
    call
}

/// At least one of the names is there, and nothing stands under any. What could not be read is not
/// nothing.
fn is_carried_empty(fields: &Fields, names: &[&str]) -> bool {
    let mut there = names.iter().filter(|name| fields.has(name)).peekable();
    there.peek().is_some() && there.all(|name| fields.is_empty(name))
}

/// What a field has to be for it to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A text, or a number as it stands.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A duration in seconds.
    Secs,
    /// A point in time.
    Time,
    /// A transcript.
    Spoken,
}

impl Kind {
    fn reads(self, fields: &Fields, name: &str) -> bool {
        match self {
            Self::Text => fields.text(name).is_some(),
            Self::Number => fields.number(name).is_some(),
            Self::Flag => fields.bool(name).is_some(),
            Self::Secs => fields.secs_as_ms(name).is_some(),
            Self::Time => fields.time_ms(name).is_some(),
            Self::Spoken => Written::read(fields.raw(name)) != Written::Nothing,
        }
    }
}

/// The names of a table whose values were read. A value of another kind than its field should have
/// is told as it came.
pub(crate) fn readable(
    fields: &Fields,
    table: &[(&'static str, Kind)],
) -> impl Iterator<Item = &'static str> {
    table.iter().filter(|(name, kind)| kind.reads(fields, name)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    const TABLE: &[Carried] = &[(Field::Note, &["note", "notes"]), (Field::Success, &["outcome"])];

    fn read(json: &str, note: Option<&str>) -> Call {
        let mut call = Call::new(CallKey::parse("a/1").unwrap());
        call.note = note.map(str::to_owned);
        listed(call, &Fields::parse(json).unwrap(), TABLE)
    }

    fn after(later: &str) -> Option<String> {
        let mut row = read(r#"{"note":"x"}"#, Some("x"));
        row.merge(read(later, None));
        row.note
    }

    #[test]
    fn only_what_is_there_and_empty_takes_something_away() {
        for json in [r#"{"note":null}"#, r#"{"note":""}"#, r#"{"notes":[],"note":null}"#] {
            assert_eq!(after(json), None, "{json}");
        }
        for json in ["{}", r#"{"note":{"by":"Max"}}"#, r#"{"note":null,"notes":[{"a":1}]}"#] {
            assert_eq!(after(json).as_deref(), Some("x"), "{json}");
        }
    }

    #[test]
    fn a_value_of_another_kind_than_its_field_was_not_read() {
        let json =
            r#"{"a":["x"],"b":"soon","c":"maybe","d":-1,"e":"never","f":7,"g":"x","h":null}"#;
        let fields = Fields::parse(json).unwrap();
        let kinds = [
            ("a", Kind::Text),
            ("b", Kind::Number),
            ("c", Kind::Flag),
            ("d", Kind::Secs),
            ("e", Kind::Time),
            ("f", Kind::Spoken),
            ("g", Kind::Text),
            ("h", Kind::Text),
        ];
        assert_eq!(readable(&fields, &kinds).collect::<Vec<_>>(), ["g"]);
    }
}
