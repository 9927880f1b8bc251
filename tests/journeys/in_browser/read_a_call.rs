//! Somebody reads a call: follows what is heard, searches within, passes a turn on.

use serde_json::json;

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::screen;
use crate::stage::Stage;

/// AgentVoice's call of two hours.
const TWO_HOURS: &str = "agentvoice/00000000-0000-4000-9000-000000007200";

#[test]
fn what_is_heard_is_followed_until_somebody_scrolls_and_again_when_they_wish() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    page.open(&stage.at(&format!("#?call={TWO_HOURS}&at=1800000")));
    page.wait_until("the turn of the link is in view", || current_is_seen(&page));
    page.by_role("button", "Play").click();
    let follow = page.by_role("button", "Follow");
    follow.wait();
    assert!(pressed(&follow));
    page.eval(
        "document.querySelector('.turn[aria-current]').dispatchEvent(
            new WheelEvent('wheel', { deltaY: 400, bubbles: true }))",
    );
    page.wait_until("somebody has scrolled", || !pressed(&follow));
    page.eval("document.querySelector('.call-panel').scrollTop = 0");
    page.wait_until("the turn is out of sight", || !current_is_seen(&page));
    follow.click();
    page.wait_until("the turn that is heard is in view again", || current_is_seen(&page));
}

#[test]
fn a_word_is_found_within_a_transcript_and_the_next_one_after_it() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    open_olivias(&page, &stage);
    let field = page.by_role("searchbox", "Search in this transcript");
    field.fill("dienstag");
    let search =
        page.by_role("complementary", "Open call").by_role("group", "Search in this transcript");
    let place = || search.by_role("status", any()).text();
    page.wait_until("the first hit is looked at", || place().starts_with("1 of "));
    let first = marked(&page);
    field.press("Enter");
    page.wait_until("the next one is", || place().starts_with("2 of "));
    assert_ne!(marked(&page), first);
    page.wait_until("it is in view", || is_seen(&page, "mark[data-current]"));
    page.by_role("button", "Previous match").click();
    page.wait_until("the first one again", || marked(&page) == first);
    field.fill("nobody has said this");
    page.see("Not found");
    screen::assert_good_in_every_look(&page, "a search within a transcript");
    field.press("Escape");
    page.wait_until("the field is empty", || field.value().is_empty());
}

#[test]
fn a_turn_is_copied_and_a_link_leads_to_it() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    page.send(
        "Browser.grantPermissions",
        json!({
            "origin": stage.url(), "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        }),
    );
    open_olivias(&page, &stage);
    page.to_front();
    let turn = turns(&page).with_text("Customer").nth(1);
    let said = turn.by_role("paragraph", any()).text();
    turn.by_role("button", containing("More for the turn at")).click();
    turn.by_role("button", "Copy text").click();
    page.see("Turn copied");
    let copied = clipboard(&page);
    assert!(copied.contains(&said), "{copied} has {said}");

    turn.by_role("button", containing("More for the turn at")).click();
    turn.by_role("button", "Copy link").click();
    page.see("Link copied");
    let link = clipboard(&page);
    let elsewhere = browser.page(Look::default());
    elsewhere.open(&link);
    let linked = turns(&elsewhere).with_text(&said).first();
    elsewhere.wait_until("the turn is the current one", || {
        linked.attribute("aria-current").as_deref() == Some("true")
    });

    page.to_front();
    page.by_role("button", "Copy the transcript").click();
    page.see("Transcript copied");
    let all = clipboard(&page);
    assert!(all.contains("] Agent: ") && all.contains("] Customer: "), "{all:.300}");
}

#[test]
fn a_tool_stands_in_the_transcript_where_it_was_used() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    page.open(&stage.at(&format!("#?call={TWO_HOURS}")));
    page.see("lookup_customer");
    let tool = "document.querySelector('.happening[data-kind=\"tool\"]')";
    let text = page.eval(&format!("{tool}.textContent")).to_string();
    assert!(text.contains("customer_id"), "{text}");
    page.eval(&format!("{tool}.querySelector('button').click()"));
    page.by_role("button", "Pause").wait();
}

fn open_olivias(page: &Page, stage: &Stage) {
    screen::open_loaded(page, &stage.at("#?connection=agentvoice&q=Olivia"));
    screen::calls(page).first().click();
    turns(page).nth(3).wait();
}

fn clipboard(page: &Page) -> String {
    let text = page.eval("navigator.clipboard.readText()");
    text.as_str().expect("a text on the clipboard").to_owned()
}

fn turns(page: &Page) -> Locator<'_> {
    page.by_role("list", "Transcript").by_role("listitem", any())
}

fn pressed(button: &Locator<'_>) -> bool {
    button.attribute("aria-pressed").as_deref() == Some("true")
}

/// The turn in which the mark lies that is looked at.
fn marked(page: &Page) -> String {
    page.eval("document.querySelector('mark[data-current]')?.closest('li').id").to_string()
}

fn current_is_seen(page: &Page) -> bool {
    is_seen(page, ".turn[aria-current]")
}

fn is_seen(page: &Page, selector: &str) -> bool {
    let seen = format!(
        "(() => {{ const box = document.querySelector('{selector}')?.getBoundingClientRect();
            return !!box && box.top >= 0 && box.bottom <= innerHeight; }})()"
    );
    page.eval(&seen) == true
}
