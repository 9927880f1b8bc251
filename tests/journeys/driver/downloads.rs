//! What a page hands out as files.

use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::page::Page;
use super::poll;

/// A folder that a page's files go to; it is gone with the value.
#[derive(Debug)]
pub struct Downloads(TempDir);

impl Page {
    /// From now on, files that the page hands out are saved, without a question.
    #[track_caller]
    pub fn save_files(&self) -> Downloads {
        let folder = tempfile::tempdir().expect("a folder for files");
        let path = folder.path().to_str().expect("a path that is text");
        let allow = json!({ "behavior": "allow", "downloadPath": path });
        self.send("Browser.setDownloadBehavior", allow);
        Downloads(folder)
    }
}

impl Downloads {
    /// Waits for the next file, takes it out of the folder, and answers its name and its bytes.
    #[track_caller]
    pub fn take(&self, page: &Page) -> (String, Vec<u8>) {
        let path = poll(page.patience, || self.whole()).unwrap_or_else(|why| panic!("{why}"));
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a file that was saved");
        std::fs::remove_file(&path).expect("a file that was read");
        (name, bytes)
    }

    /// A file that is no longer being written.
    fn whole(&self) -> Result<PathBuf, String> {
        let entries = std::fs::read_dir(self.0.path()).map_err(|error| error.to_string())?;
        let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        let under_way = |path: &&PathBuf| {
            path.extension().is_some_and(|ending| ending == "crdownload")
                || path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
        };
        match paths.iter().find(|path| !under_way(path)) {
            Some(path) if paths.len() == 1 => Ok(path.clone()),
            _ => Err(format!("no file has been saved: {paths:?}")),
        }
    }
}
