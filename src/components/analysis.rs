//! What came of a call: whether it reached its goal, labels with reasons, and everything else that
//! the provider concluded.

use calls::insight::Judgement;
use calls::{Call, Fact, Success, wording};
use leptos::prelude::*;

use crate::components::absent::absent_text;
use crate::components::call_text::success_text;
use crate::components::fact_tree::name_text;
use crate::components::fact_view::FactView;
use crate::locale::use_locale;
use crate::ui::icon::Icon;

/// The part.
#[component]
pub fn Analysis(
    /// The call.
    call: Call,
    /// What was judged, with reasons.
    judgements: Vec<Judgement>,
    /// What else the provider concluded.
    facts: Vec<Fact>,
    /// Name of the provider.
    provider: String,
) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    // Labels that are judged below stand there with their reasons.
    let outcomes = wording::outcomes(&call.outcomes, words);
    let outcomes = (judgements.is_empty() && !outcomes.is_empty()).then_some(outcomes);
    let stated = call.success != Success::NotStated;
    let nothing = !stated
        && call.score.is_none()
        && outcomes.is_none()
        && judgements.is_empty()
        && facts.is_empty();
    if nothing {
        let why = absent_text(&call, &provider, locale);
        return view! { <p class="transcript__state">{why}</p> }.into_any();
    }
    let (success, symbol) = success_text(call.success, locale);
    let score = call.score.map(|score| locale.formats.decimal(score, 1));
    let rows = [(words.fact_score(), score), (words.csv_outcomes(), outcomes)];
    let rows = rows.into_iter().filter_map(|(name, value)| {
        let value = value?;
        Some(view! {
            <div class="facts__row">
                <dt class="facts__name">{name}</dt>
                <dd class="facts__value" dir="auto">{value}</dd>
            </div>
        })
    });
    let judged = !judgements.is_empty();
    let judgements = judgements.into_iter().map(|it| view! { <JudgementCard judgement=it/> });
    let told = !facts.is_empty();
    view! {
        <h3 class="facts__heading">{words.analysis_result()}</h3>
        <dl class="facts">
            <div class="facts__row">
                <dt class="facts__name">{words.column_success()}</dt>
                <dd class="facts__value"><span class="badge" data-success=call.success.code()><Icon symbol=symbol/>{success}</span></dd>
            </div>
            {rows.collect_view()}
        </dl>
        {judged.then(|| view! {
            <h3 class="facts__heading">{words.analysis_judged()}</h3>
            <ul class="judgements">{judgements.collect_view()}</ul>
        })}
        {told.then(|| view! {
            <h3 class="facts__heading">{words.facts_of_provider(provider)}</h3>
            <FactView facts=facts/>
        })}
    }
    .into_any()
}

/// A question, its answer, how sure that is, and why.
#[component]
fn JudgementCard(judgement: Judgement) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let Judgement { name, value, confidence, reasoning, facts } = judgement;
    let unknown = value.is_none();
    let value = value.unwrap_or_else(|| words.judgement_none());
    let sure = confidence.map(|share| {
        let percent = locale.formats.decimal(share * 100.0, 0);
        view! {
            <span class="judgement__sure">
                <span class="judgement__bar" aria-hidden="true" style:--share=format!("{:.0}%", share * 100.0)></span>
                {words.judgement_sure(percent)}
            </span>
        }
    });
    let rest = !facts.is_empty();
    view! {
        <li class="judgement">
            <div class="judgement__head">
                <span class="judgement__name" title=name.clone() dir="auto">{name_text(&name)}</span>
                {sure}
            </div>
            <p class="judgement__value" data-unknown=unknown.then_some("") dir="auto">{value}</p>
            {reasoning.map(|text| view! { <p class="judgement__why" dir="auto">{text}</p> })}
            {rest.then(|| view! { <FactView facts=facts/> })}
        </li>
    }
}
