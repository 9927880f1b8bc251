//! The browser that tests drive: `$CHROME`, the path, or Debian's package.

use std::env;
use std::path::{Path, PathBuf};

use crate::steps::{Ended, Step, Steps};
use crate::{Outcome, tools};

/// A browser for the tests.
pub const BROWSER: Step = Step { title: "Chromium for the tests", usually: "2 minutes" };

const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ON_A_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/// The browser, and letters for every language that the demo speaks.
const PACKAGES: [&str; 2] = ["chromium", "fonts-dejavu-core"];

/// Finds a browser, or installs one.
pub fn set_up(steps: &Steps) -> Outcome<PathBuf> {
    steps.run(BROWSER, |progress| {
        if let Some(found) = find(env::var_os("CHROME").map(PathBuf::from))? {
            let words = format!("{} is used", found.display());
            return Ok(Ended::There(found, words));
        }
        tools::apt_install(&PACKAGES, progress).map_err(|error| {
            format!("There is no Chromium or Chrome on the PATH, and CHROME is not set. {error}")
        })?;
        find(None)?.map(Ended::Done).ok_or_else(|| {
            "Debian's chromium was installed, but is not on the PATH. Set CHROME to it.".into()
        })
    })
}

fn find(chosen: Option<PathBuf>) -> Outcome<Option<PathBuf>> {
    match chosen.filter(|path| !path.as_os_str().is_empty()) {
        Some(path) if path.is_file() => Ok(Some(path)),
        Some(path) => {
            Err(format!("CHROME is {}, and there is no such file.", path.display()).into())
        }
        None => {
            let on_path = NAMES.iter().find_map(|name| tools::on_path(name));
            Ok(on_path.or_else(|| Some(PathBuf::from(ON_A_MAC)).filter(|path| Path::is_file(path))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_browser_is_used_as_it_is() {
        let here = env::current_exe().unwrap();
        assert_eq!(find(Some(here.clone())).unwrap(), Some(here));
    }

    #[test]
    fn a_chosen_browser_that_is_not_there_is_said_and_not_replaced() {
        let sentence = find(Some(PathBuf::from("/nonexistent/chrome"))).unwrap_err().to_string();
        assert!(sentence.contains("CHROME is /nonexistent/chrome"), "{sentence}");
    }
}
