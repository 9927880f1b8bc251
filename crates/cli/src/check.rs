//! `calldeck check-config`.

use proxy::{Config, ProcessEnvironment, StartError};

use crate::arguments::CheckOptions;
use crate::ending::{Ending, print};

/// Reads a configuration as `serve` would, and says what is in it.
pub(crate) fn run(options: &CheckOptions) -> Result<Config, Ending> {
    let file = options.config.display().to_string();
    let config = Config::read(&options.config, &ProcessEnvironment)
        .map_err(|problems| Ending::Configuration { file: file.clone(), problems })?;
    print(&format!("{file} can be used."));
    for line in config.describe() {
        print(&line);
    }
    if StartError::unless_private(config.listen).is_err() {
        print("listen: reached from other machines, so serve wants --i-know-there-is-no-sign-in");
    }
    Ok(config)
}
