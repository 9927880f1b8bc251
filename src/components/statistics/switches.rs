//! Calls that are counted with the others or left out: voicemail, tests, chats, further attempts.
//! A switch is the filter, and nothing beside it.

use calls::filter::Group;
use leptos::prelude::*;

use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::icon::{Icon, Symbol};

/// A group with its calls: those that are counted, or those that are left out.
type Counted = (Group, bool, usize);

/// How many calls each group has among those that all other filters show.
#[must_use]
pub fn use_groups() -> Memo<Vec<Counted>> {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let filter = nav.part(|place| place.filter.clone());
    Memo::new(move |_| {
        let filter = filter.get();
        let inside = selection.rows.with(|rows| store.with_book(|book| book.groups(rows)));
        let counted = Group::ALL.into_iter().zip(inside).map(|(group, inside)| {
            if !group.is_left_out(&filter) {
                return (group, false, inside);
            }
            let mut with_it = filter.clone();
            group.leave_out(&mut with_it, false);
            let rows = store.rows(&with_it, Some(selection.span.get()));
            let all = store.with_book(|book| book.groups(&rows));
            let place = Group::ALL.into_iter().position(|other| other == group);
            (group, true, place.and_then(|place| all.get(place)).copied().unwrap_or_default())
        });
        counted.collect()
    })
}

/// The switches.
#[component]
pub fn Switches(
    /// The groups with their calls.
    groups: Memo<Vec<Counted>>,
) -> impl IntoView {
    let words = use_locale().words;
    let switches =
        Group::ALL.into_iter().map(|group| view! { <Switch group=group groups=groups/> });
    view! {
        <div class="switches" role="group" aria-label=words.switches_label()>
            <span class="switches__label" aria-hidden="true">{words.switches_label()}</span>
            {switches.collect_view()}
        </div>
    }
}

#[component]
fn Switch(group: Group, groups: Memo<Vec<Counted>>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let out = nav.part(move |place| group.is_left_out(&place.filter));
    let count = move || {
        let of_it =
            |groups: &Vec<Counted>| groups.iter().find(|(other, ..)| *other == group).copied();
        locale.count(groups.with(of_it).map_or(0, |(.., count)| count))
    };
    let turn = move |_| {
        let leave_out = !nav.look(|place| group.is_left_out(&place.filter));
        nav.go(|place| group.leave_out(&mut place.filter, leave_out));
    };
    view! {
        <button type="button" role="switch" class="switch" aria-checked=move || (!out.get()).to_string() on:click=turn>
            <span class="switch__box" aria-hidden="true"><Icon symbol=Symbol::Yes/></span>
            {group_name(group, locale)}
            <span class="switch__count">{count}</span>
        </button>
    }
}

/// What is left out, beside the figures: "Without 12 voicemail calls, 3 test calls".
#[component]
pub fn LeftOut(
    /// The groups with their calls.
    groups: Memo<Vec<Counted>>,
) -> impl IntoView {
    let locale = use_locale();
    move || {
        let said = groups.with(|groups| left_out_text(groups, locale))?;
        Some(view! { <p class="figures__left-out">{said}</p> })
    }
}

/// What is left out, in words; nothing if nothing is.
#[must_use]
pub fn left_out_text(groups: &[Counted], locale: Locale) -> Option<String> {
    let out = groups.iter().filter(|(_, out, _)| *out);
    let out: Vec<String> =
        out.map(|(group, _, count)| group_calls(*group, *count, locale)).collect();
    (!out.is_empty()).then(|| locale.words.left_out(out.join(", ")))
}

/// A group by its name.
fn group_name(group: Group, locale: Locale) -> String {
    let words = locale.words;
    match group {
        Group::Voicemail => words.filter_voicemail(),
        Group::Test => words.group_test(),
        Group::Chat => words.group_chat(),
        Group::Retry => words.group_retry(),
    }
}

/// So many calls of a group.
fn group_calls(group: Group, count: usize, locale: Locale) -> String {
    let (words, shown) = (locale.words, locale.count(count));
    let plural = locale.formats.plural(i64::try_from(count).unwrap_or(i64::MAX));
    match group {
        Group::Voicemail => words.calls_voicemail(plural, shown),
        Group::Test => words.calls_test(plural, shown),
        Group::Chat => words.calls_chat(plural, shown),
        Group::Retry => words.calls_retry(plural, shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_named_with_its_count_and_what_is_not_is_not() {
        let locale = Locale::english();
        let groups =
            [(Group::Voicemail, true, 12), (Group::Test, false, 3), (Group::Retry, true, 1)];
        let said = left_out_text(&groups, locale);
        assert_eq!(said.as_deref(), Some("Without 12 voicemail calls, 1 further attempt."));
        assert_eq!(left_out_text(&[(Group::Chat, false, 9)], locale), None);
    }
}
