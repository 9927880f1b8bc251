//! Numbers, dates and plurals in the reader's language, by the browser's `Intl`.

use std::cell::RefCell;
use std::collections::HashMap;

use calls::Day;
use calls::formats::{English, Formats, Plural};
use calls::zone::WallTime;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Formats of a language. Where the browser refuses, English stands in.
#[derive(Clone, Debug)]
pub struct Intl {
    language: String,
}

thread_local! {
    /// Building a formatter costs far more than using one: they are kept by class and options.
    static FORMATTERS: RefCell<HashMap<String, Option<Function>>> = RefCell::default();
    /// Days and minutes as they look in a list: every row that is scrolled into sight
    /// asks for one of each, and there are few different ones.
    static LOOKS: RefCell<HashMap<(Look, u32), String>> = RefCell::default();
}

/// Something that is shown again and again.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Look {
    /// A day, by its number.
    ShortDay,
    /// A time, by its minutes.
    Time,
}

/// More different ones are not kept.
const MOST_LOOKS: usize = 4_000;

/// What something looks like, which is asked for once. There is one language as long as a page
/// lives.
fn kept(look: Look, value: u32, make: impl FnOnce() -> String) -> String {
    LOOKS.with_borrow_mut(|looks| {
        if looks.len() > MOST_LOOKS {
            looks.clear();
        }
        looks.entry((look, value)).or_insert_with(make).clone()
    })
}

impl Intl {
    /// Formats of a language tag such as `de-AT`.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { language: language.to_owned() }
    }

    /// Formats a value with `new Intl[class](language, options)`.
    fn format(
        &self,
        class: &str,
        method: &str,
        options: &[(&str, JsValue)],
        value: &JsValue,
    ) -> Option<String> {
        let name = format!("{class} {} {options:?}", self.language);
        let function = FORMATTERS.with_borrow_mut(|kept| {
            kept.entry(name)
                .or_insert_with(|| build(&self.language, class, method, options))
                .clone()
        })?;
        function.call1(&JsValue::NULL, value).ok()?.as_string()
    }

    fn date(&self, day: Day, options: &[(&str, JsValue)]) -> Option<String> {
        let at = js_sys::Date::new(&JsValue::from_f64(f64::from(day.0) * 86_400_000.0));
        let mut all = vec![("timeZone", JsValue::from_str("UTC"))];
        all.extend_from_slice(options);
        self.format("DateTimeFormat", "format", &all, &at)
    }

    fn minutes(&self, wall: WallTime) -> String {
        let at = js_sys::Date::new(&JsValue::from_f64(
            f64::from(wall.hour * 60 + wall.minute) * 60_000.0,
        ));
        let options =
            [("timeZone", text("UTC")), ("hour", text("2-digit")), ("minute", text("2-digit"))];
        let shown = self.format("DateTimeFormat", "format", &options, &at);
        shown.unwrap_or_else(|| English.time(wall))
    }
}

/// A bound `format` (or `select`) function; an invalid language tag or option gives `None`.
fn build(
    language: &str,
    class: &str,
    method: &str,
    options: &[(&str, JsValue)],
) -> Option<Function> {
    let bag = Object::new();
    for (name, value) in options {
        Reflect::set(&bag, &(*name).into(), value).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&intl, &class.into()).ok()?;
    let made =
        Reflect::construct(class.dyn_ref::<Function>()?, &Array::of2(&language.into(), &bag))
            .ok()?;
    let function: Function = Reflect::get(&made, &method.into()).ok()?.dyn_into().ok()?;
    Some(function.bind0(&made))
}

/// The weekday that weeks begin with, Monday being 0. Older browsers have a property for it
/// (`weekInfo`), newer ones a function, some neither.
fn first_weekday(language: &str) -> Option<u32> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&intl, &"Locale".into()).ok()?;
    let locale =
        Reflect::construct(class.dyn_ref::<Function>()?, &Array::of1(&language.into())).ok()?;
    let ask = Reflect::get(&locale, &"getWeekInfo".into()).ok()?;
    let info = match ask.dyn_ref::<Function>() {
        Some(ask) => ask.call0(&locale).ok()?,
        None => Reflect::get(&locale, &"weekInfo".into()).ok()?,
    };
    let first = Reflect::get(&info, &"firstDay".into()).ok()?.as_f64()?;
    // ISO: Monday is 1, Sunday 7.
    (1..=7).find(|day| (f64::from(*day) - first).abs() < 0.5).map(|day| day - 1)
}

fn text(value: &str) -> JsValue {
    JsValue::from_str(value)
}

impl Formats for Intl {
    #[allow(clippy::cast_precision_loss, reason = "counts and milliseconds stay far below 2^53")]
    fn number(&self, value: i64) -> String {
        let shown = self.format("NumberFormat", "format", &[], &JsValue::from_f64(value as f64));
        shown.unwrap_or_else(|| English.number(value))
    }

    fn decimal(&self, value: f64, digits: u8) -> String {
        let options = [("maximumFractionDigits", JsValue::from_f64(digits.into()))];
        let shown = self.format("NumberFormat", "format", &options, &JsValue::from_f64(value));
        shown.unwrap_or_else(|| English.decimal(value, digits))
    }

    fn fixed(&self, value: f64, digits: u8) -> String {
        let most = JsValue::from_f64(digits.into());
        let options = [("minimumFractionDigits", most.clone()), ("maximumFractionDigits", most)];
        let shown = self.format("NumberFormat", "format", &options, &JsValue::from_f64(value));
        shown.unwrap_or_else(|| English.fixed(value, digits))
    }

    fn percent(&self, share: f64) -> String {
        let options = [("style", text("percent"))];
        let shown = self.format("NumberFormat", "format", &options, &JsValue::from_f64(share));
        shown.unwrap_or_else(|| English.percent(share))
    }

    fn day(&self, day: Day) -> String {
        let options = [
            ("weekday", text("short")),
            ("day", text("numeric")),
            ("month", text("short")),
            ("year", text("numeric")),
        ];
        self.date(day, &options).unwrap_or_else(|| English.day(day))
    }

    fn short_day(&self, day: Day) -> String {
        kept(Look::ShortDay, day.0.cast_unsigned(), || {
            let options = [("day", text("numeric")), ("month", text("short"))];
            self.date(day, &options).unwrap_or_else(|| English.short_day(day))
        })
    }

    fn month(&self, day: Day) -> String {
        let options = [("month", text("long")), ("year", text("numeric"))];
        self.date(day, &options).unwrap_or_else(|| English.month(day))
    }

    fn weekday(&self, day: Day) -> String {
        let options = [("weekday", text("short"))];
        self.date(day, &options).unwrap_or_else(|| English.weekday(day))
    }

    fn week_start(&self) -> u32 {
        first_weekday(&self.language).unwrap_or_else(|| English.week_start())
    }

    fn time(&self, wall: WallTime) -> String {
        let minutes = wall.hour * 60 + wall.minute;
        kept(Look::Time, minutes, || self.minutes(wall))
    }

    #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn plural(&self, count: i64) -> Plural {
        let form = self.format("PluralRules", "select", &[], &JsValue::from_f64(count as f64));
        match form.as_deref() {
            Some("zero") => Plural::Zero,
            Some("one") => Plural::One,
            Some("two") => Plural::Two,
            Some("few") => Plural::Few,
            Some("many") => Plural::Many,
            _ => Plural::Other,
        }
    }
}
