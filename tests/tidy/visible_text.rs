//! Finds words that are written into `view!` instead of the catalogue.
//!
//! The source is read as Rust's tokens. Inside `view!` there are tags (`<` … `>`) and, between
//! them, children. A string literal is visible when it is a child, when it is all that a
//! block or a `match` arm among the children yields, or when it is the value of an attribute
//! that is shown or read aloud. A string that is handed to a function is not: most are keys
//! and class names.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

use crate::source::Source;

/// Attributes, and properties of our components, whose text reaches a person.
const SHOWN: [&str; 9] = [
    "title",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "alt",
    "label",
    "caption",
];
const EXCUSE: &str = "tidy: not words:";

/// `path:line: code` of every such literal.
pub(crate) fn literals(file: &Source) -> Vec<String> {
    let tokens: TokenStream = match file.text.parse() {
        Ok(tokens) => tokens,
        Err(error) => return vec![format!("{}: cannot be read: {error}", file.path)],
    };
    let mut lines = Vec::new();
    rust(&tokens.into_iter().collect::<Vec<_>>(), &mut lines);
    lines.sort_unstable();
    lines.dedup();
    let text: Vec<_> = file.text.lines().collect();
    let excused =
        |line: usize| text[line.saturating_sub(1)..=line].iter().any(|line| line.contains(EXCUSE));
    let found = lines.into_iter().filter(|line| !excused(*line));
    found.map(|line| file.place(line, text[line])).collect()
}

type Lines = Vec<usize>;

/// Ordinary Rust: only what is inside of `view!` counts.
fn rust(tokens: &[TokenTree], lines: &mut Lines) {
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if is_view(&tokens[..at]) {
            view(&inner(group), lines);
        } else {
            rust(&inner(group), lines);
        }
    }
}

fn is_view(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(name), TokenTree::Punct(bang)]
        if name == "view" && bang.as_char() == '!')
}

/// The inside of `view!`: tags and children.
fn view(tokens: &[TokenTree], lines: &mut Lines) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if is(token, '<') {
            let length = tag(&tokens[at..], lines);
            at += length;
            continue;
        }
        match token {
            TokenTree::Literal(literal) => note(literal, lines),
            TokenTree::Group(group) => child(group, lines),
            _ => {}
        }
        at += 1;
    }
}

/// A tag from `<` to its `>`; answers how many tokens it has. A `>` that ends an arrow does
/// not end the tag, and generics nest.
fn tag(tokens: &[TokenTree], lines: &mut Lines) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        let arrow = at > 0 && (is(&tokens[at - 1], '=') || is(&tokens[at - 1], '-'));
        if is(token, '<') {
            depth += 1;
        } else if is(token, '>') && !arrow {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        } else if let Some(name) = attribute(&tokens[..at]) {
            value(&name, token, lines);
        } else if let TokenTree::Group(group) = token {
            if is_view(&tokens[..at]) {
                view(&inner(group), lines);
            } else {
                rust(&inner(group), lines);
            }
        }
    }
    tokens.len()
}

/// The name before the `=` that ends these tokens, its `-` and `:` included.
fn attribute(before: &[TokenTree]) -> Option<String> {
    let [rest @ .., equals] = before else { return None };
    if !is(equals, '=') {
        return None;
    }
    let mut name = String::new();
    let mut was_word = false;
    for token in rest.iter().rev() {
        let is_word = matches!(token, TokenTree::Ident(_));
        if !(is_word && !was_word || is(token, '-') || is(token, ':')) {
            break;
        }
        name.insert_str(0, &token.to_string());
        was_word = is_word;
    }
    Some(name)
}

fn value(name: &str, token: &TokenTree, lines: &mut Lines) {
    let name = name.trim_start_matches("attr:").trim_start_matches("prop:");
    match token {
        TokenTree::Literal(literal) if SHOWN.contains(&name) => note(literal, lines),
        TokenTree::Group(group) if SHOWN.contains(&name) => child(group, lines),
        TokenTree::Group(group) => rust(&inner(group), lines),
        _ => {}
    }
}

