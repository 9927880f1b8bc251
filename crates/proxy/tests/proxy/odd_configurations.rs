//! A configuration that is changed at random is taken, or every problem of it is said; and a key
//! is in nothing that is said.

use std::path::Path;

use proxy::{Config, Environment};

const EXAMPLE: &str = include_str!("../../../../config.example.toml");

const KEY: &str = "k3y-that-nobody-may-see";

/// How many changed files are read.
const ROUNDS: u64 = 3_000;

/// What a change puts in: what configurations are made of, and what nobody expects in them.
const PIECES: [&str; 16] = [
    "\n",
    "=",
    "\"",
    "[",
    "]",
    "[[connection]]\n",
    "id = \"\"",
    "#",
    "'",
    "\\",
    "\0",
    "Ä",
    "-1",
    "1e99",
    "true",
    "\u{202e}",
];

/// Every variable is set, and every file is there.
struct Variables;

impl Environment for Variables {
    fn variable(&self, _: &str) -> Option<String> {
        Some(KEY.to_owned())
    }

    fn file(&self, _: &Path) -> std::io::Result<String> {
        Ok(KEY.to_owned())
    }

    fn is_directory(&self, _: &Path) -> bool {
        true
    }
}

#[test]
fn a_configuration_changed_at_random_is_taken_or_refused_with_words_and_no_key_is_in_any() {
    let (mut taken, mut refused) = (0, 0);
    for round in 0..ROUNDS {
        let text = changed(&mut fastrand::Rng::with_seed(round));
        match Config::parse(&text, Path::new("/config"), &Variables) {
            Ok(config) => {
                taken += 1;
                let described = config.describe().join("\n");
                let shown = format!("{config:?}");
                assert!(!described.contains(KEY) && !shown.contains(KEY), "round {round}: a key");
            }
            Err(problems) => {
                refused += 1;
                let said = problems.to_string();
                assert!(!said.trim().is_empty(), "round {round}: refused without a word");
                assert!(!said.contains(KEY), "round {round}: a key in {said}");
            }
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} taken, {refused} refused");
}

/// The example with up to four changes.
fn changed(rng: &mut fastrand::Rng) -> String {
    let mut text: Vec<char> = EXAMPLE.chars().collect();
    for _ in 0..rng.usize(0..=4) {
        let at = rng.usize(0..text.len());
        let end = text.len().min(at + rng.usize(0..6));
        let piece = PIECES[rng.usize(0..PIECES.len())];
        text.splice(at..end, piece.chars());
    }
    text.into_iter().collect()
}
