//! What an installation is set to: `config.json` beside the page. Only static hosting needs one.

use serde::Deserialize;

use crate::browser::wire::Wire;

/// The settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Origin of the proxy, such as `https://calls.example.com`; empty where the proxy serves
    /// this page itself.
    pub proxy: String,
    /// How many calls of a connection are read at once before a person has to read on; left out,
    /// as many as its adapter reads. For accounts whose lists are very long.
    pub read_at_once: Option<u64>,
}

/// What is wrong with a `config.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsProblem {
    /// It is no JSON of the expected form.
    Unreadable(String),
    /// Its proxy is no https origin (http only on this machine).
    Proxy(String),
}

impl Settings {
    /// Reads a `config.json`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, SettingsProblem> {
        let settings: Self = serde_json::from_str(text)
            .map_err(|why| SettingsProblem::Unreadable(why.to_string()))?;
        if settings.proxy.is_empty() || is_safe_origin(&settings.proxy) {
            Ok(settings)
        } else {
            Err(SettingsProblem::Proxy(settings.proxy))
        }
    }

    /// The wire to the proxy.
    #[must_use]
    pub fn wire(&self) -> Wire {
        Wire::to((!self.proxy.is_empty()).then_some(self.proxy.as_str()))
    }
}

/// An https origin, or http on this machine. Calls must not travel in the clear.
fn is_safe_origin(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else { return false };
    let host = host.trim_end_matches('/');
    let plain = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let here = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    plain && (scheme == "https" || (scheme == "http" && here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_this_machine_may_be_the_proxy() {
        for proxy in [
            "https://calls.example.com",
            "https://calls.example.com:8443/",
            "http://127.0.0.1:8080",
            "",
        ] {
            let text = format!(r#"{{"proxy":"{proxy}"}}"#);
            assert!(Settings::parse(&text).is_ok(), "{proxy}");
        }
        for proxy in [
            "javascript:alert(1)",
            "http://calls.example.com",
            "//evil",
            "https://a@b",
            "https://a/b",
            "data:x",
        ] {
            let text = format!(r#"{{"proxy":"{proxy}"}}"#);
            assert_eq!(
                Settings::parse(&text),
                Err(SettingsProblem::Proxy(proxy.into())),
                "{proxy}"
            );
        }
        assert!(matches!(Settings::parse("<html>"), Err(SettingsProblem::Unreadable(_))));
        assert_eq!(Settings::parse("{}"), Ok(Settings::default()));
    }
}
