//! One tab: where it is, how it looks, what it complained about.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chromiumoxide::page::ScreenshotParams;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::axe::{self, Violation};
use super::frame::Frame;
use super::heard::Heard;
use super::locator::{Locator, Name};
use super::wire::Wire;
use super::{PATIENCE, keyboard, poll};

/// Light or dark, as the system would ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// The screen and the settings of whoever sits in front of it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width_px: u32,
    pub height_px: u32,
    pub scheme: Scheme,
    pub reduced_motion: bool,
    pub language: &'static str,
    pub zone: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width_px: 1440,
            height_px: 900,
            scheme: Scheme::Light,
            reduced_motion: false,
            language: "en-US",
            zone: "Europe/Berlin",
        }
    }
}

impl Look {
    /// A screen of that width, and as high as such screens are.
    pub fn wide(width_px: u32) -> Self {
        let height_px = if width_px < 600 { 844 } else { 900 };
        Self { width_px, height_px, ..Self::default() }
    }

    pub fn dark(self) -> Self {
        Self { scheme: Scheme::Dark, ..self }
    }
}

/// A tab. When it is dropped after an uncaught error or a `console.error`, the journey fails.
#[derive(Debug)]
pub struct Page {
    runtime: Arc<Runtime>,
    tab: chromiumoxide::Page,
    heard: Heard,
    pub(super) patience: Duration,
}

impl Page {
    pub(super) fn new(runtime: Arc<Runtime>, tab: chromiumoxide::Page, look: Look) -> Self {
        let heard = runtime.block_on(Heard::of(&tab));
        let page = Self { runtime, tab, heard, patience: PATIENCE };
        page.look(look);
        page
    }

    /// Waits this long for things, instead of as long as anything may take.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Goes to an address and waits until the document and its scripts are there.
    #[track_caller]
    pub fn open(&self, url: &str) {
        let answer = self.send("Page.navigate", json!({ "url": url }));
        if let Some(error) = answer["errorText"].as_str() {
            panic!("{url} did not open: {error}");
        }
        self.loaded();
    }

    #[track_caller]
    pub fn reload(&self) {
        // What is true of the old document must not be taken for the new one.
        self.eval("window.journeyOldDocument = true");
        self.send("Page.reload", json!({}));
        self.wait_until("the page is loaded again", || {
            self.eval("!window.journeyOldDocument") == true
        });
        self.loaded();
    }

    /// Looks at this tab again, after another one of the same browser: a tab that nobody looks
    /// at draws nothing, so that nothing is found in it.
    #[track_caller]
    pub fn to_front(&self) {
        self.send("Page.bringToFront", json!({}));
    }

    /// Back in the tab's history.
    #[track_caller]
    pub fn back(&self) {
        self.eval("history.back()");
    }

    #[track_caller]
    pub fn forward(&self) {
        self.eval("history.forward()");
    }

    #[track_caller]
    pub fn url(&self) -> String {
        self.eval("location.href").as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub fn title(&self) -> String {
        self.eval("document.title").as_str().unwrap_or_default().to_owned()
    }

    /// What has this role and this accessible name; see [`Locator`].
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Locator<'_> {
        Locator::new(self, None, role, name.into())
    }

    /// Waits for a visible text.
    #[track_caller]
    pub fn see(&self, text: &str) {
        self.whole().see(text);
    }

    /// Waits until a text is not visible (any more).
    #[track_caller]
    pub fn see_no(&self, text: &str) {
        self.whole().see_no(text);
    }

    /// The visible text of the page.
    #[track_caller]
    pub fn text(&self) -> String {
        self.whole().text()
    }

