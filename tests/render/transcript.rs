//! The transcript, in every state that a provider can leave it in.

use calls::insight::{Happening, HappeningKind, When};
use calls::{Fact, Speaker, Transcript, Turn};
use dashboard::components::hits::Hit;
use dashboard::components::transcript::TranscriptView;
use dashboard::locale::Locale;
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{HOSTILE, drawn};

/// No turn is being spoken.
const NOBODY: Option<usize> = None;

fn turn(speaker: Speaker, text: &str, at_ms: Option<i64>) -> Turn {
    Turn { speaker, text: text.to_owned(), at_ms }
}

fn other(word: &str) -> Speaker {
    Speaker::Other(word.to_owned())
}

/// Drawn with a recording to play, and nothing playing.
fn playable(transcript: Transcript) -> Element {
    drawn(move || {
        let play = Callback::new(|_| {});
        view! { <TranscriptView transcript=transcript current=NOBODY on_play=Some(play)/> }
    })
}

/// Drawn where there is nothing to play.
fn silent(transcript: Transcript) -> Element {
    drawn(move || view! { <TranscriptView transcript=transcript current=NOBODY on_play=None/> })
}

fn conversation() -> Transcript {
    Transcript::Turns(vec![
        turn(Speaker::Agent, "Good morning.", Some(0)),
        turn(Speaker::Agent, "How can I help?", Some(1_600)),
        turn(Speaker::Customer, "My parcel is late.", Some(65_000)),
    ])
}

#[test]
fn turns_are_a_list_in_which_each_says_who_speaks() {
    let html = playable(conversation());
    let list = html.one("list");
    assert_eq!(list.name(), "Transcript");
    let spoken: Vec<String> = list.by_role("listitem").iter().map(|turn| turn.spoken()).collect();
    assert_eq!(
        spoken,
        [
            "Agent 0:00 Good morning.",
            "Agent 0:02 How can I help?",
            "Customer 1:05 My parcel is late."
        ]
    );
}

/// Two turns in a row by one speaker look like one, and still sound like two.
#[test]
fn a_speaker_is_shown_once_and_said_every_time() {
    let html = playable(conversation());
    let hidden: Vec<bool> = html
        .by_role("listitem")
        .into_iter()
        .map(|turn| turn.all("span")[0].attribute("class") == Some("visually-hidden"))
        .collect();
    assert_eq!(hidden, [false, true, false]);
}

#[test]
fn a_turns_time_plays_from_there_if_there_is_something_to_play() {
    assert_eq!(
        playable(conversation()).names("button"),
        ["Play from 0:00", "Play from 0:02", "Play from 1:05"]
    );
    let html = silent(conversation());
    assert!(html.by_role("button").is_empty());
    assert!(html.text().contains("1:05"), "{}", html.text());
}

#[test]
fn the_turn_that_is_heard_is_the_current_one_and_no_other_is() {
    let html = drawn(|| {
        view! { <TranscriptView transcript=conversation() current=Some(1) on_play=None/> }
    });
    let current: Vec<_> =
        html.by_role("listitem").iter().map(|turn| turn.attribute("aria-current")).collect();
    assert_eq!(current, [None, Some("true"), None]);
}

#[test]
fn turns_without_times_say_so_and_have_no_buttons() {
    let words = Locale::english().words;
    let html = playable(Transcript::Turns(vec![
        turn(Speaker::Agent, "Hello.", None),
        turn(Speaker::Customer, "Hi.", None),
    ]));
    assert!(html.text().starts_with(&words.transcript_no_times()), "{}", html.text());
    assert!(html.by_role("button").is_empty());
    assert_eq!(html.by_role("listitem").len(), 2);
}

#[test]
fn a_turn_without_a_time_among_others_has_none_made_up() {
    let html = playable(Transcript::Turns(vec![
        turn(Speaker::Agent, "Hello.", Some(1_000)),
        turn(Speaker::Customer, "Hi.", None),
    ]));
    assert_eq!(html.names("button"), ["Play from 0:01"]);
    assert!(!html.text().contains(&Locale::english().words.transcript_no_times()));
}

/// A German agent and an Arabic caller may stand in one transcript.
#[test]
fn each_turn_runs_in_the_direction_of_its_own_script() {
    let arabic = "مرحبا، لدي موعد يوم الاثنين.";
    let html = playable(Transcript::Turns(vec![
        turn(Speaker::Agent, "Guten Tag.", Some(0)),
        turn(Speaker::Customer, arabic, Some(1_000)),
    ]));
    let texts: Vec<&Element> =
        html.by_role("listitem").into_iter().map(|turn| turn.all("p")[0]).collect();
    assert!(texts.iter().all(|text| text.attribute("dir") == Some("auto")));
    assert_eq!(texts[1].text(), arabic);
    let plain = silent(Transcript::Text(arabic.to_owned()));
    let text = plain.all("p").into_iter().find(|text| text.text() == arabic).unwrap();
    assert_eq!(text.attribute("dir"), Some("auto"));
}

#[test]
fn what_was_searched_for_is_marked_on_the_side_that_was_meant() {
    let marked = |typed: &'static str| {
        let html = drawn(move || {
            let sought = Memo::new(move |_| search::Query::parse(typed));
            view! {
                <TranscriptView transcript=conversation() current=NOBODY on_play=None sought=sought/>
            }
        });
        html.all("mark").iter().map(|mark| mark.text()).collect::<Vec<_>>()
    };
    assert_eq!(marked("good parcel"), ["Good", "parcel"]);
    assert_eq!(marked("\"can i\" customer:I"), ["can I", "i"]);
    assert_eq!(marked("agent:parcel"), [""; 0]);
    assert_eq!(marked(""), [""; 0]);
}

