//! A CRM shows the calls of the person whose record is open, in a narrow frame of its own page.

use crate::driver::{Browser, Frame, Locator, Look, Page, Storage, any, containing};
use crate::outside::Outside;
use crate::screen::{self, CONNECTIONS, OLIVIA, OLIVIAS_NUMBER, WIDTHS, calls};
use crate::stage::Stage;

/// Part of the address of the frame.
const FRAME: &str = "/embed?phone=";

#[test]
fn a_crm_shows_one_persons_calls_of_all_providers_and_they_play() {
    let (crm, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--embed-origin", &crm.origin()]);
    let page = browser.page(Look::default());
    let frame = see_person(&page, &crm, &stage);
    let (cards, days) = (cards(&frame).names(), 90);
    for name in CONNECTIONS {
        assert!(frame.text().contains(name), "a call at {name} in: {}", frame.text());
    }

    let list = browser.page(Look::default());
    screen::open_loaded(&list, &stage.at(&format!("#?period={days}d&phone={OLIVIAS_NUMBER}")));
    screen::turn_into_pages(&list);
    assert_eq!(calls(&list).names(), cards, "the frame shows what the dashboard shows");

    page.to_front();
    hear(&frame, &page);
    let kept = frame.try_eval("[localStorage.length, sessionStorage.length, document.cookie]");
    assert_eq!(kept.expect("storage"), serde_json::json!([0, 0, ""]), "nothing is kept");
    // The frame has the background of its host. Where the schemes of the two differ, a browser
    // paints the canvas of the frame's own, which axe-core takes for white.
    frame.try_eval("document.body.style.background = 'Canvas'").expect("a background");
    for scheme in [Look::default(), Look::default().dark()] {
        page.look(Look { reduced_motion: true, ..scheme });
        frame.assert_accessible();
        let beyond = frame.try_eval("document.documentElement.scrollWidth - innerWidth");
        assert!(beyond.expect("a width").as_i64() <= Some(0), "nothing reaches beyond 320 px");
    }
}

#[test]
fn a_frame_of_a_page_that_is_not_listed_stays_empty() {
    let (crm, other, browser) = (Outside::start(), Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--embed-origin", &crm.origin()]);
    let page = browser.page(Look::default());
    put_frame(&other, &stage, &format!("embed?phone={OLIVIAS_NUMBER}"));
    page.open(&other.at("record.html"));
    page.wait_until("the frame was refused", || {
        page.complaints().iter().any(|complaint| complaint.contains("frame-ancestors"))
    });
    assert!(page.requests().iter().any(|url| url.contains(FRAME)));
    assert_eq!(of_the_app(&page), [""; 0], "nothing of the app was loaded");
    page.accept_complaints("frame-ancestors");

    put_frame(&crm, &stage, "");
    page.open(&crm.at("record.html"));
    page.wait_until("the dashboard itself is refused everywhere", || {
        page.complaints().iter().any(|complaint| complaint.contains("frame-ancestors"))
    });
    assert_eq!(of_the_app(&page), [""; 0]);
    page.accept_complaints("frame-ancestors");
}

#[test]
fn without_a_valid_number_nothing_is_asked_and_it_says_so() {
    let (crm, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--embed-origin", &crm.origin()]);
    let page = browser.page(Look::default());
    for phone in ["", "?phone=", "?phone={{contact.phone}}", "?phone=null", "?phone=%2B1"] {
        put_frame(&crm, &stage, &format!("embed{phone}"));
        page.open(&crm.at("record.html"));
        let frame = page.frame("/embed");
        frame.see("No phone number for this contact.");
        frame.assert_accessible();
    }
    put_frame(&crm, &stage, &format!("embed?v=2&phone={OLIVIAS_NUMBER}"));
    page.open(&crm.at("record.html"));
    page.frame("/embed").see("This frame asks for version 2 of the embed contract");
    let asked = page.requests();
    assert!(asked.iter().any(|url| url.contains("/embed?v=2")), "{asked:?}");
    let calls: Vec<_> = asked.iter().filter(|url| url.contains("/api/c/")).collect();
    assert!(calls.is_empty(), "{calls:?}");
}

#[test]
fn blocked_or_throwing_storage_changes_nothing() {
    let crm = Outside::start();
    let stage = Stage::start_with(&["--embed-origin", &crm.origin()]);
    let browser = Browser::launch_with(Storage::Blocked);
    let page = browser.page(Look::default());
    let frame = see_person(&page, &crm, &stage);
    let touched = frame.try_eval("localStorage.length");
    assert!(touched.is_err(), "storage is blocked in the frame: {touched:?}");
    hear(&frame, &page);
    screen::open_loaded(&page, &stage.at("#?q=Bennett"));
    switch_theme(&page);

    let browser = Browser::launch();
    let page = browser.page(Look::default());
    page.begin_with(
        "for (const name of ['getItem', 'setItem', 'removeItem'])
            Storage.prototype[name] = () => { throw new DOMException('full', 'QuotaExceededError') };",
    );
    screen::open_loaded(&page, &stage.at("#?q=Bennett"));
    assert_eq!(
        page.eval(
            "(() => { try { localStorage.setItem('a', 'b') } catch (e) { return e.name } })()"
        ),
        "QuotaExceededError"
    );
    switch_theme(&page);
    let frame = see_person(&page, &crm, &stage);
    hear(&frame, &page);
}

#[test]
fn the_open_card_is_read_again_until_its_transcript_is_there() {
    let (crm, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--embed-origin", &crm.origin()]);
    let page = browser.page(Look::default());
    page.move_clocks();
    page.begin_with(BEING_WRITTEN);
    let frame = see_person(&page, &crm, &stage);
    let card = frame.by_role("listitem", any()).with_text("Truedy").first();
    let button = card.by_role("button", containing("open call with"));
    // The newest is open from the start.
    if button.attribute("aria-expanded").as_deref() == Some("false") {
        button.click();
    }
    frame.see("The transcript is still being written.");
    assert_eq!(card.by_role("list", "Transcript").count(), 0);

    frame.try_eval("document.documentElement.dataset.written = 'yes'").expect("a document");
    frame.pass(66);
    card.by_role("list", "Transcript").by_role("listitem", any()).nth(2).wait();
    frame.see_no("The transcript is still being written.");
    assert_eq!(button.attribute("aria-expanded").as_deref(), Some("true"), "it stays open");
}

/// Truedy's details say that their call is just over and its transcript not yet made, until the
/// document says that it is written.
const BEING_WRITTEN: &str = r"(() => {
    const ask = window.fetch.bind(window);
    const of_detail = address => /truedy\/calls\/[^?]/.test(address);
    window.fetch = async (request, ...more) => {
        const answer = await ask(request, ...more);
        const written = document.documentElement.dataset.written;
        if (written || !of_detail(String(request.url ?? request))) return answer;
        const body = await answer.json();
        const just_now = new Date(Date.now() - 60_000).toISOString();
        for (const name in body) if (name.endsWith('_at') && body[name]) body[name] = just_now;
        const being_written = JSON.stringify({ ...body, transcript: null });
        return new Response(being_written, { headers: answer.headers });
    };
})()";

/// Writes a record of the CRM with the frame in it.
fn put_frame(crm: &Outside, stage: &Stage, src: &str) {
    let [width, _] = WIDTHS;
    crm.write(
        "record.html",
        &format!(
            "<!doctype html><html lang=en><title>CRM</title><h1>Contact</h1>
             <iframe title=Calls width={width} height=700 src='{}'></iframe>",
            stage.at(src)
        ),
    );
}

/// Opens Olivia's record and waits for her calls.
#[track_caller]
fn see_person<'p>(page: &'p Page, crm: &Outside, stage: &Stage) -> Frame<'p> {
    put_frame(crm, stage, &format!("embed?phone={}", OLIVIAS_NUMBER.replace('+', "%2B")));
    page.open(&crm.at("record.html"));
    let frame = page.frame(FRAME);
    frame.by_role("heading", OLIVIA).wait();
    page.wait_until("calls of all four providers are there", || {
        let text = frame.text();
        CONNECTIONS.iter().all(|name| text.contains(name)) && !text.contains(" loaded")
    });
    frame
}

