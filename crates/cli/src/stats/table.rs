//! Figures for people, and the same rows as CSV for a spreadsheet.

use ::export::iso::instant;
use calls::figures::{Figures, SuccessRate};
use calls::formats::{English, Formats as _, duration};
use calls::stats::{Known, MILLIONTHS, Spread, Summary, of_millionths};
use calls::{CostUnit, Zone};

use super::report::{Named, Parts, Report};

/// What stands where nothing is known.
const NONE: &str = "–";

/// The head of the column that says what a figure counts.
const COUNTS: &str = "Counts";

/// Rows under a row of heads.
struct Sheet {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn new(heads: &[&str]) -> Self {
        Self { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows: Vec::new() }
    }

    /// Columns in line: names and what is counted from the left, figures from the right.
    fn text(&self) -> String {
        let all = || std::iter::once(&self.heads).chain(&self.rows);
        let width = |column: usize| {
            all().filter_map(|row| Some(row.get(column)?.chars().count())).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate().map(|(index, (cell, width))| {
                let is_text =
                    index == 0 || self.heads.get(index).is_some_and(|head| head == COUNTS);
                if is_text { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        all().map(line).collect::<Vec<_>>().join("\n")
    }

    fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.heads).chain(&self.rows) {
            // It is written to memory, which has room or ends the program.
            drop(writer.write_record(row));
        }
        let written = writer.into_inner().unwrap_or_default();
        String::from_utf8_lossy(&written).trim_end().to_owned()
    }
}

/// Everything, one table after the other.
pub(super) fn text(report: &Report) -> String {
    let mut parts = vec![head(report), summary(report).text()];
    parts.extend(report.ranks.as_ref().map(|(by, named)| ranks(by.ranking_code(), named).text()));
    parts.extend(report.parts.as_ref().map(|parts| series(parts, &report.zone).text()));
    parts.join("\n\n")
}

/// The most detailed table that was asked for, alone.
pub(super) fn csv(report: &Report) -> String {
    let sheet = match (&report.parts, &report.ranks) {
        (Some(parts), _) => series(parts, &report.zone),
        (None, Some((by, named))) => ranks(by.ranking_code(), named),
        (None, None) => summary(report),
    };
    sheet.csv()
}

fn head(report: &Report) -> String {
    let zone = report.zone.name();
    let days = report.span.map_or_else(
        || "all calls".to_owned(),
        |span| {
            let day = |at| English.day(report.zone.day_of(at));
            format!("{} – {}", day(span.from_ms), day(span.to_ms - 1))
        },
    );
    let before = report.before.as_ref().map_or_else(String::new, |(span, _)| {
        let at = |at| instant(at, &report.zone);
        format!("\nbefore: from {} to {}", at(span.from_ms), at(span.to_ms))
    });
    let filter = if report.filter == "#" { String::new() } else { format!("\n{}", report.filter) };
    format!("{days} ({zone}){filter}{before}")
}

fn summary(report: &Report) -> Sheet {
    let mut sheet = match &report.before {
        Some(_) => Sheet::new(&["Figure", "Value", "Before", COUNTS]),
        None => Sheet::new(&["Figure", "Value", COUNTS]),
    };
    let before = report.before.as_ref().map(|(_, before)| lines(before));
    for (index, (name, value, basis)) in lines(&report.summary).into_iter().enumerate() {
        let before = before.as_ref().map(|before| match before.get(index) {
            Some((_, value, _)) => value.clone(),
            None => NONE.to_owned(),
        });
        let row = [Some(name), Some(value), before, Some(basis)];
        sheet.rows.push(row.into_iter().flatten().collect());
    }
    sheet
}

type Line = (String, String, String);

/// Name, value, and what it counts; always the same ones in the same order, so that two periods
/// stand beside each other.
fn lines(summary: &Summary) -> Vec<Line> {
    let figures = &summary.figures;
    let answered = format!("of {} answered calls", number(figures.answered));
    let line = |name: &str, value: String, basis: &str| (name.to_owned(), value, basis.to_owned());
    let mut lines = vec![
        line("Calls", number(figures.calls), &basis(figures)),
        line("Answered", number(figures.answered), &format!("{} not", number(figures.unanswered))),
        line("Average duration", time(figures.mean_ms), &answered),
        line("Median duration", time(figures.median_ms), &answered),
        line("90% last at most", time(summary.p90_ms), &answered),
        line("Talk time", duration(to_f64(figures.talk_ms)), &answered),
        rate("Success rate", figures.success),
        rate("Success of answered calls", summary.answered_success),
        share("Voicemail", summary.voicemail),
        share("Transferred", summary.transferred),
        line("To do", number(figures.todo), "calls that staff have marked as open"),
    ];
    lines.extend(CostUnit::ALL.map(|unit| cost(summary, unit)));
    lines.push(spread("Score, median", &summary.score, |score| {
        English.decimal(score / MILLIONTHS, 2)
    }));
    let ms = |ms: f64| format!("{} ms", number_of(ms));
    lines.push(spread("Time to answer, median", &summary.latency_ms, ms));
    lines
}

fn basis(figures: &Figures) -> String {
    format!(
        "{} answered, {} not, {} unknown",
        number(figures.answered),
        number(figures.unanswered),
        number(figures.unknown)
    )
}

fn rate(name: &str, rate: SuccessRate) -> Line {
    let value = rate.rate().map_or_else(|| NONE.to_owned(), |rate| English.percent(rate));
    let not_stated = number(rate.not_stated);
    let basis = match rate.interval() {
        Some((low, high)) => format!(
            "{} of {}, 95% between {} and {}, {not_stated} not stated",
            number(rate.yes),
            number(rate.denominator()),
            English.percent(low),
            English.percent(high),
        ),
        None => format!("{not_stated} not stated"),
    };
    (name.to_owned(), value, basis)
}

fn share(name: &str, known: Known) -> Line {
    let basis =
        format!("of {}, {} not stated", number(known.denominator()), number(known.not_stated));
    (name.to_owned(), number(known.yes), basis)
}

fn cost(summary: &Summary, unit: CostUnit) -> Line {
    let name = match unit {
        CostUnit::UsCents => "Cost, US cents",
        CostUnit::Credits => "Cost, credits",
    };
    let sum = summary.costs.iter().find(|sum| sum.unit == unit);
    let value = sum
        .map_or_else(|| NONE.to_owned(), |sum| English.decimal(of_millionths(sum.millionths), 2));
    let calls = sum.map_or(0, |sum| sum.calls);
    (name.to_owned(), value, format!("of {} calls with such a cost", number(calls)))
}

fn spread(name: &str, spread: &Spread, text: impl Fn(f64) -> String) -> Line {
    let of = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), &text);
    let basis = format!("of {} calls, 90% at most {}", number(spread.count), of(spread.p90));
    (name.to_owned(), of(spread.median), basis)
}

