//! The driver, tried on a page of its own that is served with a strict content security
//! policy: a journey is worth as much as what it is driven with.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use crate::driver::{Browser, Look, Page, Storage, any, containing};

const POLICY: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; frame-src *";

const PAGE: &str = "<!doctype html><html lang=en><title>Driver</title>
<script defer src=script.js></script><main><h1>Calls</h1>
<button id=play>Play</button><button disabled>Save</button><button id=late hidden>Late</button>
<label>Search <input id=search value=old></label>
<label>Range <select id=range><option>Today</option><option>Last 7 days</option></select></label>
<table><caption>List</caption><tr><th scope=col>Who<tr><td>Ada<tr><td>Grace</table>
<audio id=sound src=sound.wav></audio><p id=said>Nothing yet</p></main>";

/// Strict: no inline handlers, and a click must be a real one to count.
const SCRIPT: &str = "
const said = document.getElementById('said');
play.onclick = event => { sound.play(); said.textContent = event.isTrusted ? 'Played by hand' : 'Faked' };
search.oninput = () => { said.textContent = 'Searched ' + search.value };
range.onchange = () => { said.textContent = 'Range ' + range.value };
onkeydown = event => { if (event.key === '?' ) said.textContent = 'Help' };
setTimeout(() => { late.hidden = false }, 300);";

const INNER: &str = "<!doctype html><html lang=en><title>Inner</title>
<script defer src=inner.js></script><main><h1>Inside</h1><button id=open>Open</button></main>";
const INNER_SCRIPT: &str = "document.getElementById('open').onclick = event => {
    event.target.textContent = event.isTrusted ? 'Opened by hand' : 'Faked' };";

/// Serves the pages above on a free port, until the test program ends.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for visitor in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || answer(visitor, port));
        }
    });
    port
}

