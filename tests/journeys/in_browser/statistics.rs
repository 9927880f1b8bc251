//! A team lead counts calls, and looks at the ones behind a figure.

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::screen::{self, count, figure, number};
use crate::stage::Stage;

#[test]
fn statistics_count_what_the_list_shows_and_a_bar_leads_to_its_day() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    let all = count(&page);
    assert!(all > 100, "a week of the demo has {all} calls");
    assert_eq!(number(&figure(&page, "Calls")), all);
    see_statistics(&page);
    assert_eq!(number(&figure(&page, "Calls")), all);
    assert_eq!(bars(&page).iter().map(|bar| bar.calls).sum::<usize>(), all);

    choose(&page, "Direction", "Inbound");
    choose(&page, "Success", "Yes");
    page.wait_until("fewer calls are counted", || number(&figure(&page, "Calls")) < all);
    let chosen = number(&figure(&page, "Calls"));
    let days = bars(&page);
    assert_eq!(days.iter().map(|bar| bar.calls).sum::<usize>(), chosen);
    page.by_role("link", "Calls").click();
    page.wait_until("the list is as long as was counted", || count(&page) == chosen);

    page.back();
    let fullest = days.into_iter().max_by_key(|bar| bar.calls).expect("bars");
    // A click on the bar itself would lead to the piece that is clicked.
    page.by_role("link", fullest.name.as_str()).press("Enter");
    page.wait_until("the list has the calls of that bar", || count(&page) == fullest.calls);
    screen::turn_into_pages(&page);
    screen::wait_loaded(&page);
    assert_eq!(count(&page), fullest.calls);
    assert_eq!(screen::calls(&page).count(), fullest.calls.min(50));
    let days = screen::calls(&page).names().into_iter().map(|name| name[..6].to_owned());
    let days: std::collections::BTreeSet<_> = days.collect();
    assert_eq!(days.len(), 1, "{days:?}");
    let day = days.first().expect("one day");
    assert!(fullest.name.contains(day.trim()), "{day} is the day of “{}”", fullest.name);
}

/// A day of the chart.
struct Bar {
    name: String,
    calls: usize,
}

fn bars(page: &Page) -> Vec<Bar> {
    let bars = page.by_role("group", "Calls per day").by_role("link", any());
    let bar = |name: String| {
        // “Fri, Nov 20, 2026: 34 calls, success 20 yes, …”
        let calls = name.split(": ").nth(1).and_then(|rest| rest.split(' ').next());
        let calls = number(calls.expect("a bar that says how many calls it stands for"));
        Bar { name, calls }
    };
    bars.names().into_iter().map(bar).collect()
}

fn see_statistics(page: &Page) {
    page.by_role("link", "Statistics").click();
    page.by_role("heading", "Statistics").wait();
}

/// Ticks a choice of a filter.
fn choose(page: &Page, filter: &str, value: &str) {
    page.by_role("button", filter).click();
    let menu: Locator<'_> = page.by_role("group", filter);
    menu.by_role("checkbox", containing(value)).click();
    page.press("Escape");
    menu.wait_gone();
}
