//! Listening to a call: the waveform, every way to a moment, the sides, and recordings that
//! browsers alone do not play, or not exactly.

use std::time::Duration;

use serde_json::json;

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::screen::{self, calls};
use crate::stage::Stage;

/// An MP3 of changing bit rates, whose pitch says which second it is.
const SECONDS: &str = "#?call=agentvoice/00000000-0000-4000-9000-000000000060";

/// Opens the first call that a filter shows.
#[track_caller]
fn open<'p>(page: &'p Page, stage: &Stage, filter: &str) -> Locator<'p> {
    if page.url().starts_with(stage.url()) {
        page.eval(&format!("void (location.hash = '#?period=30d&{filter}')"));
    } else {
        page.open(&stage.at(&format!("#?period=30d&{filter}")));
    }
    screen::wait_loaded(page);
    calls(page).first().click();
    page.by_role("region", "Recording")
}

fn secs(page: &Page) -> f64 {
    page.by_role("slider", "Position").value().parse().expect("a number of seconds")
}

/// Waits until the recording has been read and the element plays the file that was made of it.
#[track_caller]
fn wait_made(page: &Page) {
    page.wait_until("the element has the file that was made", || {
        page.eval("document.querySelector('audio')?.src.startsWith('blob:') && document.querySelector('audio').duration > 0")
            == true
    });
}

/// Plays, and measures the pitch in the middle of a second, as it leaves the element.
fn heard_second(page: &Page, second: u32) -> i64 {
    let heard = page.eval(&format!(
        "(async () => {{
            const audio = document.querySelector('audio');
            const context = window.ears ??= new AudioContext();
            await context.resume();
            const analyser = context.createAnalyser();
            analyser.fftSize = 16384;
            analyser.smoothingTimeConstant = 0;
            await audio.play();
            context.createMediaStreamSource(audio.captureStream()).connect(analyser);
            const bins = new Float32Array(analyser.frequencyBinCount);
            const frame = () => new Promise(next => requestAnimationFrame(next));
            for (;;) {{
                await frame();
                const at = audio.currentTime - {second};
                if (at > 1) audio.currentTime = {second};
                if (at < 0.55 || at > 0.9) continue;
                analyser.getFloatFrequencyData(bins);
                const loudest = bins.reduce((best, level, bin) => level > bins[best] ? bin : best, 0);
                if (bins[loudest] > -60) {{
                    audio.pause();
                    return Math.round((loudest * context.sampleRate / analyser.fftSize - 300) / 20);
                }}
            }}
        }})()"
    ));
    heard.as_i64().expect("a second")
}

#[test]
fn every_way_to_a_second_leads_to_that_second_though_the_bit_rate_changes() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    // A link to a moment, in a fresh tab.
    page.open(&stage.at(&format!("{SECONDS}&at=45000")));
    wait_made(&page);
    page.wait_until("it stands where the link says", || (secs(&page) - 45.0).abs() < 0.5);
    // A browser lets nothing be heard before somebody has touched the page.
    page.by_role("tab", "Details").click();
    assert_eq!(heard_second(&page, 45), 45);

    let slider = page.by_role("slider", "Position");
    slider.focus();
    page.press("Home");
    page.wait_until("it stands at the beginning", || secs(&page) < 0.1);
    page.press("l");
    page.press("ArrowRight");
    page.wait_until("it stands at 20 seconds", || (secs(&page) - 20.0).abs() < 0.1);
    assert_eq!(heard_second(&page, 20), 20);

    // A click on the waveform, at three quarters of its width.
    page.eval(
        "(() => {
            const slider = document.querySelector('.player__position');
            slider.value = 53; slider.dispatchEvent(new Event('input', { bubbles: true }));
        })()",
    );
    assert_eq!(heard_second(&page, 53), 53);
}

