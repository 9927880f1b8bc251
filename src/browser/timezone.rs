//! Time zones, as the browser's `Intl` knows them.

use calls::Zone;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The table of a zone reaches from 2015 (no provider is older) to four years from now.
const FROM_MS: i64 = 1_420_070_400_000;
const AHEAD_MS: i64 = 4 * 366 * 86_400_000;

/// The name of the browser's own zone, or `UTC` if it does not say.
#[must_use]
pub fn own_name() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let name = Reflect::get(&options, &"timeZone".into()).ok().and_then(|name| name.as_string());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "UTC".into())
}

/// A zone by its name, or `None` if the browser does not know it.
#[must_use]
pub fn zone(name: &str, now_ms: i64) -> Option<Zone> {
    let format = formatter(name)?;
    let offset_ms = |at_ms: i64| offset_ms(&format, at_ms).unwrap_or_default();
    offset_ms(now_ms);
    Some(Zone::probe(name, FROM_MS, now_ms + AHEAD_MS, offset_ms))
}

/// Names of all zones the browser knows; none where it cannot list them.
#[must_use]
pub fn names() -> Vec<String> {
    let list = || {
        let values = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let function = Reflect::get(&values, &"supportedValuesOf".into()).ok()?;
        let names = function.dyn_ref::<Function>()?.call1(&values, &"timeZone".into()).ok()?;
        Some(Array::from(&names).iter().filter_map(|name| name.as_string()).collect())
    };
    list().unwrap_or_default()
}

/// A formatter that prints the zone's offset. Building one for an unknown zone throws, so it is
/// built through `Reflect`, which hands the exception back.
fn formatter(name: &str) -> Option<Function> {
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &name.into()).ok()?;
    Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
    let arguments = Array::of2(&"en-US".into(), &options);
    let format = Reflect::construct(class.dyn_ref::<Function>()?, &arguments).ok()?;
    Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()
}

/// Reads `11/21/2026, GMT+05:45` (or a bare `GMT`).
fn offset_ms(format: &Function, at_ms: i64) -> Option<i64> {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of dates stay far below 2^53")]
    let date = Date::new(&JsValue::from_f64(at_ms as f64));
    let text = format.call1(&JsValue::NULL, &date).ok()?.as_string()?;
    parse_offset_ms(text.rsplit_once("GMT")?.1)
}

fn parse_offset_ms(text: &str) -> Option<i64> {
    // Some browsers print the minus as U+2212.
    let (sign, rest) = match text.trim().chars().next() {
        None => return Some(0),
        Some('+') => (1, text.trim().get(1..)?),
        Some(minus) => (-1, text.trim().get(minus.len_utf8()..)?),
    };
    let mut parts = rest.split(':').map(|part| part.parse::<i64>().ok());
    let mut part = || parts.next().flatten().unwrap_or_default();
    Some(sign * ((part() * 60 + part()) * 60 + part()) * 1_000)
}

#[cfg(test)]
mod tests {
    use super::parse_offset_ms;

    #[test]
    fn offsets_are_read_as_browsers_print_them() {
        assert_eq!(parse_offset_ms(""), Some(0));
        assert_eq!(parse_offset_ms("+05:45"), Some(20_700_000));
        assert_eq!(parse_offset_ms("-03:30"), Some(-12_600_000));
        assert_eq!(parse_offset_ms("\u{2212}08:00"), Some(-28_800_000));
        assert_eq!(parse_offset_ms("+00:19:32"), Some(1_172_000));
    }
}
