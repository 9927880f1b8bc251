//! Somebody types a number of which the chosen days know nothing.

use serde_json::Value;

use crate::driver::{Browser, Look, Page, containing};
use crate::screen::{self, count};
use crate::stage::Stage;

/// Nobody in the demo has this number.
const NOBODY: &str = "+49 30 23125 999";

/// Numbers of people who have called, but nobody's agent in the last nine days.
#[track_caller]
fn old_numbers(page: &Page) -> Vec<String> {
    let found = page.eval(
        "(async () => {
            const read = async path => (await fetch('api/c/' + path)).json();
            const newest = {};
            const note = (number, time) => {
                if (number) newest[number] = Math.max(newest[number] ?? 0, Date.parse(time));
            };
            for (let offset = 0, more = true; more; offset += 100) {
                const list = await read(`agentvoice/calls?limit=100&offset=${offset}`);
                list.data.forEach(c => note(c.phone_number, c.started_at ?? c.created_at));
                more = list.pagination.has_more;
            }
            const known = Object.keys(newest);
            for (let page = 1, more = true; more; page++) {
                const list = (await read(`atoms/conversation?limit=100&page=${page}`)).data;
                list.logs.forEach(c => { note(c.from, c.createdAt); note(c.to, c.createdAt); });
                more = list.pagination.hasMore;
            }
            for (const agent of (await read('talkpilot/agents?limit=100')).data) {
                const list = await read(`talkpilot/agents/${agent.id}/calls?limit=100`);
                list.data.forEach(c => note(c.phone_number, c.created_at));
            }
            const list = await read('truedy/calls?limit=100&offset=0');
            list.data.forEach(c => { note(c.from, c.created_at); note(c.to, c.created_at); });
            const before = Date.now() - 9 * 864e5;
            return known.filter(number => newest[number] < before);
        })()",
    );
    let numbers = found.as_array().expect("a list of numbers");
    numbers.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn a_number_of_which_the_chosen_days_know_nothing_is_looked_for_before_them() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let numbers = old_numbers(&page);
    let number = numbers.first().expect("somebody who has not called for nine days");
    page.by_role("textbox", "Phone number").fill(number);
    page.see(&format!("No call of “{number}”"));
    let link = page.by_role("link", containing("more before"));
    link.wait();
    page.see("Looked at everything there is: AgentVoice, Smallest.ai Atoms, TalkPilot");
    page.see("Truedy cannot be asked for this");
    screen::assert_good_in_every_look(&page, "calls beyond the chosen days");
    let text = link.text();
    let found: usize = text.split(' ').next().and_then(|n| n.parse().ok()).expect("a count");
    link.click();
    page.wait_until("the calls are in the list", || count(&page) >= found);
    assert!(page.url().contains("from=") && page.url().contains("phone="), "{}", page.url());
    page.back();
    page.see(&format!("No call of “{number}”"));
}

#[test]
fn nothing_found_says_who_was_asked_and_lists_are_read_back_to_a_bound() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    page.by_role("searchbox", containing("Search")).fill(NOBODY);
    page.see(&format!("No call of “{NOBODY}”"));
    page.see("Nothing more in everything there is: AgentVoice, Smallest.ai Atoms, TalkPilot");
    page.by_role("button", "Look further back").click();
    page.see("its calls of the last 90 days have been searched");
    page.by_role("button", "Look further back").wait_gone();
    assert_eq!(page.by_role("link", containing("more before")).count(), 0);
    let steps = page.requests().into_iter().filter(|url| url.contains("truedy/calls?"));
    assert!(steps.count() >= 5, "the days before are read in steps");
}

#[test]
fn typing_on_cancels_what_was_asked_and_shows_no_late_answer() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let numbers = old_numbers(&page);
    let [first, second, ..] = numbers.as_slice() else { panic!("too few numbers: {numbers:?}") };
    page.eval(&format!(
        "window.honest = window.fetch; window.held = [];
         window.fetch = request => !request.url.includes('{}') ? honest(request)
            : new Promise((_, refuse) => {{
                held.push(request);
                const why = new DOMException('cancelled', 'AbortError');
                request.signal.addEventListener('abort', () => refuse(why));
            }});
         0",
        first.trim_start_matches('+')
    ));
    let field = page.by_role("textbox", "Phone number");
    field.fill(first);
    page.see("Looking beyond these days: AgentVoice, Smallest.ai Atoms, TalkPilot");
    field.fill(second);
    page.wait_until("what was asked is cancelled", || {
        page.eval("held.length >= 3 && held.every(one => one.signal.aborted)") == true
    });
    page.see("Looked at everything there is: AgentVoice, Smallest.ai Atoms, TalkPilot");
    page.see(&format!("No call of “{second}”"));
    field.fill("123");
    page.see_no("Looked at everything");
    page.accept_complaints("abort");
}
