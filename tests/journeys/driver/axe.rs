//! axe-core, run in the journeys' own world: the page's scripts and its content security
//! policy know nothing of it.

use serde::Deserialize;

use super::frame::Frame;

const AXE: &str = include_str!("../axe/axe.min.js");
/// WCAG 2.2 AA, and what axe-core counts as good practice.
const RUN: &str = "(() => {
// A button half below a bar that stays in place is a matter of how far one has scrolled, and no
// small button: the player and the bar of a transcript stay, at its upper and its lower end.
const BARS = '.player, .reading-bar';
const isCovered = node => {
    const size = node.any.find(check => check.id === 'target-size');
    const covers = size?.data?.messageKey?.startsWith('partiallyObscured') ? size.relatedNodes : [];
    const inBar = ({ target }) => document.querySelector(target[0])?.closest(BARS);
    return covers.length > 0 && covers.every(inBar);
};
return axe.run(document, {
    iframes: false,
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(results => results.violations.map(violation => ({
    rule: violation.id,
    impact: violation.impact ?? 'unknown',
    help: violation.help,
    places: violation.nodes.filter(node => !isCovered(node))
        .map(node => node.target.join(' ') + ': ' + node.failureSummary),
})).filter(violation => violation.places.length > 0));
})()";

/// A rule that the page breaks, and where.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct Violation {
    pub rule: String,
    pub impact: String,
    pub help: String,
    pub places: Vec<String>,
}

#[track_caller]
pub(super) fn run(frame: &Frame<'_>) -> Vec<Violation> {
    let ran = || {
        if frame.try_eval("typeof axe")? != "object" {
            frame.try_eval(&format!("{AXE}; null"))?;
        }
        frame.try_eval(RUN)
    };
    let found = ran().unwrap_or_else(|error| panic!("axe-core did not run: {error}"));
    serde_json::from_value(found).unwrap_or_else(|error| panic!("axe-core's answer: {error}"))
}

#[track_caller]
pub(super) fn assert_none(violations: &[Violation], where_it_is: &str) {
    let lines = violations.iter().map(|broken| {
        let places = broken.places.join("\n      ");
        format!("  {} ({}): {}\n      {places}", broken.rule, broken.impact, broken.help)
    });
    let report = lines.collect::<Vec<_>>().join("\n");
    assert!(violations.is_empty(), "not accessible, {where_it_is}\n{report}");
}
