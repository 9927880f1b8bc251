//! The export of the listed calls: a button, and the dialog in which it is chosen what goes into
//! the file, and seen how far it is.

use calls::CallKey;
use leptos::html::Dialog;
use leptos::prelude::*;

use crate::browser::{dialog, focus};
use crate::components::call_text::about_text;
use crate::components::export_choice::ExportChoice;
use crate::exporting::{Exported, Exporting, Step, use_exporting};
use crate::locale::{Locale, use_locale};
use crate::parts;
use crate::selection::use_selection;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;
use crate::ui::message::{Message, Tone};

/// The id of the last button of a step, which takes the focus from the one that led there.
const LAST: &str = "export-last";

/// The button and its dialog.
#[component]
pub fn ExportButton(
    /// The calls that somebody ticked, where calls can be ticked.
    #[prop(optional, into)]
    ticked: Signal<Vec<CallKey>>,
) -> impl IntoView {
    let (selection, exporting, locale) = (use_selection(), use_exporting(), use_locale());
    let words = locale.words;
    let (dialog, open) = (NodeRef::<Dialog>::new(), RwSignal::new(false));
    let empty = Memo::new(move |_| selection.rows.with(|rows| rows.is_empty()));
    let show = move |_| {
        open.set(true);
        dialog::open(dialog);
    };
    let closed = move |_| {
        // What is under way goes on; what is over has been seen.
        if !exporting.is_under_way() {
            exporting.stop();
        }
        open.set(false);
    };
    let step = exporting.step();
    let says = move || step.with(|step| button_text(step, locale));
    let quiet = Memo::new(move |_| empty.get() && step.with(|step| matches!(step, Step::Choosing)));
    view! {
        <button type="button" class="button" aria-haspopup="dialog" disabled=move || quiet.get() on:click=show>
            <Icon symbol=Symbol::Download/>
            <span class="button__text">{says}</span>
        </button>
        <dialog
            class="dialog export"
            node_ref=dialog
            aria-labelledby="export-title"
            on:close=closed
            // No key does anything behind the dialog: Escape closes it, and no call.
            on:keydown=|event| event.stop_propagation()
        >
            <h2 class="dialog__title" id="export-title">{words.export_title()}</h2>
            <Show when=move || open.get()>
                <Lazy part=parts::export::part(exporting, ticked, dialog)/>
            </Show>
        </dialog>
    }
}

/// What the dialog shows, step by step.
#[component]
pub fn ExportSteps(
    /// The page's export.
    exporting: Exporting,
    /// The calls that somebody ticked.
    ticked: Signal<Vec<CallKey>>,
    /// The dialog.
    dialog: NodeRef<Dialog>,
) -> impl IntoView {
    let close = Callback::new(move |()| dialog::close(dialog));
    let step = exporting.step();
    // What is drawn changes with the kind of step; numbers in it change in their place.
    let kind = Memo::new(move |_| {
        step.with(|step| match step {
            Step::Choosing => Kind::Choosing,
            Step::Loading { .. } | Step::Saving { .. } | Step::Writing { .. } => Kind::UnderWay,
            Step::Done(_) | Step::NoRoom => Kind::Over,
        })
    });
    move || match kind.get() {
        Kind::Choosing => {
            view! { <ExportChoice exporting=exporting ticked=ticked close=close/> }.into_any()
        }
        Kind::UnderWay => view! { <UnderWay exporting=exporting close=close/> }.into_any(),
        Kind::Over => view! { <Over step=step close=close/> }.into_any(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Choosing,
    UnderWay,
    Over,
}

#[component]
fn UnderWay(exporting: Exporting, close: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let step = exporting.step();
    focus::soon_by_id(LAST);
    let cancel = move |_| {
        exporting.stop();
        close.run(());
    };
    let said = move || step.with(|step| said(step, locale));
    let share = move || {
        step.with(|step| match step {
            Step::Loading { done, of, .. }
            | Step::Saving { done, of, .. }
            | Step::Writing { done, of } => (*done, *of),
            _ => (0, 1),
        })
    };
    view! {
        <p class="export__said" id="export-progress" role="status">{said}</p>
        <progress
            class="export__progress"
            aria-labelledby="export-progress"
            max=move || share().1.max(1).to_string()
            value=move || share().0.to_string()
        ></progress>
        <div class="dialog__foot">
            <button type="button" class="button" on:click=cancel>{locale.words.export_cancel()}</button>
            <button type="button" class="button" id=LAST on:click=move |_| close.run(())>
                {locale.words.export_go_on()}
            </button>
        </div>
    }
}

/// The button says how far an export is that goes on while somebody does something else.
fn button_text(step: &Step, locale: Locale) -> String {
    let words = locale.words;
    match step {
        Step::Choosing => words.export(),
        Step::Loading { done, of, .. }
        | Step::Saving { done, of, .. }
        | Step::Writing { done, of } => {
            #[allow(clippy::cast_precision_loss, reason = "counts of calls")]
            let share = *done as f64 / (*of).max(1) as f64;
            words.export_under_way(locale.formats.percent(share))
        }
        Step::Done(_) => words.export_is_done(),
        Step::NoRoom => words.export_failed(),
    }
}

/// How far it is, in a sentence or two.
fn said(step: &Step, locale: Locale) -> String {
    let words = locale.words;
    match step {
        Step::Loading { done, of, left_ms } => {
            let said = words.export_loading(locale.count(*done), locale.count(*of));
            let left = left_ms.map(|ms| words.export_left(about_text(ms, locale)));
            left.map_or_else(|| said.clone(), |left| format!("{said}. {left}"))
        }
        Step::Saving { done, of, bytes } => words.archive_saving(
            locale.count(*done),
            locale.count(*of),
            locale.count(bytes / 1_000_000),
        ),
        Step::Writing { done, of } => words.export_writing(locale.count(*done), locale.count(*of)),
        Step::Choosing | Step::Done(_) | Step::NoRoom => String::new(),
    }
}

#[component]
fn Over(step: RwSignal<Step>, close: Callback<()>) -> impl IntoView {
    let words = use_locale().words;
    focus::soon_by_id(LAST);
    let exported = step.with_untracked(|step| match step {
        Step::Done(exported) => Some(exported.clone()),
        _ => None,
    });
    let result = match exported {
        Some(exported) => view! { <Saved exported=exported/> }.into_any(),
        None => view! {
            <Message tone=Tone::Bad happened=words.export_no_room() advice=words.export_no_room_advice()/>
        }
        .into_any(),
    };
    view! {
        {result}
        <div class="dialog__foot">
            <button type="button" class="button" id=LAST on:click=move |_| close.run(())>
                {words.export_close()}
            </button>
        </div>
    }
}

/// The file is there: what is in it, and what is not.
#[component]
fn Saved(exported: std::sync::Arc<Exported>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let Exported { name, offer, calls, missing } = &*exported;
    let lacks = (!missing.is_empty()).then(|| {
        let reasons = missing.clone().into_iter().map(|why| view! { <li>{why}</li> });
        view! {
            <Message tone=Tone::Warning happened=words.export_incomplete()>
                <ul class="export__missing">{reasons.collect_view()}</ul>
            </Message>
        }
    });
    view! {
        <p class="export__said" role="status">{words.export_done(locale.calls(*calls))}</p>
        {lacks}
        <p>
            <a class="export__again" href=offer.url().to_owned() download=name.clone()>
                {words.export_save_again(name)}
            </a>
        </p>
    }
}
