//! Somebody in support looks for a call of last week, reads it, and hears it.

use calls::Day;

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, OLIVIA, OLIVIAS_NUMBER, calls, count, heading, working_day};
use crate::stage::Stage;

/// Where it is tomorrow already: of Olivia's four calls on one day in Europe, the first is on
/// one day here and the others are on the next.
const FAR_EAST: &str = "Pacific/Kiritimati";
/// Her number as an American types it abroad.
const TYPED_NUMBER: &str = "001 (415) 555-0142";

#[test]
fn a_call_is_found_by_number_and_typed_dates_and_its_link_shows_the_same() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    page.by_role("textbox", "Phone number").fill(TYPED_NUMBER);
    let day = working_day(2);
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    choose_days(&page, day.plus(1), FAR_EAST);
    page.wait_until("the three calls after her midnight are left", || count(&page) == 3);
    assert!(calls(&page).names().iter().all(|name| name.contains("AM, open call with")));

    calls(&page).nth(1).click();
    heading(&page, OLIVIA).wait();
    page.see("(Pacific/Kiritimati)");
    let found = what_is_shown(&page);
    page.reload();
    screen::wait_loaded(&page);
    heading(&page, OLIVIA).wait();
    assert_eq!(what_is_shown(&page), found);

    let colleague = browser.page(Look { zone: "America/New_York", ..Look::default() });
    screen::open_loaded(&colleague, &page.url());
    heading(&colleague, OLIVIA).wait();
    assert_eq!(what_is_shown(&colleague), found);

    page.to_front();
    page.back();
    heading(&page, OLIVIA).wait_gone();
    assert_eq!(count(&page), 3);
    page.forward();
    heading(&page, OLIVIA).wait();
}

#[test]
fn a_call_is_read_and_heard_from_the_turn_that_was_chosen() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    page.by_role("searchbox", containing("Search")).fill(OLIVIAS_NUMBER);
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    calls(&page).first().click();

    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    turns.nth(1).wait();
    assert!(turns.first().text().starts_with("Agent "), "{}", turns.first().text());
    assert!(turns.nth(1).text().starts_with("Customer "), "{}", turns.nth(1).text());

    page.by_role("button", "Play").click();
    page.wait_until("the recording moves on", || position_secs(&page) > 0.5);
    let before = position_secs(&page);
    page.wait_until("the recording moves on", || position_secs(&page) > before);
    page.by_role("button", "Pause").click();
    page.by_role("button", "Play").wait();

    let late = turns.nth(turns.count() - 2);
    let time = late.by_role("button", containing("Play from"));
    let from_secs = seconds(&time.text());
    assert!(from_secs > position_secs(&page) + 1.0, "the turn is later than what was heard");
    time.click();
    page.wait_until("it plays from the turn", || position_secs(&page) > from_secs);
    page.wait_until("the turn is marked as the one that is heard", || {
        late.attribute("aria-current").as_deref() == Some("true")
    });
    page.by_role("button", "Pause").click();
    assert!(position_secs(&page) < from_secs + 10.0, "it did not begin anywhere else");
    let marked =
        (0..turns.count()).filter(|nth| turns.nth(*nth).attribute("aria-current").is_some());
    assert_eq!(marked.count(), 1);
    nothing_of_the_call_was_kept(&page);
}

/// Types one day into both fields, and a zone, as a person would.
fn choose_days(page: &Page, day: Day, zone: &str) {
    page.by_role("button", containing("Last 7 days")).click();
    let panel = page.by_role("group", "Period and time zone");
    let field = panel.by_role("combobox", "Time zone");
    field.fill(zone);
    field.press("Enter");
    let (year, month, date) = day.date();
    for name in ["From", "To"] {
        panel.by_role("Date", name).focus();
        // A date field moves on to its next part by itself.
        page.type_text(&format!("{month:02}{date:02}{year}"));
    }
    page.press("Enter");
    page.press("Escape");
    panel.wait_gone();
    let there = format!("#?from={}&to={0}&zone={zone}", day.iso());
    page.wait_until("the dates stand in the address", || page.url().contains(&there));
    screen::wait_loaded(page);
}

/// The rows, and the head of the call that is open.
fn what_is_shown(page: &Page) -> (Vec<String>, String) {
    (calls(page).names(), heading(page, OLIVIA).text())
}

/// Where the player is.
fn position_secs(page: &Page) -> f64 {
    page.by_role("slider", "Position").value().parse().expect("a number of seconds")
}

/// The seconds of `1:02`.
fn seconds(text: &str) -> f64 {
    let (minutes, seconds) = text.split_once(':').expect("a time such as 1:02");
    let number = |text: &str| text.trim().parse::<f64>().expect("a time such as 1:02");
    number(minutes) * 60.0 + number(seconds)
}

/// Looks into everything that a browser keeps for a page.
fn nothing_of_the_call_was_kept(page: &Page) {
    let kept = page.eval(
        "(async () => ({
            local: Object.entries({...localStorage}),
            session: Object.entries({...sessionStorage}),
            cookies: document.cookie,
            databases: (await indexedDB.databases()).length,
            caches: (await caches.keys()).length,
            workers: (await navigator.serviceWorker.getRegistrations()).length,
            history: history.state,
            name: window.name,
        }))()",
    );
    let nothing = serde_json::json!({ "local": [], "session": [], "cookies": "", "databases": 0,
                                      "caches": 0, "workers": 0, "history": null, "name": "" });
    assert_eq!(kept, nothing);
}
