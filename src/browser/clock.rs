//! The one door to the clock.

use gloo_timers::future::TimeoutFuture;

/// Now, UTC milliseconds.
#[must_use]
pub fn now_ms() -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "whole milliseconds far below 2^53")]
    let now = js_sys::Date::now() as i64;
    now
}

/// Waits for some milliseconds (at most a day).
pub async fn sleep_ms(ms: i64) {
    let ms = u32::try_from(ms.clamp(0, 86_400_000)).unwrap_or_default();
    TimeoutFuture::new(ms).await;
}