/// An expression whose value is shown: a literal that is all of a block, or of an arm.
fn child(group: &Group, lines: &mut Lines) {
    let tokens = inner(group);
    if group.delimiter() == Delimiter::Brace {
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Literal(literal) = token else { continue };
            let before = &tokens[..at];
            let begins = before.is_empty() || before.last().is_some_and(|last| is(last, ';'));
            let arm = matches!(before, [.., equals, arrow] if is(equals, '=') && is(arrow, '>'));
            let closure = matches!(before, [.., bar] if is(bar, '|'));
            let ends = tokens.get(at + 1).is_none_or(|next| is(next, ','));
            if ends && (begins || arm || closure) {
                note(literal, lines);
            }
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if is_view(&tokens[..at]) {
            view(&inner(group), lines);
        } else {
            child(group, lines);
        }
    }
}

/// Signs and digits need no translation.
fn note(literal: &Literal, lines: &mut Lines) {
    let text = literal.to_string();
    let is_string = text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#");
    if is_string && text.trim_start_matches('r').chars().any(char::is_alphabetic) {
        lines.push(literal.span().start().line - 1);
    }
}

fn inner(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

#[cfg(test)]
fn found(view: &str) -> usize {
    let text = format!("fn page() -> impl IntoView {{\nview! {{\n{view}\n}}\n}}");
    literals(&Source { path: "src/a.rs".to_owned(), text }).len()
}

#[test]
fn words_among_the_children_are_found() {
    for bad in [
        r#"<h1>"Calls"</h1>"#,
        r#""Calls""#,
        r#"<p>{"Calls"}</p>"#,
        r#"<p>{if many { "calls" } else { "call" }}</p>"#,
        r#"<p>{match status { Status::Done => "Done", _ => "Open" }}</p>"#,
        r#"<p>{move || "Calls"}</p>"#,
        r#"<For each=rows key=|row| row.id let:row><td>"Row"</td></For>"#,
        r#"<Show when=move || a.get() fallback=|| view! { <p>"Nothing"</p> }><i/></Show>"#,
        r#"<button on:click=move |_| -> () { set(1) }>"Save"</button>"#,
        "<p>r#\"Calls\"#</p>",
    ] {
        assert!(found(bad) > 0, "{bad}");
    }
}

#[test]
fn words_in_attributes_that_are_shown_or_read_aloud_are_found() {
    for bad in [
        r#"<input placeholder="Search"/>"#,
        r#"<button aria-label="Play"><Icon/></button>"#,
        r#"<img src="a.svg" alt="Logo"/>"#,
        r#"<Button label="Play"/>"#,
        r#"<abbr title={if a { "One" } else { "Two" }}/>"#,
        r#"<i attr:title="Hint"/>"#,
    ] {
        assert!(found(bad) > 0, "{bad}");
    }
}

#[test]
fn classes_keys_arguments_and_signs_are_no_words() {
    for good in [
        r#"<p class="call-row" id="calls" data-kind="good">{words.calls()}</p>"#,
        r#"<p class=move || if a.get() < b.get() { "one" } else { "two" }>{text}</p>"#,
        r#"<td>"·"</td><td>" – "</td><td>"12"</td>"#,
        r#"<Icon name="play"/>"#,
        r#"<p>{format_call("long", call)}</p>"#,
        r#"<p>{cell.get("talkpilot").map(|cell| cell.text.clone())}</p>"#,
        r#"<a href="https://example.com" on:click=move |event| open(event, "call")>{name}</a>"#,
        r#"<Rows rows=Vec::<Row>::new() kind="wide"/>"#,
        r#"<div aria-labelledby="title" role="dialog" title=words.hint()></div>"#,
    ] {
        assert_eq!(found(good), 0, "{good}");
    }
}

#[test]
fn an_excuse_has_to_be_written_above() {
    assert_eq!(found("// tidy: not words: a unit\n<td>\"kB\"</td>"), 0);
}

#[test]
fn words_outside_of_a_view_are_not_judged() {
    let text = "const NAME: &str = \"Calls\"; fn a() { log(\"Calls\") }".to_owned();
    assert!(literals(&Source { path: "src/a.rs".to_owned(), text }).is_empty());
}
