//! What is wrong with an opened file, and where, in words.

use load::opened::{Expected, Problem, What};

use super::Notice;
use crate::locale::Locale;
use crate::store::{FilePhase, FileState};

/// What is said of a file as a whole, if something is wrong with it.
#[must_use]
pub fn of_file(file: &FileState, locale: Locale) -> Option<Notice> {
    let (words, name) = (locale.words, file.name.as_str());
    let skipped = file.problems.skipped;
    let (happened, advice) = match file.phase {
        FilePhase::Unreadable => (words.file_unreadable(name), words.file_unreadable_advice()),
        FilePhase::Nobody if file.is_folder => {
            (words.folder_nobody(name), words.folder_nobody_advice())
        }
        FilePhase::Nobody => {
            let names = providers::all().iter().map(|adapter| adapter.describe().name);
            let names = names.collect::<Vec<_>>().join(", ");
            (words.file_nobody(name), words.file_nobody_advice(names))
        }
        FilePhase::Read if skipped > 0 => {
            let plural = locale.formats.plural(i64::try_from(skipped).unwrap_or(i64::MAX));
            (words.file_skipped(plural, name, locale.count(skipped)), String::new())
        }
        FilePhase::Read if file.problems.count > 0 => (words.file_flawed(name), String::new()),
        _ => return None,
    };
    Some(Notice { happened, advice, detail: None })
}

/// A problem with its place.
#[must_use]
pub fn of_problem(problem: &Problem, locale: Locale) -> String {
    let count = |number: u64| locale.count(number);
    let at = problem.at;
    let (line, column, byte) = (count(at.line), count(at.column), count(at.byte));
    let what = what(&problem.what, locale);
    match problem.record {
        Some(record) => locale.words.file_at_record(locale.count(record), line, column, byte, what),
        None => locale.words.file_at(line, column, byte, what),
    }
}

fn what(what: &What, locale: Locale) -> String {
    let words = locale.words;
    match what {
        What::Empty => words.fault_empty(),
        What::Binary => words.fault_binary(),
        What::NotJson => words.fault_not_json(),
        What::CutOff => words.fault_cut_off(),
        What::Expected(Expected::CommaOrListEnd) => words.fault_comma_or_list_end(),
        What::Expected(Expected::CommaOrObjectEnd) => words.fault_comma_or_object_end(),
        What::Expected(Expected::Colon) => words.fault_colon(),
        What::Expected(Expected::Value) => words.fault_value(),
        What::Expected(Expected::Name) => words.fault_name(),
        What::Expected(Expected::End) => words.fault_end(),
        What::Expected(Expected::Other(said)) => words.fault_other(said),
        What::NoObject => words.fault_no_object(),
        What::NoId(name) => words.fault_no_id(*name),
        What::OddId(id) => words.fault_odd_id(id),
        What::OtherProvider(name) => words.fault_other_provider(*name),
        What::NoCall => words.fault_no_call(),
    }
}
