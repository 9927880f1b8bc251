//! The programs that xtask starts: each in a process group of its own, so that ending it
//! ends what it started in turn (trunk starts cargo, cargo starts rustc).

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;

/// How long a child may take to end by itself before it is ended the hard way.
const GRACE: Duration = Duration::from_secs(5);

static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C (and a polite kill) end every child before xtask ends.
pub fn stop_with_us() -> Outcome {
    ctrlc::set_handler(stop_all)
        .map_err(|error| format!("Ctrl-C could not be prepared: {error}").into())
}

/// Whether somebody asked us to end.
pub fn stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// A started program. Dropping it ends it.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts a program without a keyboard; the caller has set where its output goes.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        if stopping() {
            return Err(format!("`{name}` was not started: it was to end.").into());
        }
        command.stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child =
            command.spawn().map_err(|error| format!("`{name}` could not be started: {error}"))?;
        running().push(child.id());
        Ok(Self { child, name })
    }

    /// The group of processes that it leads, where there are such.
    pub fn group(&self) -> u32 {
        self.child.id()
    }

    /// The lines of its piped output and error output, as they come. The channel closes when
    /// both have ended.
    pub fn lines(&mut self) -> Receiver<Line> {
        let (sender, receiver) = channel();
        if let Some(out) = self.child.stdout.take() {
            forward(out, Line::Out, sender.clone());
        }
        if let Some(err) = self.child.stderr.take() {
            forward(err, Line::Err, sender);
        }
        receiver
    }

    /// Waits until it has ended.
    pub fn wait(&mut self) -> Outcome<ExitStatus> {
        let status = self
            .child
            .wait()
            .map_err(|error| format!("`{}` could not be waited for: {error}", self.name))?;
        running().retain(|id| *id != self.child.id());
        Ok(status)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            end(&[self.child.id()], Signal::Terminate);
            // A child that does not listen must not keep us from ending.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        running().retain(|id| *id != self.child.id());
    }
}

/// One line that a child wrote, without its line end.
#[derive(Debug)]
pub enum Line {
    /// To its output.
    Out(String),
    /// To its error output.
    Err(String),
}

/// Carriage returns count as line ends: that is how cargo redraws its progress.
fn forward(from: impl Read + Send + 'static, kind: fn(String) -> Line, to: Sender<Line>) {
    thread::spawn(move || {
        for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
            for part in line.split(|byte| *byte == b'\r').filter(|part| !part.is_empty()) {
                let text = String::from_utf8_lossy(part).into_owned();
                if to.send(kind(text)).is_err() {
                    return;
                }
            }
        }
    });
}

fn running() -> MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs on the thread that waits for Ctrl-C. The main thread sees its child end, and ends.
fn stop_all() {
    if STOPPING.swap(true, Ordering::SeqCst) {
        end(&running(), Signal::Kill);
        return;
    }
    end(&running(), Signal::Terminate);
    let began = Instant::now();
    while !running().is_empty() && began.elapsed() < GRACE {
        thread::park_timeout(Duration::from_millis(50));
    }
    end(&running(), Signal::Kill);
    // The main thread has seen its child end by now and says so itself, if it can.
    thread::park_timeout(Duration::from_secs(1));
    #[expect(clippy::disallowed_methods, reason = "the main thread may wait for anything at all")]
    std::process::exit(130);
}

#[derive(Clone, Copy)]
enum Signal {
    Terminate,
    Kill,
}

/// The standard library can only kill, and only one process; `sh` reaches the group.
#[cfg(unix)]
fn end(groups: &[u32], signal: Signal) {
    let name = match signal {
        Signal::Terminate => "TERM",
        Signal::Kill => "KILL",
    };
    for group in groups {
        let _ = Command::new("sh")
            .args(["-c", &format!("kill -{name} -{group}")])
            .stderr(Stdio::null())
            .status();
    }
}

#[cfg(not(unix))]
fn end(processes: &[u32], _: Signal) {
    for process in processes {
        let _ = Command::new("taskkill")
            .args(["/T", "/F", "/PID", &process.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc::RecvTimeoutError;

    use super::*;

    #[test]
    fn ending_a_program_ends_what_it_has_started_in_turn() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 600 & echo started; wait"]).stdout(Stdio::piped());
        let mut running = Running::start(&mut shell).unwrap();
        let lines = running.lines();
        assert!(matches!(lines.recv(), Ok(Line::Out(word)) if word == "started"));
        drop(running);
        // The pipe is closed when both have ended, and not before.
        let end = lines.recv_timeout(Duration::from_secs(60));
        assert!(matches!(end, Err(RecvTimeoutError::Disconnected)));
    }
}
