//! Writes the catalogue of words: one function per key of `locales/en.json`, with one argument
//! per placeholder, so that a missing key or a forgotten argument does not compile. Every other
//! locale must have exactly the same keys.
//!
//! Writes the table of small letters, too.
//!
//! A function holds its own English text. In a table of all texts, everybody would download those of
//! views that are fetched later, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let locales = Path::new("../../locales");
    println!("cargo:rerun-if-changed={}", locales.display());
    let english = read(&locales.join("en.json"))?;
    for file in fs::read_dir(locales)? {
        let path = file?.path();
        check_same_keys(&english, &path)?;
    }
    let code = generate(&english)? + &languages(locales)?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("words.rs");
    fs::write(out, code)?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("small_letters.rs");
    Ok(fs::write(out, small_letters()?)?)
}

/// The small letters of all others, as runs `(first, last, step, distance)`: mostly many letters
/// follow each other, each or every second of which has its small one at the same distance. The
/// standard library's own table has them one by one, which is ten times as much to download.
fn small_letters() -> Result<String, Failure> {
    let mut runs: Vec<(u32, u32, u32, i64)> = Vec::new();
    for letter in (0x80..=0x0010_ffff).filter_map(char::from_u32) {
        // A mark that a small letter is followed by is left out by whoever folds.
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let (code, distance) =
            (u32::from(letter), i64::from(u32::from(small)) - i64::from(u32::from(letter)));
        if distance == 0 {
            continue;
        }
        match runs.last_mut() {
            Some((first, last, step, same))
                if *same == distance
                    && (code - *last == *step || (first == last && code - *last <= 2)) =>
            {
                (*last, *step) = (code, code - *last);
            }
            _ => runs.push((code, code, 1, distance)),
        }
    }
    let mut code = format!("const SMALL: [(u32, u16, u16, i32); {}] = [\n", runs.len());
    for (first, last, step, distance) in runs {
        writeln!(code, "    ({first}, {}, {step}, {distance}),", last - first)?;
    }
    Ok(code + "];\n")
}

/// The languages there are, by their files.
fn languages(locales: &Path) -> Result<String, Failure> {
    let mut names = BTreeSet::new();
    for file in fs::read_dir(locales)? {
        names.extend(file?.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    let count = names.len();
    Ok(format!(
        "/// The languages there are.\npub const LANGUAGES: [&str; {count}] = {names:?};\n",
        names = names.into_iter().collect::<Vec<_>>()
    ))
}

fn read(path: &Path) -> Result<BTreeMap<String, Value>, Failure> {
    let text = fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    Ok(serde_json::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))?)
}

fn check_same_keys(english: &BTreeMap<String, Value>, path: &Path) -> Result<(), Failure> {
    let other = read(path)?;
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) =
        (english.keys().collect(), other.keys().collect());
    let differing: Vec<_> = ours.symmetric_difference(&theirs).collect();
    if !differing.is_empty() {
        return Err(format!("{}: keys differ from en.json: {differing:?}", path.display()).into());
    }
    for (key, value) in english {
        let (a, b) = (placeholders(value), other.get(key).map(placeholders).unwrap_or_default());
        if a != b {
            return Err(format!(
                "{}: `{key}` has placeholders {b:?}, en.json {a:?}",
                path.display()
            )
            .into());
        }
    }
    Ok(())
}

/// The names in braces in the order they first appear (of plural forms: in `other` first).
fn names(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let texts: Vec<&str> = match value {
        Value::Object(forms) => {
            forms.get("other").into_iter().chain(forms.values()).filter_map(Value::as_str).collect()
        }
        other => other.as_str().into_iter().collect(),
    };
    for text in texts {
        for part in text.split('{').skip(1) {
            if let Some((name, _)) = part.split_once('}')
                && !found.iter().any(|known| known == name)
            {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// The names in braces, whatever their order.
fn placeholders(value: &Value) -> BTreeSet<String> {
    names(value).into_iter().collect()
}

fn generate(english: &BTreeMap<String, Value>) -> Result<String, Failure> {
    let (mut keys, mut functions) = (String::new(), String::new());
    let mut index = 0_usize;
    for (key, value) in english {
        functions.push_str(&function(key, value, index)?);
        let (end, texts) = if value.is_object() { (".", FORMS.len()) } else { ("", 1) };
        writeln!(keys, "{key}{end}")?;
        index += texts;
    }
    Ok(format!(
        "/// The keys of the catalogue in its order, a line each. Behind one that has a text for each\n\
         /// form of a plural stands a dot.\nconst KEYS: &str = {keys:?};\n\
         impl Words {{\n{functions}}}\n"
    ))
}

fn function(key: &str, value: &Value, index: usize) -> Result<String, Failure> {
    let names = names(value);
    let mut arguments = String::new();
    let mut pairs = String::new();
    if value.is_object() {
        arguments.push_str(", plural: Plural");
    }
    for name in &names {
        write!(arguments, ", {name}: impl AsRef<str>")?;
        write!(pairs, "({name:?}, {name}.as_ref()), ")?;
    }
    let at = match (value.is_object(), index) {
        (true, 0) => "plural as usize".to_owned(),
        (true, _) => format!("{index} + plural as usize"),
        (false, _) => index.to_string(),
    };
    let text = text(key, value)?;
    let shown = value.as_str().or_else(|| value["other"].as_str()).unwrap_or_default();
    let shown = shown.replace('\n', " ").replace('[', "\\[").replace('<', "\\<");
    Ok(format!(
        "    /// \"{shown}\"\n    #[must_use]\n    pub fn {key}(&self{arguments}) -> String {{ self.fill({at}, {text}, &[{pairs}]) }}\n"
    ))
}

/// The expression that is the English text.
fn text(key: &str, value: &Value) -> Result<String, Failure> {
    let forms = match value {
        Value::String(text) => return Ok(format!("{text:?}")),
        Value::Object(forms) => forms,
        _ => return Err(format!("`{key}` is neither a text nor plural forms").into()),
    };
    let mut arms = String::new();
    for (form, name) in FORMS.iter().zip(["Zero", "One", "Two", "Few", "Many"]) {
        if let Some(text) = forms.get(*form).and_then(Value::as_str) {
            write!(arms, "Plural::{name} => {text:?}, ")?;
        }
    }
    let other = forms.get("other").and_then(Value::as_str);
    let other = other.ok_or_else(|| format!("`{key}` has no form `other`"))?;
    Ok(format!("match plural {{ {arms}_ => {other:?} }}"))
}
