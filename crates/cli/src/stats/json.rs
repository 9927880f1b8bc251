//! Figures for programs: every number as it was computed, none rounded.

use ::export::iso::instant;
use calls::CostUnit;
use calls::figures::{Figures, SuccessRate};
use calls::stats::{Known, LENGTHS_MS, Series, Spread, Summary, of_millionths};
use serde_json::{Map, Value, json};

use super::report::{Named, Parts, Report};

/// The figures as JSON. Durations are milliseconds, rates shares of 1.
pub(super) fn text(report: &Report) -> String {
    let at = |ms: i64| instant(ms, &report.zone);
    let mut value = json!({
        "calldeck": 1,
        "kind": "stats",
        "zone": report.zone.name(),
        "from": report.span.map(|span| at(span.from_ms)),
        "to": report.span.map(|span| at(span.to_ms)),
        "filter": report.filter,
        "complete": report.missing.is_empty(),
        "missing": report.missing,
        "figures": summary(&report.summary),
        "lengths": lengths(&report.lengths),
        "hours_of_week": report.week,
    });
    let more = [
        ("before", report.before.as_ref().map(|(_, before)| summary(before))),
        ("before_from", report.before.as_ref().map(|(span, _)| json!(at(span.from_ms)))),
        ("before_to", report.before.as_ref().map(|(span, _)| json!(at(span.to_ms)))),
        ("by", report.ranks.as_ref().map(|(by, ranks)| json!({"dimension": by.ranking_code(), "values": ranks.iter().map(rank).collect::<Vec<_>>()}))),
        ("per", report.parts.as_ref().map(|parts| series(parts, &at))),
    ];
    if let Some(object) = value.as_object_mut() {
        object.extend(more.into_iter().filter_map(|(name, more)| Some((name.to_owned(), more?))));
    }
    format!("{value:#}")
}

fn summary(summary: &Summary) -> Value {
    let cost = |cost: &calls::stats::CostSum| json!({"unit": cost.unit.code(), "amount": cost.amount(), "calls": cost.calls});
    let mut value = figures(&summary.figures);
    let more = json!({
        "p90_ms": summary.p90_ms,
        "success_of_answered": success(summary.answered_success),
        "voicemail": known(summary.voicemail),
        "transferred": known(summary.transferred),
        "costs": summary.costs.iter().map(cost).collect::<Vec<_>>(),
        "score": spread(&summary.score, calls::stats::MILLIONTHS),
        "latency_ms": spread(&summary.latency_ms, 1.0),
    });
    if let (Some(object), Value::Object(more)) = (value.as_object_mut(), more) {
        object.extend(more);
    }
    value
}

fn figures(figures: &Figures) -> Value {
    json!({
        "calls": figures.calls,
        "answered": figures.answered,
        "not_answered": figures.unanswered,
        "duration_unknown": figures.unknown,
        "mean_ms": figures.mean_ms,
        "median_ms": figures.median_ms,
        "talk_ms": figures.talk_ms,
        "success": success(figures.success),
        "todo": figures.todo,
    })
}

fn success(rate: SuccessRate) -> Value {
    let (low, high) = rate.interval().unzip();
    json!({
        "yes": rate.yes, "no": rate.no, "not_stated": rate.not_stated,
        "rate": rate.rate(), "low_95": low, "high_95": high,
    })
}

fn known(known: Known) -> Value {
    json!({"yes": known.yes, "no": known.no, "not_stated": known.not_stated})
}

/// `unit` is how much of what is counted one unit is.
fn spread(spread: &Spread, unit: f64) -> Value {
    let of = |value: Option<f64>| value.map(|value| value / unit);
    json!({
        "calls": spread.count, "mean": of(spread.mean), "median": of(spread.median),
        "p90": of(spread.p90), "p95": of(spread.p95),
    })
}

fn rank(named: &Named) -> Value {
    json!({"value": named.value, "name": named.name, "figures": figures(&named.figures)})
}

fn series(parts: &Parts, at: &impl Fn(i64) -> String) -> Value {
    let part = |(nth, bounds): (usize, &[i64])| {
        let cost = |(unit, amounts): &(CostUnit, Vec<i64>)| {
            let amount = amounts.get(nth).copied().map(of_millionths);
            (unit.code().to_owned(), json!(amount))
        };
        json!({
            "from": bounds.first().map(|from| at(*from)),
            "to": bounds.last().map(|to| at(*to)),
            "success": counts(&parts.series, nth),
            "status": counts(&parts.statuses, nth),
            "costs": parts.costs.iter().map(cost).collect::<Map<_, _>>(),
        })
    };
    let all = parts.bounds.windows(2).enumerate();
    json!({"step": parts.step.code(), "parts": all.map(part).collect::<Vec<_>>()})
}

/// What is told apart in a part of time.
fn counts(series: &Series, nth: usize) -> Map<String, Value> {
    let counts = series.parts.get(nth).into_iter().flatten();
    series.keys.iter().zip(counts).map(|(key, count)| (key.clone(), json!(count))).collect()
}

/// Each class ends with its `to_ms`; the last one is open.
fn lengths(counts: &[usize]) -> Vec<Value> {
    let ends = LENGTHS_MS.into_iter().map(Some).chain([None]);
    ends.zip(counts).map(|(to_ms, calls)| json!({"to_ms": to_ms, "calls": calls})).collect()
}
