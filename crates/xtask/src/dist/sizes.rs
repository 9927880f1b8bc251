//! What the bundle weighs: file by file, and what a first visit downloads of it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;

/// A file of the bundle with its sizes in bytes, as it is and as it is sent.
#[derive(Debug, PartialEq, Eq)]
struct File {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    /// Whether the page itself names it, so that a first visit downloads it.
    initial: bool,
}

/// One line for each file, and one for the sum of those that a first visit downloads.
pub fn table(bundle: &Path) -> Outcome<String> {
    let html = fs::read_to_string(bundle.join("index.html"))
        .map_err(|error| format!("{} has no index.html: {error}", bundle.display()))?;
    let mut files = Vec::new();
    collect(bundle, bundle, &html, &mut files)?;
    files.sort_by(|one, other| {
        (other.initial, other.brotli)
            .cmp(&(one.initial, one.brotli))
            .then(one.name.cmp(&other.name))
    });
    Ok(lines(&files))
}

fn collect(bundle: &Path, folder: &Path, html: &str, files: &mut Vec<File>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(bundle, &path, html, files)?;
            continue;
        }
        let name = path.strip_prefix(bundle)?.to_string_lossy().replace('\\', "/");
        if [".br", ".gz"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let raw = fs::metadata(&path)?.len();
        let packed = |kind: &str| {
            fs::metadata(format!("{}.{kind}", path.display())).map_or(raw, |data| data.len())
        };
        // The page names the worker, and loads it when somebody searches.
        let later = name.starts_with("worker");
        let initial = name == "index.html" || (html.contains(&name) && !later);
        files.push(File { raw, gzip: packed("gz"), brotli: packed("br"), initial, name });
    }
    Ok(())
}

fn lines(files: &[File]) -> String {
    let mut text = format!("{:>10} {:>10} {:>10}  bytes\n", "raw", "gzip", "brotli");
    let mut sum = File { name: String::new(), raw: 0, gzip: 0, brotli: 0, initial: true };
    for file in files {
        let mark = if file.initial { "*" } else { " " };
        let File { name, raw, gzip, brotli, .. } = file;
        let _ = writeln!(text, "{raw:>10} {gzip:>10} {brotli:>10}  {mark} {name}");
        if file.initial {
            sum.raw += raw;
            sum.gzip += gzip;
            sum.brotli += brotli;
        }
    }
    let File { raw, gzip, brotli, .. } = sum;
    let _ = write!(text, "{raw:>10} {gzip:>10} {brotli:>10}  * a first visit");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_is_the_page_and_what_it_names() {
        let bundle = std::env::temp_dir().join(format!("calldeck-sizes-{}", std::process::id()));
        fs::create_dir_all(bundle.join("words")).unwrap();
        let put = |name: &str, text: &str| fs::write(bundle.join(name), text).unwrap();
        put("index.html", "<link href=\"./app-1.css\"> worker.js");
        put("worker.js", "0");
        put("app-1.css", "0123456789");
        put("app-1.css.br", "0123");
        put("words/de.json", "{}");
        let table = table(&bundle).unwrap();
        fs::remove_dir_all(&bundle).unwrap();
        let lines: Vec<Vec<&str>> =
            table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["35", "35", "35", "*", "index.html"]);
        assert_eq!(lines[2], ["10", "10", "4", "*", "app-1.css"]);
        assert_eq!(lines[3], ["2", "2", "2", "words/de.json"]);
        assert_eq!(lines[4], ["1", "1", "1", "worker.js"]);
        assert_eq!(lines[5], ["45", "45", "39", "*", "a", "first", "visit"]);
    }
}
