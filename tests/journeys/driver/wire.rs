//! One command of the DevTools protocol, as its documentation writes it.

use chromiumoxide::types::{Command, Method, MethodId};
use serde::Serialize;
use serde_json::Value;

/// Method and parameters; the answer comes as JSON.
#[derive(Debug, Serialize)]
pub struct Wire {
    #[serde(skip)]
    method: &'static str,
    #[serde(flatten)]
    parameters: Value,
}

impl Wire {
    pub fn new(method: &'static str, parameters: Value) -> Self {
        Self { method, parameters }
    }
}

impl Method for Wire {
    fn identifier(&self) -> MethodId {
        self.method.into()
    }
}

impl Command for Wire {
    type Response = Value;
}
