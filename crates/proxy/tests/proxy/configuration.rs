//! The configuration file: what is read, and what is said about mistakes.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use proxy::{Config, Environment, Problems};

/// Variables and files of a test.
#[derive(Default)]
struct Given {
    variables: HashMap<&'static str, &'static str>,
    files: HashMap<&'static str, &'static str>,
}

impl Environment for Given {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|&value| value.to_owned())
    }

    fn file(&self, path: &Path) -> io::Result<String> {
        let found = path.to_str().and_then(|path| self.files.get(path));
        found.map(|&text| text.to_owned()).ok_or(io::ErrorKind::NotFound.into())
    }

    fn is_directory(&self, path: &Path) -> bool {
        path == Path::new("/etc/calldeck/dist")
    }
}

fn parse(text: &str) -> Result<Config, Problems> {
    let given = Given {
        variables: [("KEY", "secret-value"), ("EMPTY", " "), ("BROKEN", "a\r\nb")].into(),
        files: [("/run/key", "secret-of-file\n"), ("/etc/calldeck/key", "relative")].into(),
    };
    Config::parse(text, Path::new("/etc/calldeck"), &given)
}

fn connection(lines: &str) -> String {
    format!("[[connection]]\nid = \"sales\"\nprovider = \"truedy\"\n{lines}\n")
}

/// All problems of a text as one.
fn problems(text: &str) -> String {
    let problems = parse(text).unwrap_err().to_string();
    assert!(!problems.contains("secret-value"), "{problems}");
    problems
}

#[test]
fn a_complete_file_is_read() {
    let config = parse(
        r#"
        listen = "127.0.0.1:9090"
        public_hosts = ["calls.example.com"]
        [dashboard]
        dir = "dist"
        [embed]
        origins = ["https://crm.example.com"]
        [cors]
        origins = ["https://static.example.com"]
        [log]
        format = "json"
        [[connection]]
        id = "sales"
        provider = "truedy"
        name = "Sales line"
        key_env = "KEY"
        media_hosts = [".example.net"]
        [connection.success]
        yes = ["interested"]
        no = ["a=b"]
        [[connection]]
        id = "second"
        provider = "truedy"
        base_url = "http://127.0.0.1:7000/v1/"
        key_file = "/run/key"
        [[connection]]
        id = "third"
        provider = "truedy"
        key_file = "key"
        "#,
    );
    let config = config.unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:9090");
    assert_eq!(config.dashboard.as_deref(), Some(Path::new("/etc/calldeck/dist")));
    let names: Vec<_> = config.connections.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Sales line", "Truedy", "Truedy"]);
    assert_eq!(config.connections[0].success.no, ["a=b"]);
    assert_eq!(config.connections[1].base_url, "http://127.0.0.1:7000/v1");
    let shown = format!("{config:?} {}", config.describe().join("\n"));
    assert!(!shown.contains("secret"), "{shown}");
    assert!(shown.contains("connection sales: Truedy"), "{shown}");
}

#[test]
fn the_example_file_can_be_used_as_it_is() {
    let text = include_str!("../../../../config.example.toml");
    let given = Given { variables: [("TRUEDY_API_KEY", "k")].into(), ..Given::default() };
    let config = Config::parse(text, Path::new("/etc/calldeck"), &given).unwrap();
    assert_eq!(config.connections.len(), 1);
}

