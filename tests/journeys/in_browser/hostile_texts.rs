//! Texts that a caller or a provider made to attack whoever shows them.

use crate::driver::{Browser, Look, Page, any, containing};
use crate::screen::{self, calls, count};
use crate::stage::Stage;

/// What the demo's hostile calls would do, if they were anything but text.
const IMAGE: &str = "<img src=x onerror=\"document.title='hacked'\">";
const SCRIPT: &str = "<script>document.title='hacked'</script>";
/// Parts of their ids: the first is of TalkPilot and of AgentVoice.
const IDS: [(&str, usize); 3] = [("000000000bad", 2), ("call_demo_hostile", 1), ("bad666", 1)];

#[test]
fn texts_that_attack_are_shown_as_texts() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, stage.url());
    for (id, how_many) in IDS {
        page.by_role("searchbox", containing("Search")).fill(id);
        page.wait_until("the hostile calls are left", || count(&page) == how_many);
        for nth in 0..how_many {
            calls(&page).nth(nth).click();
            read_all(&page);
            page.press("Escape");
        }
    }
    calls(&page).first().click();
    read_all(&page);
    screen::assert_good_in_every_look(&page, "a hostile call");
    page.by_role("link", "Statistics").click();
    page.by_role("heading", "Statistics").wait();
    assert_eq!(page.title(), "Statistics · Calldeck");
    assert_eq!(page.eval("document.querySelectorAll('img, iframe, object, embed').length"), 0);
    let abroad = page.requests().into_iter().filter(|url| !url.starts_with(stage.url()));
    assert_eq!(abroad.collect::<Vec<_>>(), [""; 0], "nothing is asked of anybody else");
    assert_eq!(page.complaints(), [""; 0]);
}

/// Sees every hostile text of the open call, in every part of it.
#[track_caller]
fn read_all(page: &Page) {
    let panel = page.by_role("complementary", "Open call");
    panel.by_role("definition", any()).with_text(SCRIPT).first().wait();
    let turns = panel.by_role("list", "Transcript").by_role("listitem", any());
    for said in [IMAGE, SCRIPT, "[click](javascript:alert(1)) **bold**", "مرحبا hello שלום"]
    {
        turns.clone().with_text(said).first().wait();
    }
    panel.by_role("tab", "Raw data").click();
    // What lies deeper is unfolded when somebody asks for it.
    page.wait_until("the raw data is there", || {
        panel.by_role("tabpanel", "Raw data").text().len() > 100
    });
}
