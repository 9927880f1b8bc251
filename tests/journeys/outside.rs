//! A web server of somebody else: plain files, on another origin than the dashboard's.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::TempDir;

/// Serves the files of a folder of its own on a free port, until the test program ends.
///
/// It says `localhost` where the demo says `127.0.0.1`: to a browser these are two sites.
#[derive(Debug)]
pub struct Outside {
    folder: TempDir,
    port: u16,
}

impl Outside {
    /// Starts with an empty folder.
    #[track_caller]
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the files");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("the port").port();
        let root = folder.path().to_owned();
        thread::spawn(move || {
            for visitor in listener.incoming().map_while(Result::ok) {
                let root = root.clone();
                thread::spawn(move || answer(&visitor, &root));
            }
        });
        Self { folder, port }
    }

    /// Its origin: `http://localhost:PORT`.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The address of a file.
    pub fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.origin())
    }

    /// Writes a file, and the folders above it.
    #[track_caller]
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Copies a folder, with all that is below it.
    #[track_caller]
    pub fn copy(&self, from: &Path, to: &str) {
        copy_folder(from, &self.folder.path().join(to)).expect("a copy of the folder");
    }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &copy)?;
        } else {
            fs::copy(&path, &copy)?;
        }
    }
    Ok(())
}

fn answer(visitor: &TcpStream, root: &Path) {
    let mut request = String::new();
    if BufReader::new(visitor).read_line(&mut request).is_err() {
        return;
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut file: PathBuf = root.join(path.trim_start_matches('/'));
    if file.is_dir() {
        file = file.join("index.html");
    }
    let (status, body) = match fs::read(&file) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", b"There is no such file.".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        media_type(&file),
        body.len()
    );
    let mut visitor = visitor;
    // Whoever asked may have gone.
    let _ = visitor.write_all(head.as_bytes()).and_then(|()| visitor.write_all(&body));
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