#[test]
fn every_mistake_is_a_sentence_with_what_to_do() {
    for (lines, wanted) in [
        ("key_env = \"MISSING\"", "The variable MISSING is not set."),
        ("key_file = \"/run/none\"", "The file /run/none cannot be read"),
        ("key_env = \"EMPTY\"", "EMPTY is empty."),
        ("key_env = \"BROKEN\"", "cannot be sent"),
        ("key = \"secret-value\"", "make it void at the provider"),
        ("", "has no key. Add key_env"),
        ("key_env = \"KEY\"\nkey_file = \"/run/key\"", "both given"),
        ("key_evn = \"KEY\"", "Did you mean `key_env`?"),
        ("key_env = \"KEY\"\nmedia_host = []", "Did you mean `media_hosts`?"),
        ("key_env = \"KEY\"\nbase_url = \"http://api.example\"", "unencrypted"),
        ("key_env = \"KEY\"\nmedia_hosts = [\"10.0.0.1\"]", "is an address"),
        ("key_env = \"KEY\"\nmedia_hosts = \"x\"", "must be a list of texts"),
        ("key_env = \"KEY\"\nname = 7", "must be a text in quotes"),
        ("key_env = \"KEY\"\nsuccess = { yes = [\"a\"], no = [\"a\"] }", "Keep it in one"),
        ("key_env = \"KEY\"\nsuccess = { yes = [\"a\"], nothing = [\"a\"] }", "Keep it in one"),
        ("key_env = \"KEY\"\nsuccess = { yse = [] }", "Did you mean `yes`?"),
    ] {
        let said = problems(&connection(lines));
        assert!(said.contains(wanted), "{lines}: {said}");
        assert!(!said.contains("Did you mean `key`?"), "{said}");
    }
    for (top, wanted) in [
        ("lisen = \"127.0.0.1:1\"", "Did you mean `listen`?"),
        ("listen = \"8080\"", "Write address and port"),
        ("public_hosts = [\"https://x.example\"]", "is no host"),
        ("[embed]\norigins = [\"*\"]", "is no origin"),
        ("[cors]\norigins = [\"http://x.example\"]", "https"),
        ("[log]\nformat = \"loud\"", "\"plain\", \"json\" or \"off\""),
        ("[dashboard]\ndir = \"nowhere\"", "There is no directory /etc/calldeck/nowhere"),
    ] {
        let said = problems(&format!("{top}\n{}", connection("key_env = \"KEY\"")));
        assert!(said.contains(wanted), "{top}: {said}");
    }
}

#[test]
fn ids_and_providers_are_checked() {
    let said = problems("[[connection]]\nid = \"a/b\"\nprovider = \"truedi\"\nkey_env = \"KEY\"");
    assert!(said.contains("cannot stand in a link"), "{said}");
    assert!(said.contains("Did you mean `truedy`?"), "{said}");
    for id in ["file", "file-2"] {
        let said = problems(&connection("key_env = \"KEY\"").replace("sales", id));
        assert!(said.contains("is one that opened files get"), "{said}");
    }
    let twice = connection("key_env = \"KEY\"") + &connection("key_env = \"KEY\"");
    assert!(problems(&twice).contains("line 6: The id \"sales\" is given twice"));
    assert!(problems("").contains("There is no connection."));
}

#[test]
fn all_mistakes_are_reported_together_with_their_lines() {
    let text =
        "lisen = 1\n[[connection]]\nid = \"a b\"\nprovider = \"truedy\"\nkey_env = \"NONE\"\n";
    let said = problems(text);
    for wanted in ["line 1: There is no setting `lisen`", "line 3: The id", "line 5: The variable"]
    {
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn what_is_not_toml_names_the_line_and_not_what_stands_there() {
    let said = problems("listen = \"127.0.0.1:1\"\nkey = secret-value oops\n");
    assert!(said.contains("line 2: This is not TOML"), "{said}");
}

#[test]
fn a_file_that_is_not_there_is_said_to_be_missing() {
    let said = Config::read(Path::new("/none.toml"), &Given::default()).unwrap_err().to_string();
    assert!(said.contains("/none.toml cannot be read") && said.contains("config.example.toml"));
}

#[test]
fn a_share_of_the_limit_and_a_limit_of_ones_own_are_read() {
    let limits = |lines: &str| {
        let text = connection(&format!("key_env = \"KEY\"\n{lines}"));
        let limits = parse(&text).unwrap().connections.remove(0).limits;
        limits.iter().map(|limit| (limit.requests, limit.window_secs)).collect::<Vec<_>>()
    };
    assert_eq!(limits(""), [(100, 60)]);
    assert_eq!(limits("share = 0.8"), [(80, 60)]);
    assert_eq!(limits("share = 0.001"), [(1, 60)]);
    assert_eq!(limits("share = 1"), [(100, 60)]);
    assert_eq!(limits("requests_per_minute = 300\nshare = 0.5"), [(150, 60)]);
    for (line, wanted) in [
        ("share = 0", "`share` must be more than 0"),
        ("share = 80", "`share` must be more than 0"),
        ("share = \"80%\"", "must be a number"),
        ("requests_per_minute = 0", "must be a whole number"),
        ("requests_per_minute = 1.5", "must be a whole number"),
    ] {
        let text = problems(&connection(&format!("key_env = \"KEY\"\n{line}")));
        assert!(text.contains(wanted), "{line}: {text}");
    }
}
