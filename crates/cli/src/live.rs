//! `calldeck check-config --live`: asks each connection a few things, the way a page would, and
//! says what works, what does not and what to do. It is the diagnosis of whoever has an account.

mod look;
mod shape;
mod words;

use std::sync::Arc;

use proxy::{Config, LogFormat, Outside, Patience, Proxy};
use serde_json::{Value, json};

use crate::arguments::CheckOptions;
use crate::clock::now_ms;
use crate::ending::{Ending, print};
use look::{Found, Verdict};

/// Tries the connections of a configuration that has been read.
pub(crate) async fn run(mut config: Config, options: &CheckOptions) -> Result<(), Ending> {
    let wanted = wanted(&config, &options.connections)?;
    config.log = LogFormat::Off;
    let connections = config.connections.clone();
    let proxy = Arc::new(Proxy::new(config, Outside::default(), Patience::default())?);
    let mut reports = Vec::new();
    let mut failed = 0;
    for connection in connections.iter().filter(|connection| wanted.contains(&connection.id)) {
        print(&format!("\n{} ({}):", connection.id, connection.provider().name));
        let found = look::at(&proxy, connection, now_ms()).await;
        for step in &found.steps {
            print(&format!("  {:<7} {}: {}", step.verdict.word(), step.what, step.text));
        }
        failed += usize::from(found.steps.iter().any(|step| step.verdict == Verdict::Fails));
        reports.push(report(connection.provider().id, &found));
    }
    if let Some(path) = &options.report {
        let text = json!({"calldeck": env!("CARGO_PKG_VERSION"), "connections": reports});
        std::fs::write(path, format!("{text:#}\n")).map_err(|error| {
            let path = path.display();
            Ending::Usage(format!("--report: {path} cannot be written ({error}). Name another."))
        })?;
        let path = path.display();
        print(&format!(
            "\n{path} holds names and kinds of fields only. Read it before you send it."
        ));
    }
    match failed {
        0 => Ok(()),
        1 => Err(Ending::NotWorking("\nSomething of one connection does not work.".into())),
        count => {
            Err(Ending::NotWorking(format!("\nSomething of {count} connections does not work.")))
        }
    }
}

fn wanted(config: &Config, asked: &[String]) -> Result<Vec<String>, Ending> {
    let ids: Vec<String> = config.connections.iter().map(|one| one.id.clone()).collect();
    if let Some(unknown) = asked.iter().find(|id| !ids.contains(id)) {
        let ids = ids.join(", ");
        return Err(Ending::Usage(format!(
            "There is no connection \"{unknown}\". There are: {ids}."
        )));
    }
    Ok(if asked.is_empty() { ids } else { asked.to_vec() })
}

/// What may be told to others: no text of the provider's, no id, no name of the connection.
fn report(provider: &str, found: &Found) -> Value {
    let step = |step: &look::Step| json!({"what": step.what, "verdict": step.verdict.word(), "code": step.code});
    let steps: Vec<Value> = found.steps.iter().map(step).collect();
    let shapes: Vec<Value> = found
        .shapes
        .iter()
        .map(|(route, status, shape)| json!({"route": route, "status": status, "shape": shape}))
        .collect();
    json!({"provider": provider, "steps": steps, "answers": shapes})
}
