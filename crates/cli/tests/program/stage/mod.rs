//! Emulated providers on a free port, a configuration for them, and the program as a cron job
//! starts it.

pub(crate) mod played;

use std::path::PathBuf;
use std::process::Command;

use axum::Router;
use demo::{Demo, Limits, Options, ProviderAccess};
use serde_json::Value;
use tempfile::TempDir;

/// The time at which everything takes place: a Saturday.
pub(crate) const NOW: &str = "2026-11-21T13:00:00Z";
pub(crate) const NOW_MS: i64 = 1_795_266_000_000;

/// A connection of a configuration.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) provider: &'static str,
    pub(crate) base_url: String,
    pub(crate) key: String,
    pub(crate) organization: Option<String>,
}

/// A folder with a configuration.
pub(crate) struct Stage {
    directory: TempDir,
    entries: Vec<Entry>,
}

/// What a command printed, and how it ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) said: String,
}

impl Ended {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {}", self.out))
    }
}

impl Entry {
    /// Its id is that of its provider.
    pub(crate) fn of(access: &ProviderAccess) -> Self {
        Self {
            id: access.provider.to_owned(),
            provider: access.provider,
            base_url: access.base_url.clone(),
            key: access.headers[0].1.trim_start_matches("Bearer ").to_owned(),
            organization: access.headers.get(1).map(|(_, value)| value.clone()),
        }
    }
}

impl Stage {
    /// The four emulated providers, at [`NOW`].
    pub(crate) async fn start() -> Self {
        let accesses = providers(None, Some(NOW_MS), |router| router).await;
        Self::with(accesses.iter().map(Entry::of).collect())
    }

    /// A configuration for some connections.
    pub(crate) fn with(entries: Vec<Entry>) -> Self {
        Self::at("127.0.0.1:0", entries)
    }

    /// A configuration for some connections that listens at an address.
    pub(crate) fn at(listen: &str, entries: Vec<Entry>) -> Self {
        let stage = Self { directory: tempfile::tempdir().unwrap(), entries };
        std::fs::write(stage.path("calldeck.toml"), stage.configuration(listen)).unwrap();
        stage
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The program in this folder, with these arguments and the keys in its environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calldeck"));
        command.current_dir(self.directory.path()).args(arguments);
        for entry in &self.entries {
            command.env(format!("KEY_{}", entry.provider.to_uppercase()), &entry.key);
            command.envs(entry.organization.as_ref().map(|value| ("ORGANIZATION", value)));
        }
        command
    }

    /// Runs the program at [`NOW`] in Berlin. Who gives another key changes one.
    pub(crate) async fn run(&self, arguments: &[&str], other_key: Option<(&str, &str)>) -> Ended {
        let mut command = self.command(arguments);
        command.args(["--now", NOW, "--zone", "Europe/Berlin"]).envs(other_key);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn configuration(&self, listen: &str) -> String {
        let mut text = format!("listen = \"{listen}\"\n");
        for Entry { id, provider, base_url, organization, .. } in &self.entries {
            text += &format!(
                "[[connection]]\nid = \"{id}\"\nprovider = \"{provider}\"\n\
                 base_url = \"{base_url}\"\nkey_env = \"KEY_{}\"\n",
                provider.to_uppercase()
            );
            if organization.is_some() {
                text += "organization_env = \"ORGANIZATION\"\n";
            }
        }
        text
    }
}

/// Emulated providers on a free port, changed on their way; they may say that they are at another
/// origin, and that it is another time.
pub(crate) async fn providers(
    origin: Option<&str>,
    now_ms: Option<i64>,
    change: impl FnOnce(Router) -> Router,
) -> Vec<ProviderAccess> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let origin = origin.unwrap_or(&here).to_owned();
    let options =
        Options { now_ms, limits: Limits::Off, origin: origin.clone(), ..Options::default() };
    let demo = Demo::new(options);
    let mut accesses = demo.providers();
    for access in &mut accesses {
        access.base_url = access.base_url.replace(&origin, &here);
    }
    let router = change(demo.router());
    tokio::spawn(async move { axum::serve(listener, router).await });
    accesses
}
