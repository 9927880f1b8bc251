//! `calldeck export`: what the dashboard's export writes, without a dashboard.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use ::export::filename::{self, Calls};
use ::export::{About, Dialect, Exported as Record, Masking, Sheet, calldeck};
use calls::filter::Group;
use calls::formats::English;
use calls::words::Words;
use calls::{Call, Transcript};
use load::Connection;
use place::Place;

use crate::arguments::{ExportForm, ExportOptions};
use crate::ending::{Ending, say};
use crate::source::{self, Behind, Loaded, Talks, Which};

/// Reads calls and writes them to a file.
pub(crate) async fn run(options: ExportOptions) -> Result<(), Ending> {
    let which = Which::of(&options.source)?;
    let span = options.source.in_time().then(|| which.when.span());
    let spans = span.into_iter().collect::<Vec<_>>();
    let mut loaded = source::read(&options.source, &which.place, &spans, Behind::Said).await?;
    let rows = loaded.rows(&which, span);
    let talks = match options.transcripts {
        true => Some(source::talks(&mut loaded, &rows).await),
        false => None,
    };
    // Those that turned out to be gone at their provider are not among them any more.
    let calls: Vec<Call> = rows.into_iter().filter_map(|row| loaded.book.call(row)).collect();
    let desk = Desk { options: &options, which: &which, loaded: &loaded, talks };
    desk.write(&calls)
}

struct Desk<'a> {
    options: &'a ExportOptions,
    which: &'a Which,
    loaded: &'a Loaded,
    talks: Option<Talks>,
}

impl Desk<'_> {
    fn write(&self, calls: &[Call]) -> Result<(), Ending> {
        let path = self.path();
        let text = self.text(calls);
        match &path {
            Some(path) => save(path, &text)?,
            None => drop(std::io::stdout().lock().write_all(text.as_bytes())),
        }
        source::tell(&self.loaded.missing);
        if let Some(path) = &path {
            say(&format!("{} calls in {}", calls.len(), path.display()));
        }
        if self.loaded.missing.is_empty() {
            return Ok(());
        }
        Err(Ending::NotWorking("Something is missing from this export.".to_owned()))
    }

    /// Where it goes to: a name of our own says whether something is missing.
    fn path(&self) -> Option<PathBuf> {
        let extension = match self.options.format {
            ExportForm::Csv => "csv",
            ExportForm::Json => "json",
        };
        let days = self.which.when.period.days(self.which.when.today, &self.which.when.zone);
        let (partial, masked) = (!self.loaded.missing.is_empty(), self.options.mask);
        let left_out = Group::left_out(&self.which.place.filter);
        let left_out = left_out.as_slice();
        let name = || filename::of_calls(Calls { days, partial, masked, left_out, extension });
        match &self.options.out {
            Some(out) if out.as_os_str() == "-" => None,
            Some(out) if out.is_dir() => Some(out.join(name())),
            Some(out) => Some(out.clone()),
            None => Some(PathBuf::from(name())),
        }
    }

    fn text(&self, calls: &[Call]) -> String {
        let words = Words::english();
        let zone = &self.which.when.zone;
        let sheet = Sheet {
            dialect: Dialect::of(&words, &English),
            words: &words,
            zone,
            transcripts: self.options.transcripts,
        };
        let masking = self.options.mask.then(|| Masking::new(&words));
        let mut out = String::new();
        match self.options.format {
            ExportForm::Csv => sheet.head(&mut out),
            ExportForm::Json => calldeck::head(&self.about(), &mut out),
        }
        for (nth, call) in calls.iter().enumerate() {
            self.lay(call, masking.as_ref(), |record| match self.options.format {
                ExportForm::Csv => sheet.row(record, &mut out),
                ExportForm::Json => calldeck::call(record, nth == 0, &mut out),
            });
        }
        if let ExportForm::Json = self.options.format {
            calldeck::tail(&self.loaded.missing, &mut out);
        }
        out
    }

    fn lay(&self, call: &Call, masking: Option<&Masking>, write: impl FnOnce(&Record<'_>)) {
        let named = self.loaded.connections.iter().find(|one| one.id == call.key.connection);
        let connection = named.map_or(&*call.key.connection, |one| one.name.as_str());
        let (call, transcript) = match &self.talks {
            Some(talks) => talks.over(call),
            None => (call.clone(), Transcript::NotAsked),
        };
        let (call, transcript) = match masking {
            Some(masking) => (masking.call(&call), masking.transcript(&transcript)),
            None => (call, transcript),
        };
        let transcript = self.talks.is_some().then_some(&transcript);
        let link = self.link(&call);
        write(&Record { call: &call, connection, link: &link, transcript, facts: &[] });
    }

    /// The call's address at the server that was named; without one nobody knows where it opens.
    fn link(&self, call: &Call) -> String {
        let place = Place { call: Some(call.key.clone()), ..Place::default() };
        let base =
            |server: &String| format!("{}/{}", server.trim_end_matches('/'), place.fragment());
        self.options.source.server.as_ref().map(base).unwrap_or_default()
    }

    fn about(&self) -> About {
        let named = |one: &Connection| calldeck::Connection {
            id: one.id.to_string(),
            provider: one.adapter.describe().id.to_owned(),
            name: one.name.clone(),
        };
        let mut place = self.which.place.with_call(None);
        if self.options.mask {
            // What was searched for may be what is masked.
            (place.filter.phone, place.filter.text) = (String::new(), String::new());
        }
        About {
            exported_ms: self.which.when.now_ms,
            zone: self.which.when.zone.clone(),
            filter: place.fragment(),
            masked: self.options.mask,
            connections: self.loaded.connections.iter().map(named).collect(),
        }
    }
}

/// Writes beside the file and then takes its place, so that nobody ever reads half of one.
fn save(path: &Path, text: &str) -> Result<(), Ending> {
    let mut partly = path.as_os_str().to_owned();
    partly.push(".part");
    let partly = PathBuf::from(partly);
    let written = std::fs::write(&partly, text).and_then(|()| std::fs::rename(&partly, path));
    written.map_err(|error| {
        Ending::Usage(format!("{} cannot be written ({error}). Name another.", path.display()))
    })
}
