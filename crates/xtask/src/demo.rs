//! `cargo xtask demo`: set up, build, serve, and say one line when it is ready.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::arguments::DemoOptions;
use crate::children::{Line, Running};
use crate::steps::{Ended, Step, Steps};
use crate::waiting_page::WaitingPage;
use crate::{Outcome, app, children, setup};

const START: Step =
    Step { title: "The dashboard and the emulated providers", usually: "2 seconds" };

/// Serves until Ctrl-C.
pub fn run(root: &Path, options: &DemoOptions) -> Outcome {
    let listener = listen(options.port)?;
    let port = listener.local_addr()?.port();
    let steps =
        Steps::plan(&[setup::TARGET, setup::TRUNK, setup::BINDGEN, app::PAGE, app::SERVER, START]);
    let waiting = WaitingPage::serve(listener, steps.board())?;
    println!("Setting up. http://127.0.0.1:{port} shows how far it is.");
    let toolbox = setup::run(root, &steps)?;
    let bundle = app::page(root, &toolbox, &steps)?;
    let program = app::server(root, &steps)?;
    let mut command = Command::new(program);
    command.current_dir(root).arg("demo").arg("--dist").arg(bundle);
    command.args(["--port", &port.to_string()]);
    command.args(["--providers-port", &options.providers_port.to_string()]);
    let (mut running, ready) = start(&mut command, waiting, &steps)?;
    println!("{}", sentence(&ready));
    if options.open {
        open(ready.split(' ').next().unwrap_or_default());
    }
    let status = running.wait()?;
    if status.success() || children::stopping() {
        return Ok(());
    }
    Err(format!("calldeck ended by itself ({status}). What it printed above says why.").into())
}

fn listen(port: u16) -> Outcome<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        if error.kind() == ErrorKind::AddrInUse {
            let other = if port == 8080 { 8090 } else { 8080 };
            return format!(
                "Port {port} is in use by another program. End that one, or take another port: \
                 cargo xtask demo --port {other}"
            )
            .into();
        }
        format!("Port {port} could not be opened: {error}. Take another with --port.").into()
    })
}

/// Hands the port over and waits for the line `ready URL providers=URL`.
fn start(command: &mut Command, waiting: WaitingPage, steps: &Steps) -> Outcome<(Running, String)> {
    steps.run(START, |progress| {
        progress.doing("starting calldeck");
        waiting.hand_over();
        command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut running = Running::start(command)?;
        let lines = running.lines();
        for line in &lines {
            let Line::Out(line) = line else { continue };
            if let Some(ready) = line.strip_prefix("ready ") {
                pass_on(lines);
                return Ok(Ended::Done((running, ready.to_owned())));
            }
            println!("{line}");
        }
        let status = running.wait()?;
        Err(format!("calldeck ended before it was ready ({status}).").into())
    })
}

/// What it prints later is printed, so that its pipe never fills up.
fn pass_on(lines: std::sync::mpsc::Receiver<Line>) {
    std::thread::spawn(move || {
        for line in lines {
            let (Line::Out(text) | Line::Err(text)) = line;
            println!("{text}");
        }
    });
}

fn sentence(ready: &str) -> String {
    let (page, rest) = ready.split_once(' ').unwrap_or((ready, ""));
    let providers = rest.split(' ').find_map(|word| word.strip_prefix("providers="));
    let providers = providers.map(|url| format!(" The emulated providers answer on {url}."));
    format!("Ready: {page}{} Ctrl-C stops it.", providers.unwrap_or_default())
}

/// A machine without a screen has nothing to open; the line above has said where to look.
fn open(url: &str) {
    let has_screen = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let (program, arguments): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if has_screen("DISPLAY") || has_screen("WAYLAND_DISPLAY") {
        ("xdg-open", &[])
    } else {
        return;
    };
    let mut opener = Command::new(program);
    opener.args(arguments).arg(url).stdin(Stdio::null());
    let _ = opener.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_named_together_with_the_flag_that_helps() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let sentence = listen(port).unwrap_err().to_string();
        assert!(sentence.contains(&port.to_string()) && sentence.contains("--port"), "{sentence}");
    }

    #[test]
    fn one_line_says_that_it_is_ready_and_where() {
        let line = sentence("http://127.0.0.1:8080/ providers=http://127.0.0.1:9000/");
        assert_eq!(
            line,
            "Ready: http://127.0.0.1:8080/ The emulated providers answer on http://127.0.0.1:9000/. Ctrl-C stops it."
        );
        assert_eq!(sentence("http://127.0.0.1:1/"), "Ready: http://127.0.0.1:1/ Ctrl-C stops it.");
    }
}
