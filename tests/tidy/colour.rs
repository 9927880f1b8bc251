//! Finds colours that are written down in a style sheet.

use crate::source::Source;

const FUNCTIONS: [&str; 10] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];
/// The names that people reach for.
const NAMES: [&str; 14] = [
    "white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "purple",
    "silver", "navy", "teal", "indigo",
];

/// `path:line: code` of every declaration with a colour in its value.
pub(crate) fn literals(file: &Source) -> Vec<String> {
    let text = without_comments(&file.text);
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| values(line).any(has_colour))
        .map(|(number, line)| file.place(number, line))
        .collect()
}

/// What stands after the colons of declarations. In a selector, a colon begins a
/// pseudo-class, whose name is no colour.
fn values(line: &str) -> impl Iterator<Item = &str> {
    let declarations = line.split(['{', '}', ';']);
    declarations.filter_map(|declaration| Some(declaration.split_once(':')?.1))
}

fn has_colour(value: &str) -> bool {
    let value = value.to_lowercase();
    let inside_a_word = |letter: char| letter.is_ascii_alphanumeric() || "-_#".contains(letter);
    let mut words = value.split(|letter| !inside_a_word(letter));
    words.any(|word| is_hex(word) || NAMES.contains(&word))
        || FUNCTIONS.iter().any(|function| {
            value.match_indices(function).any(|(at, _)| !value[..at].ends_with(inside_a_word))
        })
}

fn is_hex(word: &str) -> bool {
    let Some(digits) = word.strip_prefix('#') else { return false };
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
}

/// Line breaks stay, so that line numbers do.
fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        let (comment, next) = after.split_once("*/").unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = next;
    }
    kept + rest
}

#[test]
fn colours_in_values_are_found() {
    for bad in [
        "a { color: #fff }",
        "color: #A1B2C3;",
        "border: 1px solid rgb(0 0 0 / 10%);",
        "background: linear-gradient(oklch(50% 0 0), transparent);",
        "fill:white;",
        "--quiet: hsl(1 2% 3%);",
    ] {
        assert!(values(bad).any(has_colour), "{bad}");
    }
}

#[test]
fn tokens_selectors_and_property_names_are_no_colours() {
    for good in [
        "color: var(--text-1);",
        "white-space: nowrap;",
        "background: color-mix(in oklch, var(--accent) 12%, transparent);",
        "color: currentColor;",
        "background: var(--good-red);",
        "#add:hover {",
        "grid-area: main;",
    ] {
        assert!(!values(good).any(has_colour), "{good}");
    }
}

#[test]
fn a_colour_in_a_comment_is_no_colour() {
    let text = "/* color: #fff;\n */\na { color: #000 }".to_owned();
    let file = Source { path: "style/a.css".to_owned(), text };
    assert_eq!(literals(&file), ["style/a.css:3: a { color: #000 }"]);
}
