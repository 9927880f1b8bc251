//! Links that were cut, typed or tampered with: each says what is wrong with it, and the rest
//! of what it asked for is shown.

use crate::driver::{Browser, Look, any, containing};
use crate::screen::{self, calls, count};
use crate::stage::Stage;

#[test]
fn every_mistake_in_a_link_is_said_and_the_calls_are_there() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let week = count(&page);
    let said = |link: &str, sentence: &str| {
        // As by a hand in the address bar.
        page.eval(&format!("location.hash = {}", serde_json::json!(link)));
        page.by_role("status", any()).with_text(sentence).wait();
        screen::wait_loaded(&page);
    };
    said(
        "#?zone=Europe/Atlantis",
        "There is no time zone “Europe/Atlantis”. Times are shown in Europe/Berlin.",
    );
    assert_eq!(count(&page), week);
    said(
        "#?direction=sideways",
        "The link filters on “direction=sideways”, which does not exist; it was left out.",
    );
    assert_eq!(count(&page), week);
    said(
        "#?success=maybe&success=yes",
        "The link filters on “success=maybe”, which does not exist; it was left out.",
    );
    assert!((1..week).contains(&count(&page)), "what was right counts");
    said(
        "#?from=2026-02-30&to=2026-03-01",
        "The link names “2026-02-30”, which is no day or period.",
    );
    assert_eq!(count(&page), week);
    said("#?period=fortnight", "The link names “fortnight”, which is no day or period.");
    for call in ["truedy/../../health", "truedy/..", "../truedy/call", "truedy/a%2Fb", "no-slash"] {
        let shown = call.replace("%2F", "/");
        said(
            &format!("#?call={call}"),
            &format!("The link names a call “{shown}”, which is no call id."),
        );
        assert_eq!(count(&page), week);
        assert_eq!(page.by_role("complementary", "Open call").count(), 0);
    }
    // As a link that came by mail.
    page.open("about:blank");
    page.open(&stage.at("#?zone=A/B&direction=C&period=D&call=../E&success=yes"));
    for part in ["time zone “A/B”", "filters on “direction=C”", "names “D”", "names a call “../E”"]
    {
        page.by_role("status", any()).with_text(part).wait();
    }
    screen::wait_loaded(&page);
    assert!((1..week).contains(&count(&page)), "what was right counts");
    screen::assert_good_at(&page, "list with a mistaken link", 320);
    let asked = page.requests();
    assert!(asked.iter().all(|url| !url.contains("..") && !url.contains("%2F")), "{asked:?}");
}

#[test]
fn dates_upside_down_are_turned_around_and_it_says_so() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let (last, first) = (screen::working_day(1), screen::working_day(1).plus(-7));
    let link = |from: &str, to: &str| stage.at(&format!("#?from={from}&to={to}"));
    screen::open_loaded(&page, &link(&first.iso(), &last.iso()));
    let right = calls(&page).names();
    assert!(!right.is_empty());
    page.open("about:blank");
    screen::open_loaded(&page, &link(&last.iso(), &first.iso()));
    page.by_role("status", any())
        .with_text("The dates were upside down and have been turned around.")
        .wait();
    // A message more leaves room for a row less.
    let turned = calls(&page).names();
    assert!(turned.len() > 5 && right.starts_with(&turned), "{turned:?}");

    page.by_role("button", containing("–")).click();
    let panel = page.by_role("group", "Period and time zone");
    assert_eq!(panel.by_role("Date", "From").value(), first.iso());
    let (year, month, day) = last.plus(3).date();
    panel.by_role("Date", "From").focus();
    page.type_text(&format!("{month:02}{day:02}{year}"));
    page.press("Enter");
    panel.by_role("status", any()).with_text("upside down").wait();
    assert_eq!(panel.by_role("Date", "To").value(), last.plus(3).iso());
}

#[test]
fn calls_connections_and_days_that_do_not_exist_are_said() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let open = |link: &str| {
        page.open("about:blank");
        screen::open_loaded(&page, &stage.at(link));
    };
    open("#?call=truedy/call_that_never_was");
    let alert = page.by_role("alert", any());
    alert.clone().with_text("Truedy has no such call, or the key may not see it (404).").wait();
    assert!(count(&page) > 100);
    screen::assert_good_in_every_look(&page, "a call that does not exist");
    open("#?call=nobody/call_1");
    alert
        .with_text(
            "The link names the connection “nobody”, which does not exist. \
             There are: talkpilot, truedy, agentvoice, atoms.",
        )
        .wait();
    open("#?from=1970-01-01&to=1970-01-02");
    page.see("No calls, ");
    open("#?from=9999-12-31&to=9999-12-31");
    page.see("No calls, ");
    open("#?connection=nobody");
    page.see("No calls pass these filters");
    open("#?q=%F0%9F%92%A9%00%zz&phone=%%%&at=-1&at=x&agent=&view=nowhere&&==");
    page.by_role("heading", "Calls").wait();
}
