//! What happens by itself while somebody looks, and does not while nobody does.

use crate::driver::{Browser, Look, Page, any};
use crate::screen::{self, calls, count};
use crate::stage::Stage;

/// How long after a refresh the next one is due, with the pause between two looks, seconds.
const UNTIL_DUE_SECS: u32 = 66;

#[test]
fn a_provider_that_asks_for_patience_is_waited_for_and_the_seconds_are_counted_down() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    page.move_clocks();
    page.begin_with(&answers_first(
        "/truedy/calls?",
        "new Response('{\"error\":{\"code\":\"rate_limit_exceeded\"}}', { status: 429,
            headers: { 'Content-Type': 'application/json', 'Retry-After': '300',
                       'Calldeck-From': 'provider' } })",
    ));
    page.open(stage.url());
    let left = || secs_left(&page);
    page.wait_until("it is said how long is waited", || left().is_some_and(|secs| secs > 100));
    let first = left().expect("a number of seconds");
    assert!(first <= 300, "no longer than the provider asked: {first} s");
    page.wait_until("the others are there meanwhile", || count(&page) > 50);
    let asked = truedys_lists(&page);
    page.pass(60);
    page.wait_until("the seconds are counted down", || {
        left().is_some_and(|secs| secs <= first - 60)
    });
    assert_eq!(truedys_lists(&page), asked, "nothing is asked meanwhile");
    screen::assert_good_at(&page, "a wait that is counted down", 320);
    page.look(Look::default());
    page.pass(240);
    screen::wait_loaded(&page);
    assert!(left().is_none(), "nothing is waited for");
    assert!(truedys_lists(&page) > asked, "it was asked again");
}

#[test]
fn a_refresh_brings_a_new_call_and_leaves_the_open_one_and_the_focus() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    page.move_clocks();
    page.begin_with(HELD_BACK);
    screen::open_loaded(&page, &stage.at("#?connection=agentvoice"));
    let held = page.eval("window.journeyHeld");
    let held = held.as_str().expect("a call that is not told of yet").to_owned();
    let link = format!("document.querySelector('a[href*=\"{held}\"]') !== null");
    let is_listed = || page.eval(&link) == true;
    assert!(!is_listed());
    calls(&page).nth(2).click();
    let panel = page.by_role("complementary", "Open call");
    panel.by_role("list", "Transcript").wait();
    let (open, before) = (page.url(), count(&page));
    let again = page.by_role("button", "Load again");
    again.focus();

    page.eval("window.journeyHeld = null; 0");
    page.pass(UNTIL_DUE_SECS);
    page.wait_until("the new call is in the list", is_listed);
    assert!(count(&page) > before);
    assert_eq!(page.url(), open);
    panel.by_role("list", "Transcript").by_role("listitem", any()).first().wait();
    assert!(again.has_focus(), "the focus stays where it was");
}

#[test]
fn while_nobody_looks_nothing_is_asked_and_it_goes_on_when_somebody_does() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    page.move_clocks();
    screen::open_loaded(&page, stage.url());
    let asked = || page.requests().iter().filter(|url| url.contains("/api/c/")).count();
    look_away(&page, true);
    let before = asked();
    for _ in 0..3 {
        let fired = page.timers_fired();
        page.pass(UNTIL_DUE_SECS);
        page.wait_until("it was looked whether something is due", || page.timers_fired() > fired);
    }
    assert_eq!(asked(), before, "nothing was asked in three minutes");
    look_away(&page, false);
    page.pass(UNTIL_DUE_SECS);
    page.wait_until("it is read again", || asked() > before);
}

/// Seconds that are said to be left of Truedy's wait.
fn secs_left(page: &Page) -> Option<u64> {
    let text = page.text();
    let (_, rest) = text.split_once("Truedy: waiting ")?;
    rest.split(' ').next()?.parse().ok()
}

fn truedys_lists(page: &Page) -> usize {
    page.requests().iter().filter(|url| url.contains("/api/c/truedy/calls?")).count()
}

/// The first request with this in its address is answered so; it counts as asked all the same.
fn answers_first(address: &str, answer: &str) -> String {
    format!(
        "(() => {{
            const ask = window.fetch.bind(window);
            let first = true;
            window.fetch = (request, ...more) => {{
                if (!first || !String(request.url ?? request).includes('{address}'))
                    return ask(request, ...more);
                first = false;
                return Promise.resolve({answer});
            }};
        }})()"
    )
}

/// AgentVoice does not tell of its newest call that is over while `journeyHeld` names it.
const HELD_BACK: &str = "(() => {
    const ask = window.fetch.bind(window);
    window.fetch = async (request, ...more) => {
        const answer = await ask(request, ...more);
        const address = String(request.url ?? request);
        if (window.journeyHeld === null || !address.includes('/agentvoice/calls?')) return answer;
        const body = await answer.json();
        window.journeyHeld ??= body.data.find(call => call.ended_at)?.id;
        body.data = body.data.filter(call => call.id !== window.journeyHeld);
        return new Response(JSON.stringify(body), { headers: answer.headers });
    };
})()";

/// Turns to another window, or back.
fn look_away(page: &Page, away: bool) {
    page.eval(&format!(
        "Object.defineProperty(document, 'hidden', {{ configurable: true, value: {away} }});
         document.dispatchEvent(new Event('visibilitychange'))"
    ));
}
