//! The clock of a page, moved on by a journey: what happens once a minute is seen at once.
//!
//! How much time has passed besides the real one is an attribute of the document, which the
//! page's world and that of the journeys have in common.

use serde_json::json;

use super::{Frame, Page};

/// Timers of a second and more wait for the moved clock; shorter ones are left to the browser.
/// What was due is counted, so that a journey can tell that the page has been awake.
const SCRIPT: &str = "(() => {
    const root = () => document.documentElement?.dataset ?? {};
    const now = Date.now.bind(Date);
    Date.now = () => now() + Number(root().passedMs ?? 0);
    const [later, forget] = [setTimeout.bind(window), clearTimeout.bind(window)];
    const timers = new Map();
    let last = 1e9;
    window.setTimeout = (run, ms = 0, ...more) => {
        if (ms < 1000) return later(run, ms, ...more);
        timers.set(++last, { due: Date.now() + ms, run: () => run(...more) });
        return last;
    };
    window.clearTimeout = id => timers.delete(id) || forget(id);
    setInterval(() => {
        const due = [...timers].filter(([, timer]) => timer.due <= Date.now());
        for (const [id, timer] of due) {
            timers.delete(id);
            timer.run();
            root().fired = Number(root().fired ?? 0) + 1;
        }
    }, 20);
})()";

impl Page {
    /// From the next document on, [`Frame::pass`] and [`Page::pass`] move its clock.
    #[track_caller]
    pub fn move_clocks(&self) {
        self.begin_with(SCRIPT);
    }

    /// Runs a script in the page's own world before any other, in every document from the next on.
    #[track_caller]
    pub fn begin_with(&self, script: &str) {
        self.send("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    /// Lets time pass, seconds.
    #[track_caller]
    pub fn pass(&self, secs: u32) {
        self.whole().pass(secs);
    }

    /// How many timers of a second and more have been due.
    #[track_caller]
    pub fn timers_fired(&self) -> u64 {
        self.eval("Number(document.documentElement.dataset.fired ?? 0)").as_u64().unwrap_or(0)
    }
}

impl Frame<'_> {
    /// Lets time pass in this document, seconds.
    #[track_caller]
    pub fn pass(&self, secs: u32) {
        let passed = format!(
            "{{ const root = document.documentElement.dataset;
                root.passedMs = Number(root.passedMs ?? 0) + {secs} * 1000 }}"
        );
        self.try_eval(&passed).unwrap_or_else(|error| panic!("{error}"));
    }
}
