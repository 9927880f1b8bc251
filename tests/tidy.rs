//! The rules of this repository, as tests. Each says why it is there; whoever breaks one is
//! told what to do instead.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "tidy/colour.rs"]
mod colour;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/visible_text.rs"]
mod visible_text;

use source::{Source, files, read, root};

/// Fails with every place that breaks a rule, and with the reason for the rule.
#[track_caller]
fn refuse(places: Vec<String>, why: &str) {
    assert!(places.is_empty(), "{why}\n  {}", places.join("\n  "));
}

/// Everything else runs natively, where it is tested in milliseconds.
#[test]
fn the_browser_is_named_in_src_browser_only() {
    let places = files("src", "rs")
        .filter(|file| !file.path.starts_with("src/browser/") && file.path != "src/browser.rs")
        .flat_map(|file| file.lines_with(&["web_sys", "js_sys", "gloo"]))
        .collect();
    refuse(places, "Only src/browser/ may name web_sys, js_sys or gloo. Ask it for what you need:");
}

/// A colour that is not a token has no dark twin and is missed when the palette changes.
#[test]
fn colours_are_written_in_tokens_css_only() {
    let places = files("style", "css")
        .filter(|file| file.path != "style/tokens.css")
        .flat_map(|file| colour::literals(&file))
        .collect();
    refuse(places, "A colour belongs into style/tokens.css and is used as var(--…):");
}

/// Everything that a provider sends is text. Nothing of it may ever become markup.
#[test]
fn text_never_becomes_markup() {
    let doors = ["inner_html", "outer_html", "innerHTML", "insert_adjacent_html", "document_write"];
    let places = files("src", "rs").flat_map(|file| file.lines_with(&doors)).collect();
    refuse(places, "Put text into text nodes; markup from strings is how scripts get in:");
}

/// A forgotten registration would be a provider that nobody can choose; one without
/// fixtures would be a provider that nobody can change.
#[test]
fn every_adapter_is_listed_and_has_fixtures_with_their_source() {
    let list = read("crates/providers/src/lib.rs");
    let mut places = Vec::new();
    for file in files("crates/providers/src/adapters", "rs") {
        let below = file.path.trim_start_matches("crates/providers/src/adapters/");
        let id = below.split(['/', '.']).next().unwrap();
        let fixtures = root().join("tests/fixtures").join(id);
        let mut words = list.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        if !words.any(|word| word == id) {
            places.push(format!("{id} is not listed in crates/providers/src/lib.rs"));
        }
        if !fixtures.join("SOURCE.md").is_file() {
            places.push(format!("tests/fixtures/{id}/SOURCE.md does not say where they are from"));
        }
        if files(&format!("tests/fixtures/{id}"), "json").next().is_none() {
            places.push(format!("tests/fixtures/{id}/ has no bodies (*.json)"));
        }
    }
    places.sort();
    places.dedup();
    refuse(places, "CONTRIBUTING.md, \"Adding a provider\", names the three places:");
}

/// Words outside the catalogue are not translated, and nobody notices.
#[test]
fn visible_words_come_from_the_catalogue() {
    let places = files("src", "rs").flat_map(|file| visible_text::literals(&file)).collect();
    refuse(
        places,
        "A visible word belongs into locales/en.json and is used through `words`. What is no \
         word (a unit, a sign) takes the comment `// tidy: not words: why` above it:",
    );
}

/// The packages that this project was given are what it is built with, not a list.
#[test]
fn the_given_packages_are_used() {
    let manifests = ["Cargo.toml", "crates/calls/Cargo.toml", "crates/providers/Cargo.toml"];
    let manifests = manifests.map(read).join("\n");
    let sources: Vec<Source> =
        ["src", "crates/calls/src", "crates/providers/src", "crates/load/src"]
            .into_iter()
            .flat_map(|folder| files(folder, "rs"))
            .collect();
    let given = ["leptos", "wasm-bindgen", "web-sys", "gloo-net", "serde", "serde_json", "chrono"];
    let mut places = Vec::new();
    for package in given {
        let declared = [" ", "."].map(|after| format!("\n{package}{after}"));
        if !declared.iter().any(|start| manifests.contains(start)) {
            places.push(format!("{package} is no dependency"));
        }
        let path = format!("{}::", package.replace('-', "_"));
        if !sources.iter().any(|file| !file.lines_with(&[&path]).is_empty()) {
            places.push(format!("{package} is a dependency that no source names"));
        }
    }
    refuse(places, "The app has to be built with these:");
}

