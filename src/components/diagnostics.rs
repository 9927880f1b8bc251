//! How a call went technically: latencies, tools, interruptions, and everything else that the
//! provider measured.

use calls::insight::{Happening, HappeningKind, Reply, Stage, StageKind};
use calls::{Call, Fact, Insight};
use leptos::prelude::*;

use crate::components::absent::absent_text;
use crate::components::fact_tree::name_text;
use crate::components::fact_view::FactView;
use crate::components::happening_card::{HappeningCard, took_text};
use crate::components::turn_time::TurnTime;
use crate::locale::{Locale, use_locale};

/// Replies that are shown at once; the others are folded away.
const FEW: usize = 8;

/// Kinds in the order in which they are read.
const KINDS: [HappeningKind; 4] =
    [HappeningKind::Tool, HappeningKind::Action, HappeningKind::Interruption, HappeningKind::Event];

/// The part.
#[component]
pub fn Diagnostics(
    /// The call.
    call: Call,
    /// What is told of how it went.
    insight: Insight,
    /// What else was measured.
    facts: Vec<Fact>,
    /// Name of the provider.
    provider: String,
    /// Plays from a position, milliseconds.
    #[prop(optional_no_strip)]
    on_play: Option<Callback<i64>>,
) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let Insight { stages, replies, happenings, .. } = insight;
    if stages.is_empty() && replies.is_empty() && happenings.is_empty() && facts.is_empty() {
        let why = absent_text(&call, &provider, locale);
        return view! { <p class="transcript__state">{why}</p> }.into_any();
    }
    let parts = KINDS.into_iter().map(|kind| {
        let of_kind = happenings.iter().filter(|it| it.kind == kind).cloned().collect::<Vec<_>>();
        view! { <Happened kind=kind happenings=of_kind on_play=on_play/> }
    });
    let told = !facts.is_empty();
    view! {
        <Stages stages=stages/>
        <Replies replies=replies on_play=on_play/>
        {parts.collect_view()}
        {told.then(|| view! {
            <h3 class="facts__heading">{words.facts_of_provider(provider)}</h3>
            <FactView facts=facts/>
        })}
    }
    .into_any()
}

/// The average of each stage, as bars of one scale.
#[component]
fn Stages(stages: Vec<Stage>) -> impl IntoView {
    let locale = use_locale();
    let longest = stages.iter().map(|stage| stage.ms).max()?;
    let rows = stages.into_iter().map(|stage| {
        view! {
            <li class="bars__row">
                <span class="bars__name" title=stage.name.clone()>{stage_text(&stage, locale)}</span>
                <Bar share=share(stage.ms, longest)/>
                <span class="bars__value">{took_text(stage.ms, locale)}</span>
            </li>
        }
    });
    Some(view! {
        <h3 class="facts__heading">{locale.words.latency_stages()}</h3>
        <ul class="bars">{rows.collect_view()}</ul>
    })
}

fn stage_text(stage: &Stage, locale: Locale) -> String {
    let words = locale.words;
    match stage.kind {
        StageKind::Listening => words.stage_listening(),
        StageKind::Thinking => words.stage_thinking(),
        StageKind::Speaking => words.stage_speaking(),
        StageKind::Whole => words.stage_whole(),
        StageKind::Other => name_text(&stage.name),
    }
}

/// How long each reply took: the first few, and all of them on request.
#[component]
fn Replies(replies: Vec<Reply>, on_play: Option<Callback<i64>>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let longest = replies.iter().map(|reply| reply.took_ms).max()?;
    let count = replies.len();
    let row = move |reply: Reply| {
        let at = reply.heard_ms.or(reply.spoke_ms);
        view! {
            <li class="bars__row">
                <span class="bars__name">
                    {words.reply_number(locale.count(reply.number))}
                    {at.map(|at_ms| view! { <TurnTime at_ms=at_ms on_play=on_play/> })}
                </span>
                <Bar share=share(reply.took_ms, longest)/>
                <span class="bars__value">{took_text(reply.took_ms, locale)}</span>
            </li>
        }
    };
    let mut replies = replies.into_iter();
    let first: Vec<_> = replies.by_ref().take(FEW).map(row).collect();
    let rest: Vec<Reply> = replies.collect();
    let all = RwSignal::new(false);
    let rest = StoredValue::new(rest);
    let more = move || {
        (!all.get()).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| all.set(true)>
                    {words.replies_all(locale.count(count))}
                </button>
            }
        })
    };
    let others = move || all.get().then(|| rest.get_value().into_iter().map(row).collect_view());
    Some(view! {
        <h3 class="facts__heading">{words.latency_replies()}</h3>
        <ol class="bars">{first}{others}</ol>
        {(count > FEW).then_some(more)}
    })
}

#[component]
fn Bar(share: String) -> impl IntoView {
    view! { <span class="bars__bar" aria-hidden="true" style:--share=share></span> }
}

fn share(part: i64, whole: i64) -> String {
    format!("{}%", part.max(0) * 100 / whole.max(1))
}

/// What happened of one kind, with how often.
#[component]
fn Happened(
    kind: HappeningKind,
    happenings: Vec<Happening>,
    on_play: Option<Callback<i64>>,
) -> impl IntoView {
    let locale = use_locale();
    if happenings.is_empty() {
        return None;
    }
    let words = locale.words;
    let name = match kind {
        HappeningKind::Tool => words.happened_tools(),
        HappeningKind::Action => words.happened_actions(),
        HappeningKind::Interruption => words.happened_interruptions(),
        HappeningKind::Event => words.happened_events(),
    };
    let count = locale.count(happenings.len());
    let cards = happenings
        .into_iter()
        .map(|happening| view! { <HappeningCard happening=happening on_play=on_play/> });
    Some(view! {
        <h3 class="facts__heading">{name} <span class="facts__count">{count}</span></h3>
        <ul class="happened">{cards.collect_view()}</ul>
    })
}
