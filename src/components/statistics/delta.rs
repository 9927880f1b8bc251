//! A difference: how much more or less, in which direction, and whether that is good. Its sign says
//! what its colour says.

use calls::Cost;
use calls::figures::Difference;
use calls::formats::duration;
use leptos::prelude::*;

use crate::components::call_text::cost_text;
use crate::locale::Locale;

/// What a figure is, so that two of them can be told apart.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Amount {
    /// A count.
    Count(f64),
    /// Milliseconds of a duration.
    Ms(f64),
    /// A share of 1; a difference of shares is in points.
    Share(f64),
    /// Something with parts, such as points of a score.
    Parts(f64),
    /// What calls cost.
    Cost(Cost),
}

/// Which direction of a figure is good, where that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Good {
    /// Nobody can say: more calls may be either.
    #[default]
    Unknown,
    /// The more the better.
    More,
    /// The less the better.
    Less,
}

/// A difference in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delta {
    /// Its sign: `up`, `down`, `same`.
    pub way: &'static str,
    /// "+0:12, +14%".
    pub text: String,
    /// For CSS: `good`, `bad`, or nothing known.
    pub tone: &'static str,
}

impl Amount {
    fn number(self) -> f64 {
        match self {
            Self::Count(number) | Self::Ms(number) | Self::Share(number) | Self::Parts(number) => {
                number
            }
            Self::Cost(cost) => cost.parts().0,
        }
    }

    /// So much of the same kind, without its sign.
    fn size(self, number: f64, locale: Locale) -> String {
        let size = number.abs();
        #[allow(clippy::cast_possible_truncation, reason = "counts stay far below 2^53")]
        let whole = size.round() as i64;
        match self {
            Self::Count(_) => locale.count(whole),
            Self::Ms(_) => duration(size),
            Self::Share(_) => points(size, locale),
            Self::Parts(_) => locale.formats.decimal(size, 2),
            Self::Cost(cost) => cost_text(Cost::of(size, cost.parts().1), locale),
        }
    }
}

/// A difference of shares: "1 point", "2.5 points".
fn points(size: f64, locale: Locale) -> String {
    let text = locale.formats.decimal(size * 100.0, 1);
    let one = text == locale.formats.decimal(1.0, 1);
    locale.words.points(locale.formats.plural(if one { 1 } else { 2 }), text)
}

/// Nothing that could be seen: below this a difference is one of rounding.
const NOTHING: f64 = 1e-9;

/// How far a figure lies above another one of the same kind.
#[must_use]
pub fn delta(now: Amount, before: Amount, good: Good, locale: Locale) -> Delta {
    let words = locale.words;
    let by = now.number() - before.number();
    if by.abs() < NOTHING {
        return Delta { way: "same", text: words.delta_same(), tone: "" };
    }
    let way = if by > 0.0 { "up" } else { "down" };
    let size = signed(by, now.size(by, locale), locale);
    let text = match share(now, before) {
        Some(share) => {
            let share = signed(share, locale.formats.percent(share.abs()), locale);
            words.delta_share(size, share)
        }
        None => size,
    };
    let tone = match (good, way) {
        (Good::Unknown, _) => "",
        (Good::More, "up") | (Good::Less, "down") => "good",
        _ => "bad",
    };
    Delta { way, text, tone }
}

/// A share of what was before. A share of a share would be read as points, and one of nothing is
/// none.
fn share(now: Amount, before: Amount) -> Option<f64> {
    let comparable = !matches!(now, Amount::Share(_)) && before.number() > 0.0;
    comparable.then(|| now.number() / before.number() - 1.0)
}

/// A size with the sign of a number.
#[must_use]
pub fn signed(number: f64, size: String, locale: Locale) -> String {
    if number < 0.0 { locale.words.delta_less(size) } else { locale.words.delta_more(size) }
}

impl Delta {
    /// The same, which says neither good nor bad where chance alone would do.
    #[must_use]
    pub fn beside(self, chance: Option<Difference>) -> Self {
        let tone = if chance.is_some_and(Difference::is_within_noise) { "" } else { self.tone };
        Self { tone, ..self }
    }
}

/// Whether chance alone would do, with the interval of the difference in points.
#[must_use]
pub fn noise_text(difference: Difference, locale: Locale) -> String {
    let words = locale.words;
    let end = |end: f64| signed(end, locale.formats.decimal(end.abs() * 100.0, 1), locale);
    let (low, high) = (end(difference.low), end(difference.high));
    match difference.is_within_noise() {
        true => words.within_noise(low, high),
        false => words.beyond_noise(low, high),
    }
}

/// A difference on screen.
#[component]
pub fn DeltaText(
    /// The difference.
    delta: Delta,
) -> impl IntoView {
    let sign = match delta.way {
        "up" => "▲",
        "down" => "▼",
        _ => "",
    };
    view! {
        <span class="delta" data-tone=delta.tone>
            // tidy: not words: an arrow, which the sign of the number says as well
            <span aria-hidden="true">{sign}</span>
            <span>{delta.text}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(now: Amount, before: Amount, good: Good) -> (&'static str, String, &'static str) {
        let delta = delta(now, before, good, Locale::english());
        (delta.way, delta.text, delta.tone)
    }

    #[test]
    fn a_difference_has_its_size_its_share_and_its_sign() {
        let more = of(Amount::Ms(98_000.0), Amount::Ms(86_000.0), Good::Unknown);
        assert_eq!(more, ("up", "+0:12, +14%".into(), ""));
        let fewer = of(Amount::Count(60.0), Amount::Count(1_260.0), Good::Less);
        assert_eq!(fewer, ("down", "−1,200, −95%".into(), "good"));
        let rate = of(Amount::Share(0.5), Amount::Share(0.525), Good::More);
        assert_eq!(rate, ("down", "−2.5 points".into(), "bad"));
        let cents = |cents: f64| Amount::Cost(Cost::UsCents(cents));
        let cost = of(cents(120.0), cents(100.0), Good::Unknown);
        assert_eq!(cost, ("up", "+US$ 0.20, +20%".into(), ""));
    }

    #[test]
    fn what_chance_may_do_is_neither_good_nor_bad() {
        let up = delta(Amount::Share(0.6), Amount::Share(0.5), Good::More, Locale::english());
        let chance = |low| Some(Difference { of: 0.1, low, high: 0.2 });
        assert_eq!(up.clone().beside(chance(-0.1)).tone, "");
        assert_eq!([up.clone().beside(chance(0.01)).tone, up.beside(None).tone], ["good", "good"]);
    }

    #[test]
    fn nothing_grew_by_no_share_and_the_same_is_no_difference() {
        let from_nothing = of(Amount::Count(3.0), Amount::Count(0.0), Good::Unknown);
        assert_eq!(from_nothing, ("up", "+3".into(), ""));
        assert_eq!(of(Amount::Share(0.3), Amount::Share(0.3), Good::More).0, "same");
    }
}
