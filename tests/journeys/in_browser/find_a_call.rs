//! Somebody in support looks for a call of last week, reads it, and hears it.

use calls::Day;

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, OLIVIA, OLIVIAS_NUMBER, calls, count, heading, working_day};
use crate::stage::Stage;

/// Where it is tomorrow already: of Olivia's four calls on one day in Europe, the first is on
/// one day here and the others are on the next.
const FAR_EAST: &str = "Pacific/Kiritimati";
/// A call of two hours, older than what the list begins with.
const TWO_HOURS: &str = "agentvoice/00000000-0000-4000-9000-000000007200";
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

    let link = copied_link(&page, stage.url());
    let colleague = browser.page(Look { zone: "America/New_York", ..Look::default() });
    screen::open_loaded(&colleague, &link);
    heading(&colleague, OLIVIA).wait();
    assert_eq!(what_is_shown(&colleague), found);

    page.to_front();
    page.back();
    heading(&page, OLIVIA).wait_gone();
    assert_eq!(count(&page), 3);
    let row = calls(&page).nth(1);
    page.wait_until("the focus is on the row that was opened", || row.has_focus());
    page.forward();
    heading(&page, OLIVIA).wait();
}

#[test]
fn a_link_to_a_moment_of_a_call_outside_of_the_list_opens_it_there() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at(&format!("#?call={TWO_HOURS}&at=3600000")));
    page.by_role("complementary", "Open call").by_role("heading", any()).first().wait();
    assert!(calls(&page).names().iter().all(|name| !name.contains("two hours")));
    page.wait_until("the player stands at the first hour", || position_secs(&page) >= 3600.0);
    page.by_role("button", "Play").click();
    page.wait_until("the recording moves on", || position_secs(&page) > 3600.5);

    let times = page.by_role("list", "Transcript").by_role("button", containing("Play from"));
    // What is far out of sight is not drawn: one scrolls there.
    let last = || times.nth(times.count() - 1).attribute("aria-label").unwrap_or_default();
    let secs_of = |name: &str| seconds(name.trim_start_matches("Play from "));
    page.wait_until("the end of two hours is seen", || {
        page.eval("void document.querySelector('.transcript > li:last-child')?.scrollIntoView()");
        secs_of(&last()) > 7000.0
    });
    let time = times.nth(times.count() - 1);
    let from_secs = secs_of(&last());
    time.click();
    page.wait_until("it plays from the turn", || position_secs(&page) > from_secs);
}

#[test]
fn a_call_is_read_and_heard_from_the_turn_that_was_chosen() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    page.by_role("searchbox", containing("Search")).fill(OLIVIAS_NUMBER);
    page.wait_until("Olivia's four calls are left", || count(&page) == 4);
    calls(&page).first().click();

    // Not everything in a transcript is a turn: tools and interruptions stand in it, too.
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    turns.clone().with_text("Agent").first().wait();
    turns.clone().with_text("Customer").first().wait();

    page.by_role("button", "Play").click();
    page.wait_until("the recording moves on", || position_secs(&page) > 0.5);
    let before = position_secs(&page);
    page.wait_until("the recording moves on", || position_secs(&page) > before);
    page.by_role("button", "Pause").click();
    page.by_role("button", "Play").wait();

    let spoken = page.by_role("list", "Transcript").by_role("listitem", any());
    let spoken = spoken.with_text("Customer");
    // Not the last one: behind it the recording could end before it is looked at.
    let late = spoken.nth(spoken.count() / 2);
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
    page.by_role("button", "Theme: as the system").click();
    page.reload();
    page.by_role("button", "Theme: light").wait();
    only_the_theme_is_kept(&page);
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

/// The seconds of `1:02` or `1:02:03`.
fn seconds(text: &str) -> f64 {
    let parts = text.split(':').map(|part| part.trim().parse::<f64>().expect("a time as 1:02"));
    parts.fold(0.0, |whole, part| whole * 60.0 + part)
}

/// Copies the link to the open call, and reads what is on the clipboard.
#[track_caller]
fn copied_link(page: &Page, origin: &str) -> String {
    let allow = serde_json::json!({
        "origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
    });
    page.send("Browser.grantPermissions", allow);
    page.by_role("button", "Copy link to this call").click();
    page.by_role("status", any()).with_text("Link copied").wait();
    let link = page.eval("navigator.clipboard.readText()");
    link.as_str().expect("a text on the clipboard").to_owned()
}

/// Looks into everything that a browser keeps for a page: it holds the theme and nothing else.
#[track_caller]
fn only_the_theme_is_kept(page: &Page) {
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
    let theme = serde_json::json!({ "local": [["calldeck.theme", "light"]], "session": [],
                                    "cookies": "", "databases": 0, "caches": 0, "workers": 0,
                                    "history": null, "name": "" });
    assert_eq!(kept, theme);
}
