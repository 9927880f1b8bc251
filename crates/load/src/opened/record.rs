//! One record of a file, as it came: the record itself or what it is wrapped in.

use std::borrow::Cow;

use providers::fields::Fields;
use providers::{Adapter, Confidence, shape};

use super::place::Place;
use super::problem::{Expected, Problem, What};

/// A record, unread.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its text, as it stands in the file.
    pub text: String,
    /// Where it begins.
    pub at: Place,
    /// Which one it is, counted from 1.
    pub nth: usize,
}

impl Record {
    /// How surely this is a provider's, wrapped or not.
    pub(super) fn confidence(&self, adapter: &dyn Adapter) -> Confidence {
        self.inner(adapter).0
    }

    /// The provider's record inside, and how surely it is one: this object itself, what a webhook
    /// says of a call, or what an answer has under `data`.
    pub(super) fn inner(&self, adapter: &dyn Adapter) -> (Confidence, Option<Cow<'_, str>>) {
        let text = shape::whole(&self.text);
        let Some(fields) = Fields::parse(&text) else { return (Confidence::No, None) };
        let sure = |json: &str| {
            Fields::parse(json).map_or(Confidence::No, |fields| adapter.shape().confidence(&fields))
        };
        let bare = adapter.shape().confidence(&fields);
        let wrapped =
            [adapter.webhook(&fields), fields.raw("data").map(|data| data.get().to_owned())];
        let wrapped = wrapped.into_iter().flatten().map(|inner| (sure(&inner), inner));
        let best = wrapped.max_by_key(|(confidence, _)| *confidence);
        match best {
            Some((confidence, inner)) if confidence > bare => (confidence, Some(inner.into())),
            _ => (bare, Some(Cow::Owned(text.into_owned()))),
        }
    }

    /// A problem with this record, at its beginning.
    pub(super) fn problem(&self, what: What) -> Problem {
        Problem { at: self.at, record: Some(self.nth), what }
    }

    /// Why this is no JSON object, where that is so.
    pub(super) fn broken(&self) -> Option<Problem> {
        let text = shape::whole(&self.text);
        if Fields::parse(&text).is_some() {
            return None;
        }
        let parsed = serde_json::from_str::<&serde_json::value::RawValue>(&text);
        let Err(error) = parsed else { return Some(self.problem(What::NoObject)) };
        let what = match error.classify() {
            serde_json::error::Category::Eof => What::CutOff,
            _ => What::Expected(Expected::of(&error)),
        };
        let at = self.at.inside(&text, error.line(), error.column());
        Some(Problem { at, record: Some(self.nth), what })
    }
}
