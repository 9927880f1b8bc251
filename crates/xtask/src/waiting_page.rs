//! The page on the dashboard's port while set-up goes on: the steps and how far they are.
//!
//! Plain HTML that asks for itself again every two seconds; no script.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::steps::{Board, State, clock, lock};

/// How often the page asks for itself.
const RELOAD_SECS: u64 = 2;
/// The last reload before the dashboard takes the port over waits longer, so that it does
/// not fall into the moment in which nobody listens.
const HANDOVER_SECS: u64 = 4;

/// The page, served until it is handed over.
#[derive(Debug)]
pub struct WaitingPage {
    port: u16,
    last: Arc<AtomicBool>,
    visits: Receiver<Visit>,
    thread: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

impl WaitingPage {
    /// Serves the board on a listener.
    pub fn serve(listener: TcpListener, board: Board) -> std::io::Result<Self> {
        let port = listener.local_addr()?.port();
        let (sender, visits) = channel();
        let (last, stop) = (Arc::default(), Arc::default());
        let server = Server { listener, board, last: Arc::clone(&last), stop: Arc::clone(&stop) };
        let thread = Some(thread::spawn(move || server.run(&sender)));
        Ok(Self { port, last, visits, thread, stop })
    }

    /// Frees the port. A browser that is watching gets one last page first, whose reload
    /// waits until the dashboard is up.
    pub fn hand_over(mut self) {
        let watched_since = Duration::from_secs(2 * RELOAD_SECS);
        let watched = self.visits.try_iter().any(|visit| visit.at.elapsed() < watched_since);
        self.last.store(true, Ordering::SeqCst);
        let began = Instant::now();
        while watched && began.elapsed() < Duration::from_secs(RELOAD_SECS + 1) {
            match self.visits.recv_timeout(Duration::from_millis(100)) {
                Ok(visit) if visit.last => break,
                _ => {}
            }
        }
        self.close();
    }

    fn close(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread out of its wait for a visitor.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for WaitingPage {
    fn drop(&mut self) {
        self.close();
    }
}

struct Visit {
    at: Instant,
    /// Whether this page's reload waits for the dashboard.
    last: bool,
}

struct Server {
    listener: TcpListener,
    board: Board,
    last: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
}

impl Server {
    fn run(self, visits: &Sender<Visit>) {
        for visitor in self.listener.incoming() {
            if self.stop.load(Ordering::SeqCst) {
                return;
            }
            let Ok(visitor) = visitor else { continue };
            let last = self.last.load(Ordering::SeqCst);
            let reload = if last { HANDOVER_SECS } else { RELOAD_SECS };
            // Told before it is answered, so that whoever has an answer has been counted. The
            // handover waits for this thread, and so for the answer.
            let _ = visits.send(Visit { at: Instant::now(), last });
            // A visitor who went away again is not waited for.
            let _ = answer(visitor, &page(&self.board, reload));
        }
    }
}

fn answer(mut visitor: TcpStream, page: &str) -> std::io::Result<()> {
    // A visitor who says nothing must not keep the next one waiting.
    visitor.set_read_timeout(Some(Duration::from_millis(500)))?;
    let mut reader = BufReader::new(&visitor);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let head = format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Length: {}\r\nCache-Control: no-store\r\nRetry-After: {RELOAD_SECS}\r\n\
         Connection: close\r\n\r\n",
        page.len()
    );
    visitor.write_all(head.as_bytes())?;
    visitor.write_all(page.as_bytes())
}

fn page(board: &Board, reload_secs: u64) -> String {
    let mut rows = String::new();
    for (step, state) in lock(board).iter() {
        let (mark, class, words) = describe(state, step.usually);
        let title = escape(step.title);
        let words = escape(&words);
        let _ = write!(
            rows,
            "<li class=\"{class}\"><b aria-hidden=\"true\">{mark}</b><div>{title}<small>{words}</small></div></li>"
        );
    }
    PAGE.replace("{reload}", &reload_secs.to_string()).replace("{rows}", &rows)
}

fn describe(state: &State, usually: &str) -> (&'static str, &'static str, String) {
    match state {
        State::Waiting => ("·", "waiting", format!("if needed, usually {usually}")),
        State::Running(since, last) => {
            let so_far = clock(since.elapsed().as_secs());
            ("→", "running", format!("{so_far} so far, usually {usually}. {last}"))
        }
        State::There(found) => ("✓", "done", found.clone()),
        State::Done(secs) => ("✓", "done", format!("done in {}", clock(*secs))),
        State::Failed(why) => ("✕", "failed", why.clone()),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

const PAGE: &str = include_str!("waiting_page.html");

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::steps::{Ended, Step, Steps};

    const STEP: Step = Step { title: "Trunk", usually: "3 minutes" };

    fn fetch(port: u16) -> String {
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        server.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut text = String::new();
        server.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_page_shows_the_steps_and_asks_for_itself_again() {
        let steps = Steps::plan(&[STEP]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let waiting = WaitingPage::serve(listener, steps.board()).unwrap();
        let page = fetch(waiting.port);
        assert!(page.contains("Trunk") && page.contains("usually 3 minutes"), "{page}");
        assert!(page.contains("http-equiv=\"refresh\" content=\"2\""), "{page}");
        steps.run(STEP, |_| Ok(Ended::There((), "already there".into()))).unwrap();
        assert!(fetch(waiting.port).contains("already there"));
    }

    #[test]
    fn what_a_compiler_wrote_is_text_and_not_markup() {
        let board = Steps::plan(&[STEP]);
        let failed: crate::Outcome = board.run(STEP, |_| Err("expected `<T>` & \"U\"".into()));
        assert!(failed.is_err());
        assert!(page(&board.board(), 2).contains("expected `&lt;T>` &amp; &quot;U&quot;"));
    }

    #[test]
    fn the_port_is_free_after_the_handover() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let waiting = WaitingPage::serve(listener, Steps::plan(&[]).board()).unwrap();
        let port = waiting.port;
        assert!(fetch(port).contains("503"));
        // A second look comes while the handover waits for it, and is told to wait longer.
        let watcher = thread::spawn(move || {
            loop {
                let page = fetch(port);
                if page.contains("content=\"4\"") {
                    return;
                }
            }
        });
        waiting.hand_over();
        watcher.join().unwrap();
        assert!(TcpListener::bind(("127.0.0.1", port)).is_ok());
    }
}
