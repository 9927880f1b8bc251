//! Where recordings may come from. The address stands in a provider's answer, and a provider's
//! answer is no reason to connect to just anything.

use url::{Host, Url};

use crate::connection::Connection;
use crate::names::Reach;
use crate::recording_refusal::RecordingRefusal;

/// An address that has passed, and which addresses its name may lead to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CheckedUrl {
    pub(crate) url: Url,
    pub(crate) reach: Reach,
}

/// Checks an address of a recording, or one that its storage redirects to.
pub(crate) fn check(connection: &Connection, text: &str) -> Result<CheckedUrl, RecordingRefusal> {
    let url = Url::parse(text).map_err(|_| blocked("an address that cannot be read"))?;
    check_url(connection, url)
}

/// Checks a URL.
pub(crate) fn check_url(connection: &Connection, url: Url) -> Result<CheckedUrl, RecordingRefusal> {
    if is_own_machine(connection, &url) {
        return Ok(CheckedUrl { url, reach: Reach::Loopback });
    }
    let Some(host) = url.host() else { return Err(blocked("no host at all")) };
    let Host::Domain(name) = host else { return Err(blocked(&host.to_string())) };
    let plain = url.scheme() == "https"
        && url.port_or_known_default() == Some(443)
        && url.username().is_empty()
        && url.password().is_none();
    if !plain || !is_allowed(connection, name) {
        return Err(blocked(name));
    }
    Ok(CheckedUrl { url, reach: Reach::Internet })
}

fn blocked(host: &str) -> RecordingRefusal {
    RecordingRefusal::Blocked { host: host.to_owned() }
}

/// An emulated provider on this machine serves its recordings itself. Host and port must be
/// exactly those of the connection, or it would open every other program on this machine.
fn is_own_machine(connection: &Connection, url: &Url) -> bool {
    let same = |base: Url| {
        base.scheme() == url.scheme()
            && base.host() == url.host()
            && base.port_or_known_default() == url.port_or_known_default()
    };
    let no_user = url.username().is_empty() && url.password().is_none();
    no_user && connection.loopback().is_some_and(same)
}

fn is_allowed(connection: &Connection, name: &str) -> bool {
    let own = connection.provider().media_hosts.iter().copied();
    let further = connection.media_hosts.iter().map(String::as_str);
    own.chain(further).any(|rule| fits(rule, name))
}

/// A rule with a leading dot admits every name below it, but not `evil-example.com`.
fn fits(rule: &str, name: &str) -> bool {
    if rule.starts_with('.') {
        name.len() > rule.len() && name.ends_with(rule) && !name.starts_with('.')
    } else {
        name == rule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(base_url: &str) -> Connection {
        let adapter = providers::find("truedy").unwrap();
        let mut connection = Connection::new(adapter, "sales", base_url);
        connection.media_hosts = vec!["bucket.example.net".to_owned(), ".cdn.example".to_owned()];
        connection
    }

    fn passes(base_url: &str, url: &str) -> bool {
        check(&connection(base_url), url).is_ok()
    }

    const REMOTE: &str = "https://api.truedy.ai/v1";

    #[test]
    fn recordings_come_over_https_from_hosts_that_are_listed() {
        for url in [
            "https://recordings.truedy.ai/a.mp3?sig=x",
            "https://bucket.example.net/a",
            "https://BUCKET.example.net:443/a",
            "https://eu.cdn.example/a",
        ] {
            assert!(passes(REMOTE, url), "{url}");
        }
    }

    #[test]
    fn anything_else_is_blocked() {
        for url in [
            "http://recordings.truedy.ai/a.mp3",
            "https://recordings.truedy.ai:8443/a",
            "https://recordings.truedy.ai:22/a",
            "https://user@recordings.truedy.ai/a",
            "https://recordings.truedy.ai@evil.example/a",
            "https://eviltruedy.ai/a",
            "https://truedy.ai.evil.example/a",
            "https://evil-cdn.example/a",
            "https://.cdn.example/a",
            "https://x.bucket.example.net/a",
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://[::1]/",
            "http://0/",
            "https://0x7f.1/",
            "https://[::ffff:127.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://localhost/",
            "file:///etc/passwd",
            "ftp://recordings.truedy.ai/a",
            "gopher://recordings.truedy.ai/",
            "data:audio/mpeg;base64,AAAA",
            "blob:https://recordings.truedy.ai/x",
            "//recordings.truedy.ai/a",
            "https:evil.com",
            "",
        ] {
            assert!(!passes(REMOTE, url), "{url}");
        }
    }

    #[test]
    fn a_provider_on_this_machine_serves_recordings_from_its_own_port_only() {
        let base = "http://127.0.0.1:9000/truedy";
        assert!(passes(base, "http://127.0.0.1:9000/audio/a.wav"));
        for url in [
            "http://127.0.0.1:9001/audio/a.wav",
            "http://127.0.0.2:9000/audio/a.wav",
            "http://localhost:9000/audio/a.wav",
            "https://127.0.0.1:9000/audio/a.wav",
            "http://u:p@127.0.0.1:9000/audio/a.wav",
        ] {
            assert!(!passes(base, url), "{url}");
        }
    }
}
