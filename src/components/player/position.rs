//! Where a recording stands: the waveform, and over it the slider that everybody can use. Without
//! a waveform the slider is what remains.

use calls::formats::duration;
use leptos::prelude::*;
use sound::message::Trouble;

use crate::browser::focus;
use crate::components::marks::Marks;
use crate::components::player::Playing;
use crate::components::waveform::Waveform;
use crate::listening::Standing;
use crate::locale::use_locale;

/// Position and length, and the way to another position.
#[component]
pub(super) fn Position(playing: Playing, marks: Memo<Marks>, read: Callback<()>) -> impl IntoView {
    let shown = |secs: f64| duration((secs * 1_000.0).floor());
    let length = Memo::new(move |_| playing.length_secs());
    let position = move || playing.state.with(|state| state.position_secs);
    let share = move || length.get().map_or(0.0, |length| (position() / length).clamp(0.0, 1.0));
    let waves = Memo::new(move |_| playing.listening.standing().is_drawn());
    // For whoever measures: the memory of what read the recording.
    let reader_bytes = move || match playing.listening.standing() {
        Standing::Done(done) => Some(done.memory_bytes.to_string()),
        _ => None,
    };
    // tidy: not words: a sign in front of what remains
    let remaining =
        move || length.get().map(|length| format!("−{}", shown((length - position()).max(0.0))));
    view! {
        <div class="player__place" data-reader-bytes=reader_bytes data-waves=move || waves.get().to_string() style:--played=move || format!("{:.3}%", share() * 100.0)>
            <Show when=move || waves.get()>
                <Waveform playing=playing length=length marks=marks/>
            </Show>
            <Slider playing=playing length=length/>
        </div>
        <p class="player__times" aria-hidden="true">
            <span>{move || shown(position())}</span>
            <span>{remaining}</span>
        </p>
        <WhyNoWaveform playing=playing read=read/>
    }
}

#[component]
fn Slider(playing: Playing, length: Memo<Option<f64>>) -> impl IntoView {
    let words = use_locale().words;
    let shown = |secs: f64| duration((secs * 1_000.0).floor());
    let position = move || playing.state.with(|state| state.position_secs);
    let spoken = move || match length.get() {
        Some(length) => words.position_of(shown(position()), shown(length)),
        None => shown(position()),
    };
    view! {
        <input
            class="player__position"
            type="range"
            min="0"
            step="any"
            aria-label=words.position_label()
            aria-valuetext=spoken
            max=move || length.get().unwrap_or(1.0).to_string()
            disabled=move || length.get().is_none()
            prop:value=move || position().to_string()
            on:input=move |event| {
                if let Ok(secs) = focus::value(&event).parse() {
                    playing.go_to(secs);
                }
            }
        />
    }
}

/// What is off where the recording cannot be read, and why; a button where somebody has to ask.
#[component]
fn WhyNoWaveform(playing: Playing, read: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    move || {
        let said = match playing.listening.standing() {
            Standing::Large(bytes) => {
                #[allow(clippy::cast_precision_loss, reason = "rounded to megabytes")]
                let megabytes = locale.formats.decimal(bytes as f64 / 1_000_000.0, 0);
                return view! {
                    <p class="player__note">
                        {words.wave_large(megabytes)}
                        <button type="button" class="button" on:click=move |_| read.run(())>
                            {words.wave_draw()}
                        </button>
                    </p>
                }
                .into_any();
            }
            Standing::Off(None) => words.wave_off_worker(),
            Standing::Off(Some(Trouble::OtherBuild)) => words.wave_off_build(),
            Standing::Off(Some(Trouble::Form)) => words.wave_off_form(),
            Standing::Off(Some(Trouble::Bytes)) => words.wave_off_bytes(),
            // An empty file is said as what it is: there is nothing to play either.
            _ => return ().into_any(),
        };
        view! { <p class="player__note" role="status">{said}</p> }.into_any()
    }
}
