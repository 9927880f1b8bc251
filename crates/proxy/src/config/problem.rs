//! What is wrong with a configuration file: every problem at once, each with what to do.

use std::fmt;

/// One problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Line in the file, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong and what to do, in full sentences.
    pub text: String,
}

/// All problems of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem.
    pub fn add(&mut self, line: Option<usize>, text: impl Into<String>) {
        self.0.push(Problem { line, text: text.into() });
    }

    /// The problems, in the order in which they were found.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let end = if index + 1 < self.0.len() { "\n" } else { "" };
            match problem.line {
                Some(line) => write!(f, "- line {line}: {}{end}", problem.text)?,
                None => write!(f, "- {}{end}", problem.text)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The word that was probably meant: the nearest one, if few letters are different.
pub(super) fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let distance = |candidate: &'a str| (strsim::osa_distance(word, candidate), candidate);
    let near = known.map(distance).filter(|(distance, _)| *distance <= 1 + word.len() / 4);
    let best = near.min_by_key(|(distance, _)| *distance);
    best.map(|(_, candidate)| format!(" Did you mean `{candidate}`?")).unwrap_or_default()
}
