//! The figures, each with what it counts, its definition, and the same of the period before.

use calls::filter::{Bounds, Filter, Mark, Told, Wanted};
use calls::formats::duration;
use calls::stats::{CostSum, Known, MILLIONTHS, Spread, Summary};
use calls::{Cost, Success};
use leptos::prelude::*;

use crate::components::call_text::cost_text;
use crate::components::figure_strip::{FigureText, figure_texts, success_basis};
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
    /// The value of the period before.
    pub before: Option<String>,
    /// How the filter shows its calls alone.
    pub only: fn(&mut Filter),
}

/// All figures of a summary, always the same ones in the same order but for costs and what only
/// opened calls tell, which are there if any call has them.
#[must_use]
pub fn stats(summary: &Summary, before: Option<&Summary>, locale: Locale) -> Vec<Stat> {
    let now = lines(summary, locale);
    let then = before.map(|before| lines(before, locale));
    let of_before = |name: &str| {
        let line = then.as_ref()?.iter().find(|(text, ..)| text.name == name);
        Some(line.map_or_else(|| locale.words.unknown_value(), |(text, ..)| text.value.clone()))
    };
    now.into_iter()
        .map(|(text, definition, only)| {
            let before = of_before(&text.name);
            Stat { text, definition, before, only }
        })
        .collect()
}

type Line = (FigureText, String, fn(&mut Filter));

fn lines(summary: &Summary, locale: Locale) -> Vec<Line> {
    let words = locale.words;
    let mut lines = usual(summary, locale);
    let answered = words.basis_answered(locale.count(summary.figures.answered));
    let time = |ms: Option<f64>| ms.map_or_else(|| words.unknown_value(), duration);
    let figure = |name: String, value: String, basis: String| FigureText { name, value, basis };
    lines.insert(
        4,
        (
            figure(words.figure_p90(), time(summary.p90_ms), answered.clone()),
            words.means_p90(),
            answered_only,
        ),
    );
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let talk = duration(summary.figures.talk_ms as f64);
    lines.push((figure(words.figure_talk(), talk, answered), words.means_talk(), answered_only));
    let rate = summary.answered_success;
    let value = rate.rate().map_or_else(|| words.unknown_value(), |it| locale.formats.percent(it));
    let text = figure(words.figure_success_answered(), value, success_basis(rate, locale));
    lines.push((text, words.means_success_answered(), |filter| {
        answered_only(filter);
        succeeded_only(filter);
    }));
    let voicemail = known(words.figure_voicemail(), summary.voicemail, locale);
    lines.push((voicemail, words.means_voicemail(), |filter| filter.voicemails = vec![Told::Yes]));
    let transferred = known(words.figure_transferred(), summary.transferred, locale);
    lines.push((transferred, words.means_transferred(), everything));
    let todo = locale.count(summary.figures.todo);
    let todo = figure(words.figure_todo(), todo, words.basis_todo());
    let only_todo = |filter: &mut Filter| filter.marks.set(Mark::Todo, Wanted::Only);
    lines.push((todo, words.means_todo(), only_todo));
    lines.extend(summary.costs.iter().map(|cost| of_cost(*cost, summary, locale)));
    lines.extend(of_opened(summary, locale));
    lines
}

/// Those that stand over every list.
fn usual(summary: &Summary, locale: Locale) -> Vec<Line> {
    let words = locale.words;
    let meanings: [(String, fn(&mut Filter)); 5] = [
        (words.means_calls(), everything),
        (words.means_answered(), answered_only),
        (words.means_mean(), answered_only),
        (words.means_median(), answered_only),
        (words.means_success(), succeeded_only),
    ];
    let texts = figure_texts(&summary.figures, locale).into_iter();
    texts.zip(meanings).map(|(text, (meaning, only))| (text, meaning, only)).collect()
}

fn known(name: String, known: Known, locale: Locale) -> FigureText {
    let (of, none) = (locale.count(known.denominator()), locale.count(known.not_stated));
    FigureText { name, value: locale.count(known.yes), basis: locale.words.basis_known(of, none) }
}

fn of_cost(cost: CostSum, summary: &Summary, locale: Locale) -> Line {
    let value = cost_text(Cost::of(cost.amount(), cost.unit), locale);
    let calls = locale.count(cost.calls);
    let basis = locale.words.basis_cost(calls, locale.count(summary.figures.calls));
    let text = FigureText { name: locale.words.figure_cost(), value, basis };
    (text, locale.words.means_cost(), everything)
}

/// What only opened calls tell, if any does.
fn of_opened(summary: &Summary, locale: Locale) -> Vec<Line> {
    let words = locale.words;
    let text = |name: String, spread: &Spread, value: &dyn Fn(f64) -> String| {
        let of = |known: Option<f64>| known.map_or_else(|| words.unknown_value(), value);
        let (some, all) = (locale.count(spread.count), locale.count(summary.figures.calls));
        let basis = words.basis_spread(some, all, of(spread.p90));
        FigureText { name, value: of(spread.median), basis }
    };
    let points = |score: f64| locale.formats.decimal(score / MILLIONTHS, 1);
    let ms = |ms: f64| words.latency_ms(locale.formats.decimal(ms, 0));
    let score = (text(words.figure_score(), &summary.score, &points), words.means_score());
    let latency = (text(words.figure_latency(), &summary.latency_ms, &ms), words.means_latency());
    let counted = [(summary.score.count, score), (summary.latency_ms.count, latency)];
    let there = counted.into_iter().filter(|(count, _)| *count > 0);
    there.map(|(_, (text, means))| (text, means, everything as fn(&mut Filter))).collect()
}

fn everything(_: &mut Filter) {}

fn answered_only(filter: &mut Filter) {
    let least = filter.duration_ms.least.unwrap_or(1).max(1);
    filter.duration_ms = Bounds { least: Some(least), ..filter.duration_ms };
}

fn succeeded_only(filter: &mut Filter) {
    filter.successes = vec![Success::Yes];
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
                {before.map(|before| view! {
                    <span class="figure-card__before">{locale.words.figure_before(before)}</span>
                })}
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
