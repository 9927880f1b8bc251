//! How long the main threads of a browser's pages have been at work, as far as the system tells:
//! unlike the time that passes, it is the same on a machine that does other things besides.

use std::fs;

/// Milliseconds of all pages of the browser that leads a group of processes, since each began.
/// `None` where nobody counts them.
pub fn pages_ms(group: u32) -> Option<f64> {
    let mut all = None;
    for process in fs::read_dir("/proc").ok()?.filter_map(Result::ok) {
        let folder = process.path();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        if group_of(&read("stat")) == Some(group) && read("cmdline").contains("--type=renderer") {
            let main = folder.join("task").join(process.file_name()).join("schedstat");
            let ran_ms = ran_ms(&fs::read_to_string(main).ok()?)?;
            all = Some(all.unwrap_or_default() + ran_ms);
        }
    }
    all
}

/// The group of a process: the third of what follows its name, which stands in brackets and may
/// have anything in it.
fn group_of(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(2)?.parse().ok()
}

/// The first number is how long the thread ran, nanoseconds.
fn ran_ms(schedstat: &str) -> Option<f64> {
    schedstat.split_whitespace().next()?.parse::<f64>().ok().map(|ns| ns / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_writes_is_read() {
        assert_eq!(group_of("12 (a) b) S 1 34 34 0 -1"), Some(34));
        assert_eq!(group_of("12 (sh"), None);
        assert_eq!(ran_ms("2500000 17 3\n"), Some(2.5));
        assert_eq!(ran_ms(""), None);
        assert_eq!(pages_ms(0), None, "nobody's pages");
    }
}
