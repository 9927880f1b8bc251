//! The menu of the table: columns, order, density, pages, keys; and what is ticked.

use calls::{Sort, SortBy};
use leptos::prelude::*;

use crate::browser::focus;
use crate::chosen::use_chosen;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::preferences::use_preferences;
use crate::table::{Arrangement, Column, Density};
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;
use crate::ui::menu::Menu;

/// By how much a press makes a column wider, pixels.
const WIDER_PX: i32 = 24;

/// The menu.
#[component]
pub fn TableMenu() -> impl IntoView {
    let (preferences, words) = (use_preferences(), use_locale().words);
    let changed = Signal::derive(move || preferences.table() != Arrangement::default());
    view! {
        <Menu label=words.table_label() panel=words.table_panel() active=changed symbol=Symbol::Columns align="end">
            <Lazy part=parts::table::part()/>
        </Menu>
    }
}

/// What the menu holds.
#[component]
pub fn TablePanel() -> impl IntoView {
    let (preferences, words) = (use_preferences(), use_locale().words);
    view! {
        <div class="table-menu">
            <Order/>
            <Columns/>
            <View/>
            <button type="button" class="button button--quiet" on:click=move |_| {
                preferences.arrange(|table| *table = Arrangement::default());
            }>
                {words.table_reset()}
            </button>
        </div>
    }
}

/// Sorting for those who see no heads: on a telephone there are none.
#[component]
fn Order() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let sort = nav.part(|place| place.sort);
    let options = Column::ALL.into_iter().filter_map(|column| {
        let by = column.sort()?;
        Some(view! {
            <option value=by.code() selected=move || sort.get().by == by>{column.name(words)}</option>
        })
    });
    view! {
        <div class="table-menu__line">
            <label class="field table-menu__field">
                <span class="field__label">{words.table_sort()}</span>
                <select class="field__input" on:change=move |event| {
                    if let Some(by) = SortBy::parse(&focus::value(&event)) {
                        nav.go(|place| place.sort = Sort { by, ..place.sort });
                    }
                }>
                    {options.collect_view()}
                </select>
            </label>
            <label class="choice">
                <input type="checkbox" prop:checked=move || sort.get().descending on:change=move |_| {
                    nav.go(|place| place.sort.descending = !place.sort.descending);
                }/>
                <span class="choice__name">{words.table_descending()}</span>
            </label>
        </div>
    }
}

/// Every column: those that are shown when the menu opens come first, in their order. A line that
/// is ticked stays where it is, so that the next one is where one looks for it.
#[component]
fn Columns() -> impl IntoView {
    let (preferences, words) = (use_preferences(), use_locale().words);
    let order = Memo::new(move |before: Option<&Vec<Column>>| {
        let shown = preferences.table().columns();
        in_order(before.map_or(&Column::ALL, Vec::as_slice), &shown, before.is_none())
    });
    view! {
        <fieldset class="table-menu__part">
            <legend class="field__label">{words.table_columns()}</legend>
            <ul class="choices">
                {(0..Column::ALL.len()).map(|nth| view! { <ColumnLine order=order nth=nth/> }).collect_view()}
            </ul>
        </fieldset>
    }
}

/// The lines of the menu: those of the columns that are shown stand in the order of the columns,
/// all before the others if the menu has just been opened.
fn in_order(lines: &[Column], shown: &[Column], opened: bool) -> Vec<Column> {
    let mut next = shown.iter().copied();
    if opened {
        let others = lines.iter().copied().filter(|line| !shown.contains(line));
        return next.chain(others).collect();
    }
    let turn = |line: &Column| if shown.contains(line) { next.next() } else { Some(*line) };
    lines.iter().filter_map(turn).collect()
}

