//! What can be taken away of one call: its recordings, its transcript in several forms, everything
//! as a file that Calldeck opens again, and a print.

use calls::words::Words;
use calls::{Call, OpenedCall, Transcript, wording};
use export::{About, Captions, Exported, calldeck, filename, plain};
use leptos::prelude::*;
use load::opened::is_file;
use providers::Track;

use crate::browser::download::{Offer, Pieces};
use crate::browser::{clock, document};
use crate::components::call_text::recording_text;
use crate::components::copy_note::link_to;
use crate::components::opening::Opening;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::{Store, use_store};
use crate::ui::icon::{Icon, Symbol};
use crate::ui::menu::Menu;

/// A file that is made of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Text,
    Json,
    WebVtt,
    SubRip,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::WebVtt => "vtt",
            Self::SubRip => "srt",
        }
    }

    fn mime(self) -> &'static str {
        match self {
            Self::Text | Self::SubRip => "text/plain;charset=utf-8",
            Self::Json => "application/json",
            Self::WebVtt => "text/vtt;charset=utf-8",
        }
    }

    fn text(self, words: &Words) -> String {
        match self {
            Self::Text => words.take_text(),
            Self::Json => words.take_json(),
            Self::WebVtt => words.take_vtt(),
            Self::SubRip => words.take_srt(),
        }
    }
}

/// The menu.
#[component]
pub fn TakeAway(
    /// The call.
    call: Signal<Call>,
    /// Name of its connection.
    connection: Signal<String>,
    /// What opening it told.
    opening: RwSignal<Opening>,
) -> impl IntoView {
    let words = use_locale().words;
    view! {
        <Menu
            label=words.take_away()
            panel=words.take_away_label()
            active=false
            symbol=Symbol::Download
            align="end"
        >
            <div class="choices take">
                <Recordings call=call/>
                <Files call=call connection=connection opening=opening/>
                <button type="button" class="choice take__item" on:click=|_| document::print()>
                    <Icon symbol=Symbol::Print/>
                    <span class="choice__name">{words.take_print()}</span>
                </button>
            </div>
        </Menu>
    }
}

/// A link for each recording, or why there is none.
#[component]
fn Recordings(call: Signal<Call>) -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let now_ms = use_selection().now_ms;
    let words = locale.words;
    // What lies in an opened folder has an address as long as it is offered.
    let offers = StoredValue::new(Vec::<Offer>::new());
    move || {
        let call = call.get();
        let in_file = is_file(&call.key.connection);
        let lost = !store.can_be_heard(&call.key);
        if lost || !call.recording.playable(now_ms.get_untracked()) {
            let why = if lost {
                words.recording_in_file()
            } else {
                recording_text(call.recording, now_ms.get_untracked(), locale)
            };
            return view! { <p class="take__why">{words.take_no_recording(why)}</p> }.into_any();
        }
        let tracks = untrack(|| store.tracks(&call.key));
        offers.set_value(Vec::new());
        let address = |track: Track| {
            if !in_file {
                return store.wire().media_url(&call.key, track);
            }
            let offer = store.kept_recording(&call.key, track);
            let address = offer.as_ref().map(|offer| offer.url().to_owned());
            offers.update_value(|offers| offers.extend(offer));
            address.unwrap_or_default()
        };
        let link = |track: &Track| {
            let name = match track {
                _ if tracks.len() == 1 => words.take_recording(),
                Track::Main => words.take_track(words.track_main()),
                Track::Mono => words.take_track(words.track_mono()),
            };
            let file = format!("{}-{}", call.key.reference.call_id(), track.code());
            let url = address(*track);
            view! {
                <a class="choice take__item" href=url download=file>
                    <Icon symbol=Symbol::Recording/>
                    <span class="choice__name">{name}</span>
                </a>
            }
        };
        tracks.iter().map(link).collect_view().into_any()
    }
}

/// A button for each file that can be made, and why others cannot.
#[component]
fn Files(
    call: Signal<Call>,
    connection: Signal<String>,
    opening: RwSignal<Opening>,
) -> impl IntoView {
    let (nav, store, locale) = (use_nav(), use_store(), use_locale());
    let selection = use_selection();
    let words = locale.words;
    // A file is there as long as its address is.
    let offered = StoredValue::new(None::<Offer>);
    let save = move |form: Form, opened: OpenedCall| {
        let link = link_to(nav, |place| place.call = Some(opened.call.key.clone()));
        let name = connection.get_untracked();
        let exported = Exported {
            call: &opened.call,
            connection: &name,
            link: &link,
            transcript: Some(&opened.transcript),
            facts: &opened.facts,
        };
        let zone = selection.zone_untracked();
        let text = match form {
            Form::Text => Some(plain::transcript(&exported, &zone, words, locale.formats)),
            Form::Json => Some(whole(&exported, &zone, store)),
            Form::WebVtt => captions(Captions::WebVtt, &opened, words),
            Form::SubRip => captions(Captions::SubRip, &opened, words),
        };
        let pieces = Pieces::default();
        pieces.push(text.as_deref().unwrap_or_default());
        if let Some(offer) = text.and_then(|_| pieces.offer(form.mime())) {
            offer.save(&filename::of_call(&opened.call.key, form.extension()));
            offered.set_value(Some(offer));
        }
    };
    move || {
        let opened = opening.get().and_then(Result::ok).map(|it| it.over(Some(&call.get())));
        let Some(opened) = opened else {
            return view! { <p class="take__why">{words.take_wait()}</p> }.into_any();
        };
        let button = |form: Form| {
            let opened = opened.clone();
            view! {
                <button type="button" class="choice take__item" on:click=move |_| save(form, opened.clone())>
                    <Icon symbol=Symbol::Note/>
                    <span class="choice__name">{form.text(words)}</span>
                </button>
            }
        };
        let there = opened.transcript.is_there() == Some(true);
        let timed = captions(Captions::WebVtt, &opened, words).is_some();
        let why = match (&opened.transcript, timed) {
            (_, true) => None,
            (Transcript::Turns(_) | Transcript::Text(_), false) => Some(words.take_no_times()),
            (other, false) => Some(words.take_no_transcript(wording::transcript(other, words))),
        };
        let forms =
            [(Form::Text, there), (Form::WebVtt, timed), (Form::SubRip, timed), (Form::Json, true)];
        let buttons = forms.into_iter().filter(|(_, can)| *can).map(|(form, _)| button(form));
        view! {
            {buttons.collect_view()}
            {why.map(|why| view! { <p class="take__why">{why}</p> })}
        }
        .into_any()
    }
}

fn captions(form: Captions, opened: &OpenedCall, words: &Words) -> Option<String> {
    form.of(&opened.transcript, opened.call.duration_ms, words).ok()
}

/// The call as a file that Calldeck opens again.
fn whole(exported: &Exported<'_>, zone: &calls::Zone, store: Store) -> String {
    let id = &exported.call.key.connection;
    let found = untrack(|| store.connection(id));
    let connections = found.map(|found| calldeck::Connection {
        id: found.id.to_string(),
        provider: found.adapter.describe().id.to_owned(),
        name: found.name,
    });
    let about = About {
        exported_ms: clock::now_ms(),
        zone: zone.clone(),
        filter: String::new(),
        masked: false,
        connections: connections.into_iter().collect(),
    };
    let mut text = String::new();
    calldeck::head(&about, &mut text);
    calldeck::call(exported, true, &mut text);
    calldeck::tail(&[], &mut text);
    text
}
