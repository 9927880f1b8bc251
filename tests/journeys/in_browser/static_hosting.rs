//! The page lies on a plain file server, below a folder; the proxy is somewhere else.

use crate::driver::{Browser, Look, Page, any};
use crate::outside::Outside;
use crate::screen::{self, OLIVIA, calls, count, heading};
use crate::stage::{Stage, bundle};

/// Where an admin put the page.
const FOLDER: &str = "team/calls";

#[test]
fn the_page_works_below_a_folder_of_a_plain_file_server() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start_with(&["--cors-origin", &files.origin()]);
    host(&files, &format!(r#"{{"proxy":"{}"}}"#, stage.url().trim_end_matches('/')));
    let page = browser.page(Look::default());
    screen::open_loaded(&page, &files.at("team/calls/#?q=Bennett"));
    assert!(count(&page) >= 2, "{:?}", calls(&page).names());
    calls(&page).first().click();
    heading(&page, OLIVIA).wait();
    page.by_role("list", "Transcript").by_role("listitem", any()).nth(2).wait();
    page.by_role("button", "Play").click();
    let position = page.by_role("slider", "Position");
    page.wait_until("the recording moves on", || {
        position.value().parse::<f64>().is_ok_and(|secs| secs > 0.3)
    });
    page.by_role("button", "Pause").click();

    let (here, files_of_page) = (page.url(), page.save_files());
    page.by_role("link", "Save the recording").click();
    let (_, recording) = files_of_page.take(&page);
    assert!(recording.len() > 10_000, "{} bytes", recording.len());
    assert_eq!(page.url(), here, "the page stays where it is");

    page.reload();
    screen::wait_loaded(&page);
    heading(&page, OLIVIA).wait();
    let (here, proxy) = (files.at(""), stage.url());
    let strangers = page
        .requests()
        .into_iter()
        .filter(|url| !(url.starts_with(&format!("{here}{FOLDER}/")) || url.starts_with(proxy)));
    // What the page made itself, in its own memory.
    let strangers = strangers.filter(|url| !url.starts_with("blob:"));
    assert_eq!(strangers.collect::<Vec<_>>(), [""; 0], "nothing is asked of anybody else");
    assert_eq!(page.failed_requests(), [""; 0]);
}

#[test]
fn a_proxy_that_does_not_know_the_page_is_said() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let stage = Stage::start();
    host(&files, &format!(r#"{{"proxy":"{}"}}"#, stage.url()));
    let page = browser.page(Look::default());
    page.open(&files.at("team/calls/"));
    page.by_role("alert", any()).with_text("Calldeck's server cannot be reached.").wait();
    screen::assert_good_in_every_look(&page, "list without a proxy");
    page.accept_complaints("CORS policy");
}

#[test]
fn a_mistake_in_config_json_is_said_instead_of_an_empty_page() {
    let (files, browser) = (Outside::start(), Browser::launch());
    let page = browser.page(Look::default());
    let said = |page: &Page, config: &str, sentence: &str| {
        host(&files, config);
        page.open(&files.at("team/calls/"));
        page.see(sentence);
        screen::assert_good_in_every_look(page, config);
        // A document that is open already would only get another fragment.
        page.open("about:blank");
    };
    said(&page, "proxy: https://calls.example.com", "config.json beside this page cannot be read.");
    let plain = r#"{"proxy":"http://calls.example.com"}"#;
    said(&page, plain, "names the proxy “http://calls.example.com”, which is no https address.");
    assert!(page.requests().iter().all(|url| !url.contains("/api/")));
}

fn host(files: &Outside, config: &str) {
    files.copy(&bundle(), FOLDER);
    files.write(&format!("{FOLDER}/config.json"), config);
}
