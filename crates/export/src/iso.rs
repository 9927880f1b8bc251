//! Instants as text that programs and spreadsheets read, with the offset of their zone.

use calls::Zone;
use chrono::{DateTime, FixedOffset};

/// `2026-11-21T13:05:00+01:00`, with milliseconds where there are any. Where a zone was not whole
/// minutes away from UTC (before about 1930), the form knows no offset for it: then it is UTC.
#[must_use]
pub fn instant(at_ms: i64, zone: &Zone) -> String {
    let offset_ms = zone.offset_ms(at_ms);
    let secs = if offset_ms % 60_000 == 0 { offset_ms / 1_000 } else { 0 };
    let offset = i32::try_from(secs).ok().and_then(FixedOffset::east_opt);
    let utc = DateTime::from_timestamp_millis(at_ms);
    utc.zip(offset).map_or_else(String::new, |(utc, offset)| {
        let form =
            if at_ms % 1_000 == 0 { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S%.3f%:z" };
        utc.with_timezone(&offset).format(form).to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_795_262_700_000;

    #[test]
    fn an_instant_has_the_offset_that_holds_then() {
        let berlin = Zone::of_steps("Europe/Berlin", vec![(i64::MIN, 3_600_000)]);
        assert_eq!(instant(AT, &berlin), "2026-11-21T13:05:00+01:00");
        assert_eq!(instant(AT + 7, &Zone::utc()), "2026-11-21T12:05:00.007+00:00");
        let marquesas = Zone::of_steps("Pacific/Marquesas", vec![(i64::MIN, -34_200_000)]);
        assert_eq!(instant(AT, &marquesas), "2026-11-21T02:35:00-09:30");
    }

    #[test]
    fn an_offset_that_the_form_does_not_know_is_never_rounded() {
        let local_mean = Zone::of_steps("Local", vec![(i64::MIN, 3_208_000)]);
        assert_eq!(instant(AT, &local_mean), "2026-11-21T12:05:00+00:00");
        assert_eq!(instant(i64::MAX, &Zone::utc()), "");
    }
}
