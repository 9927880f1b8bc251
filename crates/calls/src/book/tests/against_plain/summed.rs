//! Statistics of the book against those of a plain list.

use super::{Dice, both};
use crate::book::{Book, Looking, Row};
use crate::call::Call;
use crate::figures::Figures;
use crate::filter::{Facet, Filter};
use crate::generated::Calls;
use crate::period::Span;
use crate::sort::Sort;
use crate::stats::{LENGTHS_MS, Rank, Split, Step, Summary, hour_of_week, millionths};
use crate::zone::Zone;
use crate::{CostUnit, Day};

const ROUNDS: u64 = 40;

fn some_rows(book: &Book, dice: &mut Dice) -> Vec<Row> {
    let one_in = 1 + dice.below(4);
    let rows = book.rows(&Filter::default(), None);
    rows.into_iter().filter(|_| dice.odds(one_in)).collect()
}

fn calls_of<'a>(plain: &'a [Option<Call>], rows: &[Row]) -> Vec<&'a Call> {
    rows.iter().filter_map(|row| plain[*row as usize].as_ref()).collect()
}

#[test]
fn the_summary_of_rows_is_that_of_their_calls_in_any_order() {
    for seed in 0..ROUNDS {
        let (book, plain, mut dice) = both(seed);
        let mut rows = some_rows(&book, &mut dice);
        let wanted = Summary::of(calls_of(&plain, &rows).into_iter());
        assert_eq!(book.summary(&rows), wanted, "{seed}");
        rows.reverse();
        assert_eq!(book.summary(&rows), wanted, "{seed}, backwards");
    }
}

#[test]
fn a_ranking_has_the_figures_of_the_calls_that_each_value_shows() {
    for seed in 0..ROUNDS {
        let (book, plain, _) = both(seed);
        let rows = book.rows(&Filter::default(), None);
        for facet in [Facet::Agent, Facet::Status, Facet::EndReason, Facet::Campaign] {
            for Rank { value, figures } in book.ranking(facet, &rows) {
                let mut filter = Filter::default();
                facet.choose(&mut filter, vec![value.clone()]);
                let shown = book.rows(&filter, None);
                let wanted = Figures::of(calls_of(&plain, &shown).into_iter());
                assert_eq!(figures, wanted, "{seed} {facet:?} {value}");
            }
        }
        let outcomes: usize =
            book.ranking(Facet::Outcome, &rows).iter().map(|rank| rank.figures.calls).sum();
        assert!(outcomes >= book.figures(&rows).calls, "{seed}");
    }
}

#[test]
fn an_answer_is_cut_into_parts_of_time_as_its_rows_are() {
    let mut calls = 0;
    for seed in 0..ROUNDS {
        let (book, plain, mut dice) = both(seed);
        for _ in 0..10 {
            let filter = super::a_filter(&plain, &mut dice);
            let sort = Sort::parse(["-time", "time", "-duration"][dice.below(3)]).unwrap();
            let answer = book.answer(&Looking { sort, ..Looking::at(&filter, None) });
            let mut bounds: Vec<i64> = (0..dice.below(9))
                .map(|_| super::NEWEST_MS + 9_000 - 1000 * dice.below(5_000) as i64)
                .collect();
            bounds.extend(dice.odds(4).then_some(i64::MIN));
            bounds.sort_unstable();
            for split in [Split::Success, Split::Status] {
                let wanted = book.series(&answer.rows, (&bounds, Step::Day), split);
                assert_eq!(book.series_of(&answer, (&bounds, Step::Day), split), wanted, "{seed}");
                calls += wanted.parts.iter().flatten().sum::<u32>();
            }
        }
    }
    assert!(calls > 5_000, "{calls}");
}

#[test]
fn many_rows_are_cut_where_few_are() {
    let mut book = Book::default();
    Calls::before(super::NEWEST_MS, 5).take(9_000).for_each(|call| book.take(call));
    let answer = book.answer(&Looking::at(&Filter::default(), None));
    let from = |nth: i64| super::NEWEST_MS - (40 - nth) * 7_000_000;
    let bounds: Vec<i64> = (0..44).map(from).collect();
    let wanted = book.series(&answer.rows, (&bounds, Step::Day), Split::Success);
    assert_eq!(book.series_of(&answer, (&bounds, Step::Day), Split::Success), wanted);
    assert!(wanted.parts.iter().flatten().sum::<u32>() > 8_000);
    assert_eq!(answer.figures, book.figures(&answer.rows));
}

#[test]
fn parts_of_time_and_classes_of_length_hold_the_calls_that_they_should() {
    let utc = Zone::utc();
    for seed in 0..ROUNDS {
        let (book, plain, mut dice) = both(seed);
        let rows = some_rows(&book, &mut dice);
        let calls = calls_of(&plain, &rows);
        let counted = || calls.iter().filter(|call| !call.deleted);
        let times = || counted().filter_map(|call| call.started_ms);
        let (Some(first), Some(last)) = (times().min(), times().max()) else { continue };
        let day = |at| utc.day_of(at);
        let span = Span {
            from_ms: utc.day_start_ms(day(first)),
            to_ms: utc.day_start_ms(Day(day(last).0 + 1)),
        };
        let bounds = Step::Day.bounds(span, &utc, 0);
        let series = book.series(&rows, (&bounds, Step::Day), Split::Status);
        for (index, part) in series.parts.iter().enumerate() {
            let inside = times().filter(|at| (bounds[index]..bounds[index + 1]).contains(at));
            assert_eq!(part.iter().sum::<u32>() as usize, inside.count(), "{seed} {index}");
        }
        for unit in CostUnit::ALL {
            let costs = counted().filter(|call| call.started_ms.is_some());
            let parts = costs.filter_map(|call| call.cost).map(crate::Cost::parts);
            let all: i64 = parts.filter(|it| it.1 == unit).map(|it| millionths(it.0)).sum();
            assert_eq!(book.costs_over(&rows, &bounds, unit).iter().sum::<i64>(), all, "{seed}");
        }
        let lengths = book.lengths(&rows);
        let answered = |most: i64| {
            counted().filter(|call| call.duration_ms.is_some_and(|ms| ms > 0 && ms <= most)).count()
        };
        assert_eq!(lengths[..3].iter().sum::<usize>(), answered(LENGTHS_MS[2]), "{seed}");
        assert_eq!(lengths.iter().sum::<usize>(), answered(i64::MAX), "{seed}");
        let week = book.week(&rows, &utc);
        let hour = dice.below(168);
        assert_eq!(week[hour], times().filter(|at| hour_of_week(*at, &utc) == hour).count());
    }
}
