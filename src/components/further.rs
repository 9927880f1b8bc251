//! What there is of a number, a name or an id beyond the chosen days, and how far that was looked
//! for: under the list, as long as something is typed that can be looked for.

use calls::period::{Period, Span};
use calls::{Day, Zone};
use leptos::prelude::*;
use load::Phase;

use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::notice;
use crate::parts;
use crate::selection::use_selection;
use crate::store::{Further, How, Looked, Store, use_store};
use crate::ui::lazy::Lazy;

/// The sentences, and the way to what they tell of.
#[component]
pub fn FurtherCalls() -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    // What is looked for while a person is open is told there.
    let person = use_nav().part(|place| place.person.is_some());
    let sought = Memo::new(move |_| store.further().sought.is_some() && !person.get());
    view! {
        <Show when=move || sought.get()>
            <section class="further" aria-label=locale.words.further_label()>
                <Lazy part=parts::further::part()/>
            </section>
        </Show>
    }
}

/// What is said there.
#[component]
pub fn FurtherSection() -> impl IntoView {
    view! {
        <div role="status">
            <Found/>
            <Asked/>
        </div>
        <Back/>
    }
}

/// Who was asked for more, and a button that reads back where nobody can be asked: for a person,
/// whose calls are listed whatever days are chosen.
#[component]
pub fn LookedFurther() -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let asked = move || {
        let said = asked_texts(&store.further(), store, false, locale);
        said.into_iter().map(|said| view! { <p class="further__asked">{said}</p> }).collect_view()
    };
    view! {
        <div role="status">{asked}</div>
        <Back/>
    }
}

/// Calls that pass the filter on one side of the chosen days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Side {
    count: usize,
    /// The day of the one that is farthest away.
    farthest: Day,
}

/// How many pass on a side.
fn side(times_ms: impl Iterator<Item = i64>, zone: &Zone, earlier: bool) -> Option<Side> {
    let (count, farthest_ms) = times_ms.fold((0, None), |(count, farthest), at_ms| {
        let farthest = farthest.unwrap_or(at_ms);
        (count + 1, Some(if earlier { at_ms.min(farthest) } else { at_ms.max(farthest) }))
    });
    Some(Side { count, farthest: zone.day_of(farthest_ms?) })
}

/// What is beyond the chosen days, before them and after them. A call without a time is in every
/// range.
fn use_sides() -> Memo<(Option<Side>, Option<Side>)> {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let filter = nav.part(|place| place.filter.clone());
    Memo::new(move |_| {
        let (span, zone) = (selection.span.get(), selection.zone());
        let rows = filter.with(|filter| store.rows(filter, None));
        store.with_book(|book| {
            let times = || rows.iter().filter_map(|row| book.call(*row)?.started_ms);
            (
                side(times().filter(|at| *at < span.from_ms), &zone, true),
                side(times().filter(|at| *at >= span.to_ms), &zone, false),
            )
        })
    })
}

/// "2 more before 15 Nov", each a link to days that hold them.
#[component]
fn Found() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let sides = use_sides();
    let days = move || nav.place().period.days(selection.today.get(), &selection.zone());
    let link = move |first: Day, last: Day, text: String| {
        let place = crate::place::Place { period: Period::between(first, last).0, ..nav.place() };
        view! { <p class="further__found"><a href=place.fragment()>{text}</a></p> }
    };
    let count = move |count: usize| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        (locale.formats.plural(count), locale.formats.number(count))
    };
    let (words, formats) = (locale.words, locale.formats);
    let before = move || {
        let (side, (first, last)) = (sides.get().0?, days());
        let (plural, number) = count(side.count);
        Some(link(
            side.farthest,
            last,
            words.further_before(plural, number, formats.short_day(first)),
        ))
    };
    let after = move || {
        let (side, (first, last)) = (sides.get().1?, days());
        let (plural, number) = count(side.count);
        Some(link(
            first,
            side.farthest,
            words.further_after(plural, number, formats.short_day(last)),
        ))
    };
    view! {
        {before}
        {after}
    }
}

