//! Reads one `[[connection]]`.

use std::collections::BTreeMap;
use std::path::Path;

use calls::key::{is_file, is_plain_id};
use providers::{Adapter, Limit};

use super::environment::Environment;
use super::origin::{read_base_url, read_media_host};
use super::problem::did_you_mean;
use super::section::{Given, Section};
use crate::connection::{Connection, SuccessMap};
use crate::secret::Secret;

/// Where keys are looked up: variables, and files relative to the configuration's directory.
pub(super) struct Keys<'a> {
    pub(super) environment: &'a dyn Environment,
    pub(super) directory: &'a Path,
}

/// Reads a connection. `None` if something is wrong; the section has said what.
pub(super) fn read_connection(section: Section<'_>, keys: &Keys<'_>) -> Option<Connection> {
    let id = read_id(&section);
    let adapter = read_provider(&section);
    let name = section.text("name");
    let base_url = adapter.and_then(|adapter| read_address(&section, adapter));
    let media_hosts = read_media_hosts(&section);
    let success = read_success(&section);
    let (per_minute, share) = (read_per_minute(&section), read_share(&section));
    let mut connection = match (&id, adapter, base_url) {
        (Some(id), Some(adapter), Some(base)) => Some(Connection::new(adapter, &id.text, &base)),
        _ => None,
    };
    let complete =
        adapter.is_none_or(|adapter| read_keys(&section, adapter, keys, connection.as_mut()));
    if adapter.is_none() {
        // Which keys it takes depends on the provider; the usual names are no mistakes here.
        for key in ["key_env", "key_file", "organization_env", "organization_file", "base_url"] {
            section.line_of(key);
        }
    }
    section.finish();
    let mut connection = connection.filter(|_| complete)?;
    if let Some(name) = name {
        connection.name = name.text;
    }
    connection.media_hosts = media_hosts;
    connection.success = success;
    if let Some(requests) = per_minute {
        connection.limits = vec![Limit::new(requests, 60)];
    }
    if let Some(share) = share {
        connection.use_share(share);
    }
    Some(connection)
}

fn read_id(section: &Section<'_>) -> Option<Given> {
    let Some(id) = section.text("id") else {
        section.problem(
            section.line,
            "This connection has no `id`. Give it a short name, such as \
                                       id = \"sales\"; it stands in links.",
        );
        return None;
    };
    if is_file(&id.text) {
        section.problem(
            id.line,
            format!(
                "The id \"{}\" is one that opened files get in the dashboard. Choose another, such \
                 as \"sales\".",
                id.text
            ),
        );
        return None;
    }
    if is_plain_id(&id.text) {
        return Some(id);
    }
    section.problem(
        id.line,
        format!(
            "The id \"{}\" cannot stand in a link. Use letters, digits, \
                                      `-`, `_` and `.` only.",
            id.text
        ),
    );
    None
}

fn read_provider(section: &Section<'_>) -> Option<&'static dyn Adapter> {
    let known = || providers::all().iter().map(|adapter| adapter.describe().id);
    let list = known().collect::<Vec<_>>().join(", ");
    let Some(given) = section.text("provider") else {
        section.problem(
            section.line,
            format!("This connection has no `provider`. Write one of: {list}."),
        );
        return None;
    };
    let found = providers::find(&given.text);
    if found.is_none() {
        let hint = did_you_mean(&given.text, known());
        section.problem(
            given.line,
            format!("There is no provider \"{}\".{hint} Known are: {list}.", given.text),
        );
    }
    found
}

fn read_address(section: &Section<'_>, adapter: &dyn Adapter) -> Option<String> {
    let provider = adapter.describe();
    let Some(given) = section.text("base_url") else {
        if provider.base_url.is_none() {
            section.problem(
                section.line,
                format!(
                    "{} gives every customer an address of their own. \
                Add base_url = \"https://…\" as its settings page shows it.",
                    provider.name
                ),
            );
        }
        return provider.base_url.map(|base| base.trim_end_matches('/').to_owned());
    };
    match read_base_url(&given.text) {
        Ok(base) => Some(with_version(provider.id, base)),
        Err(problem) => {
            section.problem(given.line, problem);
            None
        }
    }
}

/// TalkPilot's base ends in `/v1` ("Getting started"), while its pagination guide leaves that out
/// of the base and writes it before each path. Both spellings of the base mean the same.
fn with_version(provider: &str, base: String) -> String {
    let complete = provider != "talkpilot" || base.ends_with("/v1");
    if complete { base } else { base + "/v1" }
}

fn read_media_hosts(section: &Section<'_>) -> Vec<String> {
    let read = |given: Given| match read_media_host(&given.text) {
        Ok(host) => Some(host),
        Err(problem) => {
            section.problem(given.line, problem);
            None
        }
    };
    section.texts("media_hosts").into_iter().filter_map(read).collect()
}

/// What the provider allows this key, where that is not what it documents.
fn read_per_minute(section: &Section<'_>) -> Option<u32> {
    let (number, line) = section.number("requests_per_minute")?;
    if number.fract() == 0.0 && (1.0..=100_000.0).contains(&number) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be whole and in range"
        )]
        return Some(number as u32);
    }
    section.problem(
        line,
        "`requests_per_minute` must be a whole number from 1 to 100000: what the provider allows \
         this key in a minute. Without it what the provider documents counts.",
    );
    None
}

