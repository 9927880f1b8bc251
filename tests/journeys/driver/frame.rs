//! One document of a tab: the page's own, or the one inside an `iframe`.
//!
//! Scripts of the journeys run in a world of their own: they see the document, but nothing
//! that the page's scripts have changed, and the page's content security policy is not
//! asked.

use serde_json::{Value, json};

use super::axe::{self, Violation};
use super::locator::{Locator, Name};
use super::page::value_of;
use super::{Page, poll};

/// A document in a tab.
#[derive(Debug, Clone)]
pub struct Frame<'p> {
    page: &'p Page,
    /// The part of its address by which it was found; none is the page's own document.
    url_part: Option<String>,
}

impl<'p> Frame<'p> {
    pub(super) fn main(page: &'p Page) -> Self {
        Self { page, url_part: None }
    }

    pub(super) fn by_url_part(page: &'p Page, part: &str) -> Self {
        Self { page, url_part: Some(part.to_owned()) }
    }

    #[track_caller]
    pub(super) fn find(page: &'p Page, in_its_url: &str) -> Self {
        let frame = Self::by_url_part(page, in_its_url);
        let found = poll(page.patience, || frame.world());
        found.unwrap_or_else(|error| panic!("{error}\n{}", page.where_it_is()));
        frame
    }

    /// What has this role and this accessible name in this document; see [`Locator`].
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Locator<'p> {
        Locator::new(self.page, self.url_part.clone(), role, name.into())
    }

    /// Waits for a visible text.
    #[track_caller]
    pub fn see(&self, text: &str) {
        let seen = poll(self.page.patience, || {
            let all = self.try_text()?;
            if all.contains(&squeeze(text)) { Ok(()) } else { Err(all) }
        });
        if let Err(instead) = seen {
            panic!("“{text}” is not to be seen. {}\nInstead:\n{instead}", self.page.where_it_is());
        }
    }

    /// Waits until a text is not visible (any more).
    #[track_caller]
    pub fn see_no(&self, text: &str) {
        let gone = poll(self.page.patience, || {
            let still = self.try_text()?.contains(&squeeze(text));
            if still { Err("it is still there".to_owned()) } else { Ok(()) }
        });
        assert!(gone.is_ok(), "“{text}” is still to be seen. {}", self.page.where_it_is());
    }

    /// The visible text of the document, with every run of white space as one space.
    #[track_caller]
    pub fn text(&self) -> String {
        self.try_text().unwrap_or_else(|error| panic!("{error}"))
    }

    /// What axe-core finds wrong in this document as it is now.
    #[track_caller]
    pub fn violations(&self) -> Vec<Violation> {
        axe::run(self)
    }

    /// Fails when axe-core finds anything.
    #[track_caller]
    pub fn assert_accessible(&self) {
        axe::assert_none(&self.violations(), &self.page.where_it_is());
    }

    /// The value of an expression in the journeys' own world of this document.
    pub fn try_eval(&self, expression: &str) -> Result<Value, String> {
        let world = self.world()?;
        let answer = self.page.try_send(
            "Runtime.evaluate",
            json!({ "expression": expression, "contextId": world, "returnByValue": true,
                    "awaitPromise": true }),
        )?;
        value_of(&answer)
    }

    /// A reference to the document, for commands that take one.
    pub(super) fn document(&self) -> Result<String, String> {
        let world = self.world()?;
        let answer = self.page.try_send(
            "Runtime.evaluate",
            json!({ "expression": "document", "contextId": world }),
        )?;
        let id = answer["result"]["objectId"].as_str();
        id.map(str::to_owned).ok_or_else(|| "there is no document".to_owned())
    }

    /// The world that the journeys' scripts run in. Asking again gives the same one, until the
    /// document is another.
    pub(super) fn world(&self) -> Result<Value, String> {
        let tree = self.page.try_send("Page.getFrameTree", json!({}))?;
        let frame = match &self.url_part {
            None => tree["frameTree"]["frame"]["id"].clone(),
            Some(part) => inside(&tree["frameTree"], part)
                .ok_or_else(|| format!("there is no frame with “{part}” in its address"))?,
        };
        let made = json!({ "frameId": frame, "worldName": "journeys" });
        let answer = self.page.try_send("Page.createIsolatedWorld", made)?;
        Ok(answer["executionContextId"].clone())
    }

    fn try_text(&self) -> Result<String, String> {
        let text = self.try_eval("document.body ? document.body.innerText : ''")?;
        Ok(squeeze(text.as_str().unwrap_or_default()))
    }
}

/// The id of the first frame below this one whose address contains the part.
fn inside(tree: &Value, part: &str) -> Option<Value> {
    let children = tree["childFrames"].as_array()?;
    children.iter().find_map(|child| {
        let url = child["frame"]["url"].as_str().unwrap_or_default();
        if url.contains(part) { Some(child["frame"]["id"].clone()) } else { inside(child, part) }
    })
}

/// Every run of white space as one space: line breaks are a matter of the width.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
