//! The binary as a person or a script meets it: lines, exit codes, a port, a stop.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::stage::{Entry, Stage};

const KEY: &str = "key-of-the-test-0123456789";

fn calldeck() -> Command {
    Command::new(env!("CARGO_BIN_EXE_calldeck"))
}

/// A started program, ended when the test ends.
struct Started {
    child: Child,
    ready: String,
}

impl Started {
    fn new(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        Self { child, ready: ready.trim_end().to_owned() }
    }

    /// The address of the dashboard, without a slash at the end.
    fn url(&self) -> &str {
        self.ready.split(' ').nth(1).unwrap().trim_end_matches('/')
    }

    fn providers_url(&self) -> &str {
        let word = self.ready.split(' ').nth(2).unwrap();
        word.strip_prefix("providers=").unwrap().trim_end_matches('/')
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A configuration of one connection that listens at an address.
fn config(listen: &str) -> Stage {
    let truedy = Entry {
        id: "sales".to_owned(),
        provider: "truedy",
        base_url: "http://127.0.0.1:9".to_owned(),
        key: KEY.to_owned(),
        organization: None,
    };
    Stage::at(listen, vec![truedy])
}

fn said(output: &Output) -> String {
    let (out, error) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(error))
}

async fn get(url: &str) -> (u16, Value) {
    let response = reqwest::get(url).await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn the_demo_serves_every_provider_and_a_wrong_key_spoils_only_its_own() {
    let mut command = calldeck();
    command.args(["demo", "--port", "0", "--providers-port", "0", "--limits", "off"]);
    command.args(["--now", "2026-03-01T12:00:00Z", "--wrong-key", "truedy"]);
    let demo = Started::new(&mut command);
    let (status, list) = get(&format!("{}/api/connections", demo.url())).await;
    assert_eq!((status, &list["now_ms"]), (200, &Value::from(1_772_366_400_000_i64)));
    let ids: Vec<_> = list["connections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    let (_, emulated) = get(demo.providers_url()).await;
    let emulated = emulated["providers"].as_array().unwrap().len();
    assert!(ids.len() == emulated && emulated >= 4, "{ids:?}: a connection for each of {emulated}");
    for id in ids {
        let adapter = providers::find(id).unwrap();
        let list = |route: &&providers::Route| {
            route.method == providers::Method::Get && !route.path.contains('{')
        };
        let route = adapter.describe().routes.iter().find(list).unwrap();
        let (status, _) = get(&format!("{}/api/c/{id}{}", demo.url(), route.path)).await;
        assert_eq!(status, if id == "truedy" { 401 } else { 200 }, "{id}");
    }
}

#[tokio::test]
async fn a_recording_of_the_demo_plays_from_the_middle() {
    let mut command = calldeck();
    command.args(["demo", "--port", "0", "--limits", "off", "--now", "2026-03-01T12:00:00Z"]);
    let demo = Started::new(&mut command);
    let (_, page) = get(&format!("{}/api/c/truedy/calls?limit=100&status=ended", demo.url())).await;
    let calls = page["data"].as_array().unwrap();
    let heard = calls.iter().find(|call| call["recording_url"].is_string()).unwrap();
    let url = format!("{}/media/truedy/{}/main", demo.url(), heard["id"].as_str().unwrap());
    let request = reqwest::Client::new().get(url).header("range", "bytes=1000-1999");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 206);
    let range = response.headers()["content-range"].to_str().unwrap().to_owned();
    assert!(range.starts_with("bytes 1000-1999/"), "{range}");
    assert_eq!(response.bytes().await.unwrap().len(), 1000);
}

#[tokio::test]
async fn serve_says_where_it_is_and_ends_well_when_asked_to() {
    let stage = config("127.0.0.1:0");
    let mut serving = Started::new(&mut stage.command(&["serve"]));
    assert!(serving.ready.starts_with("ready http://127.0.0.1:"), "{}", serving.ready);
    let (status, list) = get(&format!("{}/api/connections", serving.url())).await;
    assert_eq!((status, &list["connections"][0]["id"]), (200, &Value::from("sales")));
    if cfg!(unix) {
        let id = serving.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn mistakes_in_the_configuration_end_with_64_and_all_of_them_are_said() {
    let stage = config("127.0.0.1:0");
    std::fs::write(
        stage.path("calldeck.toml"),
        "lisen = 1\n[[connection]]\nid = \"x\"\nprovider = \"truedy\"\n",
    )
    .unwrap();
    for command in ["serve", "check-config"] {
        let output = stage.command(&[command]).output().unwrap();
        assert_eq!(output.status.code(), Some(64));
        let text = said(&output);
        assert!(text.contains("Did you mean `listen`?") && text.contains("has no key"), "{text}");
    }
    let output = stage.command(&["serve", "--config", "none.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    assert!(said(&output).contains("cannot be read"));
}

#[test]
fn a_missing_variable_ends_with_64_and_is_named() {
    let stage = config("127.0.0.1:0");
    let output = stage.command(&["serve"]).env_remove("KEY_TRUEDY").output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    assert!(said(&output).contains("The variable KEY_TRUEDY is not set."));
}

#[test]
fn a_port_in_use_ends_with_1_and_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let stage = config(&format!("127.0.0.1:{port}"));
    let output = stage.command(&["serve"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(&format!("Port {port}")), "{}", said(&output));
    let output = calldeck().args(["demo", "--port", &port.to_string()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(&format!("Port {port}")), "{}", said(&output));
}

#[test]
fn an_open_address_without_sign_in_is_refused_with_the_reason() {
    let stage = config("0.0.0.0:0");
    let output = stage.command(&["serve"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    let text = said(&output);
    assert!(text.contains("no sign-in") && text.contains("--i-know-there-is-no-sign-in"), "{text}");
}

#[test]
fn check_config_says_what_is_set_and_never_a_key() {
    let stage = config("127.0.0.1:0");
    let output = stage.command(&["check-config"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let text = said(&output);
    assert!(text.contains("can be used.") && text.contains("key set"), "{text}");
    assert!(!text.contains(KEY), "{text}");
}

#[test]
fn wrong_flags_end_with_64_and_say_what_is_wrong() {
    for (arguments, wanted) in [
        (&["demo", "--port", "0", "--wrong-key", "acme"][..], "there is no connection \"acme\""),
        (&["demo", "--port", "0", "--dist", "/no/such/directory"], "there is no directory"),
        (&["demo", "--port", "0", "--embed-origin", "crm.example.com"], "no origin"),
        (&["demo", "--now", "yesterday"], "such as 2026-03-01T12:00:00Z"),
        (&["demmo"], "demo"),
    ] {
        let output = calldeck().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(64), "{arguments:?}");
        assert!(said(&output).contains(wanted), "{arguments:?}: {}", said(&output));
    }
    let help = calldeck().arg("--help").output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.starts_with("The calls of voice-AI agents"), "{help}");
}
