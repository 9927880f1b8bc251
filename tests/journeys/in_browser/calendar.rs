//! Somebody chooses days in the calendar, with a pointer and with the keyboard alone.

use calls::Day;

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::screen::{self, working_day};
use crate::stage::Stage;

#[test]
fn two_clicks_in_the_calendar_choose_a_range_and_the_screen_says_its_exact_bounds() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let panel = open_calendar(&page, "Last 7 days");
    let (first, last) = (Day::parse("2026-03-27").unwrap(), Day::parse("2026-03-31").unwrap());
    turn_to(&panel, "March 2026");
    panel.by_role("button", containing("Mar 31, 2026")).first().click();
    page.wait_until("one day is looked at", || page.url().contains(&range(last, last)));
    panel.by_role("status", any()).with_text("Choose the last day").wait();
    panel.by_role("button", containing("Mar 27, 2026")).first().click();
    page.wait_until("the days between are looked at", || page.url().contains(&range(first, last)));
    assert_eq!(chosen(&panel), 5);
    // Berlin's clocks go forward on the 29th; days stay whole.
    page.see("until just before Wed, Apr 1, 2026, 12:00 AM (Europe/Berlin)");
    page.assert_accessible();
}

#[test]
fn the_calendar_is_walked_by_arrows_and_pages_and_a_month_that_turns_keeps_the_focus() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    let day = working_day(30);
    screen::open_loaded(&page, &stage.at(&format!("#?{}", range(day, day))));
    let panel = open_calendar(&page, &long(day));
    let expect = |to: Day| {
        page.wait_until("the focus went with the keys", || {
            let field = panel.by_role("button", containing(&long(to)));
            field.count() > 0 && field.first().has_focus()
        });
    };
    panel.by_role("button", containing(&long(day))).first().focus();
    page.press("ArrowUp");
    expect(day.plus(-7));
    page.press("ArrowRight");
    expect(day.plus(-6));
    for _ in 0..6 {
        page.press("ArrowUp");
    }
    expect(day.plus(-48));
    page.press("Enter");
    let before = day.plus(-48);
    page.wait_until("that day is looked at", || page.url().contains(&range(before, before)));
    page.press("PageDown");
    page.press("PageUp");
    page.press("Escape");
    panel.wait_gone();
}

fn open_calendar<'p>(page: &'p Page, label: &str) -> Locator<'p> {
    page.by_role("banner", any()).by_role("button", containing(label)).press("Enter");
    let panel = page.by_role("group", "Period and time zone");
    panel.wait();
    panel
}

fn turn_to(panel: &Locator<'_>, month: &str) {
    for _ in 0..200 {
        if panel.text().contains(month) {
            return;
        }
        panel.by_role("button", "Month before").click();
    }
    panic!("{month} does not come");
}

fn chosen(panel: &Locator<'_>) -> usize {
    let fields = panel.by_role("gridcell", any());
    (0..fields.count())
        .filter(|nth| fields.nth(*nth).attribute("aria-selected").as_deref() == Some("true"))
        .count()
}

fn range(first: Day, last: Day) -> String {
    format!("from={}&to={}", first.iso(), last.iso())
}

/// As `Intl` writes a day for an American.
fn long(day: Day) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, date) = day.date();
    format!("{} {date}, {year}", MONTHS[month as usize - 1])
}
