//! Somebody remembers what was said, and nothing else of the call.

use crate::driver::{Browser, Locator, Look, Page, any, containing};
use crate::outside::Outside;
use crate::screen::{self, calls, count};
use crate::stage::{Stage, bundle};

/// Said by customers of the demo, and in no summary.
const WORDS: &str = "speak machine";
/// The same as it was said.
const PHRASE: &str = "\"speak to a machine\"";

/// TalkPilot's call of two hours.
const TWO_HOURS: &str = "00000000-0000-4000-8000-000000007200";

#[test]
fn a_word_that_was_only_said_is_found_and_opens_at_its_turn() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?connection=agentvoice"));
    let workers = || page.eval("performance.getEntriesByType('resource').map(e => e.name).join()");
    search(&page).fill(WORDS);
    page.wait_until("nothing is found in the list itself", || count(&page) == 0);
    assert!(!workers().to_string().contains("worker"), "it is loaded when it is wanted");
    assert!(page.requests().iter().all(|url| !url.contains("include=transcript")));

    page.by_role("button", "Transcripts").click();
    page.wait_until("calls are found by what was said", || count(&page) > 0);
    page.see("transcripts loaded");
    let found = || number_in(&page.by_role("status", any()).with_text("Said in").text());
    page.wait_until("the count is that of the list", || found() == count(&page));

    let said = rows(&page).with_text("machine").first();
    said.by_role("mark", any()).first().wait();
    let link = said.by_role("link", containing("open call with"));
    assert!(link.attribute("href").unwrap_or_default().contains("&at="), "it leads to the moment");
    link.click();
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    let turn = turns.with_text("Do I speak to a machine").first();
    page.wait_until("the turn is the current one", || {
        turn.attribute("aria-current").as_deref() == Some("true")
    });
    let marked = turn.eval(
        "function () { return [...this.querySelectorAll('mark')].map(m => m.textContent).join() }",
    );
    assert_eq!(marked, "speak,machine");
    page.wait_until("the turn is seen", || is_seen(&turn));
    screen::assert_good_in_every_look(&page, "a hit in a transcript");
}

#[test]
fn a_phrase_and_a_side_narrow_down_what_was_said() {
    let (stage, browser) = (Stage::start(), Browser::launch());
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &stage.at("#?connection=agentvoice&in=transcripts&q=machine"));
    page.wait_until("machines are found", || count(&page) > 0);
    let typed = |text: &str, what: &str, enough: &dyn Fn(usize) -> bool| {
        search(&page).fill(text);
        page.wait_until(what, || enough(count(&page)) && settled(&page));
        count(&page)
    };
    typed("\"machine to a speak\"", "nobody said it in this order", &|found| found == 0);
    let phrase = typed(PHRASE, "the phrase is found", &|found| found > 0);
    let said_by = |side: &str| format!("{side}:{PHRASE}");
    typed(&said_by("agent"), "no agent asks that", &|found| found == 0);
    // While transcripts come in there may be more, and never fewer.
    typed(&said_by("customer"), "customers do", &|found| found >= phrase);
    typed(&said_by("agent"), "and still no agent", &|found| found == 0);
    screen::assert_good_at(&page, "nothing was said", 320);
}

#[test]
fn what_is_purged_is_not_found_any_more() {
    let stage = Stage::start_with(&["--limits", "off"]);
    let browser = Browser::launch();
    let page = browser.page(Look::default());
    // No other call of the demo is as long, so that the list has this one whatever the day.
    let only = "period=30d&connection=talkpilot&duration=7000000..";
    screen::open_loaded(&page, &stage.at(&format!("#?{only}&in=transcripts")));
    page.wait_until("the call of two hours is listed", || count(&page) == 1);
    // Its transcript is read because it is opened, and known by then to whoever searches.
    page.see("transcripts loaded");
    let phrase = read_a_phrase(&page);
    search(&page).fill(&phrase);
    page.wait_until("the call is found by what was said", || marked(&page) > 0);
    assert_eq!(count(&page), 1);
    search(&page).fill(&format!("{phrase} \"nobody has said this\""));
    page.wait_until("and by nothing else", || count(&page) == 0);
    search(&page).fill(&phrase);
    page.wait_until("it is found again", || count(&page) == 1);

    purge(&page, TWO_HOURS);
    calls(&page).first().click();
    page.see("The transcript has been purged");
    page.press("Escape");
    page.wait_until("it is found no more", || count(&page) == 0);
    search(&page).fill("");
    page.wait_until("though it is listed", || count(&page) == 1);
    search(&page).fill(&phrase);
    page.wait_until("and never again by what was said", || count(&page) == 0);
    assert!(!page.text().contains(phrase.trim_matches('"')), "nothing of it is left on screen");
}

