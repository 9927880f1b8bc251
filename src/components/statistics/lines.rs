//! Every figure of a summary in words, with its number and its definition.

use calls::figures::SuccessRate;
use calls::filter::{Bounds, CostBounds, Filter, Mark, Told, Wanted};
use calls::formats::duration;
use calls::stats::{CostSum, Known, MILLIONTHS, Spread, Summary};
use calls::{Cost, CostUnit, Success};

use super::bars::to_f64;
use super::delta::{Amount, Good};
use crate::components::call_text::cost_text;
use crate::components::figure_strip::{FigureText, answered_basis, figure_texts, success_basis};
use crate::locale::Locale;

/// A figure.
#[derive(Clone, Debug)]
pub struct Line {
    /// What tells it from others, whatever the language.
    pub key: &'static str,
    /// Name, value, what it counts.
    pub text: FigureText,
    /// What it means and leaves out.
    pub meaning: String,
    /// Its number, if it is known.
    pub amount: Option<Amount>,
    /// Which direction is good.
    pub good: Good,
    /// What it is a rate of.
    pub rate: Option<SuccessRate>,
    /// How the filter shows its calls alone.
    pub only: fn(&mut Filter),
}

impl Line {
    fn new(
        key: &'static str,
        text: FigureText,
        meaning: String,
        amount: Option<Amount>,
        only: fn(&mut Filter),
    ) -> Self {
        Self { key, text, meaning, amount, good: Good::Unknown, rate: None, only }
    }

    fn good(self, good: Good) -> Self {
        Self { good, ..self }
    }

    fn rate(self, rate: SuccessRate) -> Self {
        Self { rate: Some(rate), good: Good::More, ..self }
    }
}

/// All figures, always in the same order.
#[must_use]
pub fn lines(summary: &Summary, locale: Locale) -> Vec<Line> {
    let mut lines = usual(summary, locale);
    lines.insert(4, p90(summary, locale));
    lines.push(talk(summary, locale));
    lines.push(answered_success(summary, locale));
    lines.extend(endings(summary, locale));
    lines.extend(summary.costs.iter().map(|cost| of_cost(*cost, summary, locale)));
    lines.extend(of_opened(summary, locale));
    lines
}

/// Those that stand over every list.
fn usual(summary: &Summary, locale: Locale) -> Vec<Line> {
    let (words, figures) = (locale.words, &summary.figures);
    let count = |count: usize| Some(Amount::Count(to_f64(count)));
    let rate = figures.success;
    let mut texts = figure_texts(figures, locale).into_iter();
    let mut line =
        |key, meaning, amount, only| Some(Line::new(key, texts.next()?, meaning, amount, only));
    let lines = [
        line("calls", words.means_calls(), count(figures.calls), everything),
        line("answered", words.means_answered(), count(figures.answered), answered_only),
        line("mean", words.means_mean(), figures.mean_ms.map(Amount::Ms), answered_only),
        line("median", words.means_median(), figures.median_ms.map(Amount::Ms), answered_only),
        line("success", words.means_success(), rate.rate().map(Amount::Share), succeeded_only)
            .map(|line| line.rate(rate)),
    ];
    lines.into_iter().flatten().collect()
}

fn p90(summary: &Summary, locale: Locale) -> Line {
    let words = locale.words;
    let value = summary.p90_ms.map_or_else(|| words.unknown_value(), duration);
    let basis = answered_basis(summary.figures.answered, locale);
    let text = FigureText { name: words.figure_p90(), value, basis };
    Line::new("p90", text, words.means_p90(), summary.p90_ms.map(Amount::Ms), answered_only)
}

fn talk(summary: &Summary, locale: Locale) -> Line {
    let words = locale.words;
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let talk_ms = summary.figures.talk_ms as f64;
    let basis = answered_basis(summary.figures.answered, locale);
    let text = FigureText { name: words.figure_talk(), value: duration(talk_ms), basis };
    Line::new("talk", text, words.means_talk(), Some(Amount::Ms(talk_ms)), answered_only)
}

