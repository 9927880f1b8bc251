//! One line of figures for exactly what the list shows, each a door to the statistics.

use calls::figures::{Figures, SuccessRate};
use calls::formats::duration;
use leptos::prelude::*;
use load::LoadState;

use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::place::View;
use crate::selection::use_selection;
use crate::store::use_store;

/// A figure in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureText {
    /// What it is.
    pub name: String,
    /// The figure.
    pub value: String,
    /// What it counts and leaves out.
    pub basis: String,
}

/// The figures in words.
#[must_use]
pub fn figure_texts(figures: &Figures, locale: Locale) -> Vec<FigureText> {
    let words = locale.words;
    let unknown = || words.unknown_value();
    let secs = |ms: Option<f64>| ms.map_or_else(unknown, duration);
    let of_answered = answered_basis(figures.answered, locale);
    vec![
        FigureText {
            name: words.figure_calls(),
            value: locale.count(figures.calls),
            basis: words.basis_calls(
                locale.count(figures.answered),
                locale.count(figures.unanswered),
                locale.count(figures.unknown),
            ),
        },
        FigureText {
            name: words.figure_answered(),
            value: locale.count(figures.answered),
            basis: words.basis_unanswered(locale.count(figures.unanswered)),
        },
        FigureText {
            name: words.figure_mean(),
            value: secs(figures.mean_ms),
            basis: of_answered.clone(),
        },
        FigureText {
            name: words.figure_median(),
            value: secs(figures.median_ms),
            basis: of_answered,
        },
        FigureText {
            name: words.figure_success(),
            value: figures.success.rate().map_or_else(unknown, |rate| locale.formats.percent(rate)),
            basis: success_basis(figures.success, locale),
        },
    ]
}

/// "of 12 answered calls"
#[must_use]
pub fn answered_basis(answered: usize, locale: Locale) -> String {
    let plural = locale.formats.plural(i64::try_from(answered).unwrap_or(i64::MAX));
    locale.words.basis_answered(plural, locale.count(answered))
}

/// "412 of 603, 95 % between 64 % and 72 %, 88 not stated".
#[must_use]
pub fn success_basis(success: SuccessRate, locale: Locale) -> String {
    let words = locale.words;
    let (yes, stated) = (locale.count(success.yes), locale.count(success.denominator()));
    match success.interval() {
        Some((low, high)) => words.basis_success(
            yes,
            stated,
            locale.formats.percent(low),
            locale.formats.percent(high),
            locale.count(success.not_stated),
        ),
        None => words.basis_success_none(locale.count(success.not_stated)),
    }
}

/// The strip.
#[component]
pub fn FigureStrip() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let href = nav.part(|place| place.with_view(View::Statistics).fragment());
    let figures = move || {
        let texts = selection.figures.with(|figures| figure_texts(figures, locale));
        let figure = |text: FigureText| {
            view! {
                <li class="figures__figure">
                    <span class="figures__name">{text.name}</span>
                    <a class="figures__value" href=move || href.get()>{text.value}</a>
                    <span class="figures__basis">{text.basis}</span>
                </li>
            }
        };
        texts.into_iter().map(figure).collect_view()
    };
    view! {
        <section class="figures" aria-label=locale.words.figures_label()>
            <ul class="figures__list">{figures}</ul>
            <PartialNote/>
        </section>
    }
}

/// Says that figures do not cover every call: because more are coming, or because some failed.
#[component]
pub fn PartialNote() -> impl IntoView {
    let (store, words) = (use_store(), use_locale().words);
    move || {
        let states = store.states();
        let loading = store.is_loading();
        let said = match loading {
            true => Some(words.figures_loading()),
            false if states.values().any(LoadState::is_partial) => Some(words.figures_partial()),
            false => None,
        };
        said.map(|said| view! { <p class="figures__partial" data-loading=loading.to_string()>{said}</p> })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_success_rate_never_stands_without_its_denominator() {
        let locale = Locale::english();
        let mut figures = Figures { calls: 12, answered: 10, ..Figures::default() };
        figures.success = SuccessRate { yes: 8, no: 2, not_stated: 2 };
        let texts = figure_texts(&figures, locale);
        let success = texts.last().unwrap();
        assert_eq!(success.value, "80%");
        assert!(
            success.basis.contains("8 of 10") && success.basis.contains("49%"),
            "{}",
            success.basis
        );
        let none = figure_texts(&Figures::default(), locale);
        assert_eq!(none.last().unwrap().value, locale.words.unknown_value());
    }
}
