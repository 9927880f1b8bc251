//! When in the week calls come: a field for each hour. The picture is a table, and says its numbers.

use calls::Day;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::selection::use_selection;
use crate::store::use_store;

/// A Monday: names of weekdays are those of days.
const MONDAY: Day = Day(4);

/// The card.
#[component]
pub fn Week() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let words = locale.words;
    let counts = Memo::new(move |_| {
        let zone = selection.zone();
        selection.rows.with(|rows| store.with_book(|book| book.week(rows, &zone))).to_vec()
    });
    let days = move || {
        let counts = counts.get();
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let first = locale.formats.week_start() as usize;
        (0..7).map(|nth| day((first + nth) % 7, most, &counts)).collect_view()
    };
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
            <h2 class="card__title" id="card-week">{move || words.card_week(selection.zone().name())}</h2>
            <table class="week">
                <thead>
                    <tr>
                        <td></td>
                        {hours.collect_view()}
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
        </section>
    }
}

/// The row of a weekday, 0 is Monday.
fn day(weekday: usize, most: usize, counts: &[usize]) -> impl IntoView + use<> {
    let locale = use_locale();
    let name = locale.formats.weekday(MONDAY.plus(i32::try_from(weekday).unwrap_or_default()));
    let fields = (0..24).map(|hour| {
        let count = counts.get(weekday * 24 + hour).copied().unwrap_or(0);
        #[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
        let share = count as f64 / most as f64 * 100.0;
        let title = locale.words.week_field(&name, hour.to_string(), locale.calls(count));
        view! {
            <td class="week__field" style:--share=format!("{share:.0}%") data-none=(count == 0).to_string() title=title>
                <span class="visually-hidden">{locale.count(count)}</span>
            </td>
        }
    });
    let fields: Vec<_> = fields.collect();
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            {fields}
        </tr>
    }
}
