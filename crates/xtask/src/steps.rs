//! The steps of a task: what each does, how long it usually takes, how far it is.
//!
//! The same state is printed to the terminal and served as a page while the port waits.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::Outcome;

/// How often a line is printed for a step that goes on, where lines cannot be redrawn.
const REMIND: Duration = Duration::from_secs(15);

/// A step as it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is there afterwards.
    pub title: &'static str,
    /// How long it takes when it has to be done.
    pub usually: &'static str,
}

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Its turn has not come.
    Waiting,
    /// Being done, since then; with the last that was heard of it.
    Running(Instant, String),
    /// Nothing had to be done.
    There(String),
    /// Done, after so many seconds.
    Done(u64),
    /// It went wrong, with the sentence that was printed.
    Failed(String),
}

/// How a step ended well.
#[derive(Debug)]
pub enum Ended<T> {
    /// It had been done before; the words say what was found.
    There(T, String),
    /// It was done now.
    Done(T),
}

/// All steps with their states; shared with the waiting page.
pub type Board = Arc<Mutex<Vec<(Step, State)>>>;

/// Runs planned steps in order.
#[derive(Debug)]
pub struct Steps {
    board: Board,
    terminal: bool,
}

impl Steps {
    /// Plans the steps.
    pub fn plan(steps: &[Step]) -> Self {
        let board = steps.iter().map(|step| (*step, State::Waiting)).collect();
        Self { board: Arc::new(Mutex::new(board)), terminal: std::io::stdout().is_terminal() }
    }

    /// The state that others may look at.
    pub fn board(&self) -> Board {
        Arc::clone(&self.board)
    }

    /// Does one of the planned steps.
    pub fn run<T>(
        &self,
        step: Step,
        work: impl FnOnce(&mut Progress<'_>) -> Outcome<Ended<T>>,
    ) -> Outcome<T> {
        let began = Instant::now();
        let mut progress = Progress::of(self, step, began);
        self.set(step, State::Running(began, String::new()));
        let ended = work(&mut progress);
        progress.clear();
        match ended {
            Ok(Ended::There(value, found)) => {
                self.say(step, &found);
                self.set(step, State::There(found));
                Ok(value)
            }
            Ok(Ended::Done(value)) => {
                let secs = began.elapsed().as_secs();
                self.say(step, &format!("done in {}", clock(secs)));
                self.set(step, State::Done(secs));
                Ok(value)
            }
            Err(error) => {
                self.say(step, "failed");
                self.set(step, State::Failed(error.to_string()));
                Err(error)
            }
        }
    }

    fn say(&self, step: Step, what: &str) {
        let board = lock(&self.board);
        let number = board.iter().position(|(other, _)| *other == step).map_or(0, |at| at + 1);
        println!("[{number}/{}] {}: {what}", board.len(), step.title);
    }

    fn set(&self, step: Step, state: State) {
        for (other, slot) in lock(&self.board).iter_mut() {
            if *other == step {
                *slot = state.clone();
            }
        }
    }
}

/// What a running step reports to.
#[derive(Debug)]
pub struct Progress<'a> {
    steps: &'a Steps,
    step: Step,
    began: Instant,
    spoken: Option<Instant>,
    count: String,
    last: String,
}

impl<'a> Progress<'a> {
    fn of(steps: &'a Steps, step: Step, began: Instant) -> Self {
        Self { steps, step, began, spoken: None, count: String::new(), last: String::new() }
    }

    /// Says what is done now. Only a step that has something to do calls this.
    pub fn doing(&mut self, what: &str) {
        self.clear();
        self.steps.say(self.step, &format!("{what} (usually {})", self.step.usually));
        self.spoken = Some(Instant::now());
    }

    /// Prints something that stays.
    pub fn print(&self, text: &str) {
        self.clear();
        println!("{text}");
    }

    /// The last that was heard of the work.
    pub fn heard(&mut self, line: &str) {
        line.trim().clone_into(&mut self.last);
        self.show();
    }

    /// How much of the work is done, `45/120`.
    pub fn counted(&mut self, count: &str) {
        count.clone_into(&mut self.count);
        self.show();
    }

    fn show(&self) {
        let words = format!("{} {}", self.count, self.last);
        self.steps.set(self.step, State::Running(self.began, words.trim().to_owned()));
    }

    /// Shows how long it has been going on and what was heard last. Called a few times a second.
    pub fn tick(&mut self) {
        let so_far = clock(self.began.elapsed().as_secs());
        let line = format!("      {so_far}  {} {}", self.count, self.last);
        if self.steps.terminal {
            let short: String = line.chars().take(78).collect();
            print!("\r\x1b[2K{short}");
            let _ = std::io::stdout().flush();
        } else if self.spoken.is_none_or(|spoken| spoken.elapsed() >= REMIND) {
            println!("{line}");
            self.spoken = Some(Instant::now());
        }
    }

    fn clear(&self) {
        if self.steps.terminal {
            print!("\r\x1b[2K");
            let _ = std::io::stdout().flush();
        }
    }
}

/// Minutes and seconds, `2:05`.
pub fn clock(secs: u64) -> String {
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// The board, whatever became of a thread that held it.
pub fn lock(board: &Board) -> MutexGuard<'_, Vec<(Step, State)>> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Step = Step { title: "First", usually: "a second" };
    const SECOND: Step = Step { title: "Second", usually: "a minute" };

    #[test]
    fn the_board_says_how_each_step_ended() {
        let steps = Steps::plan(&[FIRST, SECOND]);
        steps.run(FIRST, |_| Ok(Ended::There((), "already there".into()))).unwrap();
        let failed: Outcome = steps.run(SECOND, |_| Err("The disk is full.".into()));
        assert!(failed.is_err());
        let board = lock(&steps.board);
        assert_eq!(board[0].1, State::There("already there".into()));
        assert_eq!(board[1].1, State::Failed("The disk is full.".into()));
    }

    #[test]
    fn a_step_that_runs_shows_what_was_heard_last() {
        let steps = Steps::plan(&[FIRST, SECOND]);
        steps
            .run(FIRST, |progress| {
                progress.heard("   Compiling calls v0.1.0\n");
                let board = lock(&steps.board);
                assert!(matches!(&board[0].1, State::Running(_, last) if last == "Compiling calls v0.1.0"));
                assert_eq!(board[1].1, State::Waiting);
                drop(board);
                Ok(Ended::Done(()))
            })
            .unwrap();
    }

    #[test]
    fn a_clock_counts_minutes_and_seconds() {
        assert_eq!((clock(5).as_str(), clock(125).as_str()), ("0:05", "2:05"));
    }
}
