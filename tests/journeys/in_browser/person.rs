//! Somebody sees everything that there is of a person, whichever provider has it.

use crate::driver::{Browser, Look, any, containing};
use crate::screen::{self, CONNECTIONS, OLIVIA, OLIVIAS_NUMBER, calls, heading};
use crate::stage::Stage;

#[test]
fn a_person_has_all_their_calls_in_one_place_the_last_one_first_and_a_link_leads_there() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?connection=agentvoice&q=Olivia"));
    calls(&page).first().click();
    heading(&page, OLIVIA).wait();
    page.by_role("link", containing("with this number")).click();
    let person = page.by_role("complementary", "Person");
    person.by_role("heading", OLIVIA).wait();
    let list = person.by_role("list", "Calls with this number");
    let last_first = |list: &crate::driver::Locator<'_>| {
        let text = list.text();
        let mut at: Vec<usize> = CONNECTIONS.iter().filter_map(|name| text.find(name)).collect();
        at.reverse();
        // On her day she called one provider after the other, in this order.
        at.len() == CONNECTIONS.len() && at.is_sorted()
    };
    page.wait_until("her calls of every connection are there, the last one first", || {
        last_first(&list)
    });
    assert!(page.url().contains("person=+14155550142"), "{}", page.url());
    assert!(person.text().contains("4 calls, 4 answered, last"), "{}", person.text());
    screen::assert_good_in_every_look(&page, "a person");
    page.look(Look::default());

    let elsewhere = browser.page(Look::default());
    elsewhere.open(&page.url());
    let there = elsewhere.by_role("complementary", "Person");
    there.by_role("heading", OLIVIA).wait();
    let list_there = there.by_role("list", "Calls with this number");
    elsewhere.wait_until("they are there in a fresh tab", || last_first(&list_there));

    page.to_front();
    list.by_role("link", any()).nth(1).click();
    heading(&page, OLIVIA).wait();
    page.by_role("link", containing(&format!("All calls with {OLIVIAS_NUMBER}"))).click();
    person.by_role("heading", OLIVIA).wait();
    page.press("Escape");
    person.wait_gone();
}
