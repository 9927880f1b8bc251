//! When in the week calls come: a field for each hour, which leads to its calls. The picture is a
//! table, and says its numbers; arrow keys walk through it.

use calls::Day;
use calls::filter::Hours;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::bars::to_f64;
use super::saving::SaveMenu;
use super::twin::{Cell, Table};
use crate::browser::focus;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::picture::{Picture, Plot};
use crate::place::View;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::grid_walk::{self, Grid};

/// A Monday: names of weekdays are those of days.
const MONDAY: Day = Day(4);

/// Seven days of 24 hours, which begin below the heads.
const GRID: Grid = Grid { rows: 7, columns: 24, heads: 24, page: 7 };

/// How many calls each hour of the week has, Monday 0:00 first.
type Fields = Vec<usize>;

/// The card.
#[component]
pub fn Week() -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    let fields = use_fields();
    let first = locale.formats.week_start() as usize;
    // The hour that Tab leads to, and whether it has the focus.
    let (at, focused) = (RwSignal::new(first * 24), RwSignal::new(false));
    let title = Signal::derive(move || words.card_week(selection.zone().name()));
    let table = Signal::derive(move || fields.with(|fields| table(fields, locale)));
    let picture = Callback::new(move |()| fields.with_untracked(|fields| saved(fields, locale)));
    let hours = (0..24).map(|hour: usize| {
        // A head for every hour would not fit; those between are said and not seen.
        let seen = hour.is_multiple_of(6);
        view! {
            <th scope="col" data-seen=seen.to_string()>
                <span class=if seen { "" } else { "visually-hidden" }>{hour}</span>
            </th>
        }
    });
    view! {
        <section class="card" aria-labelledby="card-week">
            <div class="card__head">
                <h2 class="card__title" id="card-week">{title}</h2>
                <SaveMenu title=title table=table picture=picture name="hours"/>
            </div>
            <table class="week">
                <thead>
                    <tr>
                        <td></td>
                        {hours.collect_view()}
                    </tr>
                </thead>
                <tbody
                    on:keydown=move |event| walk(&event, at, first)
                    on:focusin=move |_| focused.set(true)
                    on:focusout=move |_| {
                        let _gone = focused.try_set(false);
                    }
                >
                    {(0..7).map(|nth| view! { <WeekDay day=(first + nth) % 7 fields=fields at=at/> }).collect_view()}
                </tbody>
            </table>
            <WeekScale fields=fields said=Signal::derive(move || focused.get().then(|| at.get()))/>
        </section>
    }
}

/// What the shades stand for, and what the field that has the focus says.
#[component]
fn WeekScale(fields: Memo<Fields>, said: Signal<Option<usize>>) -> impl IntoView {
    let locale = use_locale();
    let said =
        move || said.get().map(|of_week| fields.with(|fields| words_of(fields, of_week, locale)));
    let most = move || locale.calls(most(&fields.get()));
    view! {
        <p class="week__scale" aria-hidden="true">
            <span class="week__said">{said}</span>
            <span>{locale.count(0)}</span>
            <span class="week__shades"></span>
            <span>{most}</span>
        </p>
    }
}

fn use_fields() -> Memo<Fields> {
    let (store, selection) = (use_store(), use_selection());
    Memo::new(move |_| {
        let zone = selection.zone();
        let counts = selection.rows.with(|rows| store.with_book(|book| book.week(rows, &zone)));
        counts.to_vec()
    })
}

/// A day of the week.
#[component]
fn WeekDay(day: usize, fields: Memo<Fields>, at: RwSignal<usize>) -> impl IntoView {
    let name = name_of(day, use_locale());
    let hours = (0..24).map(|hour| {
        view! { <Field of_week=day * 24 + hour fields=fields at=at/> }
    });
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            {hours.collect_view()}
        </tr>
    }
}