fn answer(visitor: TcpStream, port: u16) {
    let mut request = String::new();
    BufReader::new(&visitor).read_line(&mut request).unwrap();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (kind, body) = match path {
        "/sound.wav" => ("audio/wav", String::from_utf8(silence()).unwrap()),
        "/page" => ("text/html", PAGE.to_owned()),
        "/script.js" => ("text/javascript", SCRIPT.to_owned()),
        "/inner" => ("text/html", INNER.to_owned()),
        "/inner.js" => ("text/javascript", INNER_SCRIPT.to_owned()),
        "/unnamed" => ("text/html", PAGE.replace(">Play<", "><")),
        "/throws.js" => ("text/javascript", "throw new Error('planted')".to_owned()),
        "/throws" => ("text/html", PAGE.replace("script.js", "throws.js")),
        "/outer" => ("text/html", PAGE.replace("</main>", &frame(port))),
        _ => ("text/plain", String::new()),
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {POLICY}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = (&visitor).write_all((head + &body).as_bytes());
}

/// A second of silence in 8-bit samples of 127, which happen to be text as well.
fn silence() -> Vec<u8> {
    let mut wav =
        b"RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0"
            .to_vec();
    wav.extend(b"data\x40\x1f\0\0");
    wav.extend([127; 8000]);
    wav
}

/// The page's own address says 127.0.0.1: to the browser this is another site.
fn frame(port: u16) -> String {
    format!("<iframe title=Inner src=http://localhost:{port}/inner></iframe></main>")
}

fn opened(browser: &Browser, path: &str) -> Page {
    let page = browser.page(Look::default());
    page.open(&format!("http://127.0.0.1:{}/{path}", serve()));
    page
}

fn failure(act: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(act)).unwrap_err();
    payload.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn things_are_found_by_role_and_name_and_clicked_by_hand() {
    let browser = Browser::launch();
    let page = opened(&browser, "page");
    page.by_role("heading", "Calls").wait();
    page.by_role("button", "Play").click();
    page.see("Played by hand");
    let cells = page.by_role("table", "List").by_role("cell", any());
    assert_eq!(cells.names(), ["Ada", "Grace"]);
    assert_eq!(page.by_role("row", any()).with_text("Gra").text(), "Grace");
}

#[test]
fn a_click_by_hand_may_play_sound_and_its_position_moves() {
    let browser = Browser::launch();
    let page = opened(&browser, "page");
    let position = || page.eval("document.getElementById('sound').currentTime").as_f64();
    assert_eq!(position(), Some(0.0));
    page.by_role("button", "Play").click();
    page.wait_until("the sound has moved on", || position() > Some(0.1));
}

#[test]
fn what_comes_late_is_waited_for() {
    let browser = Browser::launch();
    let page = opened(&browser, "page");
    page.by_role("button", "Late").click();
}

#[test]
fn typing_choosing_and_single_keys_arrive_as_from_a_keyboard() {
    let browser = Browser::launch();
    let page = opened(&browser, "page");
    page.by_role("textbox", "Search").type_text("er Ärger");
    page.see("Searched older Ärger");
    page.by_role("textbox", "Search").fill("new");
    page.see("Searched new");
    page.by_role("button", "Late").wait();
    page.press("Shift+Tab");
    assert!(page.by_role("button", "Late").has_focus());
    page.press("?");
    page.see("Help");
    page.by_role("combobox", "Range").choose("Last 7 days");
    page.see("Range Last 7 days");
}

#[test]
fn a_disabled_or_missing_or_ambiguous_button_is_a_failure_with_a_reason() {
    let browser = Browser::launch();
    let page = opened(&browser, "page").with_patience(Duration::from_millis(500));
    let disabled = failure(|| page.by_role("button", "Save").click());
    assert!(disabled.contains("button “Save” cannot be clicked: it is disabled"), "{disabled}");
    let missing = failure(|| page.by_role("button", "Pause").click());
    assert!(missing.contains("there is none"), "{missing}");
    let several = failure(|| page.by_role("cell", containing("a")).click());
    assert!(several.contains("there are 2"), "{several}");
}

#[test]
fn a_frame_from_another_site_is_read_and_clicked() {
    let browser = Browser::launch();
    let page = opened(&browser, "outer");
    let inner = page.frame("/inner");
    inner.by_role("button", "Open").click();
    inner.see("Opened by hand");
    assert_eq!(page.by_role("heading", any()).names(), ["Calls"]);
    inner.assert_accessible();
}

#[test]
fn axe_finds_what_was_planted_in_spite_of_the_policy() {
    let browser = Browser::launch();
    opened(&browser, "page").assert_accessible();
    let page = opened(&browser, "unnamed");
    let rules: Vec<_> = page.violations().into_iter().map(|broken| broken.rule).collect();
    assert_eq!(rules, ["button-name"]);
}

#[test]
fn an_uncaught_error_fails_the_journey() {
    let browser = Browser::launch();
    let page = opened(&browser, "throws");
    page.wait_until("the error was seen", || !page.complaints().is_empty());
    let end = failure(|| drop(page));
    assert!(end.contains("planted"), "{end}");
}

#[test]
fn colours_width_language_and_zone_are_the_ones_that_were_asked_for() {
    let browser = Browser::launch();
    let page =
        browser.page(Look { language: "de-DE", zone: "Asia/Tokyo", ..Look::wide(390) }.dark());
    page.open(&format!("http://127.0.0.1:{}/page", serve()));
    assert_eq!(page.eval("innerWidth"), 390);
    assert_eq!(page.eval("matchMedia('(prefers-color-scheme: dark)').matches"), true);
    assert_eq!(page.eval("navigator.language"), "de-DE");
    assert_eq!(page.eval("Intl.DateTimeFormat().resolvedOptions().timeZone"), "Asia/Tokyo");
    assert_eq!(page.eval("(1.5).toLocaleString()"), "1,5");
}

#[test]
fn blocked_storage_throws_as_it_does_for_people_who_block_it() {
    let touch = "(() => { try { localStorage.a = 1; return 'kept' } catch { return 'thrown' } })()";
    let browser = Browser::launch_with(Storage::Blocked);
    assert_eq!(opened(&browser, "page").eval(touch), "thrown");
    let browser = Browser::launch();
    assert_eq!(opened(&browser, "page").eval(touch), "kept");
}

#[test]
fn reloading_and_going_back_wait_for_the_new_document() {
    let browser = Browser::launch();
    let page = opened(&browser, "page");
    page.by_role("button", "Play").click();
    page.see("Played by hand");
    page.reload();
    page.see("Nothing yet");
    page.eval("location.hash = '#?call=1'");
    assert!(page.url().ends_with("#?call=1"));
    page.back();
    page.wait_until("the address is the old one", || !page.url().contains('#'));
    assert_eq!(page.title(), "Driver");
}

#[test]
fn a_screenshot_is_a_picture_of_the_window() {
    let browser = Browser::launch();
    let page = opened(&browser, "page");
    let folder = tempfile::tempdir().unwrap();
    page.screenshot(folder.path().join("shots/page.png"));
    let picture = std::fs::read(folder.path().join("shots/page.png")).unwrap();
    assert_eq!(&picture[1..4], b"PNG");
    // Width and height stand in the first chunk, in bytes 16 to 23.
    assert_eq!(picture[16..24], [0, 0, 5, 160, 0, 0, 3, 132]);
}