#[test]
fn where_no_worker_may_run_the_page_searches_by_itself() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--cors-origin", &files.origin()]);
    files.copy(&bundle(), "calls");
    let proxy = stage.url().trim_end_matches('/');
    files.write("calls/config.json", &format!(r#"{{"proxy":"{proxy}"}}"#));
    let page = browser.page(Look::default());
    // On a plain file server, where it may.
    screen::open_loaded(&page, &files.at("calls/#?in=transcripts&connection=agentvoice&q=machine"));
    page.see("Said in");

    let html = std::fs::read_to_string(bundle().join("index.html")).expect("the page");
    let policy = r#"<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">"#;
    files.write("calls/index.html", &html.replacen("<head>", &format!("<head>{policy}"), 1));
    page.open("about:blank");
    screen::open_loaded(&page, &files.at("calls/#?in=transcripts&connection=agentvoice&q=machine"));
    page.wait_until("what was said is found all the same", || count(&page) > 0);
    page.see("Said in");
    rows(&page).with_text("machine").first().by_role("mark", any()).first().wait();
    screen::assert_good_in_every_look(&page, "a search without a worker");
    page.accept_complaints("worker-src");
}

/// Opens the only call, and closes it when something that was said in it has been read: the words
/// between quotation marks.
#[track_caller]
fn read_a_phrase(page: &Page) -> String {
    calls(page).first().click();
    let turns = page.by_role("list", "Transcript").by_role("listitem", any());
    turns.nth(3).wait();
    let said: Vec<String> =
        (0..4).map(|nth| turns.nth(nth).by_role("paragraph", any()).text()).collect();
    page.press("Escape");
    let longest = said.iter().max_by_key(|text| text.len()).expect("a turn");
    let words: Vec<&str> = longest.split(' ').take(5).collect();
    assert!(words.len() > 2, "a phrase has several words: {said:?}");
    format!("\"{}\"", words.join(" "))
}

/// How many words the list marks as those that were searched for.
fn marked(page: &Page) -> usize {
    rows(page).nth(1).by_role("mark", any()).count()
}

/// From now on the provider says of this call that it has been purged.
fn purge(page: &Page, id: &str) {
    page.eval(&format!(
        "(() => {{
            const ask = window.fetch.bind(window);
            window.fetch = async (request, ...more) => {{
                const answer = await ask(request, ...more);
                if (!String(request.url ?? request).includes('{id}')) return answer;
                const body = await answer.json();
                const gone = {{ is_purged: true, transcript: null, phone_number: null }};
                Object.assign(body.data ?? body, gone);
                return new Response(JSON.stringify(body), {{ headers: answer.headers }});
            }};
        }})()"
    ));
}

fn search(page: &Page) -> Locator<'_> {
    page.by_role("searchbox", containing("Search"))
}

fn rows(page: &Page) -> Locator<'_> {
    page.by_role("row", any())
}

/// Whether the list shows as many calls as are said to be found.
fn settled(page: &Page) -> bool {
    let said = page.by_role("status", any()).with_text("Said in").text();
    number_in(&said) == count(page)
}

fn number_in(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(usize::MAX)
}

fn is_seen(element: &Locator<'_>) -> bool {
    let seen = element.eval(
        "function () {
            const box = this.getBoundingClientRect();
            return box.top >= 0 && box.bottom <= innerHeight;
        }",
    );
    seen == true
}