fn ranks(by: &str, named: &[Named]) -> Sheet {
    let mut sheet =
        Sheet::new(&[by, "calls", "answered", "average", "median", "success", "of", "not stated"]);
    for Named { name, figures, .. } in named {
        let success = figures.success;
        let rate = success.rate().map_or_else(|| NONE.to_owned(), |rate| English.percent(rate));
        sheet.rows.push(vec![
            name.clone(),
            figures.calls.to_string(),
            figures.answered.to_string(),
            time(figures.mean_ms),
            time(figures.median_ms),
            rate,
            success.denominator().to_string(),
            success.not_stated.to_string(),
        ]);
    }
    sheet
}

fn series(parts: &Parts, zone: &Zone) -> Sheet {
    let mut sheet = Sheet::new(&[parts.step.code(), "calls"]);
    sheet.heads.extend(parts.series.keys.iter().map(|key| format!("success {key}")));
    for (counts, bounds) in parts.series.parts.iter().zip(parts.bounds.windows(2)) {
        let from = bounds.first().copied().unwrap_or_default();
        let calls: u32 = counts.iter().sum();
        let mut row = vec![::export::iso::instant(from, zone), calls.to_string()];
        row.extend(counts.iter().map(u32::to_string));
        sheet.rows.push(row);
    }
    sheet
}

fn time(ms: Option<f64>) -> String {
    ms.map_or_else(|| NONE.to_owned(), duration)
}

fn number(count: usize) -> String {
    English.number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn number_of(value: f64) -> String {
    English.decimal(value.round(), 0)
}

fn to_f64(ms: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let ms = ms as f64;
    ms
}
