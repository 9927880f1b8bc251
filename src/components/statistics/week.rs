//! When in the week calls come: a field for each hour. The picture is a table, and says its numbers.

use calls::period::{Period, Span};
use calls::stats::{Step, hour_of_week};
use calls::{Day, Zone};
use leptos::prelude::*;

use super::bars::to_f64;
use super::saving::SaveMenu;
use super::twin::{Cell, Table};
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::picture::{Picture, Plot};
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// A Monday: names of weekdays are those of days.
const MONDAY: Day = Day(4);
/// Longer spans have each hour of the week more than once.
const WEEK_MS: i64 = 7 * 86_400_000;

/// A field: how many calls, and the link to them where one hour is all that it stands for.
type Field = (usize, Option<String>);

/// The card.
#[component]
pub fn Week() -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    let fields = use_fields();
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
                <tbody>{move || fields.with(|fields| days(fields, locale))}</tbody>
            </table>
            <WeekScale fields=fields/>
        </section>
    }
}

/// What the shades stand for.
#[component]
fn WeekScale(fields: Memo<Vec<Field>>) -> impl IntoView {
    let locale = use_locale();
    let most = move || locale.calls(most(&fields.get()));
    view! {
        <p class="week__scale" aria-hidden="true">
            <span>{locale.count(0)}</span>
            <span class="week__shades"></span>
            <span>{most}</span>
        </p>
    }
}

fn use_fields() -> Memo<Vec<Field>> {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let place = nav.part(|place| place.with_view(View::Calls));
    Memo::new(move |_| {
        let (zone, span) = (selection.zone(), selection.span.get());
        let counts = selection.rows.with(|rows| store.with_book(|book| book.week(rows, &zone)));
        let links = place.with(|place| links(place, span, &zone));
        counts.into_iter().zip(links).collect()
    })
}

/// For each hour of the week the link to its calls: there is one as long as the hour comes once.
fn links(place: &Place, span: Span, zone: &Zone) -> Vec<Option<String>> {
    let mut links = vec![None; 168];
    // A little longer: a week may have an hour more.
    if span.to_ms - span.from_ms > WEEK_MS + 3_600_000 {
        return links;
    }
    let bounds = Step::Hour.bounds(span, zone, 0);
    let mut hours: Vec<Option<Span>> = vec![None; 168];
    for ends in bounds.windows(2) {
        let [from_ms, to_ms] = *ends else { continue };
        if let Some(hour) = hours.get_mut(hour_of_week(from_ms, zone)) {
            // The hour that an autumn night has twice is one field.
            let from_ms = hour.map_or(from_ms, |hour| hour.from_ms);
            *hour = Some(Span { from_ms, to_ms });
        }
    }
    for (link, span) in links.iter_mut().zip(hours) {
        let at = |span| Place { period: Period::of_span(span, zone), ..place.clone() };
        *link = span.map(|span| at(span).fragment());
    }
    links
}

fn most(fields: &[Field]) -> usize {
    fields.iter().map(|(count, _)| *count).max().unwrap_or(0)
}

/// The weekdays in the reader's order, 0 is Monday, with their fields.
fn in_order(fields: &[Field], locale: Locale) -> Vec<(String, &[Field])> {
    let first = locale.formats.week_start() as usize;
    let day = |nth: usize| {
        let weekday = (first + nth) % 7;
        let day = MONDAY.plus(i32::try_from(weekday).unwrap_or_default());
        let fields = fields.get(weekday * 24..weekday * 24 + 24).unwrap_or_default();
        (locale.formats.weekday(day), fields)
    };
    (0..7).map(day).collect()
}

fn days(fields: &[Field], locale: Locale) -> Vec<impl IntoView + use<>> {
    let most = most(fields).max(1);
    let day = |(name, fields): (String, &[Field])| {
        let fields = fields.iter().enumerate();
        let fields: Vec<_> =
            fields.map(|(hour, it)| field(&name, hour, it, most, locale)).collect();
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                {fields}
            </tr>
        }
    };
    in_order(fields, locale).into_iter().map(day).collect()
}

fn field(
    day: &str,
    hour: usize,
    (count, href): &Field,
    most: usize,
    locale: Locale,
) -> impl IntoView + use<> {
    let share = to_f64(*count) / to_f64(most) * 100.0;
    let title = locale.words.week_field(day, hour.to_string(), locale.calls(*count));
    let said = locale.count(*count);
    // Smaller than a finger, and 168 stops on the way of the Tab key: the hours of the picture over
    // time lead to the same calls for everybody.
    let link = href.clone().filter(|_| *count > 0).map(|href| {
        view! { <a class="week__link" href=href tabindex="-1" aria-hidden="true"></a> }
    });
    view! {
        <td class="week__field" style:--share=format!("{share:.0}%") data-none=(*count == 0).to_string() title=title>
            <span class="visually-hidden">{said}</span>
            {link}
        </td>
    }
}

fn table(fields: &[Field], locale: Locale) -> Table {
    let mut heads = vec![locale.words.column_hour()];
    let days = in_order(fields, locale);
    heads.extend(days.iter().map(|(name, _)| name.clone()));
    let row = |hour: usize| {
        let cell = |(_, fields): &(String, &[Field])| {
            let count = fields.get(hour).map_or(0, |(count, _)| *count);
            Cell::number(to_f64(count), locale.count(count))
        };
        std::iter::once(Cell::text(format!("{hour}:00"))).chain(days.iter().map(cell)).collect()
    };
    Table { heads, rows: (0..24).map(row).collect() }
}

/// The picture as it is saved.
fn saved(fields: &[Field], locale: Locale) -> Picture {
    let most = to_f64(most(fields).max(1));
    let share = |(count, _): &Field| to_f64(*count) / most;
    let day = |(name, fields): (String, &[Field])| (name, fields.iter().map(share).collect());
    let days = in_order(fields, locale).into_iter().map(day).collect();
    Picture { legend: Vec::new(), plot: Plot::Week { days } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, days: i32) -> Span {
        let first = Day::parse(first).unwrap();
        let utc = Zone::utc();
        Span { from_ms: utc.day_start_ms(first), to_ms: utc.day_start_ms(first.plus(days)) }
    }

    #[test]
    fn a_field_leads_to_its_calls_where_it_stands_for_one_hour() {
        let place = Place::default();
        let week = links(&place, span("2026-11-15", 7), &Zone::utc());
        assert!(week.iter().all(Option::is_some));
        // Sunday, 9:00.
        let link = week[6 * 24 + 9].as_deref().unwrap();
        assert_eq!(link, "#?from=2026-11-15T09:00:00Z&to=2026-11-15T10:00:00Z");
        let two = links(&place, span("2026-11-15", 14), &Zone::utc());
        assert!(two.iter().all(Option::is_none));
        let day = links(&place, span("2026-11-16", 1), &Zone::utc());
        assert_eq!(day.iter().flatten().count(), 24);
    }
}
