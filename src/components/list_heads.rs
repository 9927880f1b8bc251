//! The heads of the list's columns: they sort, and are dragged to another place or width.

use calls::book::Row;
use calls::{Sort, SortBy};
use leptos::ev;
use leptos::prelude::*;

use crate::browser::{drag, focus};
use crate::components::call_list::List;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::table::{Column, Look};
use crate::ui::icon::{Icon, Symbol};

/// The head of the boxes to tick.
const BOX_HEAD: &str = "head-tick";

/// Focuses a column's head; without a column that of the boxes to tick.
pub(crate) fn focus_head(column: Option<Column>) {
    let id = column.map_or_else(|| BOX_HEAD.to_owned(), head_id);
    focus::by_id(&id);
}

/// Focuses a column's head once it stands where it is about to be moved.
pub(crate) fn focus_head_soon(column: Column) {
    focus::soon_by_id(&head_id(column));
}

fn head_id(column: Column) -> String {
    format!("head-{}", column.code())
}

/// The place of the head that an event comes from, counted from 0 with the boxes.
pub(crate) fn head_column(event: &ev::KeyboardEvent) -> Option<usize> {
    drag::head_place(event.target())
}

/// Which way a column is sorted first: figures and times from the largest, words from A.
fn first_way(by: SortBy) -> bool {
    matches!(
        by,
        SortBy::Time
            | SortBy::Duration
            | SortBy::Cost
            | SortBy::Score
            | SortBy::Latency
            | SortBy::Interruptions
    )
}

/// The order after a click on the head of a column.
fn next_order(now: Sort, by: SortBy) -> Sort {
    let descending = if now.by == by { !now.descending } else { first_way(by) };
    Sort { by, descending }
}

/// A head on its way to another place.
#[derive(Clone, Copy)]
struct Drag {
    dragged: RwSignal<Option<Column>>,
    /// The head that it is held over.
    onto: RwSignal<Option<Column>>,
}

impl Drag {
    fn end(self) {
        self.dragged.set(None);
        self.onto.set(None);
    }

    /// Which side of a column it would go to if it were let go now.
    fn side(self, column: Column, columns: &[Column]) -> Option<&'static str> {
        let dragged = self.dragged.get().filter(|dragged| *dragged != column)?;
        let place = |wanted| columns.iter().position(|column| *column == wanted);
        let over = self.onto.get() == Some(column);
        over.then(|| if place(dragged) < place(column) { "after" } else { "before" })
    }
}

/// The row of heads.
#[component]
pub fn ListHeads(
    /// The list.
    list: List,
) -> impl IntoView {
    // The head that Tab leads to.
    let stop = RwSignal::new(1_usize);
    let drag = Drag { dragged: RwSignal::new(None), onto: RwSignal::new(None) };
    let columns = Memo::new(move |_| list.fitted.with(|fitted| fitted.columns.clone()));
    view! {
        <div
            class="call-list__heads"
            role="rowgroup"
            on:focusin=move |event| {
                if let Some(place) = drag::head_place(event.target()) {
                    stop.set(place);
                }
            }
        >
            <div class="call-list__head-row" role="row" aria-rowindex="1">
                <Show when=move || !list.fitted.with(|fitted| fitted.cards)>
                    <BoxHead list=list stop=stop/>
                    <For each=move || columns.get() key=|column| *column children=move |column| {
                        view! { <Head list=list column=column stop=stop drag=drag/> }
                    }/>
                </Show>
            </div>
        </div>
    }
}

/// Ticks every call that is listed, or none.
#[component]
fn BoxHead(list: List, stop: RwSignal<usize>) -> impl IntoView {
    let (selection, store, words) = (use_selection(), use_store(), use_locale().words);
    let all = Memo::new(move |_| {
        let count = list.chosen.count();
        selection.rows.with(|rows| {
            let ticked = |row: &Row| {
                store.with_book(|book| {
                    book.entry(*row).is_some_and(|call| list.chosen.has_untracked(&call.key()))
                })
            };
            // Counting is quick and rules out nearly always what looking at every row would find.
            count > 0 && count >= rows.len() && rows.iter().all(ticked)
        })
    });
    let toggle = move |_| {
        if all.get_untracked() {
            list.chosen.clear();
        } else {
            let last = selection.rows.with_untracked(|rows| rows.len()).saturating_sub(1);
            list.chosen.add(list.rows.with_value(|rows| rows.keys(0..=last)));
        }
    };
    view! {
        <div class="call-list__head call-row__tick" role="columnheader" aria-colindex="1">
            <input
                id=BOX_HEAD
                class="call-row__box"
                type="checkbox"
                aria-label=words.table_tick_all()
                tabindex=move || if stop.get() == 0 { "0" } else { "-1" }
                prop:checked=move || all.get()
                on:change=toggle
            />
        </div>
    }
}

