//! A file server for one browser. It isolates the page, without which the browser's clock has
//! steps of a tenth of a millisecond, and hears what the page tells.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::bench::busy;
use crate::children::Running;

/// What a page told.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// Which kind of thing: the end of `/told/…`.
    pub what: String,
    /// What it said.
    pub text: String,
}

/// The server. It ends with the program.
#[derive(Debug)]
pub struct Site {
    port: u16,
    told: Receiver<Told>,
    /// The group of the browser's processes.
    browser: Arc<AtomicU32>,
}

/// More than any report is.
const LONGEST_BODY: u64 = 64 * 1024 * 1024;

impl Site {
    /// Serves a folder on a free port of this machine.
    pub fn serve(folder: PathBuf) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (sender, told) = channel();
        let (folder, browser) = (Arc::new(folder), Arc::new(AtomicU32::new(0)));
        let watched = Arc::clone(&browser);
        thread::spawn(move || {
            for visitor in listener.incoming().filter_map(Result::ok) {
                let (folder, sender) = (Arc::clone(&folder), sender.clone());
                let browser = watched.load(Ordering::Relaxed);
                // A browser that went away is noticed where its end is waited for.
                thread::spawn(move || answer(visitor, &folder, browser, &sender));
            }
        });
        Ok(Self { port, told, browser })
    }

    /// Whose work is told at `/busy`.
    pub fn watch(&self, browser: &Running) {
        self.browser.store(browser.group(), Ordering::Relaxed);
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What pages tell.
    pub fn told(&self) -> &Receiver<Told> {
        &self.told
    }
}

fn answer(
    visitor: TcpStream,
    folder: &Path,
    browser: u32,
    told: &Sender<Told>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(&visitor);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let path = request.split_whitespace().nth(1).unwrap_or("/");
    let path = path.split('?').next().unwrap_or_default();
    if let Some(what) = path.strip_prefix("/told/") {
        let mut text = String::new();
        reader.take(u64::min(length, LONGEST_BODY)).read_to_string(&mut text)?;
        let _nobody_listens = told.send(Told { what: what.to_owned(), text });
        return reply(&visitor, "204 No Content", "text/plain", &[]);
    }
    if path == "/busy" {
        let busy = busy::pages_ms(browser).map_or_else(String::new, |ms| ms.to_string());
        return reply(&visitor, "200 OK", "text/plain", busy.as_bytes());
    }
    match std::fs::read(place(folder, path)) {
        Ok(content) => reply(&visitor, "200 OK", kind(path), &content),
        Err(_) => reply(&visitor, "404 Not Found", "text/plain", b"There is no such file."),
    }
}

/// No part of a path leads out of the folder.
fn place(folder: &Path, path: &str) -> PathBuf {
    let inside = path.split('/').filter(|part| !part.is_empty() && *part != "..");
    let place = inside.fold(folder.to_owned(), |place, part| place.join(part));
    if place.is_dir() { place.join("index.html") } else { place }
}

fn reply(mut visitor: &TcpStream, status: &str, kind: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\n\
         Cross-Origin-Embedder-Policy: require-corp\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n"
    );
    visitor.write_all(head.as_bytes())?;
    visitor.write_all(body)
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "text/html; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(port: u16, request: &str) -> String {
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        server.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        server.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn pages_are_isolated_so_that_their_clock_is_fine() {
        let folder = std::env::temp_dir().join(format!("calldeck-site-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<p>").unwrap();
        let site = Site::serve(folder.clone()).unwrap();
        let page = ask(site.port(), "GET /?rounds=3 HTTP/1.1\r\nHost: x\r\n\r\n");
        let outside = ask(site.port(), "GET /../../Cargo.toml HTTP/1.1\r\nHost: x\r\n\r\n");
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(page.contains("Opener-Policy: same-origin") && page.ends_with("<p>"), "{page}");
        assert!(page.contains("Embedder-Policy: require-corp"), "{page}");
        assert!(outside.starts_with("HTTP/1.1 404"), "{outside}");
    }

    #[test]
    fn what_a_page_tells_is_heard_in_its_order() {
        let site = Site::serve(std::env::temp_dir()).unwrap();
        let request = "POST /told/table HTTP/1.1\r\nContent-Length: 6\r\n\r\n5 × 2";
        ask(site.port(), request);
        let told = Told { what: "table".to_owned(), text: "5 × 2".to_owned() };
        assert_eq!(site.told().recv(), Ok(told));
    }
}