fn answered_success(summary: &Summary, locale: Locale) -> Line {
    let (words, rate) = (locale.words, summary.answered_success);
    let value = rate.rate().map_or_else(|| words.unknown_value(), |it| locale.formats.percent(it));
    let basis = success_basis(rate, locale);
    let text = FigureText { name: words.figure_success_answered(), value, basis };
    let amount = rate.rate().map(Amount::Share);
    let only = |filter: &mut Filter| {
        answered_only(filter);
        succeeded_only(filter);
    };
    Line::new("success-answered", text, words.means_success_answered(), amount, only).rate(rate)
}

/// Voicemails, transfers, and what is left to do.
fn endings(summary: &Summary, locale: Locale) -> [Line; 3] {
    let words = locale.words;
    let known = |key, name, known: Known, meaning, only| {
        let (of, none) = (locale.count(known.denominator()), locale.count(known.not_stated));
        let value = locale.count(known.yes);
        let text = FigureText { name, value, basis: words.basis_known(of, none) };
        Line::new(key, text, meaning, Some(Amount::Count(to_f64(known.yes))), only)
    };
    let todo = FigureText {
        name: words.figure_todo(),
        value: locale.count(summary.figures.todo),
        basis: words.basis_todo(),
    };
    let left = Some(Amount::Count(to_f64(summary.figures.todo)));
    [
        known(
            "voicemail",
            words.figure_voicemail(),
            summary.voicemail,
            words.means_voicemail(),
            |filter| filter.voicemails = vec![Told::Yes],
        ),
        known(
            "transferred",
            words.figure_transferred(),
            summary.transferred,
            words.means_transferred(),
            |filter| filter.transfers = vec![Told::Yes],
        ),
        Line::new("todo", todo, words.means_todo(), left, |filter| {
            filter.marks.set(Mark::Todo, Wanted::Only);
        })
        .good(Good::Less),
    ]
}

fn of_cost(cost: CostSum, summary: &Summary, locale: Locale) -> Line {
    let sum = Cost::of(cost.amount(), cost.unit);
    let value = cost_text(sum, locale);
    let calls = locale.count(cost.calls);
    let basis = locale.words.basis_cost(calls, locale.count(summary.figures.calls));
    let text = FigureText { name: locale.words.figure_cost(), value, basis };
    let only: fn(&mut Filter) = match cost.unit {
        CostUnit::UsCents => |filter| costed(filter, CostUnit::UsCents),
        CostUnit::Credits => |filter| costed(filter, CostUnit::Credits),
    };
    Line::new(cost.unit.code(), text, locale.words.means_cost(), Some(Amount::Cost(sum)), only)
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
    let (score, latency) = (&summary.score, &summary.latency_ms);
    let score_text = text(words.figure_score(), score, &points);
    let latency_text = text(words.figure_latency(), latency, &ms);
    let score_amount = score.median.map(|median| Amount::Parts(median / MILLIONTHS));
    let latency_amount = latency.median.map(Amount::Count);
    let lines = [
        Line::new("score", score_text, words.means_score(), score_amount, |filter| {
            filter.score = known(filter.score);
        })
        .good(Good::More),
        Line::new("latency", latency_text, words.means_latency(), latency_amount, |filter| {
            filter.latency_ms = known(filter.latency_ms);
        })
        .good(Good::Less),
    ];
    let there = [score.count, latency.count].into_iter().zip(lines);
    there.filter(|(count, _)| *count > 0).map(|(_, line)| line).collect()
}

fn everything(_: &mut Filter) {}

/// The calls that have a cost in a unit, as far as the filter shows them anyway.
pub(super) fn costed(filter: &mut Filter, unit: CostUnit) {
    let chosen = filter.cost.filter(|cost| cost.unit == unit);
    filter.cost = Some(chosen.unwrap_or(CostBounds { unit, bounds: Bounds::KNOWN }));
}

/// The same bounds, which let nothing through that is not known.
fn known(bounds: Bounds) -> Bounds {
    Bounds { known: true, ..bounds }
}

fn answered_only(filter: &mut Filter) {
    let least = filter.duration_ms.least.unwrap_or(1).max(1);
    filter.duration_ms = Bounds { least: Some(least), ..filter.duration_ms };
}

fn succeeded_only(filter: &mut Filter) {
    filter.successes = vec![Success::Yes];
}