/// Marked or not, what was said is text.
#[test]
fn a_marked_text_is_text() {
    let html = drawn(|| {
        let sought = Memo::new(|_| search::Query::parse("script img"));
        let transcript = Transcript::Turns(vec![turn(Speaker::Agent, HOSTILE, None)]);
        view! { <TranscriptView transcript=transcript current=NOBODY on_play=None sought=sought/> }
    });
    assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
    let without_blanks = |text: &str| text.replace(' ', "");
    let (text, said) = (without_blanks(&html.text()), without_blanks(HOSTILE));
    assert!(text.contains(&said), "{text}");
}

#[test]
fn what_was_said_never_becomes_markup() {
    for transcript in [
        Transcript::Turns(vec![turn(other(HOSTILE), HOSTILE, Some(0))]),
        Transcript::Text(HOSTILE.to_owned()),
    ] {
        let html = playable(transcript);
        assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
        assert!(html.text().contains(HOSTILE), "{}", html.text());
    }
}

#[test]
fn text_without_speakers_says_that_it_is_and_keeps_its_words() {
    let html = silent(Transcript::Text("Agent: Hi\nCaller: Hello".into()));
    let words = Locale::english().words;
    assert_eq!(html.text(), format!("{} Agent: Hi Caller: Hello", words.transcript_plain()));
    assert!(html.by_role("list").is_empty());
}

#[test]
fn why_there_is_no_transcript_has_a_sentence_for_every_reason() {
    let words = Locale::english().words;
    for (transcript, sentence) in [
        (Transcript::BeingWritten, words.transcript_being_written()),
        (Transcript::Absent, words.transcript_absent()),
        (Transcript::Elsewhere, words.transcript_elsewhere()),
        (Transcript::NotInRecord, words.transcript_not_in_record()),
        (Transcript::Purged, words.transcript_purged()),
        (Transcript::NotAsked, words.loading_call()),
    ] {
        let html = playable(transcript);
        assert_eq!(html.text(), sentence);
        assert!(html.by_role("list").is_empty() && html.by_role("button").is_empty());
    }
}

#[test]
fn other_speakers_keep_the_providers_word_and_a_side_of_their_own() {
    let html = silent(Transcript::Turns(vec![
        turn(other("tool_call"), "lookup(42)", None),
        turn(other(""), "(music)", None),
    ]));
    let turns = html.by_role("listitem");
    assert_eq!(turns[0].spoken(), "tool_call lookup(42)");
    assert_eq!(turns[1].spoken(), "Other (music)");
    assert!(turns.iter().all(|turn| turn.attribute("data-side") == Some("other")));
}

fn tool(when: When) -> Happening {
    Happening {
        name: Some("lookup_customer".into()),
        when,
        took_ms: Some(1_800),
        failed: Some(false),
        asked: Some(r#"{"phone":"+1 415"}"#.into()),
        answered: Some("Meier".into()),
        facts: vec![Fact { name: "region".into(), value: "eu".into() }],
        ..Happening::new(HappeningKind::Tool)
    }
}

fn with_happenings(transcript: Transcript, happenings: Vec<Happening>) -> Vec<String> {
    let html = drawn(move || {
        view! { <TranscriptView transcript=transcript happenings=happenings current=NOBODY on_play=None/> }
    });
    html.by_role("listitem").iter().map(|item| item.spoken()).collect()
}

#[test]
fn a_tool_stands_where_its_moment_is_with_everything_that_is_known_of_it() {
    let card = "Tool lookup_customer 1.8 s 0:01 Arguments phone: +1 415 Result Meier Region eu";
    assert_eq!(
        with_happenings(conversation(), vec![tool(When::At(1_000))]),
        [
            "Agent 0:00 Good morning.",
            card,
            "Agent 0:02 How can I help?",
            "Customer 1:05 My parcel is late."
        ]
    );
    let untimed = Transcript::Turns(vec![turn(Speaker::Agent, "Hello.", None)]);
    let drawn = with_happenings(untimed.clone(), vec![tool(When::AfterTurns(1))]);
    assert_eq!(drawn, ["Agent Hello.", &card.replace("0:01 ", "")]);
    let nowhere = with_happenings(untimed, vec![tool(When::At(1_000)), tool(When::Unknown)]);
    assert_eq!(nowhere, ["Agent Hello."], "a place is never made up");
}

#[test]
fn what_failed_says_so_in_words_and_hostile_names_stay_text() {
    let failed = Happening {
        name: Some(HOSTILE.into()),
        failed: Some(true),
        asked: None,
        answered: Some(HOSTILE.into()),
        facts: vec![],
        ..tool(When::At(0))
    };
    let html = drawn(move || {
        view! { <TranscriptView transcript=conversation() happenings=vec![failed] current=NOBODY on_play=None/> }
    });
    assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
    let card = html.by_role("listitem")[1].spoken();
    assert!(card.contains("Failed") && card.contains("Error") && card.contains(HOSTILE), "{card}");
}

#[test]
fn of_several_marks_the_one_that_is_looked_at_differs() {
    let html = drawn(|| {
        let sought = Memo::new(|_| search::Query::parse("i"));
        let hit = Some(Hit { turn: 1, mark: 0 });
        view! { <TranscriptView transcript=conversation() current=NOBODY on_play=None sought=sought hit=hit/> }
    });
    let current: Vec<bool> =
        html.all("mark").iter().map(|mark| mark.attribute("data-current").is_some()).collect();
    assert_eq!(current.iter().filter(|current| **current).count(), 1, "{current:?}");
    let turns = html.by_role("listitem");
    assert_eq!(turns[1].all("mark")[0].attribute("data-current"), Some("true"));
}
