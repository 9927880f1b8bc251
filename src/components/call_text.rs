//! A call in words: everything that a row, a card or a heading says of it.

use calls::formats::duration;
use calls::{Call, Channel, Cost, Direction, Recording, Status, Success, Zone, wording};

use crate::locale::Locale;
use crate::ui::icon::Symbol;

/// The texts of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowText {
    /// Day of the call, in the least space.
    pub day: String,
    /// Time of the call.
    pub time: String,
    /// The customer's name, else number, else that both are unknown.
    pub customer: String,
    /// The number, where the name stands above it.
    pub number: Option<String>,
    /// What it was about.
    pub about: Option<String>,
    /// The agent.
    pub agent: String,
    /// The connection.
    pub connection: String,
    /// How long.
    pub duration: String,
}

impl RowText {
    /// Puts a call into words.
    #[must_use]
    pub fn of(call: &Call, connection: &str, locale: Locale, zone: &Zone, now_ms: i64) -> Self {
        let wall = call.started_ms.map(|at| zone.wall(at));
        let name = call.customer.name.clone();
        Self {
            day: wall.map_or_else(String::new, |wall| locale.formats.short_day(wall.day)),
            time: wall
                .map_or_else(|| locale.words.unknown_time(), |wall| locale.formats.time(wall)),
            customer: customer(call, locale),
            number: name.and(call.customer.phone.clone()),
            about: call.about().map(str::to_owned),
            agent: call.agent_name.clone().or_else(|| call.agent_id.clone()).unwrap_or_default(),
            connection: connection.to_owned(),
            duration: duration_text(call, locale, now_ms),
        }
    }
}

/// Who was on the other end: name, else number, else why there is none.
#[must_use]
pub fn customer(call: &Call, locale: Locale) -> String {
    let words = locale.words;
    let known = call.customer.name.clone().or_else(|| call.customer.phone.clone());
    let known = known.or_else(|| call.customer.email.clone());
    known.unwrap_or_else(|| match (call.purged, call.channel) {
        (true, _) => words.customer_purged(),
        (_, Channel::Web) => words.customer_web(),
        (_, Channel::Chat) => words.customer_chat(),
        _ => words.customer_unknown(),
    })
}

/// How long a call lasted, or has been running. Unknown is a dash, never zero.
#[must_use]
pub fn duration_text(call: &Call, locale: Locale, now_ms: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let shown = |ms: i64| duration(ms as f64);
    match (call.duration_ms, call.running_for_ms(now_ms)) {
        (Some(ms), _) => shown(ms),
        (None, Some(ms)) => shown(ms),
        (None, None) => locale.words.unknown_value(),
    }
}

/// A status in words.
#[must_use]
pub fn status_text(status: &Status, locale: Locale) -> String {
    wording::status(status, locale.words)
}

/// A direction in words and its symbol; web calls and chats say so instead.
#[must_use]
pub fn direction_text(
    direction: Direction,
    channel: Channel,
    locale: Locale,
) -> (String, Option<Symbol>) {
    let symbol = match (channel, direction) {
        (Channel::Web, _) => Some(Symbol::Web),
        (Channel::Chat, _) => Some(Symbol::Chat),
        (_, Direction::Inbound) => Some(Symbol::Inbound),
        (_, Direction::Outbound) => Some(Symbol::Outbound),
        (_, Direction::Unknown) => None,
    };
    (wording::way(direction, channel, locale.words), symbol)
}

/// Success in words and its symbol.
#[must_use]
pub fn success_text(success: Success, locale: Locale) -> (String, Symbol) {
    let symbol = match success {
        Success::Yes => Symbol::Yes,
        Success::No => Symbol::No,
        Success::NotStated => Symbol::NotStated,
    };
    (wording::success(success, locale.words), symbol)
}

/// What is known of the recording, in words.
#[must_use]
pub fn recording_text(recording: Recording, now_ms: i64, locale: Locale) -> String {
    let words = locale.words;
    match recording {
        Recording::Available { .. } if !recording.playable(now_ms) => words.recording_expired(),
        Recording::Available { .. } => words.recording_available(),
        Recording::Unknown => words.recording_unknown(),
        Recording::NotReady => words.recording_not_ready(),
        Recording::Absent => words.recording_absent(),
        Recording::Expired => words.recording_expired(),
        Recording::Purged => words.recording_purged(),
    }
}

/// A cost with its unit; money with both digits of its cents.
#[must_use]
pub fn cost_text(cost: Cost, locale: Locale) -> String {
    match cost {
        Cost::UsCents(cents) => locale.words.cost_usd(locale.formats.fixed(cents / 100.0, 2)),
        Cost::Credits(credits) => locale.words.cost_credits(locale.formats.decimal(credits, 2)),
    }
}

/// A round cost with its unit, as it stands at an axis: without cents where there are none.
#[must_use]
pub fn round_cost_text(cost: Cost, locale: Locale) -> String {
    match cost {
        Cost::UsCents(cents) if (cents / 100.0).fract() == 0.0 => {
            locale.words.cost_usd(locale.formats.decimal(cents / 100.0, 0))
        }
        _ => cost_text(cost, locale),
    }
}

