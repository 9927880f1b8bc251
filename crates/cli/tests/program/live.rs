//! `check-config --live` against the emulated providers, as somebody with an account meets it.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{map_request, map_response};
use axum::response::{Html, Response};
use demo::{ProviderAccess, sentinel};

use crate::stage::{Entry, Stage, providers};

fn of<'a>(accesses: &'a [ProviderAccess], provider: &str) -> &'a ProviderAccess {
    accesses.iter().find(|access| access.provider == provider).unwrap()
}

/// What came of a check.
struct Checked {
    code: i32,
    text: String,
    report: String,
}

/// A connection that is not named like its provider, perhaps with another key.
fn entry(access: &ProviderAccess, key: Option<&str>) -> Entry {
    let own = Entry::of(access);
    let key = key.map_or(own.key, str::to_owned);
    Entry { id: format!("my-{}", access.provider), key, ..own }
}

async fn check(entries: Vec<Entry>, arguments: &'static [&'static str]) -> Checked {
    tokio::task::spawn_blocking(move || check_now(entries, arguments)).await.unwrap()
}

fn check_now(entries: Vec<Entry>, arguments: &[&str]) -> Checked {
    let stage = Stage::with(entries);
    let mut command = stage.command(&["check-config", "--live", "--report", "report.json"]);
    let output = command.args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Checked {
        code: output.status.code().unwrap(),
        text: String::from_utf8(said).unwrap(),
        report: std::fs::read_to_string(stage.path("report.json")).unwrap_or_default(),
    }
}

#[tokio::test]
async fn four_connections_that_work_are_said_to_and_the_report_tells_nobody_anything() {
    let accesses = providers(None, None, |all| all).await;
    let entries: Vec<Entry> = accesses.iter().map(|access| entry(access, None)).collect();
    let keys: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let checked = check(entries, &[]).await;
    assert_eq!(checked.code, 0, "{}", checked.text);
    for provider in ["talkpilot", "truedy", "agentvoice", "atoms"] {
        assert!(checked.text.contains(&format!("my-{provider}")), "{}", checked.text);
    }
    assert_eq!(checked.text.matches("works   list: The key is accepted").count(), 4);
    assert_eq!(checked.text.matches("works   detail: A call could be opened").count(), 4);
    assert_eq!(checked.text.matches("works   agents").count(), 3);
    assert_eq!(checked.text.matches("works   recording").count(), 4, "{}", checked.text);
    assert_eq!(checked.text.matches("works   dates: Obeyed").count(), 3, "{}", checked.text);
    let report: serde_json::Value = serde_json::from_str(&checked.report).unwrap();
    assert_eq!(report["connections"].as_array().unwrap().len(), 4);
    assert!(checked.report.contains("\"transcript\""), "{}", checked.report);
    for secret in keys.iter().map(String::as_str).chain(["my-", "+49", "+1", "127.0.0.1", "http"]) {
        assert!(!checked.report.contains(secret), "{secret}: {}", checked.report);
    }
    let long = |word: &&str| word.bytes().filter(u8::is_ascii_digit).count() > 3;
    let numbers: Vec<&str> = checked.report.split_whitespace().filter(long).collect();
    assert!(numbers.is_empty(), "{numbers:?}");
    assert!(keys.iter().all(|key| !checked.text.contains(key.as_str())), "{}", checked.text);
}

#[tokio::test]
async fn what_is_wrong_with_a_key_is_said_with_what_to_do() {
    let accesses = providers(None, None, |all| all).await;
    let of = |provider: &str| of(&accesses, provider);
    let talkpilot = of("talkpilot");
    let truedy = of("truedy");
    for (access, key, wanted) in [
        (talkpilot, sentinel::KEY_TALKPILOT_EXPIRED, "Make a new key"),
        (talkpilot, sentinel::KEY_TALKPILOT_NO_CALLS, "calls:read"),
        (truedy, sentinel::KEY_TRUEDY_NO_CREDITS, "out of credits"),
        (truedy, sentinel::KEY_TRUEDY_OTHER_IP, "allow this machine's address"),
        (of("atoms"), "sk_wrong", "The key is not accepted"),
    ] {
        let checked = check(vec![entry(access, Some(key))], &[]).await;
        assert_eq!(checked.code, 1, "{key}: {}", checked.text);
        assert!(checked.text.contains("FAILS"), "{}", checked.text);
        assert!(checked.text.contains(wanted), "{key}: {}", checked.text);
        assert!(!checked.text.contains(key), "{}", checked.text);
        assert!(!checked.report.contains("wrong, expired"), "{}", checked.report);
    }
    let mut agentvoice = entry(of("agentvoice"), None);
    agentvoice.organization = Some("another-organization".to_owned());
    let checked = check(vec![agentvoice], &[]).await;
    assert_eq!(checked.code, 1);
    assert!(checked.text.contains("the organization"), "{}", checked.text);
}