/// What does not fit on a few screens is read by nobody. The aim is 300.
#[test]
fn no_source_file_is_longer_than_400_lines() {
    let places = ["src", "crates", "style"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs").chain(files(folder, "css")))
        .filter(|file| file.text.lines().count() > 400)
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();
    refuse(places, "Take a part out that has a name of its own:");
}

/// The content security policy allows neither, so they would not work in production.
#[test]
fn the_page_has_no_inline_script_or_style() {
    let html = read("index.html");
    let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap().to_lowercase());
    let inline = |tag: &String| {
        (tag.starts_with("script") && !tag.contains("src="))
            || tag.starts_with("style")
            || tag.split_whitespace().any(|part| part.starts_with("style="))
            || tag.split_whitespace().any(|part| part.starts_with("on") && part.contains('='))
    };
    let places = tags.filter(inline).map(|tag| format!("index.html: <{tag}>")).collect();
    refuse(places, "Scripts and styles are files of their own:");
}

/// A test that is left out is forgotten, and one that sleeps is slow on good days and fails
/// on bad ones.
#[test]
fn no_test_is_left_out_or_sleeps() {
    let left_out = concat!("#[ign", "ore");
    let sleeps =
        [concat!("thread::sl", "eep"), concat!("time::sl", "eep"), concat!("park_", "timeout")];
    let everywhere = ["src", "crates", "tests"].into_iter().flat_map(|folder| files(folder, "rs"));
    let mut places = Vec::new();
    for file in everywhere {
        places.extend(file.lines_with(&[left_out]));
        if file.path.starts_with("tests/") || file.path.contains("/tests/") {
            places.extend(file.lines_with_unless(&sleeps, "tidy: allow sleep:"));
        }
    }
    refuse(
        places,
        "Wait for what you wait for: a message, a line, a state. A pause between two looks \
         takes the comment `// tidy: allow sleep: why` above it:",
    );
}

/// Everybody who clones pays for every byte, for ever.
#[test]
fn no_file_is_larger_than_a_megabyte() {
    let places = source::all()
        .into_iter()
        .map(|path| (root().join(&path).metadata().map_or(0, |data| data.len()), path))
        .filter(|(bytes, _)| *bytes > 1_000_000)
        .map(|(bytes, path)| format!("{path}: {bytes} bytes"))
        .collect();
    refuse(places, "Make it smaller, or make it while building:");
}

/// What a visitor, a lawyer and a contributor look for first.
#[test]
fn the_files_that_people_look_for_are_there() {
    let expected = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "Cargo.lock",
        "Trunk.toml",
        "index.html",
        "clippy.toml",
        "deny.toml",
        ".ci/run",
    ];
    let missing = expected.into_iter().filter(|name| !root().join(name).is_file());
    refuse(missing.map(str::to_owned).collect(), "These files are missing:");
}

/// A path of one machine is of no use on another.
#[test]
fn nothing_refers_to_a_place_outside_of_the_repository() {
    let outside = [concat!("/wo", "rk/"), concat!("../sha", "red"), concat!("/ro", "ot/")];
    let places = source::all()
        .into_iter()
        .filter_map(Source::read)
        .flat_map(|file| file.lines_with_in_comments_too(&outside))
        .collect();
    refuse(places, "Refer to what is in the repository:");
}

/// A command that does not exist is the first thing that a stranger would try.
#[test]
fn the_documents_name_only_commands_that_exist() {
    let help = read("crates/xtask/src/arguments.rs");
    let mut places = Vec::new();
    for document in source::all().into_iter().filter(|path| path.ends_with(".md")) {
        let text = read(&document);
        for after in text.split("cargo xtask ").skip(1) {
            let name: String = after.chars().take_while(char::is_ascii_lowercase).collect();
            if !name.is_empty() && !help.contains(&format!("cargo xtask {name} ")) {
                places.push(format!("{document}: cargo xtask {name}"));
            }
        }
    }
    refuse(places, "`cargo xtask help` lists what there is:");
}
