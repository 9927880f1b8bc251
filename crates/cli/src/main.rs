//! The binary `calldeck`.
//!
//! It exits with 0 after a stop that was asked for, with 64 if the configuration or the command is
//! wrong, with 75 if another run is at work where this one was to be, and with 1 if it cannot start
//! or something that was tried does not work.

mod archive;
mod arguments;
mod check;
mod clock;
mod demonstration;
mod ending;
mod export;
mod live;
mod serve;
mod source;
mod stats;
mod stop;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use ending::Ending;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ending::of_arguments(&error),
    };
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.report(),
    }
}

fn run(command: Command) -> Result<(), Ending> {
    match command {
        Command::Serve(options) => block_on(serve::run(options)),
        Command::Export(options) => block_on(export::run(options)),
        Command::Archive(options) => block_on(archive::run(options)),
        Command::Stats(options) => block_on(stats::run(options)),
        Command::Demo(options) => block_on(demonstration::run(options)),
        Command::CheckConfig(options) => {
            let config = check::run(&options)?;
            if options.live { block_on(live::run(config, &options)) } else { Ok(()) }
        }
    }
}

fn block_on(work: impl Future<Output = Result<(), Ending>>) -> Result<(), Ending> {
    // A machine that gives no more handles still serves, only fewer at a time.
    drop(rlimit::increase_nofile_limit(16_384));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Ending::NoRuntime(error.to_string()))?;
    let result = runtime.block_on(work);
    runtime.shutdown_background();
    result
}