#[tokio::test]
async fn a_provider_that_is_not_there_or_is_something_else_is_said_with_what_to_check() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(async || Html("<h1>Welcome, Anna</h1>"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let truedy = |base_url: String| Entry {
        id: "my-truedy".to_owned(),
        provider: "truedy",
        base_url,
        key: "any-key".to_owned(),
        organization: None,
    };
    let page = check(vec![truedy(format!("http://{address}"))], &[]).await;
    assert_eq!(page.code, 1);
    assert!(page.text.contains("something other than JSON. Check its base_url"), "{}", page.text);
    assert!(!page.report.contains("Anna"), "{}", page.report);
    let nobody = check(vec![truedy("http://127.0.0.1:9".to_owned())], &[]).await;
    assert_eq!(nobody.code, 1);
    assert!(nobody.text.contains("cannot be reached"), "{}", nobody.text);
}

#[tokio::test]
async fn a_recording_on_a_host_that_is_not_listed_is_said_with_the_host_to_list() {
    let accesses = providers(Some("https://audio.elsewhere.example"), None, |all| all).await;
    let checked = check(vec![entry(of(&accesses, "truedy"), None)], &[]).await;
    assert_eq!(checked.code, 1, "{}", checked.text);
    assert!(checked.text.contains("FAILS   recording"), "{}", checked.text);
    assert!(checked.text.contains("audio.elsewhere.example"), "{}", checked.text);
    assert!(checked.text.contains("media_hosts"), "{}", checked.text);
    assert!(checked.report.contains("recording_blocked"), "{}", checked.report);
    assert!(!checked.report.contains("elsewhere"), "{}", checked.report);
}

#[tokio::test]
async fn records_that_cannot_be_read_are_counted_and_the_rest_works() {
    let accesses = providers(None, None, |all| all.layer(map_response(spoil_first))).await;
    let checked = check(vec![entry(of(&accesses, "truedy"), None)], &[]).await;
    assert_eq!(checked.code, 0, "{}", checked.text);
    assert!(checked.text.contains("note    list: 1 records could not be read"), "{}", checked.text);
    assert!(checked.text.contains("works   list"), "{}", checked.text);
    assert!(checked.report.contains("\"skipped\""), "{}", checked.report);
}

/// Puts a number where the first call of a list should be.
async fn spoil_first(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let mut list: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let first = list["data"].get_mut(0).filter(|first| first.get("direction").is_some());
    let Some(first) = first else { return Response::from_parts(head, bytes.into()) };
    *first = 7.into();
    head.headers.remove("content-length");
    Response::from_parts(head, list.to_string().into())
}

#[tokio::test]
async fn a_date_filter_that_is_ignored_is_said_and_is_no_failure() {
    let accesses = providers(None, None, |all| all.layer(map_request(without_query))).await;
    let checked = check(vec![entry(of(&accesses, "truedy"), None)], &[]).await;
    assert_eq!(checked.code, 0, "{}", checked.text);
    assert!(checked.text.contains("note    dates: Ignored"), "{}", checked.text);
    assert!(checked.report.contains("\"ignored\""), "{}", checked.report);
}

/// A list that does not hear what it is asked for; a recording's link is left as it is.
async fn without_query(mut request: Request) -> Request {
    if request.uri().path().ends_with("/calls") {
        *request.uri_mut() = request.uri().path().parse().unwrap();
    }
    request
}

#[tokio::test]
async fn only_the_connections_that_are_named_are_asked() {
    let accesses = providers(None, None, |all| all).await;
    let entries = || accesses.iter().map(|access| entry(access, None)).collect::<Vec<_>>();
    let checked = check(entries(), &["my-atoms"]).await;
    assert_eq!(checked.code, 0, "{}", checked.text);
    assert!(checked.text.contains("my-atoms (") && !checked.text.contains("my-truedy ("));
    let checked = check(entries(), &["nobody"]).await;
    assert_eq!(checked.code, 64);
    assert!(checked.text.contains("There is no connection \"nobody\""), "{}", checked.text);
}