#[component]
fn Head(list: List, column: Column, stop: RwSignal<usize>, drag: Drag) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let sorted = nav.part(move |place| {
        let same = column.sort() == Some(place.sort.by);
        same.then_some(place.sort.descending)
    });
    let place = Memo::new(move |_| {
        let columns = list.fitted.with(|fitted| fitted.columns.clone());
        columns.iter().position(|other| *other == column).unwrap_or_default() + 1
    });
    let sort = move |_| {
        if let Some(by) = column.sort() {
            nav.go(|place| place.sort = next_order(place.sort, by));
        }
    };
    let order = move || match sorted.get() {
        Some(true) => Some("descending"),
        Some(false) => Some("ascending"),
        None => None,
    };
    let pulled = RwSignal::new(None::<(i32, i32)>);
    let grab = move |event: ev::DragEvent| {
        if pulled.get_untracked().is_some() {
            return event.prevent_default();
        }
        drag::take_in_hand(&event, column.code());
        drag.dragged.set(Some(column));
    };
    let drop_here = move |event: ev::DragEvent| {
        if let Some(other) = drag.dragged.get_untracked().filter(|other| *other != column) {
            event.prevent_default();
            list.preferences.arrange(|table| table.move_to(other, column));
        }
        drag.end();
    };
    let side = move || list.fitted.with(|fitted| drag.side(column, &fitted.columns));
    let figure = column.look() == Look::Figure;
    view! {
        <div
            class="call-list__head"
            role="columnheader"
            aria-colindex=move || (place.get() + 1).to_string()
            aria-sort=order
            data-look=figure.then_some("figure")
            draggable="true"
            on:dragstart=grab
            on:dragover=move |event| {
                if drag.dragged.get_untracked().is_some() {
                    event.prevent_default();
                    drag.onto.set(Some(column));
                }
            }
            on:drop=drop_here
            on:dragend=move |_| drag.end()
            data-onto=side
        >
            <button
                type="button"
                class="call-list__sort"
                id=head_id(column)
                tabindex=move || if stop.get() == place.get() { "0" } else { "-1" }
                data-sorts=column.sort().is_some().to_string()
                on:click=sort
            >
                <span class="call-list__name">{column.name(words)}</span>
                {move || order().map(|order| view! {
                    <span class="call-list__order" data-order=order><Icon symbol=Symbol::Down/></span>
                })}
            </button>
            <Edge list=list column=column pulled=pulled/>
        </div>
    }
}

/// The edge that is pulled to make a column wider. With the keyboard it is Shift and an arrow on
/// the head, or the buttons of the menu.
#[component]
fn Edge(list: List, column: Column, pulled: RwSignal<Option<(i32, i32)>>) -> impl IntoView {
    let begin = move |event: ev::PointerEvent| {
        event.prevent_default();
        drag::capture(&event);
        let width_px = drag::head_width(event.target()).unwrap_or_default();
        pulled.set(Some((event.client_x(), width_px)));
    };
    let pull = move |event: ev::PointerEvent| {
        if let Some((from_px, width_px)) = pulled.get_untracked() {
            let to_px = width_px + event.client_x() - from_px;
            list.preferences.arrange(|table| table.set_width(column, to_px));
        }
    };
    view! {
        <span
            class="call-list__edge"
            aria-hidden="true"
            on:pointerdown=begin
            on:pointermove=pull
            on:pointerup=move |_| pulled.set(None)
            on:pointercancel=move |_| pulled.set(None)
        ></span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_sorts_its_useful_way_first_and_then_turns_round() {
        let usual = Sort::default();
        let by_name = next_order(usual, SortBy::Customer);
        assert_eq!(by_name, Sort { by: SortBy::Customer, descending: false });
        assert!(next_order(by_name, SortBy::Customer).descending);
        assert!(next_order(by_name, SortBy::Duration).descending);
        assert!(!next_order(usual, SortBy::Time).descending);
    }
}
