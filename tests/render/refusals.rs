//! Every error that a provider documents, as it stands on screen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dashboard::components::load_status::Notices;
use dashboard::locale::Locale;
use leptos::prelude::*;
use load::{LoadState, Phase};
use providers::{Adapter, Answer, Refusal};

use crate::html::Element;
use crate::stage::{NOW_MS, drawn_settled};

/// A documented error: whose, the name of its fixture, and what is read out of it.
struct Refused {
    adapter: &'static dyn Adapter,
    fixture: String,
    refusal: Refusal,
}

impl Refused {
    /// What stands on screen of it.
    fn shown(&self) -> Element {
        let refusal = Some(self.refusal.clone());
        let state = LoadState { phase: Phase::Done, refusal, ..LoadState::default() };
        drawn_settled(&[(self.adapter.describe().id, state)], || view! { <Notices/> })
    }

    /// Whose it is, for the message of a test that fails.
    fn place(&self) -> String {
        format!("{} {}", self.adapter.describe().id, self.fixture)
    }
}

fn all() -> Vec<Refused> {
    let mut all = Vec::new();
    for adapter in providers::all() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let folder = folder.join(adapter.describe().id).join("error");
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.into_iter().filter(|file| file.extension().unwrap() != "headers") {
            let fixture = file.file_name().unwrap().to_string_lossy().into_owned();
            all.push(Refused { adapter: *adapter, fixture, refusal: read(&file) });
        }
    }
    all
}

fn read(file: &Path) -> Refusal {
    let name = file.file_name().unwrap().to_string_lossy();
    let status = name.split('-').next().unwrap().parse().unwrap();
    let headers = std::fs::read_to_string(file.with_extension("headers")).unwrap_or_default();
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answer = Answer { status, headers, body: std::fs::read(file).unwrap() };
    let why = "there is no list in the answer";
    if answer.is_ok() { Refusal::unreadable(&answer, why) } else { Refusal::of(&answer, NOW_MS) }
}

#[test]
fn every_documented_error_names_its_connection_and_says_what_to_do() {
    let all = all();
    assert!(all.len() > 40, "{}", all.len());
    for refused in all {
        let (html, place) = (refused.shown(), refused.place());
        let alert = html.one("alert");
        let said = alert.all("p")[0].text();
        assert!(said.contains(refused.adapter.describe().name), "{place}: {said}");
        // What happened, and what to do about it.
        assert!(said.matches(". ").count() >= 1, "{place}: {said}");
        if let Some(text) = &refused.refusal.text {
            assert!(alert.text().contains(text), "{place}: {}", alert.text());
        }
    }
}

#[test]
fn the_providers_id_of_a_request_is_shown_and_can_be_copied() {
    let words = Locale::english().words;
    let mut shown = 0;
    for refused in all() {
        let Some(id) = &refused.refusal.request_id else { continue };
        let (html, place) = (refused.shown(), refused.place());
        let detail = html.one("alert").all("p")[1].text();
        assert!(detail.contains(&words.refused_request_id(id)), "{place}: {detail}");
        assert_eq!(html.one("alert").names("button"), [words.copy()], "{place}");
        shown += 1;
    }
    assert!(shown > 20, "{shown} errors with an id");
}

/// One meaning, one sentence: no two are said alike, whichever provider sends them.
#[test]
fn what_is_meant_otherwise_is_said_otherwise() {
    let mut meanings: BTreeMap<String, String> = BTreeMap::new();
    for refused in all() {
        let name = refused.adapter.describe().name;
        let said = refused.shown().one("alert").all("p")[0].text().replace(name, "NAME");
        let meaning = format!("{:?} {:?}", refused.refusal.kind, refused.refusal.subject());
        let before = meanings.insert(said.clone(), meaning.clone());
        let same = before.is_none_or(|before| before == meaning || is_nowhere(&meaning));
        assert!(same, "{}: {said} is said of another meaning, too", refused.place());
    }
    assert!(meanings.len() >= 15, "{meanings:#?}");
}

/// A list has no call and no recording that could be missing: a 404 for one means that nothing is
/// there.
fn is_nowhere(meaning: &str) -> bool {
    meaning.starts_with("NotFound")
}

#[test]
fn an_agentvoice_key_is_told_from_its_organization_id() {
    let words = Locale::english().words;
    let said = |fixture: &str| {
        let all = all();
        let of = |refused: &&Refused| refused.place() == format!("agentvoice {fixture}");
        all.iter().find(of).unwrap().shown().one("alert").text()
    };
    let key = said("401-key.json");
    assert!(key.contains(&words.refused_two_keys_advice()), "{key}");
    let organization = said("401-organization.json");
    assert!(organization.contains(&words.refused_organization("AgentVoice", "401")));
    assert!(organization.contains(&words.refused_organization_advice()), "{organization}");
}