/// An hour of a day; its element stays while its number changes, so that it keeps the focus.
#[component]
fn Field(of_week: usize, fields: Memo<Fields>, at: RwSignal<usize>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let (day, hour) = (of_week / 24, u32::try_from(of_week % 24).unwrap_or_default());
    let count = Memo::new(move |_| fields.with(|fields| of(fields, of_week)));
    let share = move || {
        let most = fields.with(|fields| most(fields)).max(1);
        format!("{:.0}%", to_f64(count.get()) / to_f64(most) * 100.0)
    };
    let title = Memo::new(move |_| fields.with(|fields| words_of(fields, of_week, locale)));
    let href = nav.part(move |place| {
        let mut place = place.with_view(View::Calls);
        place.filter.hours = Hours::on(day, hour..hour + 1);
        place.fragment()
    });
    view! {
        <td class="week__field" style:--share=share data-none=move || (count.get() == 0).to_string() title=title>
            <span class="visually-hidden" aria-hidden="true">{move || locale.count(count.get())}</span>
            <a
                class="week__link"
                id=id_of(of_week)
                href=href
                aria-label=title
                tabindex=move || if at.get() == of_week { "0" } else { "-1" }
                on:focus=move |_| at.set(of_week)
            >
            </a>
        </td>
    }
}

fn id_of(of_week: usize) -> String {
    format!("week-{of_week}")
}

/// Arrow keys lead from hour to hour and from day to day, in the order in which they stand.
fn walk(event: &KeyboardEvent, at: RwSignal<usize>, first: usize) {
    let (day, hour) = (at.get_untracked() / 24, at.get_untracked() % 24);
    let cell = grid_walk::Cell { row: (day + 7 - first) % 7 + 1, column: hour };
    let Some(to) = GRID.walk(cell, &event.key(), event.ctrl_key()) else { return };
    event.prevent_default();
    let of_week = (to.row.max(1) - 1 + first) % 7 * 24 + to.column;
    at.set(of_week);
    focus::by_id(&id_of(of_week));
}

fn of(fields: &[usize], of_week: usize) -> usize {
    fields.get(of_week).copied().unwrap_or_default()
}

/// "Mon, 9:00: 4 calls".
fn words_of(fields: &[usize], of_week: usize, locale: Locale) -> String {
    let (day, hour) = (name_of(of_week / 24, locale), (of_week % 24).to_string());
    locale.words.week_field(day, hour, locale.calls(of(fields, of_week)))
}

fn most(fields: &[usize]) -> usize {
    fields.iter().copied().max().unwrap_or_default()
}

fn name_of(day: usize, locale: Locale) -> String {
    locale.formats.weekday(MONDAY.plus(i32::try_from(day).unwrap_or_default()))
}

/// The weekdays in the reader's order with their fields.
fn in_order(fields: &[usize], locale: Locale) -> Vec<(String, &[usize])> {
    let first = locale.formats.week_start() as usize;
    let day = |nth: usize| {
        let day = (first + nth) % 7;
        (name_of(day, locale), fields.get(day * 24..day * 24 + 24).unwrap_or_default())
    };
    (0..7).map(day).collect()
}

fn table(fields: &[usize], locale: Locale) -> Table {
    let mut heads = vec![locale.words.column_hour()];
    let days = in_order(fields, locale);
    heads.extend(days.iter().map(|(name, _)| name.clone()));
    let row = |hour: usize| {
        let cell = |(_, fields): &(String, &[usize])| {
            let count = of(fields, hour);
            Cell::number(to_f64(count), locale.count(count))
        };
        std::iter::once(Cell::text(format!("{hour}:00"))).chain(days.iter().map(cell)).collect()
    };
    Table { heads, rows: (0..24).map(row).collect() }
}

/// The picture as it is saved.
fn saved(fields: &[usize], locale: Locale) -> Picture {
    let most = to_f64(most(fields).max(1));
    let share = |count: &usize| to_f64(*count) / most;
    let day = |(name, fields): (String, &[usize])| (name, fields.iter().map(share).collect());
    let days = in_order(fields, locale).into_iter().map(day).collect();
    Picture { legend: Vec::new(), plot: Plot::Week { days } }
}