    /// The document inside an `iframe` whose address contains this.
    #[track_caller]
    pub fn frame(&self, in_its_url: &str) -> Frame<'_> {
        Frame::find(self, in_its_url)
    }

    pub(super) fn whole(&self) -> Frame<'_> {
        Frame::main(self)
    }

    /// Presses one key, or several at once: `Tab`, `Enter`, `Shift+Tab`, `Control+a`, `/`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        keyboard::press(self, keys);
    }

    /// Types into whatever has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        keyboard::type_text(self, text);
    }

    /// Asks until it is so. `what` finishes the sentence "waited in vain until …".
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl FnMut() -> bool) {
        self.wait_within(Duration::ZERO, what, is_so);
    }

    /// The same of something that may take longer than most.
    #[track_caller]
    pub fn wait_within(&self, at_most: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
        let answer =
            poll(self.patience.max(at_most), || if is_so() { Ok(()) } else { Err(String::new()) });
        assert!(answer.is_ok(), "waited in vain until {what}\n{}", self.where_it_is());
    }

    /// The value of an expression in the page, after a promise has been kept.
    #[track_caller]
    pub fn eval(&self, expression: &str) -> Value {
        let answer = self.send(
            "Runtime.evaluate",
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true,
                    "userGesture": true }),
        );
        value_of(&answer).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Changes the size of the window, the colours, the language or the zone.
    #[track_caller]
    pub fn look(&self, look: Look) {
        let scheme = if look.scheme == Scheme::Dark { "dark" } else { "light" };
        let motion = if look.reduced_motion { "reduce" } else { "no-preference" };
        self.send(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": look.width_px, "height": look.height_px, "deviceScaleFactor": 1,
                    "mobile": false }),
        );
        self.send(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "prefers-reduced-motion", "value": motion },
            ] }),
        );
        self.send("Emulation.setTimezoneOverride", json!({ "timezoneId": look.zone }));
        self.send("Emulation.setLocaleOverride", json!({ "locale": look.language }));
        let agent = self.eval("navigator.userAgent");
        self.send(
            "Emulation.setUserAgentOverride",
            json!({ "userAgent": agent, "acceptLanguage": look.language }),
        );
    }

    /// Writes what is on the screen to a PNG file.
    #[track_caller]
    pub fn screenshot(&self, path: impl AsRef<Path>) {
        self.save_screenshot(path.as_ref())
            .unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()));
    }

    /// What axe-core finds wrong on the page as it is now.
    #[track_caller]
    pub fn violations(&self) -> Vec<Violation> {
        axe::run(&self.whole())
    }

    /// Fails when axe-core finds anything.
    #[track_caller]
    pub fn assert_accessible(&self) {
        axe::assert_none(&self.violations(), &self.where_it_is());
    }

    /// Uncaught errors, rejected promises, `console.error`, dialogs and broken security rules so
    /// far.
    pub fn complaints(&self) -> Vec<String> {
        self.heard.complaints.all()
    }

    /// Accepts the complaints that contain this, which the journey provoked.
    pub fn accept_complaints(&self, containing: &str) {
        self.heard.complaints.remove_with(containing);
    }

    /// What the browser noted of requests that were refused or failed, as it worded it.
    pub fn failed_requests(&self) -> Vec<String> {
        self.heard.failed.all()
    }

    /// The addresses that the tab and its frames have asked for so far, in order.
    pub fn requests(&self) -> Vec<String> {
        self.heard.requested.all()
    }

    /// Sends a command of the DevTools protocol.
    #[track_caller]
    pub fn send(&self, method: &'static str, parameters: Value) -> Value {
        self.try_send(method, parameters).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(super) fn try_send(&self, method: &'static str, with: Value) -> Result<Value, String> {
        let answer = self.runtime.block_on(self.tab.execute(Wire::new(method, with)));
        answer.map(|answer| answer.result).map_err(|error| format!("{method}: {error}"))
    }

    /// One line about the page, for the end of a failure's sentence.
    pub fn where_it_is(&self) -> String {
        let asked = json!({ "expression": "location.href", "returnByValue": true });
        let url = self.try_send("Runtime.evaluate", asked).unwrap_or_default();
        let url = url["result"]["value"].as_str().unwrap_or("(no document)").to_owned();
        format!("on {url}; complaints: {:?}", self.complaints())
    }

    #[track_caller]
    fn loaded(&self) {
        self.wait_until("the document is loaded", || {
            self.eval("document.readyState") == "complete"
        });
    }

    fn save_screenshot(&self, path: &Path) -> Result<(), String> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        let shot = self.tab.save_screenshot(ScreenshotParams::builder().build(), path);
        self.runtime.block_on(shot).map(drop).map_err(|error| error.to_string())
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current().name().unwrap_or("journey").replace("::", "-");
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.png"));
            if self.save_screenshot(&path).is_ok() {
                eprintln!("{}\nwhat it looked like: {}", self.where_it_is(), path.display());
            }
            return;
        }
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "the page complained:\n  {}", complaints.join("\n  "));
    }
}

/// The value out of an answer of the Runtime domain, or what was thrown instead.
pub(super) fn value_of(answer: &Value) -> Result<Value, String> {
    match answer.get("exceptionDetails") {
        None => Ok(answer["result"]["value"].clone()),
        Some(details) => Err(details["exception"]["description"]
            .as_str()
            .or(details["text"].as_str())
            .unwrap_or("an error without words")
            .to_owned()),
    }
}
