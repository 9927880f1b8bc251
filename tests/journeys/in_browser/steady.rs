//! What stands under the pointer stays there: nothing that comes later moves what came before.

use serde_json::{Value, json};

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, CONNECTIONS, calls};
use crate::stage::Stage;

/// Answers about calls wait until they are let through.
const HOLD_CALLS: &str = "(() => {
    const ask = window.fetch, held = [];
    window.fetch = (request, more) => {
        const path = new URL(request.url ?? request, location).pathname;
        const one = /\\/api\\/c\\/[^/]+\\/.*(calls?|conversation)\\/[^/]+(\\/retries)?$/.test(path);
        return one ? new Promise(go => held.push(go)).then(() => ask(request, more))
                   : ask(request, more);
    };
    window.heldCalls = () => held.length;
    window.letCallsThrough = () => held.splice(0).forEach(go => go());
})()";

/// Where the parts of an open call stand that somebody may be about to press.
const PLACES: &str = "[...document.querySelectorAll(
        '.call-head button, .player button, .player select, .player input, .player a, [role=tab]')]
    .map(part => [part.getAttribute('aria-label') ?? part.textContent,
                  Math.round(part.getBoundingClientRect().x),
                  Math.round(part.getBoundingClientRect().y)].join(' '))";

#[test]
fn what_opening_a_call_tells_moves_nothing_that_somebody_may_be_about_to_press() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    for (width_px, name) in [1440, 390].into_iter().flat_map(|px| CONNECTIONS.map(|it| (px, it))) {
        let id = name.to_lowercase();
        page.look(Look::wide(width_px));
        let of = format!("connection={id}&phone=%2B{}", &screen::OLIVIAS_NUMBER[1..]);
        let link = format!("#?period=90d&success=yes&{of}");
        // A document that is open already would only get another fragment.
        page.open("about:blank");
        screen::open_loaded(&page, &stage.at(&link));
        page.eval(HOLD_CALLS);
        calls(&page).first().click();
        page.by_role("tab", "Transcript").wait();
        page.wait_until("the call is asked for", || page.eval("heldCalls()") != 0);
        let before = places(&page);
        page.eval("letCallsThrough()");
        page.by_role("list", "Transcript").by_role("listitem", any()).first().wait();
        // Truedy gives recordings out for a day only.
        let heard = "document.querySelector('[data-reader-bytes], .player--silent') !== null";
        page.wait_until("its recording has been read", || page.eval(heard) == true);
        assert_eq!(places(&page), before, "{name}, {width_px} px");
        page.press("Escape");
    }
}

fn places(page: &Page) -> Value {
    page.eval(PLACES)
}

#[test]
fn a_double_click_opens_the_call_that_it_began_on() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?period=30d&connection=agentvoice&success=yes"));
    let link = calls(&page).nth(6);
    let clicked = link.attribute("href").expect("a link");
    let at = link.eval(
        "function () { const at = this.closest('[role=row]').getBoundingClientRect();
                                      return [at.x + at.width / 2, at.y + at.height / 2] }",
    );
    for count in [1, 2] {
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left",
                                "clickCount": count });
            page.send("Input.dispatchMouseEvent", event);
        }
        page.by_role("complementary", "Open call").by_role("heading", containing("")).wait();
        assert!(page.url().ends_with(&clicked), "{} after click {count}", page.url());
    }
}
