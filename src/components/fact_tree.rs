//! Facts of a provider, whose dotted names are put together again: groups, lists, and values under
//! names that can be read.

use std::collections::BTreeMap;

use calls::Fact;

/// Something that a provider told, whatever its shape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// A plain value.
    Value(String),
    /// Named parts, in the provider's order.
    Group(Vec<(String, Node)>),
    /// Parts that were counted, in their order.
    List(Vec<Node>),
}

/// Units that stand in a name, and how they stand behind a number.
const UNITS: [(&str, &str); 4] =
    [("_ms", "ms"), ("_percent", "%"), ("_seconds", "s"), ("_secs", "s")];

/// Puts facts together.
#[must_use]
pub fn tree(facts: &[Fact]) -> Vec<(String, Node)> {
    let paths = facts.iter().map(|fact| (fact.name.split('.').collect(), fact.value.as_str()));
    group(paths.collect())
}

fn group(paths: Vec<(Vec<&str>, &str)>) -> Vec<(String, Node)> {
    let mut nodes: Vec<(String, Node)> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut parts: BTreeMap<&str, Vec<(Vec<&str>, &str)>> = BTreeMap::new();
    for (path, value) in paths {
        // A name that stands for a value and for a group, or for two values, has no further part.
        let Some((name, rest)) = path.split_first() else {
            nodes.push((String::new(), Node::Value(value.to_owned())));
            continue;
        };
        if !parts.contains_key(name) {
            names.push(name);
        }
        parts.entry(name).or_default().push((rest.to_vec(), value));
    }
    let node = |name: &str| (name.to_owned(), node(parts.get(name).cloned().unwrap_or_default()));
    nodes.extend(names.into_iter().map(node));
    nodes
}

fn node(paths: Vec<(Vec<&str>, &str)>) -> Node {
    if let [(rest, value)] = paths.as_slice()
        && rest.is_empty()
    {
        return Node::Value((*value).to_owned());
    }
    let parts = group(paths);
    let counted = parts.iter().enumerate().all(|(at, (name, _))| *name == (at + 1).to_string());
    if counted {
        Node::List(parts.into_iter().map(|(_, part)| part).collect())
    } else {
        Node::Group(parts)
    }
}

/// A list of records with the same few plain fields, as a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// A cell for each column; empty where a record has none.
    pub rows: Vec<Vec<String>>,
}

/// Most columns that can be read beside each other in a narrow panel.
const MOST_COLUMNS: usize = 5;

/// Longest value that is read well in a cell, in characters.
const LONGEST_CELL: usize = 48;

impl Table {
    /// The list as a table, if it is one.
    #[must_use]
    pub fn of(items: &[Node]) -> Option<Self> {
        let mut columns: Vec<String> = Vec::new();
        for item in items {
            let Node::Group(fields) = item else { return None };
            for (name, field) in fields {
                let Node::Value(value) = field else { return None };
                if value.chars().count() > LONGEST_CELL {
                    return None;
                }
                if !columns.contains(name) {
                    columns.push(name.clone());
                }
            }
        }
        let cell = |item: &Node, column: &String| match item {
            Node::Group(fields) => {
                let found = fields.iter().find(|(name, _)| name == column);
                found.map_or_else(String::new, |(_, field)| match field {
                    Node::Value(value) => value.clone(),
                    _ => String::new(),
                })
            }
            _ => String::new(),
        };
        let rows = items
            .iter()
            .map(|item| columns.iter().map(|column| cell(item, column)).collect())
            .collect();
        let fits = items.len() > 1 && columns.len() <= MOST_COLUMNS;
        fits.then_some(Self { columns, rows })
    }
}

/// A provider's name for a field as people write it: `turn_latency_avg_ms` is "Turn latency avg".
#[must_use]
pub fn name_text(name: &str) -> String {
    let bare = UNITS.iter().find_map(|(unit, _)| name.strip_suffix(unit)).unwrap_or(name);
    let mut words = String::new();
    let mut small = false;
    for letter in bare.trim_matches('_').chars() {
        if letter == '_' || letter == '-' {
            words.push(' ');
        } else if letter.is_uppercase() && small {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
        small = letter.is_lowercase() || letter.is_ascii_digit();
    }
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.map_or_else(|| name.to_owned(), |first| first + letters.as_str())
}

/// A value with the unit that its name says.
#[must_use]
pub fn value_text(name: &str, value: &str) -> String {
    let unit = UNITS.iter().find(|(unit, _)| name.ends_with(unit));
    match unit {
        Some((_, unit)) if value.parse::<f64>().is_ok() => format!("{value} {unit}"),
        _ => value.to_owned(),
    }
}

/// Whether a field is somebody's key for something: worth copying.
#[must_use]
pub fn is_id(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    let folded = last.to_ascii_lowercase();
    folded == "id" || folded.ends_with("_id") || last.ends_with("Id") || folded.ends_with("uuid")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(told: &[(&str, &str)]) -> Vec<Fact> {
        let fact =
            |(name, value): &(&str, &str)| Fact { name: (*name).into(), value: (*value).into() };
        told.iter().map(fact).collect()
    }

    fn value(text: &str) -> Node {
        Node::Value(text.into())
    }

    #[test]
    fn dotted_names_become_groups_and_counted_ones_lists() {
        let read = tree(&facts(&[
            ("odd", "1"),
            ("b.x", "2"),
            ("b.y.1", "3"),
            ("b.y.2", "4"),
            ("c.2", "5"),
        ]));
        let expected = vec![
            ("odd".to_owned(), value("1")),
            (
                "b".to_owned(),
                Node::Group(vec![
                    ("x".to_owned(), value("2")),
                    ("y".to_owned(), Node::List(vec![value("3"), value("4")])),
                ]),
            ),
            ("c".to_owned(), Node::Group(vec![("2".to_owned(), value("5"))])),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn every_value_is_in_the_tree_even_where_names_collide() {
        let read =
            format!("{:?}", tree(&facts(&[("a", "first"), ("a.b", "second"), ("a", "third")])));
        for value in ["first", "second", "third"] {
            assert!(read.contains(value), "{value} is lost in {read}");
        }
    }

    #[test]
    fn records_with_the_same_few_fields_are_a_table() {
        let row = |cells: &[(&str, &str)]| {
            Node::Group(
                cells.iter().map(|(name, text)| ((*name).to_owned(), value(text))).collect(),
            )
        };
        let table = Table::of(&[row(&[("a", "1"), ("b", "2")]), row(&[("b", "3")])]).unwrap();
        assert_eq!(table.columns, ["a", "b"]);
        assert_eq!(table.rows, [["1", "2"], ["", "3"]]);
        assert_eq!(Table::of(&[value("1"), value("2")]), None);
        assert_eq!(Table::of(&[row(&[("a", "1")])]), None, "one record is no table");
        assert_eq!(Table::of(&[row(&[("a", &"long ".repeat(20))]), row(&[("a", "1")])]), None);
    }

    #[test]
    fn names_are_written_as_people_do_and_numbers_have_the_unit_of_their_name() {
        assert_eq!(name_text("turn_latency_avg_ms"), "Turn latency avg");
        assert_eq!(name_text("dispositionMetricType"), "Disposition metric type");
        assert_eq!((name_text("_id").as_str(), name_text("_").as_str()), ("Id", "_"));
        assert_eq!(value_text("jitter_ms", "12"), "12 ms");
        assert_eq!(value_text("jitter_ms", "soon"), "soon");
        assert!(is_id("metadata.contact_id") && is_id("versionId") && !is_id("valid"));
    }
}
