//! Every figure and every picture is a door: it leads to exactly the calls that it counts, by pointer
//! and by keys, and the link says which these are.

use serde_json::Value;

use crate::driver::{Browser, Look, Page, containing};
use crate::screen::{self, count, figure, number};
use crate::stage::Stage;

/// Thirty days in a zone that is three quarters of an hour off every full one.
const MONTH: &str = "#?view=statistics&period=30d&zone=Asia/Kathmandu";

/// The figures as their texts stand: name, value, what it counts.
const CARDS: &str = "[...document.querySelectorAll('.figure-card')].map(card => \
     ['name', 'value', 'basis'].map(part => card.querySelector('.figure-card__' + part).textContent))";

#[track_caller]
fn open(page: &Page, stage: &Stage, fragment: &str) {
    screen::open_loaded(page, &stage.at(fragment));
    page.by_role("heading", "Statistics").wait();
}

/// How many calls a field of the week says that it has.
fn calls_of(field: &str) -> usize {
    let said = field.rsplit(": ").next().and_then(|rest| rest.split(' ').next());
    number(said.expect("how many calls"))
}

#[test]
fn a_field_of_the_week_leads_to_its_calls_by_keys_and_the_link_means_the_same_elsewhere() {
    let stage = Stage::start_with(&["--limits", "off"]);
    let browser = Browser::launch();
    let page = browser.page(Look::default());
    open(&page, &stage, MONTH);
    let week = page.by_role("region", containing("When calls come"));
    let week = week.by_role("link", containing(":00: "));
    let fields = week.names();
    assert_eq!(fields.len(), 168);
    let all = number(&figure(&page, "Calls"));
    assert_eq!(fields.iter().map(|field| calls_of(field)).sum::<usize>(), all);

    // One stop for Tab, and arrows from there.
    let stops = "document.querySelectorAll('.week__link[tabindex=\"0\"]').length";
    assert_eq!(page.eval(stops), 1);
    let focused = || page.eval("document.activeElement.getAttribute('aria-label')");
    week.first().focus();
    page.press("ArrowDown");
    page.press("End");
    page.press("ArrowLeft");
    let there = fields.get(24 + 22).map(String::as_str);
    page.wait_until("the focus is where the keys lead", || focused().as_str() == there);
    page.see(fields.get(24 + 22).expect("a field"));

    let fullest = fields.iter().max_by_key(|field| calls_of(field)).expect("fields");
    let calls = calls_of(fullest);
    assert!(calls > 1 && calls < all, "{fullest}");
    page.by_role("link", fullest.as_str()).press("Enter");
    page.wait_until("the list has the calls of that hour", || count(&page) == calls);
    screen::wait_loaded(&page);
    assert_eq!(count(&page), calls);
    let chip = page.by_role("button", containing("Hours of the week: "));
    let day = fullest.split(',').next().expect("a weekday");
    assert!(chip.text().contains(day), "{} is of {day}", chip.text());
    chip.click();
    page.see("As clocks show them in Asia/Kathmandu.");
    page.assert_accessible();
    page.press("Escape");

    let stats = stage.ask(&["stats", &page.url(), "--format", "json"]);
    let stats: Value = serde_json::from_str(&stats).expect("figures as JSON");
    assert_eq!(stats["figures"]["calls"].as_u64(), Some(calls as u64));
    let hours = stats["hours_of_week"].as_array().expect("hours").iter();
    assert_eq!(hours.filter(|hour| **hour != 0).count(), 1, "they are of one hour");
}

#[test]
fn every_card_leads_to_the_calls_that_it_counts() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    open(&page, &stage, MONTH);
    let cards: Vec<[String; 3]> = serde_json::from_value(page.eval(CARDS)).expect("cards");
    assert!(cards.len() > 12, "{cards:?}");
    for (nth, [name, value, basis]) in cards.iter().enumerate() {
        // A count is how many there are; anything else says first over how many it is.
        let is_count = value.chars().all(|sign| sign.is_ascii_digit() || sign == ',');
        let text = if is_count { value } else { basis };
        let is_digit = |sign: char| sign.is_ascii_digit() || sign == ',';
        let first = text.split(|sign| !is_digit(sign)).find(|word| !word.is_empty());
        let calls = number(first.unwrap_or_else(|| panic!("{name} counts nothing: {text}")));
        page.eval(&format!("document.querySelectorAll('.figure-card__value')[{nth}].click()"));
        page.by_role("heading", "Calls").wait();
        page.wait_until(&format!("the {calls} calls of “{name}” are listed"), || {
            count(&page) == calls
        });
        page.back();
        page.by_role("heading", "Statistics").wait();
        page.wait_until("all cards are back", || page.eval(CARDS) == serde_json::json!(cards));
    }
}

#[test]
fn today_is_compared_with_the_same_part_of_a_day_and_says_so() {
    let (stage, browser) = (Stage::start_with(&["--limits", "off"]), Browser::launch());
    let page = browser.page(Look::default());
    open(&page, &stage, "#?view=statistics&period=30d");
    let compare = page.by_role("button", containing("Compare with"));
    assert!(compare.text().contains("the same part of the period before"), "{}", compare.text());
    page.eval("location.hash = '#?view=statistics&period=yesterday'; 0");
    page.wait_until("a day that is over is compared as a whole", || {
        !compare.text().contains("same part")
    });
}