fn read_share(section: &Section<'_>) -> Option<f64> {
    let (share, line) = section.number("share")?;
    if share > 0.0 && share <= 1.0 {
        return Some(share);
    }
    section.problem(
        line,
        "`share` must be more than 0 and at most 1, such as share = 0.8: the part of the \
         provider's limit that Calldeck may use.",
    );
    None
}

fn read_success(section: &Section<'_>) -> SuccessMap {
    let Some(table) = section.table("success", "[connection.success]") else {
        return SuccessMap::default();
    };
    let lists = ["yes", "no", "nothing"].map(|name| (name, table.texts(name)));
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    let mut read = |(name, given): (&'static str, Vec<Given>)| {
        for Given { text, line } in &given {
            let before = named.insert(text.clone(), name).filter(|before| *before != name);
            if let Some(before) = before {
                let said = format!(
                    "The outcome \"{text}\" stands under `{before}` and under `{name}`. \
                     Keep it in one of them."
                );
                table.problem(*line, said);
            }
        }
        given.into_iter().map(|given| given.text).collect::<Vec<_>>()
    };
    let [yes, no, nothing] = lists.map(&mut read);
    table.finish();
    SuccessMap { yes, no, nothing }
}

/// Reads all keys that the provider wants. Whether all are there.
fn read_keys(
    section: &Section<'_>,
    adapter: &dyn Adapter,
    keys: &Keys<'_>,
    mut connection: Option<&mut Connection>,
) -> bool {
    let mut complete = true;
    for header in adapter.describe().auth {
        let Some((secret, line)) = read_key(section, header.setting, keys) else {
            complete = false;
            continue;
        };
        let Some(connection) = connection.as_deref_mut() else { continue };
        if let Err(problem) = connection.add_key(header.name, header.prefix, &secret) {
            section
                .problem(line, format!("{problem} Check where `{}` comes from.", header.setting));
            complete = false;
        }
    }
    complete
}

/// Reads the key of a setting such as `key`, from `key_env` or `key_file`.
fn read_key(section: &Section<'_>, setting: &str, keys: &Keys<'_>) -> Option<(Secret, usize)> {
    let (variable, file) = (format!("{setting}_env"), format!("{setting}_file"));
    if let Some(line) = section.line_of(setting) {
        let text = format!(
            "`{setting}` is written into this file, where it is copied and committed. Take it out, \
             make it void at the provider, and name where a new one comes from: {variable} = \
             \"VARIABLE\" or {file} = \"/path\"."
        );
        section.problem(line, text);
        section.line_of(&variable);
        section.line_of(&file);
        return None;
    }
    let (given, found) = match (section.text(&variable), section.text(&file)) {
        (Some(given), None) => (given.clone(), from_variable(keys, &given, &variable)),
        (None, Some(given)) => (given.clone(), from_file(keys, &given, &file)),
        (Some(given), Some(_)) => {
            (given, Err(format!("`{variable}` and `{file}` are both given. Keep one.")))
        }
        (None, None) => {
            let text = format!("Add {variable} = \"VARIABLE\" or {file} = \"/path\".");
            section.problem(section.line, format!("This connection has no key. {text}"));
            return None;
        }
    };
    match found {
        Ok(secret) => Some((secret, given.line)),
        Err(problem) => {
            section.problem(given.line, problem);
            None
        }
    }
}

fn from_variable(keys: &Keys<'_>, given: &Given, setting: &str) -> Result<Secret, String> {
    let name = &given.text;
    let text = keys.environment.variable(name).ok_or_else(|| {
        format!(
            "The variable {name} is not set. Set it to the key, or name another in `{setting}`."
        )
    })?;
    full(Secret::new(&text), &format!("The variable {name}"))
}

fn from_file(keys: &Keys<'_>, given: &Given, setting: &str) -> Result<Secret, String> {
    let path = keys.directory.join(&given.text);
    let text = keys.environment.file(&path).map_err(|error| {
        format!(
            "The file {} cannot be read ({error}). Put the key there, or name another in \
             `{setting}`.",
            path.display()
        )
    })?;
    full(Secret::new(&text), &format!("The file {}", path.display()))
}

fn full(secret: Secret, place: &str) -> Result<Secret, String> {
    if secret.is_empty() {
        Err(format!("{place} is empty. Put the key there."))
    } else {
        Ok(secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talkpilots_address_may_be_given_with_or_without_its_version() {
        for given in
            ["https://x.supabase.co/functions/v1/api", "https://x.supabase.co/functions/v1/api/v1"]
        {
            let base = with_version("talkpilot", given.to_owned());
            assert_eq!(base, "https://x.supabase.co/functions/v1/api/v1");
        }
        assert_eq!(with_version("truedy", "https://a".to_owned()), "https://a");
    }
}