/// The line of whichever column stands there. Lines do not move: one that has the focus would lose
/// it, and the menu would close.
#[component]
fn ColumnLine(order: Memo<Vec<Column>>, nth: usize) -> impl IntoView {
    let (preferences, words) = (use_preferences(), use_locale().words);
    let column =
        Memo::new(move |_| order.with(|order| order.get(nth).copied()).unwrap_or(Column::When));
    let shown = Memo::new(move |_| preferences.table().has(column.get()));
    let id = move |part: &str| format!("column-{}{part}", column.get().code());
    let shift = move |places: isize| {
        let moved = column.get_untracked();
        preferences.arrange(|table| table.shift(moved, places));
        // The focus goes with the column to the line that it has now.
        let which = if places < 0 { "left" } else { "right" };
        focus::soon_by_id(&format!("column-{}-{which}", moved.code()));
    };
    let widen = move |by_px: i32| {
        let column = column.get_untracked();
        preferences.arrange(|table| {
            let width_px = i32::from(table.width(column)) + by_px;
            table.set_width(column, width_px);
        });
    };
    let name = move || column.get().name(words);
    view! {
        <li class="table-menu__column">
            <label class="choice table-menu__name">
                <input
                    id=move || id("")
                    type="checkbox"
                    prop:checked=move || shown.get()
                    disabled=move || column.get() == Column::When
                    on:change=move |_| {
                        let column = column.get_untracked();
                        preferences.arrange(|table| table.toggle(column));
                    }
                />
                <span class="choice__name">{name}</span>
            </label>
            <Show when=move || shown.get()>
                <Tool id=Signal::derive(move || id("-left")) label=Signal::derive(move || words.table_move_left(name())) symbol=Symbol::Up act=move || shift(-1)/>
                <Tool id=Signal::derive(move || id("-right")) label=Signal::derive(move || words.table_move_right(name())) symbol=Symbol::Down act=move || shift(1)/>
                <Tool id=Signal::derive(move || id("-narrower")) label=Signal::derive(move || words.table_narrower(name())) symbol=Symbol::NotStated act=move || widen(-WIDER_PX)/>
                <Tool id=Signal::derive(move || id("-wider")) label=Signal::derive(move || words.table_wider(name())) symbol=Symbol::Plus act=move || widen(WIDER_PX)/>
            </Show>
        </li>
    }
}

#[component]
fn Tool(
    id: Signal<String>,
    label: Signal<String>,
    symbol: Symbol,
    act: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="table-menu__tool" id=move || id.get() aria-label=move || label.get() title=move || label.get() on:click=move |_| act()>
            <Icon symbol=symbol/>
        </button>
    }
}

/// Row height, pages, keys.
#[component]
fn View() -> impl IntoView {
    let (preferences, words) = (use_preferences(), use_locale().words);
    let densities = Density::ALL.into_iter().map(|density| {
        let name = match density {
            Density::Comfortable => words.table_comfortable(),
            Density::Compact => words.table_compact(),
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="density"
                    prop:checked=move || preferences.table().density == density
                    on:change=move |_| preferences.arrange(|table| table.density = density)
                />
                <span class="choice__name">{name}</span>
            </label>
        }
    });
    view! {
        <fieldset class="table-menu__part">
            <legend class="field__label">{words.table_density()}</legend>
            <div class="table-menu__line">{densities.collect_view()}</div>
        </fieldset>
        <label class="choice">
            <input type="checkbox" prop:checked=move || preferences.table().paged on:change=move |_| {
                preferences.arrange(|table| table.paged = !table.paged);
            }/>
            <span class="choice__name">
                {words.table_pages()}
                <span class="field__hint table-menu__hint">{words.table_pages_hint()}</span>
            </span>
        </label>
        <label class="choice">
            <input type="checkbox" prop:checked=move || preferences.shortcuts() on:change=move |_| {
                preferences.set_shortcuts(!preferences.shortcuts_untracked());
            }/>
            <span class="choice__name">{words.table_shortcuts()}</span>
        </label>
    }
}

/// How many calls are ticked, and the way to tick none.
#[component]
pub fn ChosenCount() -> impl IntoView {
    let (chosen, locale) = (use_chosen(), use_locale());
    let some = Memo::new(move |_| chosen.count() > 0);
    let said = move || {
        let count = chosen.count();
        let plural = locale.formats.plural(i64::try_from(count).unwrap_or(i64::MAX));
        locale.words.chosen_count(plural, locale.count(count))
    };
    view! {
        <p class="chosen" role="status">{move || some.get().then(said)}</p>
        <Show when=move || some.get()>
            <button type="button" class="button button--quiet" on:click=move |_| chosen.clear()>
                {locale.words.chosen_clear()}
            </button>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_as_the_columns_do_and_do_not_jump_when_one_is_ticked() {
        let usual = Column::USUAL.to_vec();
        let lines = in_order(&Column::ALL, &usual, true);
        assert_eq!(lines[..10], usual[..]);
        let mut shown = usual.clone();
        shown.push(Column::Cost);
        let ticked = in_order(&lines, &shown, false);
        assert_eq!(ticked, lines);
        shown.swap(0, 1);
        let moved = in_order(&ticked, &shown, false);
        assert_eq!(moved[..2], [Column::Customer, Column::When]);
        assert_eq!(moved.len(), Column::ALL.len());
    }
}
