//! Drives Chromium over its DevTools protocol, by role and accessible name, as a person and
//! a screen reader find things. Waiting is in here, so that no journey has to.
//!
//! The chromiumoxide crate starts the browser and speaks the protocol. Commands are sent as
//! plain JSON where its typed answers would tie the journeys to one version of Chromium.

mod axe;
mod browser;
mod clock;
mod downloads;
mod frame;
mod heard;
mod keyboard;
mod locator;
mod page;
mod wire;

#[allow(unused_imports, reason = "names that a journey may want to write down")]
pub use self::{axe::Violation, frame::Frame, locator::Locator, locator::Name, page::Scheme};

pub use browser::{Browser, Storage};
pub use downloads::Downloads;
pub use locator::{any, containing};
pub use page::{Look, Page};

use std::time::{Duration, Instant};

/// How long something may take to appear before a journey gives up.
const PATIENCE: Duration = Duration::from_secs(15);

/// Asks again and again until there is an answer; the last reason why not, otherwise.
fn poll<T>(patience: Duration, mut ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let began = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return Ok(answer),
            Err(reason) if began.elapsed() > patience => return Err(reason),
            // tidy: allow sleep: the pause between two looks at a browser that is at work.
            Err(_) => std::thread::sleep(Duration::from_millis(40)),
        }
    }
}
