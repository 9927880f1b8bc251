//! The parts of an open call besides its transcript, each behind a tab and drawn when it is first
//! looked at: details, analysis, diagnostics, the answer as it came.

use calls::insight::Topic;
use calls::words::Words;
use calls::{Call, Fact, Insight, OpenedCall};
use leptos::prelude::*;

use crate::components::analysis::Analysis;
use crate::components::diagnostics::Diagnostics;
use crate::components::facts::Facts;
use crate::components::opening::Opening;
use crate::components::player::{Playing, can_play};
use crate::components::raw_view::RawView;
use crate::locale::use_locale;
use crate::selection::use_selection;
use crate::store::{Store, use_store};

/// Which tabs there are, in their order. What a provider cannot fill is not there, and what it
/// seldom fills comes when it does.
pub fn use_tabs(
    call: Signal<Call>,
    opened: Memo<Option<OpenedCall>>,
    insight: Memo<Insight>,
) -> Memo<Vec<&'static str>> {
    let store = use_store();
    Memo::new(move |_| {
        let measured = opened.with(|opened| {
            let Some(opened) = opened else { return call.with(|call| measures(call, store)) };
            let told = insight.with(|insight| {
                insight.stages.len() + insight.replies.len() + insight.happenings.len() > 0
            });
            told || measures(&opened.call, store)
                || !of(opened, Topic::Diagnostics, store).is_empty()
        });
        let tabs = [
            ("transcript", true),
            ("details", true),
            ("analysis", true),
            ("diagnostics", measured),
            ("raw", true),
        ];
        tabs.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
    })
}

/// Whether the provider of a call measures anything at all.
fn measures(call: &Call, store: Store) -> bool {
    let connection = untrack(|| store.connection(&call.key.connection));
    connection.is_some_and(|connection| !connection.adapter.topics().diagnostics.is_empty())
}

/// What a tab says.
#[must_use]
pub fn tab_text(name: &str, words: &Words) -> String {
    match name {
        "details" => words.tab_details(),
        "analysis" => words.tab_analysis(),
        "diagnostics" => words.tab_diagnostics(),
        "raw" => words.tab_raw(),
        _ => words.tab_transcript(),
    }
}

/// What is behind a tab.
#[component]
pub fn Panel(
    /// The tab.
    name: &'static str,
    /// The chosen one.
    chosen: RwSignal<&'static str>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="call-tab"
            role="tabpanel"
            id=format!("panel-{name}")
            aria-labelledby=format!("tab-{name}")
            hidden=move || chosen.get() != name
        >
            {children()}
        </div>
    }
}

/// The parts.
#[component]
pub fn CallParts(
    /// The call, as the list or its detail tells it.
    call: Signal<Call>,
    /// How opening it went.
    opening: Signal<Opening>,
    /// What opening it told.
    opened: Memo<Option<OpenedCall>>,
    /// What is told of how it went.
    insight: Memo<Insight>,
    /// Shared with the player.
    playing: Playing,
    /// The chosen tab.
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let (words, selection) = (use_locale().words, use_selection());
    let now_ms = selection.now_ms;
    let facts = use_facts(opened, insight);
    let provider = move || provider(&call.get());
    let details = move || {
        // Another zone is another time everywhere.
        selection.zone.track();
        let others = facts(Topic::Details);
        view! { <Facts call=call.get() others=others provider=provider()/> }
    };
    // Until the provider has answered, nothing is said to be missing.
    let known = move |draw: &dyn Fn(Call) -> AnyView| {
        selection.zone.track();
        opening.with(|opening| match opening {
            None => view! { <p class="transcript__state">{words.loading_call()}</p> }.into_any(),
            Some(Err(_)) => {
                view! { <p class="transcript__state">{words.part_not_loaded()}</p> }.into_any()
            }
            Some(Ok(_)) => draw(call.get()),
        })
    };
    let analysis = move || {
        known(&|call| {
            let judgements = insight.with(|insight| insight.judgements.clone());
            let facts = facts(Topic::Analysis);
            view! { <Analysis call=call judgements=judgements facts=facts provider=provider()/> }
                .into_any()
        })
    };
    let store = use_store();
    let plays = move |call: &Call| {
        store.can_be_heard(&call.key) && can_play(call.recording, now_ms.get_untracked())
    };
    let diagnostics = move || {
        known(&|call| {
            let play = plays(&call).then(|| Callback::new(move |at_ms| playing.play_from(at_ms)));
            let facts = facts(Topic::Diagnostics);
            view! {
                <Diagnostics call=call insight=insight.get() facts=facts provider=provider() on_play=play/>
            }
            .into_any()
        })
    };
    let raw = move || {
        known(&|_| {
            let raw = opened.with(|opened| opened.as_ref().map(|it| it.raw.clone()));
            view! { <RawView raw=raw.unwrap_or_default()/> }.into_any()
        })
    };
    view! {
        <Panel name="details" chosen=chosen>{details}</Panel>
        <Panel name="analysis" chosen=chosen>{once(chosen, "analysis", analysis)}</Panel>
        <Panel name="diagnostics" chosen=chosen>{once(chosen, "diagnostics", diagnostics)}</Panel>
        <Panel name="raw" chosen=chosen>{once(chosen, "raw", raw)}</Panel>
    }
}

/// Draws a part when its tab is chosen for the first time; it stays as it is left.
fn once<V: IntoView + 'static>(
    chosen: RwSignal<&'static str>,
    name: &'static str,
    draw: impl Fn() -> V + Copy + Send + 'static,
) -> impl Fn() -> Option<AnyView> + Copy + Send + 'static {
    let seen = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || chosen.get() == name
    });
    move || seen.get().then(|| (move || draw()).into_any())
}

/// What the provider told of a topic and what is not told elsewhere in full.
fn use_facts(
    opened: Memo<Option<OpenedCall>>,
    insight: Memo<Insight>,
) -> impl Fn(Topic) -> Vec<Fact> + Copy + Send + Sync + 'static {
    let store = use_store();
    move |topic| {
        let facts = opened.with(|opened| opened.as_ref().map(|it| of(it, topic, store)));
        let mut facts = facts.unwrap_or_default();
        insight.with(|insight| facts.retain(|fact| !is_told(&fact.name, &insight.told)));
        facts
    }
}

fn of(opened: &OpenedCall, topic: Topic, store: Store) -> Vec<Fact> {
    let connection = untrack(|| store.connection(&opened.call.key.connection));
    let topics = connection.map(|connection| connection.adapter.topics());
    let is = |fact: &&Fact| topics.map_or(Topic::Details, |topics| topics.of(&fact.name)) == topic;
    opened.facts.iter().filter(is).cloned().collect()
}

/// Whether a field is told in full: it, or one around it.
fn is_told(name: &str, told: &[String]) -> bool {
    told.iter().any(|field| {
        name.strip_prefix(field.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn provider(call: &Call) -> String {
    let connection = untrack(|| use_store().connection(&call.key.connection));
    connection.map(|connection| connection.adapter.describe().name.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_told_by_its_own_name_and_by_one_around_it_and_by_no_other() {
        let told = ["tool_usage".to_owned(), "latency_metrics.a_ms".to_owned()];
        for (name, expected) in [
            ("tool_usage", true),
            ("tool_usage.1.tool", true),
            ("tool_usage_total", false),
            ("latency_metrics.a_ms", true),
            ("latency_metrics.b_ms", false),
        ] {
            assert_eq!(is_told(name, &told), expected, "{name}");
        }
    }
}