/// The buttons that open and close this person's calls.
fn cards<'p>(frame: &Frame<'p>) -> Locator<'p> {
    frame.by_role("button", containing("open call with"))
}

/// Opens her call at AgentVoice, reads it, and plays it.
#[track_caller]
fn hear(frame: &Frame<'_>, page: &Page) {
    let card = frame.by_role("listitem", any()).with_text("AgentVoice").first();
    let button = card.by_role("button", containing("open call with"));
    if button.attribute("aria-expanded").as_deref() == Some("false") {
        button.click();
    }
    card.by_role("list", "Transcript").by_role("listitem", any()).nth(2).wait();
    card.by_role("button", "Play").click();
    let position = card.by_role("slider", "Position");
    page.wait_until("the recording moves on", || {
        position.value().parse::<f64>().is_ok_and(|secs| secs > 0.3)
    });
    card.by_role("button", "Pause").click();
}

/// The theme switches, although nobody remembers it.
#[track_caller]
fn switch_theme(page: &Page) {
    page.by_role("button", "Theme: as the system").click();
    page.by_role("button", "Theme: light").click();
    page.by_role("button", "Theme: dark").wait();
    assert_eq!(page.eval("document.documentElement.dataset.theme"), "dark");
}

/// What was asked for beside the page itself.
fn of_the_app(page: &Page) -> Vec<String> {
    let parts = [".js", ".wasm", ".css", "/api/"];
    let of_app = |url: &String| parts.iter().any(|part| url.contains(part));
    page.requests().into_iter().filter(of_app).collect()
}
