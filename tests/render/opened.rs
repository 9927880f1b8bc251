//! What stands in an open call beside its head: attempts, tracks, why it ended.

use calls::{Call, Recording, Status};
use dashboard::components::attempts::AttemptList;
use dashboard::components::facts::Facts;
use dashboard::components::player::{Player, Playing, SaveRecording, TrackChoice};
use dashboard::locale::Locale;
use dashboard::place::Place;
use leptos::prelude::*;
use providers::Track;

use crate::html::Element;
use crate::stage::{HOUR_MS, NOW_MS, call, drawn, drawn_over};

fn attempts(linked: bool) -> Element {
    let attempt = |id: &str, age_hours: i64, status, retry| Call {
        started_ms: Some(NOW_MS - age_hours * HOUR_MS),
        duration_ms: Some(0),
        status,
        retry,
        ..call(id)
    };
    let all = vec![
        attempt("third", 1, Status::Completed, true),
        attempt("first", 3, Status::NoAnswer, false),
        attempt("second", 2, Status::Busy, true),
    ];
    drawn_over(&[], Place::default(), move |_| {
        view! { <AttemptList attempts=all open=call("second").key linked=linked/> }
    })
}

#[test]
fn attempts_are_a_list_in_their_order_in_which_each_leads_to_its_own_call() {
    let html = attempts(true);
    assert_eq!(html.names("heading"), ["Attempts at this call"]);
    let items: Vec<String> = html.by_role("listitem").iter().map(|item| item.spoken()).collect();
    for (item, (number, time, status)) in items.iter().zip([
        ("Attempt 1", "10:00", "No answer"),
        ("Attempt 2", "11:00", "Busy"),
        ("Attempt 3", "12:00", "Completed"),
    ]) {
        assert!(item.contains(number) && item.contains(time) && item.contains(status), "{item}");
    }
    assert_eq!(html.names("link"), ["Attempt 1", "Attempt 3"], "the open one leads nowhere");
    let link = html.by_role("link")[0].attribute("href").unwrap().to_owned();
    assert!(link.contains("sales") && link.contains("first"), "{link}");
}

#[test]
fn in_a_frame_attempts_are_told_and_lead_nowhere() {
    let html = attempts(false);
    assert_eq!(html.by_role("listitem").len(), 3);
    assert!(html.by_role("link").is_empty());
}

#[test]
fn why_a_call_ended_is_said_in_words_with_the_providers_own_beside_it() {
    let said = |word: &str| {
        let call = Call { end_reason: Some(word.into()), ..call("1") };
        let html = drawn_over(&[], Place::default(), move |_| {
            view! { <Facts call=call others=vec![] provider="Atoms".into()/> }
        });
        let names = html.all("dt");
        let place = names.iter().position(|name| name.text() == "End reason").unwrap();
        html.all("dd")[place].text()
    };
    assert_eq!(said("user_hangup"), "customer hung up (user_hangup)");
    assert_eq!(said("SIP 486 busy"), "SIP 486 busy");
}

#[test]
fn a_recording_that_may_still_appear_can_be_looked_for_again() {
    let words = Locale::english().words;
    let html = drawn_over(&[], Place::default(), move |_| {
        let playing = Playing::new(None);
        view! { <Player key=call("1").key recording=Recording::NotReady playing=playing/> }
    });
    assert!(html.text().contains(&words.recording_not_ready()), "{}", html.text());
    assert_eq!(html.names("button"), ["Look for it again"]);
}

#[test]
fn the_tracks_of_a_recording_are_a_choice_with_a_name() {
    let html = drawn(|| {
        let chosen = RwSignal::new(Track::Main);
        let tracks = vec![Track::Main, Track::Mono];
        view! { <TrackChoice tracks=tracks chosen=chosen playing=Playing::new(None)/> }
    });
    assert_eq!(html.one("combobox").name(), "Tracks");
    let options: Vec<String> = html.all("option").iter().map(|option| option.text()).collect();
    assert_eq!(options, ["Both sides apart", "Mixed into one"]);
}

#[test]
fn a_recording_that_is_there_can_be_saved() {
    let html = drawn(|| {
        let url = Signal::derive(|| "media/sales/call_1/main".to_owned());
        view! { <SaveRecording url=url name="call_1".into()/> }
    });
    let link = html.one("link");
    assert_eq!(link.name(), "Save the recording");
    assert_eq!(link.attribute("href"), Some("media/sales/call_1/main"));
    assert_eq!(link.attribute("download"), Some("call_1"));
}
