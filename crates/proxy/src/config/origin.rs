//! Origins of other sites, hosts and base addresses, as they stand in the file.

use std::net::IpAddr;

use url::{Host, Url};

/// Whether a URL names this very machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Reads an origin in the form in which browsers send it.
///
/// # Errors
/// A sentence that says what is wrong and how to write it.
pub fn read_origin(text: &str) -> Result<String, String> {
    let plain = "Write scheme and host only, such as \"https://crm.example.com\"";
    let url = Url::parse(text).map_err(|_| format!("\"{text}\" is no origin. {plain}."))?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        let why = "Pages of other sites are only trusted over https (http only on this machine).";
        return Err(format!("\"{text}\" does not begin with https://. {why} {plain}."));
    }
    let origin = url.origin().ascii_serialization();
    if origin != text.trim_end_matches('/') {
        return Err(format!("\"{text}\" is more than an origin. {plain}; here \"{origin}\"."));
    }
    Ok(origin)
}

/// Reads the base address of a provider; without a slash at the end.
pub(super) fn read_base_url(text: &str) -> Result<String, String> {
    let url = Url::parse(text)
        .map_err(|_| format!("base_url \"{text}\" is no address. Write it with https://."))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("base_url has a user name or a password in it. Take it out; keys come from \
                    variables or files."
            .to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!(
            "base_url \"{text}\" has a `?` or a `#`. Write the address up to the \
                            path that all requests share."
        ));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => {
            return Err(format!(
                "base_url \"{text}\" would send the key unencrypted. Write https:// (http:// is \
                 only for 127.0.0.1 and localhost)."
            ));
        }
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Reads the name of a host without scheme and port.
pub(super) fn read_host(key: &str, text: &str) -> Result<String, String> {
    let name = text.strip_prefix('.').unwrap_or(text);
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if name.split('.').all(label) || (key == "public_hosts" && name.parse::<IpAddr>().is_ok()) {
        return Ok(text.to_ascii_lowercase());
    }
    Err(format!(
        "\"{text}\" in `{key}` is no host. Write the name only, without https:// and port, \
                 such as \"calls.example.com\"."
    ))
}

/// Reads a host that recordings may come from: a name, or with a leading dot every name below.
pub(super) fn read_media_host(text: &str) -> Result<String, String> {
    let host = read_host("media_hosts", text)?;
    let name = host.strip_prefix('.').unwrap_or(&host);
    if name.parse::<IpAddr>().is_ok() {
        return Err(format!(
            "\"{text}\" in `media_hosts` is an address. Recordings only come from \
                            hosts with a name."
        ));
    }
    if !name.contains('.') {
        return Err(format!(
            "\"{text}\" in `media_hosts` is too wide. Name at least a domain, such \
                            as \".example.com\"."
        ));
    }
    Ok(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_host_over_https() {
        assert_eq!(read_origin("https://crm.example.com").unwrap(), "https://crm.example.com");
        assert_eq!(read_origin("https://crm.example.com/").unwrap(), "https://crm.example.com");
        assert_eq!(read_origin("http://localhost:3000").unwrap(), "http://localhost:3000");
        for wrong in ["*", "null", "crm.example.com", "http://crm.example.com", "https://a/b", ""] {
            assert!(read_origin(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_base_address_never_sends_the_key_in_the_clear() {
        assert_eq!(read_base_url("https://api.example/v1/").unwrap(), "https://api.example/v1");
        assert_eq!(read_base_url("http://127.0.0.1:9/x").unwrap(), "http://127.0.0.1:9/x");
        for wrong in
            ["http://api.example", "ftp://x", "api.example", "https://u:p@x/", "https://x/?a"]
        {
            assert!(read_base_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_media_host_is_a_name_of_some_depth() {
        assert_eq!(read_media_host(".Example.com").unwrap(), ".example.com");
        for wrong in
            [".com", "com", "10.0.0.1", "https://x.example", "x.example:443", "*.x.example"]
        {
            assert!(read_media_host(wrong).is_err(), "{wrong}");
        }
    }
}
