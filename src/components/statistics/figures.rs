//! The figures as cards, each with what it counts, its definition, and the same of the period
//! before with the difference.

use calls::filter::Filter;
use calls::stats::Summary;
use leptos::prelude::*;

use super::delta::{Delta, DeltaText, delta, noise_text};
use super::lines::{Line, lines};
use crate::components::figure_strip::FigureText;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::place::View;

/// A figure with all that is said of it.
#[derive(Clone, Debug)]
pub struct Stat {
    /// Name, value, what it counts.
    pub text: FigureText,
    /// What it means and leaves out.
    pub definition: String,
    /// The same of the period before.
    pub before: Option<Before>,
    /// How the filter shows its calls alone.
    pub only: fn(&mut Filter),
}

/// A figure of the period before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Before {
    /// What it was.
    pub value: String,
    /// How far the figure lies above it, where both are known.
    pub delta: Option<Delta>,
    /// What chance has to do with it, where that can be said.
    pub noise: Option<String>,
}

/// All figures of a summary, always the same ones in the same order but for costs and what only
/// opened calls tell, which are there if any call has them.
#[must_use]
pub fn stats(summary: &Summary, before: Option<&Summary>, locale: Locale) -> Vec<Stat> {
    let then = before.map(|before| lines(before, locale));
    let stat = |line: Line| {
        let before = then.as_ref().map(|then| {
            let same = then.iter().find(|other| other.key == line.key);
            compared(&line, same, locale)
        });
        Stat { text: line.text, definition: line.meaning, before, only: line.only }
    };
    lines(summary, locale).into_iter().map(stat).collect()
}

/// What a figure was, and how far it lies above that.
fn compared(now: &Line, then: Option<&Line>, locale: Locale) -> Before {
    let Some(then) = then else {
        return Before { value: locale.words.unknown_value(), delta: None, noise: None };
    };
    let both = now.amount.zip(then.amount);
    let rates = now.rate.zip(then.rate).and_then(|(now, then)| now.above(then));
    Before {
        value: then.text.value.clone(),
        delta: both.map(|(one, other)| delta(one, other, now.good, locale).beside(rates)),
        noise: rates.map(|rates| noise_text(rates, locale)),
    }
}

/// The cards.
#[component]
pub fn StatCards(
    /// The figures.
    stats: Vec<Stat>,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let place = nav.part(|place| place.with_view(View::Calls));
    let card = |stat: Stat| {
        let Stat { text, definition, before, only } = stat;
        let href = move || {
            let mut place = place.get();
            only(&mut place.filter);
            place.fragment()
        };
        let about = locale.words.figure_about(&text.name);
        view! {
            <li class="figure-card">
                <span class="figure-card__name">{text.name}</span>
                <a class="figure-card__value" href=href>{text.value}</a>
                {before.map(|before| view! { <WasBefore before=before/> })}
                <span class="figure-card__basis">{text.basis}</span>
                <details class="figure-card__about">
                    // tidy: not words: the sign for information
                    <summary aria-label=about.clone() title=about>"i"</summary>
                    <p>{definition}</p>
                </details>
            </li>
        }
    };
    view! { <ul class="figure-cards">{stats.into_iter().map(card).collect_view()}</ul> }
}

#[component]
fn WasBefore(before: Before) -> impl IntoView {
    let words = use_locale().words;
    let Before { value, delta, noise } = before;
    view! {
        <span class="figure-card__before">
            {delta.map(|delta| view! { <DeltaText delta=delta/> })}
            <span>{words.figure_before(value)}</span>
            {noise.map(|noise| view! { <span class="figure-card__noise">{noise}</span> })}
        </span>
    }
}