/// Day, time and zone, in full.
#[must_use]
pub fn when_text(at_ms: i64, zone: &Zone, locale: Locale) -> String {
    let wall = zone.wall(at_ms);
    locale.words.when(locale.formats.day(wall.day), locale.formats.time(wall), zone.name())
}

/// How long ago, in the largest unit that fits.
#[must_use]
pub fn ago_text(at_ms: i64, now_ms: i64, locale: Locale) -> String {
    let minutes = (now_ms - at_ms).max(0) / 60_000;
    let (words, formats) = (locale.words, locale.formats);
    match minutes {
        0 => words.ago_now(),
        1..60 => words.ago_minutes(formats.plural(minutes), formats.number(minutes)),
        60..1_440 => words.ago_hours(formats.plural(minutes / 60), formats.number(minutes / 60)),
        _ => words.ago_days(formats.plural(minutes / 1_440), formats.number(minutes / 1_440)),
    }
}

/// A time to come, in one unit: nobody knows it better.
#[must_use]
pub fn about_text(ms: i64, locale: Locale) -> String {
    let (words, formats) = (locale.words, locale.formats);
    let secs = (ms.max(0) + 999) / 1_000;
    match secs {
        0..91 => words.about_seconds(formats.plural(secs), formats.number(secs)),
        91..5_401 => {
            let minutes = (secs + 30) / 60;
            words.about_minutes(formats.plural(minutes), formats.number(minutes))
        }
        _ => {
            let hours = (secs + 1_800) / 3_600;
            words.about_hours(formats.plural(hours), formats.number(hours))
        }
    }
}

/// How long something will still take.
#[must_use]
pub fn left_text(ms: i64, locale: Locale) -> String {
    let words = locale.words;
    if ms < 30_000 { words.left_moment() } else { words.left_about(about_text(ms, locale)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    fn call() -> Call {
        Call::new(CallKey::parse("sales/1").unwrap())
    }

    #[test]
    fn a_name_stands_over_its_number_and_a_number_alone_stands_once() {
        let locale = Locale::english();
        let mut call = call();
        call.customer.phone = Some("+4915".into());
        let row = RowText::of(&call, "Sales", locale, &Zone::utc(), 0);
        assert_eq!((row.customer.as_str(), row.number), ("+4915", None));
        call.customer.name = Some("Hans".into());
        let row = RowText::of(&call, "Sales", locale, &Zone::utc(), 0);
        assert_eq!((row.customer.as_str(), row.number.as_deref()), ("Hans", Some("+4915")));
    }

    #[test]
    fn an_unknown_duration_is_never_zero_and_a_running_call_counts_on() {
        let locale = Locale::english();
        let mut call = call();
        assert_eq!(duration_text(&call, locale, 0), locale.words.unknown_value());
        call.status = Status::InProgress;
        call.started_ms = Some(1_000);
        assert_eq!(duration_text(&call, locale, 66_000), "1:05");
    }

    #[test]
    fn money_has_its_cents_and_a_round_sum_at_an_axis_none() {
        let of = |cost: Cost| cost_text(cost, Locale::english());
        assert_eq!(of(Cost::UsCents(20.0)), "US$ 0.20");
        assert_eq!(of(Cost::UsCents(500.0)), "US$ 5.00");
        assert_eq!(of(Cost::Credits(12.5)), "12.5 credits");
        let round = |cost: Cost| round_cost_text(cost, Locale::english());
        assert_eq!(round(Cost::UsCents(500.0)), "US$ 5");
        assert_eq!(round(Cost::UsCents(0.0)), "US$ 0");
        assert_eq!(round(Cost::UsCents(250.0)), "US$ 2.50");
        assert_eq!(round(Cost::Credits(0.5)), "0.5 credits");
    }

    #[test]
    fn a_time_to_come_is_said_in_one_unit() {
        let said = |secs: i64| about_text(secs * 1_000, Locale::english());
        assert_eq!(said(1), "1 second");
        assert_eq!(said(90), "90 seconds");
        assert_eq!(said(100), "2 minutes");
        assert_eq!(said(5_400), "90 minutes");
        assert_eq!(said(7_300), "2 hours");
    }

    #[test]
    fn what_is_left_is_said_roughly() {
        let left = |secs: i64| left_text(secs * 1_000, Locale::english());
        assert_eq!(left(0), "less than half a minute left");
        assert_eq!(left(29), "less than half a minute left");
        assert_eq!(left(30), "about 30 seconds left");
        assert_eq!(left(89 * 60), "about 89 minutes left");
        assert_eq!(left(100 * 60), "about 2 hours left");
    }

    #[test]
    fn ago_is_said_in_the_largest_unit_that_fits() {
        let locale = Locale::english();
        assert_eq!(ago_text(0, 30_000, locale), "just now");
        assert_eq!(ago_text(0, 60_000, locale), "1 minute ago");
        assert_eq!(ago_text(0, 7_200_000, locale), "2 hours ago");
        assert_eq!(ago_text(0, 86_400_000 * 3, locale), "3 days ago");
    }
}
