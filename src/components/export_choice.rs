//! What goes into an export: which calls, what kind of file, and with what.

use calls::CallKey;
use leptos::prelude::*;

use crate::components::call_text::about_text;
use crate::components::statistics::switches::{LeftOut, use_groups};
use crate::exporting::{Choice, Exporting, Form, Scope, missing};
use crate::locale::use_locale;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::message::{Message, Tone};

/// The form.
#[component]
pub fn ExportChoice(
    /// The export that it begins.
    exporting: Exporting,
    /// The calls that somebody ticked.
    ticked: Signal<Vec<CallKey>>,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    // What is ticked while the dialog is open is another export.
    let ticked = StoredValue::new(ticked.get_untracked());
    let some_ticked = ticked.with_value(|keys| !keys.is_empty());
    let scope = if some_ticked { Scope::Chosen } else { Scope::Listed };
    let choice = RwSignal::new(Choice { scope, ..Choice::default() });
    let listed = move || selection.rows.with(|rows| rows.len());
    let count = move || match choice.with(|choice| choice.scope) {
        Scope::Listed => listed(),
        Scope::Chosen => ticked.with_value(Vec::len),
    };
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        exporting.begin(choice.get_untracked(), ticked.get_value());
    };
    view! {
        <form class="export__form" on:submit=begin>
            {some_ticked.then(|| view! { <Scopes choice=choice ticked=ticked.with_value(Vec::len)/> })}
            <Forms choice=choice/>
            <Show when=move || choice.with(|choice| choice.form != Form::Archive)>
                <Content choice=choice exporting=exporting ticked=ticked/>
            </Show>
            <Show when=move || choice.with(|choice| choice.scope == Scope::Listed)>
                <LeftOut groups=use_groups()/>
                <IncompleteSoon/>
            </Show>
            <div class="dialog__foot">
                <button type="button" class="button" on:click=move |_| close.run(())>{words.export_cancel()}</button>
                <button type="submit" class="button button--solid">
                    {move || words.export_start(locale.calls(count()))}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Scopes(choice: RwSignal<Choice>, ticked: usize) -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    let listed = move || words.export_listed(locale.calls(selection.rows.with(|rows| rows.len())));
    let is = move |scope| Signal::derive(move || choice.with(|choice| choice.scope == scope));
    let set = move |scope| Callback::new(move |()| choice.update(|choice| choice.scope = scope));
    view! {
        <fieldset class="export__part">
            <legend class="export__legend">{words.export_which()}</legend>
            <ExportOption name="export-scope" label=Signal::derive(listed) checked=is(Scope::Listed) choose=set(Scope::Listed)/>
            <ExportOption name="export-scope" label=words.export_chosen(locale.calls(ticked)) checked=is(Scope::Chosen) choose=set(Scope::Chosen)/>
        </fieldset>
    }
}

#[component]
fn Forms(choice: RwSignal<Choice>) -> impl IntoView {
    let words = use_locale().words;
    let is = move |form| Signal::derive(move || choice.with(|choice| choice.form == form));
    let set = move |form| Callback::new(move |()| choice.update(|choice| choice.form = form));
    let forms = [
        (Form::Csv, words.export_csv(), words.export_csv_hint()),
        (Form::Calldeck, words.export_calldeck(), words.export_calldeck_hint()),
        (Form::Archive, words.archive(), words.archive_hint()),
    ];
    let options = forms.into_iter().map(|(form, label, hint)| {
        view! {
            <ExportOption name="export-form" label=label hint=hint checked=is(form) choose=set(form)/>
        }
    });
    view! {
        <fieldset class="export__part">
            <legend class="export__legend">{words.export_form()}</legend>
            {options.collect_view()}
        </fieldset>
    }
}

#[component]
fn Content(
    choice: RwSignal<Choice>,
    exporting: Exporting,
    ticked: StoredValue<Vec<CallKey>>,
) -> impl IntoView {
    let (locale, words) = (use_locale(), use_locale().words);
    let transcripts = Memo::new(move |_| choice.with(|choice| choice.transcripts));
    let scope = Memo::new(move |_| choice.with(|choice| choice.scope));
    let cost = move || {
        let (count, left_ms) = exporting.estimate(scope.get(), ticked.get_value());
        let count = locale.count(count);
        match left_ms {
            Some(ms) => words.export_transcripts_hint_time(count, about_text(ms, locale)),
            None => words.export_transcripts_hint(count),
        }
    };
    let hint = Signal::derive(move || if transcripts.get() { cost() } else { String::new() });
    let masked = Signal::derive(move || choice.with(|choice| choice.masked));
    view! {
        <fieldset class="export__part">
            <legend class="export__legend">{words.export_content()}</legend>
            <ExportOption
                label=words.export_transcripts()
                hint=hint
                checked=transcripts
                choose=Callback::new(move |()| choice.update(|choice| choice.transcripts ^= true))
            />
            <ExportOption
                label=words.export_masked()
                hint=words.export_masked_hint()
                checked=masked
                choose=Callback::new(move |()| choice.update(|choice| choice.masked ^= true))
            />
        </fieldset>
    }
}

/// A radio button of the group `name`, or a check box where there is none.
#[component]
fn ExportOption(
    #[prop(optional)] name: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(into)] checked: Signal<bool>,
    choose: Callback<()>,
) -> impl IntoView {
    let kind = if name.is_empty() { "checkbox" } else { "radio" };
    let has_hint = Memo::new(move |_| hint.with(|hint| !hint.is_empty()));
    view! {
        <label class="option">
            <input type=kind name=name prop:checked=move || checked.get() on:change=move |_| choose.run(())/>
            <span class="option__text">
                <span class="option__name">{move || label.get()}</span>
                <Show when=move || has_hint.get()>
                    <span class="option__hint">{move || hint.get()}</span>
                </Show>
            </span>
        </label>
    }
}

/// Says before it is exported that the file will lack something.
#[component]
fn IncompleteSoon() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let missing = Memo::new(move |_| missing(store, selection, locale));
    move || {
        let missing = missing.get();
        (!missing.is_empty()).then(|| {
            let reasons = missing.into_iter().map(|why| view! { <li>{why}</li> });
            view! {
                <Message tone=Tone::Warning happened=locale.words.export_incomplete_soon()>
                    <ul class="export__missing">{reasons.collect_view()}</ul>
                </Message>
            }
        })
    }
}
