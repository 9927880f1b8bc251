//! What a tab tells of itself while a journey looks at it: complaints, and what it asks for.

use std::sync::{Arc, Mutex, PoisonError};

use chromiumoxide::cdp::IntoEventKind;
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel, LogEntrySource};
use chromiumoxide::cdp::browser_protocol::network::EventRequestWillBeSent;
use chromiumoxide::cdp::browser_protocol::page::EventJavascriptDialogOpening;
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EventConsoleApiCalled, EventExceptionThrown,
};
use futures_util::StreamExt;
use serde_json::Value;

/// Lines that are added while others read.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    pub(super) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn remove_with(&self, part: &str) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| !line.contains(part));
    }

    fn add(&self, line: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

/// What has been heard so far.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Uncaught errors, `console.error`, dialogs, broken security rules.
    pub(super) complaints: Lines,
    /// Requests that were refused or failed, in the browser's words.
    pub(super) failed: Lines,
    /// The addresses of all requests.
    pub(super) requested: Lines,
}

impl Heard {
    /// Listens from now on, as long as the tab is there.
    pub(super) async fn of(tab: &chromiumoxide::Page) -> Self {
        let heard = Self::default();
        follow(tab, &heard.complaints, |event: &EventExceptionThrown| Some(thrown(event))).await;
        follow(tab, &heard.complaints, printed).await;
        follow(tab, &heard.complaints, |event: &EventJavascriptDialogOpening| {
            Some(format!("a dialog: {}", event.message))
        })
        .await;
        follow(tab, &heard.complaints, |event| logged(event, false)).await;
        follow(tab, &heard.failed, |event| logged(event, true)).await;
        follow(tab, &heard.requested, |event: &EventRequestWillBeSent| {
            Some(event.request.url.clone())
        })
        .await;
        heard
    }
}

async fn follow<E: IntoEventKind + Unpin + Send + Sync + 'static>(
    tab: &chromiumoxide::Page,
    lines: &Lines,
    words: impl Fn(&E) -> Option<String> + Send + 'static,
) {
    let mut events = tab.event_listener::<E>().await.expect("the tab's events");
    let lines = lines.clone();
    tokio::spawn(async move {
        while let Some(event) = events.next().await {
            if let Some(line) = words(&event) {
                lines.add(line);
            }
        }
    });
}

fn thrown(event: &EventExceptionThrown) -> String {
    let details = &event.exception_details;
    let description = details.exception.as_ref().and_then(|thrown| thrown.description.clone());
    description.unwrap_or_else(|| details.text.clone())
}

fn printed(event: &EventConsoleApiCalled) -> Option<String> {
    let words = event.args.iter().map(|word| match (&word.description, &word.value) {
        (Some(description), _) => description.clone(),
        (None, Some(Value::String(text))) => text.clone(),
        (None, value) => value.as_ref().map(Value::to_string).unwrap_or_default(),
    });
    (event.r#type == ConsoleApiCalledType::Error)
        .then(|| format!("console.error: {}", words.collect::<Vec<_>>().join(" ")))
}

fn logged(event: &EventEntryAdded, of_network: bool) -> Option<String> {
    let entry = &event.entry;
    let is_network = entry.source == LogEntrySource::Network;
    (entry.level == LogEntryLevel::Error && is_network == of_network)
        .then(|| format!("{} {}", entry.text, entry.url.clone().unwrap_or_default()))
}
