//! Which calls are asked for, and at which time: a link of the dashboard, and what stands beside
//! it on the command line.

use calls::period::{Period, Preset, Span};
use calls::{Day, Zone};
use chrono::{Offset as _, TimeZone as _};
use place::{Misread, Place};

use crate::arguments::SourceOptions;
use crate::clock::now_ms;
use crate::ending::{Ending, say};

/// How far before and after now changes of a zone's offset are looked for.
const YEARS_MS: i64 = 20 * 366 * 86_400_000;

/// Which calls.
pub(crate) struct Which {
    /// The link, with what the command line says in its place.
    pub(crate) place: Place,
    /// At which time.
    pub(crate) when: When,
}

/// The chosen days in the chosen zone.
pub(crate) struct When {
    /// The zone of every time.
    pub(crate) zone: Zone,
    /// Now, UTC milliseconds.
    pub(crate) now_ms: i64,
    /// Today in this zone.
    pub(crate) today: Day,
    /// Which days.
    pub(crate) period: Period,
}

impl When {
    /// The chosen days as instants.
    pub(crate) fn span(&self) -> Span {
        self.period.span(self.today, &self.zone)
    }

    /// The days that they are compared with, as instants.
    pub(crate) fn span_before(&self) -> Span {
        self.period.before(self.now_ms, &self.zone).span(self.today, &self.zone)
    }
}

impl Which {
    /// Reads what was asked for.
    pub(crate) fn of(options: &SourceOptions) -> Result<Self, Ending> {
        let link = options.link.as_deref().unwrap_or_default();
        if !link.is_empty() && !link.contains(['#', '=', ':']) {
            let advice = "Write one such as '#?period=30d'; files are named by --file";
            return Err(Ending::Usage(format!("{link} is no link of the dashboard. {advice}.")));
        }
        let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
        let (mut place, misread) = Place::parse(fragment);
        if !misread.is_empty() {
            let why: Vec<String> = misread.iter().map(in_words).collect();
            return Err(Ending::Usage(format!("The link cannot be followed: {}.", why.join("; "))));
        }
        if place.in_transcripts {
            say("Transcripts are not searched here: the text is looked for in the list only.");
        }
        place.period = period(options, place.period)?;
        let name = options.zone.clone().or_else(|| place.zone.clone());
        let now_ms = options.now.unwrap_or_else(now_ms);
        let zone = zone(name, now_ms)?;
        let today = zone.day_of(now_ms);
        let when = When { zone, now_ms, today, period: place.period };
        Ok(Self { place, when })
    }
}

fn period(options: &SourceOptions, of_link: Period) -> Result<Period, Ending> {
    let day = |text: &String| {
        Day::parse(text)
            .ok_or_else(|| Ending::Usage(format!("There is no day {text}. Write 2026-11-21.")))
    };
    if let Some(code) = &options.period {
        let known = || Preset::ALL.map(Preset::code).join(", ");
        let preset = Preset::parse(code).ok_or_else(|| {
            Ending::Usage(format!("There is no period {code}. There are: {}.", known()))
        })?;
        return Ok(Period::Preset(preset));
    }
    let from = options.from.as_ref().map(day).transpose()?;
    let to = options.to.as_ref().map(day).transpose()?;
    match (from, to) {
        (None, None) => Ok(of_link),
        (Some(only), None) | (None, Some(only)) => Ok(Period::between(only, only).0),
        (Some(from), Some(to)) => Ok(Period::between(from, to).0),
    }
}

/// What a link got wrong. The dashboard leaves it out and says so; a figure would be of other calls.
fn in_words(wrong: &Misread) -> String {
    match wrong {
        Misread::Period(text) => format!(
            "\"{text}\" is no day and no period (days are written like 2026-11-01, periods like 30d, \
             yesterday or last-month)"
        ),
        Misread::TurnedRange => "its last day is before its first".to_owned(),
        Misread::Call(text) => format!("\"{text}\" is no call"),
        Misread::Filter(text) => format!("there is no filter \"{text}\""),
    }
}

/// The zone by its name, else this machine's own.
fn zone(name: Option<String>, now_ms: i64) -> Result<Zone, Ending> {
    let own = || iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".to_owned());
    let name = name.unwrap_or_else(own);
    let zone: chrono_tz::Tz = name.parse().map_err(|_| {
        Ending::Usage(format!("There is no time zone {name}. Write one such as Europe/Berlin."))
    })?;
    let offset_ms = |at_ms: i64| {
        let instant = chrono::DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
        let local = zone.offset_from_utc_datetime(&instant.naive_utc());
        i64::from(local.fix().local_minus_utc()) * 1_000
    };
    Ok(Zone::probe(&name, now_ms - YEARS_MS, now_ms + YEARS_MS / 10, offset_ms))
}