#[test]
fn a_call_is_heard_by_its_turns_at_any_speed_and_one_side_at_a_time() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    // AgentVoice tells when each turn began.
    let player = open(&page, &stage, "connection=agentvoice&success=yes");
    let sides = player.by_role("combobox", "Sides");
    page.wait_until("it is known whose side is which", || sides.text().contains("Only the agent"));

    listen_in(&page);
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    let customer = turns.with_text("Customer").first();
    let customer = customer.by_role("button", containing("Play from"));
    customer.click();
    page.wait_until("it plays", || player.by_role("button", "Pause").count() == 1);
    let turn = page.eval("document.querySelector('audio').currentTime").as_f64();
    assert!(turn > Some(1.0), "{turn:?}");
    player.by_role("combobox", "Speed").choose("2×");
    assert_eq!(page.eval("document.querySelector('audio').playbackRate"), 2.0);
    player.by_role("combobox", "Speed").choose("1×");

    sides.choose("Only the customer");
    again(&page, &customer);
    page.wait_until("both ears hear the customer", || {
        loudness(&page).iter().all(|ear| *ear > 0.02)
    });
    sides.choose("Only the agent");
    again(&page, &customer);
    page.wait_until("the customer is not heard", || {
        loudness(&page).iter().all(|ear| *ear < 0.0001)
    });
    sides.choose("Both sides");
    again(&page, &customer);
    page.wait_until("the customer is heard again", || {
        loudness(&page).iter().any(|ear| *ear > 0.02)
    });
    player.by_role("button", "Pause").click();
    assert_eq!(player.by_role("alert", any()).count(), 0);
}

/// What takes channels apart leaves the right ear nothing of a recording that has one.
#[test]
fn a_recording_mixed_into_one_is_heard_with_both_ears_after_a_side_was() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    let player = open(&page, &stage, "connection=atoms&success=yes");
    wait_for_sides(&page, &player);
    listen_in(&page);
    let sides = player.by_role("combobox", "Sides");
    sides.choose(&sides.by_role("option", containing("Only the")).first().text());
    player.by_role("combobox", "Tracks").choose("Mixed into one");
    page.wait_until("nothing is left to choose", || !sides.text().contains("Only the"));
    player.by_role("button", "Play").click();
    page.wait_until("both ears hear it", || loudness(&page).iter().all(|ear| *ear > 0.02));
}

#[test]
fn loading_again_does_not_stop_the_sound() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    let player = open(&page, &stage, "connection=agentvoice&success=yes");
    player.by_role("button", "Play").click();
    page.wait_until("it plays", || {
        page.eval("document.querySelector('audio')?.currentTime > 0") == true
    });
    page.eval(
        "void (() => {
            window.heard = document.querySelector('audio');
            for (const stop of ['pause', 'seeking', 'emptied'])
                heard.addEventListener(stop, () => (window.stopped = stop));
        })()",
    );
    page.by_role("button", "Load again").click();
    screen::wait_loaded(&page);
    let same = "[document.querySelector('audio') === heard, window.stopped ?? 'never']";
    assert_eq!(page.eval(same), json!([true, "never"]));
    player.by_role("button", "Pause").click();
}

fn again(page: &Page, turn: &Locator<'_>) {
    turn.click();
    page.eval("document.querySelector('audio').playbackRate = 0.5");
}

/// Puts an ear where the sound leaves the page.
fn listen_in(page: &Page) {
    page.eval(
        "(() => {
            const connect = AudioNode.prototype.connect;
            function headphones(context) {
                const both = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
                const apart = context.createChannelSplitter(2);
                connect.call(both, apart);
                window.earphones = [0, 1].map((ear) => {
                    const one = context.createAnalyser();
                    connect.call(apart, one, ear);
                    return one;
                });
                return both;
            }
            AudioNode.prototype.connect = function (to, ...ways) {
                if (to === this.context.destination) {
                    connect.call(this, window.head ??= headphones(this.context), ...ways);
                }
                return connect.call(this, to, ...ways);
            };
        })()",
    );
}

/// How loud it is in the left and in the right ear.
fn loudness(page: &Page) -> [f64; 2] {
    let ear = |ear: u32| {
        let loudest = page.eval(&format!(
            "(() => {{
                const samples = new Float32Array(2048);
                window.earphones?.[{ear}].getFloatTimeDomainData(samples);
                return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
            }})()"
        ));
        loudest.as_f64().expect("a number")
    };
    [ear(0), ear(1)]
}

