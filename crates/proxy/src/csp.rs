//! The content security policy of the page.
//!
//! Trunk writes one inline module script into `index.html`. Each inline script is allowed by its
//! hash, computed from the file that is served, so that `'unsafe-inline'` is never needed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The policy, but for `frame-ancestors`. Addresses of `blob:` are the page's own files: recordings
/// that were made, or that lie in a folder that somebody opened, which play and are read for their
/// outline.
pub(crate) fn policy(html: &str) -> String {
    let hashes: String =
        inline_scripts(html).into_iter().map(|script| format!(" '{}'", hash(script))).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; worker-src 'self'; \
         style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' blob:; \
         media-src 'self' blob:; base-uri 'none'; form-action 'none'; object-src 'none'; \
         frame-src 'none'"
    )
}

/// The policy with those who may show the page in a frame; nobody if there are none.
pub(crate) fn with_ancestors(policy: &str, origins: &[String]) -> String {
    let origins = if origins.is_empty() { "'none'".to_owned() } else { origins.join(" ") };
    format!("{policy}; frame-ancestors {origins}")
}

fn hash(script: &str) -> String {
    // The parser of HTML turns line ends into \n before the browser computes the hash.
    let text = script.replace("\r\n", "\n").replace('\r', "\n");
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The texts between `<script …>` and `</script>` of scripts without `src`.
fn inline_scripts(html: &str) -> Vec<&str> {
    // ASCII lower case keeps every byte where it is.
    let lower = html.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = next_element(&lower, at) {
        let Element { tag, body_start, body_end } = next;
        if let (false, Some(body)) = (has_src(tag), html.get(body_start..body_end)) {
            found.push(body);
        }
        at = body_end;
    }
    found
}

struct Element<'a> {
    tag: &'a str,
    body_start: usize,
    body_end: usize,
}

fn next_element(html: &str, from: usize) -> Option<Element<'_>> {
    let mut from = from;
    loop {
        let start = from + html.get(from..)?.find("<script")?;
        let tag_start = start + "<script".len();
        let after = html.get(tag_start..)?;
        if !after.starts_with(|c: char| c.is_ascii_whitespace() || c == '>') {
            from = tag_start;
            continue;
        }
        let body_start = tag_start + end_of_tag(after)?;
        let body_end = body_start + html.get(body_start..)?.find("</script")?;
        return Some(Element { tag: html.get(tag_start..body_start)?, body_start, body_end });
    }
}

/// The byte after the `>` that ends a tag. One within quotes does not.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(index + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn has_src(tag: &str) -> bool {
    tag.split(|c: char| c.is_ascii_whitespace())
        .any(|word| word == "src" || word.starts_with("src="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_inline_script_is_allowed_by_its_hash_and_nothing_else_is() {
        let html = "<head><script src=\"./a.js\"></script>\n\
            <SCRIPT type=\"module\" nonce=\"a>b\">alert(1)</SCRIPT><script>b</script>";
        assert_eq!(inline_scripts(html), ["alert(1)", "b"]);
        // The hash of `alert(1)` as `openssl dgst -sha256 -binary | base64` gives it.
        let wanted = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(policy(html).contains(wanted), "{}", policy(html));
        assert!(!policy(html).contains("unsafe-inline"));
    }

    #[test]
    fn line_ends_are_hashed_as_the_browser_sees_them() {
        assert_eq!(hash("a\r\nb"), hash("a\nb"));
    }

    #[test]
    fn a_page_that_breaks_off_has_no_scripts() {
        for html in ["", "<script", "<script>", "<script>a", "<scripted>a</scripted>"] {
            assert_eq!(inline_scripts(html), [""; 0], "{html}");
        }
    }

    #[test]
    fn an_empty_list_means_that_nobody_may_frame() {
        assert_eq!(with_ancestors("x", &[]), "x; frame-ancestors 'none'");
        let origins = ["https://a.example".to_owned(), "https://b.example".to_owned()];
        let wanted = "x; frame-ancestors https://a.example https://b.example";
        assert_eq!(with_ancestors("x", &origins), wanted);
    }
}