/// Who was asked, who is being asked, and who refused.
#[component]
fn Asked() -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let sides = use_sides();
    move || {
        let nothing = sides.get() == (None, None);
        let said = asked_texts(&store.further(), store, nothing, locale);
        said.into_iter().map(|said| view! { <p class="further__asked">{said}</p> }).collect_view()
    }
}

/// What is to be said of the connections whose providers can be asked.
fn asked_texts(further: &Further, store: Store, nothing: bool, locale: Locale) -> Vec<String> {
    let words = locale.words;
    let asked = || further.looked.iter().filter(|(_, looked)| looked.how == How::Asked);
    let names = |wanted: &dyn Fn(&Looked) -> bool| {
        let those = asked().filter(|(_, looked)| wanted(looked));
        those.map(|(id, _)| store.connection_name(id)).collect::<Vec<_>>().join(", ")
    };
    let busy = names(&|looked| looked.state.phase != Phase::Done);
    let done = names(&|looked| looked.state.phase == Phase::Done && looked.state.refusal.is_none());
    let mut said = Vec::new();
    if !busy.is_empty() {
        said.push(words.further_asking(busy));
    }
    if !done.is_empty() {
        said.push(if nothing { words.further_nothing(done) } else { words.further_asked(done) });
    }
    for (id, looked) in &further.looked {
        let (name, state) = (store.connection_name(id), &looked.state);
        if state.capped {
            said.push(words.further_newest(&name, locale.count(state.read)));
        }
        if let Some(refusal) = &state.refusal {
            said.push(notice::of_refusal(refusal, &name, None, words).happened);
        }
        if !state.missing.is_empty() {
            said.push(words.missing_parts(name, state.missing.join(", ")));
        }
    }
    said
}

/// The connections that cannot be asked: how far back they have been read, and a button that reads
/// farther.
#[component]
fn Back() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let said = Memo::new(move |_| {
        let (span, zone) = (selection.span.get(), selection.zone());
        let bound_ms = selection.now_ms.get().saturating_sub(load::further::FARTHEST_MS);
        back_texts(&store.further(), store, (span, bound_ms), &zone, locale)
    });
    let (some, busy, ended) = (
        Memo::new(move |_| said.with(|said| !said.texts.is_empty())),
        Memo::new(move |_| said.with(|said| said.busy)),
        Memo::new(move |_| said.with(|said| said.ended)),
    );
    let act = move |_| match busy.get_untracked() {
        true => store.stop_looking(),
        false => store.look_back(),
    };
    let label = move || match busy.get() {
        true => locale.words.further_stop(),
        false => locale.words.further_back(),
    };
    let texts = move || {
        let texts = said.get().texts.into_iter();
        texts.map(|text| view! { <p class="further__asked">{text}</p> }).collect_view()
    };
    view! {
        <Show when=move || some.get()>
            <div role="status">{texts}</div>
            <Show when=move || !ended.get()>
                <button type="button" class="button" on:click=act>{label}</button>
            </Show>
        </Show>
    }
}

/// The bound moves on while somebody reads.
const DAY_MS: i64 = 86_400_000;

#[derive(Clone, PartialEq, Default, Debug)]
struct BackSaid {
    texts: Vec<String>,
    busy: bool,
    /// Everything has been read back to the bound.
    ended: bool,
}

fn back_texts(
    further: &Further,
    store: Store,
    (span, bound_ms): (Span, i64),
    zone: &Zone,
    locale: Locale,
) -> BackSaid {
    let mut said = BackSaid { ended: true, ..BackSaid::default() };
    for (id, looked) in &further.looked {
        let How::Back { since_ms } = looked.how else { continue };
        let busy = matches!(looked.state.phase, Phase::Busy | Phase::Waiting { .. });
        let since_ms = since_ms.unwrap_or(i64::MAX).min(span.from_ms);
        let day = locale.formats.short_day(zone.day_of(since_ms));
        let name = store.connection_name(id);
        let ended = since_ms.saturating_sub(DAY_MS) <= bound_ms;
        said.texts.push(match (busy, ended) {
            (true, _) => locale.words.further_back_busy(name, day),
            (false, true) => locale.words.further_back_ended(name, day),
            (false, false) => locale.words.further_back_to(name, day),
        });
        said.busy |= busy;
        said.ended &= ended && !busy;
    }
    said
}