#[test]
fn what_a_recording_lacks_is_said_and_what_browsers_refuse_plays() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    for (filter, said) in [
        ("q=silence", "Nothing can be heard in this recording"),
        ("q=breaks%20off", "The recording breaks off after"),
        ("q=ADPCM", "One channel: the two sides cannot be heard apart"),
    ] {
        let player = open(&page, &stage, filter);
        page.see(said);
        page.wait_until("the length is known", || secs_of(&page, "duration") > 5.0);
        assert_eq!(player.by_role("alert", any()).count(), 0, "{filter}");
    }
    // The last one is of a form that no browser plays.
    wait_made(&page);
    page.by_role("region", "Recording").by_role("button", "Play").click();
    page.wait_until("it moves on", || secs(&page) > 0.3);
    let player = open(&page, &stage, "q=A-law");
    wait_for_sides(&page, &player);
    open(&page, &stage, "q=two%20hours&connection=talkpilot")
        .by_role("button", "Draw the waveform")
        .wait();
}

/// Waits until a recording has two sides.
#[track_caller]
fn wait_for_sides(page: &Page, player: &Locator<'_>) {
    let sides = player.by_role("combobox", "Sides");
    page.wait_until("it is known that there are two sides", || sides.text().contains("Only the"));
}

fn secs_of(page: &Page, what: &str) -> f64 {
    page.eval(&format!("document.querySelector('audio').{what}")).as_f64().unwrap_or(0.0)
}

#[test]
fn every_mark_of_the_waveform_is_explained_and_read_out() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    let player = open(&page, &stage, "connection=agentvoice&success=yes");
    let marks = player.by_role("list", "Marks in the waveform");
    wait_for_sides(&page, &player);
    page.wait_until("it is known who waits for whom", || {
        marks.text().contains("Waiting for an answer")
    });
    let text = marks.text();
    assert!(text.contains("Somebody begins to speak"), "{text}");
    let kinds = |part: &str| {
        page.eval(&format!(
            "[...document.querySelectorAll('{part} .waveform__mark')].map(mark => mark.dataset.kind)
                .map(kind => kind === 'customer' ? 'agent' : kind)
                .filter((kind, at, all) => all.indexOf(kind) === at)"
        ))
    };
    assert_eq!(kinds(".waveform"), kinds(".marks"), "what is drawn is explained");
    let spoken = page.eval("document.querySelector('.marks').textContent");
    let spoken = spoken.as_str().unwrap_or_default();
    assert!(!text.contains("interruption") || spoken.contains("at 0:"), "{spoken}");
    screen::assert_good_in_every_look(&page, "a waveform and its marks");
}

#[test]
fn two_hours_are_drawn_in_little_memory() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(120));
    page.open(&stage.at("#?call=agentvoice/00000000-0000-4000-9000-000000007200"));
    let reader = "Number(document.querySelector('.player__place')?.dataset.readerBytes ?? 0)";
    page.wait_until("it has been read to its end", || page.eval(reader).as_f64() > Some(0.0));
    assert!(page.eval(reader).as_f64() < Some(64e6), "{}", page.eval(reader));
}

#[test]
fn the_player_is_worked_by_keys_alone_and_only_while_it_has_the_focus() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default()).with_patience(Duration::from_secs(60));
    let player = open(&page, &stage, "q=LIST%20chunk");
    wait_for_sides(&page, &player);
    page.by_role("button", "Close the call").focus();
    page.press("k");
    page.press("ArrowRight");
    assert_eq!(player.by_role("button", "Play").count(), 1, "elsewhere its keys are none");
    assert!(secs(&page) < 0.1);

    player.by_role("slider", "Position").focus();
    page.press("k");
    player.by_role("button", "Pause").wait();
    page.press(" ");
    player.by_role("button", "Play").wait();
    page.press("Home");
    page.press("ArrowRight");
    page.press("l");
    page.press("ArrowLeft");
    page.wait_until("it stands at 15 seconds", || (secs(&page) - 15.0).abs() < 0.1);
    let spoken = player.by_role("slider", "Position").attribute("aria-valuetext");
    assert!(spoken.is_some_and(|spoken| spoken.starts_with("0:15 of")));
    page.press("j");
    page.wait_until("it stands at the beginning", || secs(&page) < 0.1);
}
