//! One Chromium with an empty profile of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chromiumoxide::browser::BrowserConfig;
use futures_util::StreamExt;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::page::{Look, Page};

/// Whether pages may keep anything in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// As usual.
    Allowed,
    /// Cookies and site data are blocked: touching `localStorage` throws.
    Blocked,
}

/// A running browser; it ends with the value.
#[derive(Debug)]
pub struct Browser {
    runtime: Arc<Runtime>,
    inner: Option<chromiumoxide::Browser>,
    _profile: TempDir,
}

impl Browser {
    /// Starts the browser that `cargo xtask test` found.
    #[track_caller]
    pub fn launch() -> Self {
        Self::launch_with(Storage::Allowed)
    }

    /// Starts it with cookies and site data allowed or blocked.
    #[track_caller]
    pub fn launch_with(storage: Storage) -> Self {
        let profile = profile(storage);
        let config = config(executable(), &profile);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a thread for the browser's messages");
        let launched = runtime.block_on(chromiumoxide::Browser::launch(config));
        let (inner, mut handler) =
            launched.unwrap_or_else(|error| panic!("Chromium did not start: {error}"));
        runtime.spawn(async move { while handler.next().await.is_some() {} });
        Self { runtime: Arc::new(runtime), inner: Some(inner), _profile: profile }
    }

    /// Opens an empty tab that looks like this.
    #[track_caller]
    pub fn page(&self, look: Look) -> Page {
        let inner = self.inner.as_ref().expect("a browser that has not ended");
        let tab = self.runtime.block_on(inner.new_page("about:blank"));
        let tab = tab.unwrap_or_else(|error| panic!("no new tab: {error}"));
        Page::new(Arc::clone(&self.runtime), tab, look)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let Some(mut inner) = self.inner.take() else { return };
        self.runtime.block_on(async {
            let _ = inner.close().await;
            if tokio::time::timeout(Duration::from_secs(5), inner.wait()).await.is_err() {
                let _ = inner.kill().await;
            }
        });
    }
}

fn executable() -> PathBuf {
    let chrome = std::env::var_os("CALLDECK_CHROME").filter(|path| !path.is_empty());
    PathBuf::from(chrome.expect(
        "This test drives a real browser. Run `cargo xtask test`: it sets up Chromium, the page \
         and the demo, and then runs this. Or point CALLDECK_CHROME to a Chromium.",
    ))
}

fn profile(storage: Storage) -> TempDir {
    let profile = tempfile::tempdir().expect("a folder for the profile");
    if storage == Storage::Blocked {
        let folder = profile.path().join("Default");
        std::fs::create_dir(&folder).expect("a folder for the preferences");
        let preferences = r#"{"profile":{"default_content_setting_values":{"cookies":2}}}"#;
        std::fs::write(folder.join("Preferences"), preferences).expect("preferences");
    }
    profile
}

fn config(executable: PathBuf, profile: &TempDir) -> BrowserConfig {
    let mut config = BrowserConfig::builder()
        .chrome_executable(executable)
        .user_data_dir(profile.path())
        .new_headless_mode()
        .viewport(None)
        .launch_timeout(Duration::from_secs(60))
        .args(["disable-gpu", "disable-quic", "disable-component-update"])
        // Frames from other origins stay in the page's process, where its locators reach them.
        // What a page may do, and what is kept per site, does not depend on it.
        .arg(("disable-features", ["IsolateOrigins", "site-per-process"].as_slice()))
        .arg("disable-site-isolation-trials");
    if is_root() {
        // Chromium refuses to start with its sandbox as root, which is what containers are.
        config = config.no_sandbox();
    }
    config.build().expect("a browser configuration")
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
