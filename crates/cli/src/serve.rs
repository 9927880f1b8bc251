//! `calldeck serve`.

use std::sync::Arc;

use proxy::{
    Config, Outside, Patience, ProcessEnvironment, Proxy, Server, ServerLimits, StartError,
};

use crate::arguments::ServeOptions;
use crate::ending::{Ending, print};
use crate::stop;

/// Serves until it is asked to stop.
pub(crate) async fn run(options: ServeOptions) -> Result<(), Ending> {
    let config = Config::read(&options.config, &ProcessEnvironment).map_err(|problems| {
        Ending::Configuration { file: options.config.display().to_string(), problems }
    })?;
    if !options.i_know_there_is_no_sign_in {
        StartError::unless_private(config.listen)?;
    }
    let server = Server::bind(config.listen).await?;
    let proxy = Proxy::new(config, Outside::default(), Patience::default())?;
    print(&format!("ready http://{}/", server.address()));
    let router = proxy::router(Arc::new(proxy));
    server.run(router, ServerLimits::default(), stop::asked()).await;
    Ok(())
}
