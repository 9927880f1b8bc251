//! Versions out of `Cargo.lock`.

use std::path::Path;

use crate::Outcome;

/// The version of a package that the workspace is built with.
pub fn version(root: &Path, package: &str) -> Outcome<String> {
    let path = root.join("Cargo.lock");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("{} could not be read: {error}", path.display()))?;
    locked(&text, package).map(str::to_owned).ok_or_else(|| {
        format!(
            "Cargo.lock does not name {package}. Take the committed one: git checkout Cargo.lock"
        )
        .into()
    })
}

/// The lock file writes `name = "…"` and, on the next line, `version = "…"`.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.79\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";

    #[test]
    fn the_version_belongs_to_the_package_of_exactly_that_name() {
        assert_eq!(locked(LOCK, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked(LOCK, "wasm-bindgen-futures"), Some("0.4.79"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(locked(LOCK, "wasm"), None);
        assert_eq!(locked("", "wasm-bindgen"), None);
    }

    #[test]
    fn the_committed_lock_file_holds_wasm_bindgen() {
        let root = crate::repository().unwrap();
        assert!(version(&root, "wasm-bindgen").unwrap().starts_with("0.2."));
    }
}
