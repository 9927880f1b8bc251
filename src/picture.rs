//! Pictures as files: a drawing that stands by itself (SVG), with what it shows, of which time and
//! zone, and what was left out, so that it can be defended where nobody has the page at hand.

mod drawing;
mod plots;

use std::fmt::Debug;

use crate::components::statistics::bars::{Bar, axis_of, to_f64};

/// What a picture shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// What its colours and patterns stand for.
    pub legend: Vec<Legend>,
    /// The picture itself.
    pub plot: Plot,
}

/// What a colour stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Legend {
    /// The name of a piece.
    pub part: String,
    /// In words.
    pub name: String,
}

/// What is said around a picture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Caption {
    /// What it shows.
    pub title: String,
    /// Of which time, in which zone, of which calls; a line each.
    pub lines: Vec<String>,
    /// Where it is from.
    pub source: String,
}

/// The kinds of pictures.
#[derive(Clone, PartialEq, Debug)]
pub enum Plot {
    /// Bars beside each other.
    Bars {
        /// The top, the middle and the ground of the axis.
        axis: [String; 3],
        /// How much its top is.
        top: f64,
        /// A label, and the pieces from the bottom up: their names and how much they are.
        bars: Vec<(String, Vec<(String, f64)>)>,
    },
    /// A line with an interval around it.
    Trend {
        /// The top, the middle and the ground of the axis.
        axis: [String; 3],
        /// The line and the lower and upper end of its interval, 0 to 1; none where it breaks off.
        points: Vec<Option<[f64; 3]>>,
        /// The first and the last label.
        ends: [String; 2],
    },
    /// A field for each hour of the week.
    Week {
        /// The names of days and their fields, 0 to 1 of the fullest.
        days: Vec<(String, Vec<f64>)>,
    },
    /// Values below each other, with several measures beside each.
    Ranks {
        /// What the measures are.
        heads: Vec<String>,
        /// The values with their measures.
        rows: Vec<Ranked>,
    },
}

/// A name and its measures.
pub type Ranked = (String, Vec<Measure>);

/// A measure of a value.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// The share of the largest, or of all, where there is one.
    pub share: Option<f64>,
    /// In words.
    pub said: String,
    /// The interval that the share lies in, for one that is estimated.
    pub interval: Option<(f64, f64)>,
}

impl Measure {
    /// A share that is known exactly.
    #[must_use]
    pub fn bar(share: f64, said: String) -> Self {
        Self { share: Some(share), said, interval: None }
    }
}

impl Plot {
    /// Bars as they are on screen; `axis` writes an amount.
    #[must_use]
    pub fn bars(bars: &[Bar], axis: impl Fn(usize) -> String) -> Self {
        let top = axis_of(bars);
        let bar = |bar: &Bar| {
            let pieces = bar.pieces.iter().map(|piece| (piece.part.clone(), to_f64(piece.amount)));
            (bar.label.clone(), pieces.collect())
        };
        let middle = if top > 1 { axis(top / 2) } else { String::new() };
        Self::Bars {
            axis: [axis(top), middle, axis(0)],
            top: to_f64(top),
            bars: bars.iter().map(bar).collect(),
        }
    }
}

impl Picture {
    /// The picture as SVG. `colour` gives the colour of a token such as `series-yes`.
    #[must_use]
    pub fn svg(&self, caption: &Caption, colour: &dyn Fn(&str) -> String) -> String {
        let mut drawing = drawing::Drawing::begin(caption, colour);
        drawing.legend(&self.legend);
        plots::draw(&self.plot, &mut drawing);
        drawing.end(caption)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption() -> Caption {
        Caption {
            title: "Calls per day & <success>".into(),
            lines: vec!["15 – 21 Nov (Europe/Berlin)".into(), "without \"tests\"".into()],
            source: "Calldeck".into(),
        }
    }

    fn drawn(plot: Plot) -> String {
        let legend = vec![Legend { part: "no".into(), name: "No".into() }];
        Picture { legend, plot }.svg(&caption(), &|token| format!("#{:06x}", token.len()))
    }

    fn plots() -> [Plot; 4] {
        let rate = Measure { share: None, said: "–".into(), interval: Some((0.25, 0.75)) };
        let axis = || ["4".to_owned(), "2".to_owned(), "0".to_owned()];
        [
            Plot::Bars {
                axis: axis(),
                top: 4.0,
                bars: vec![
                    ("15 Nov".into(), vec![("yes".into(), 3.0), ("no".into(), 1.0)]),
                    ("16 Nov".into(), vec![]),
                ],
            },
            Plot::Trend {
                axis: axis(),
                points: vec![Some([0.5, 0.4, 0.6]), None, Some([0.5, 0.1, 0.9])],
                ends: ["15 Nov".into(), "17 Nov".into()],
            },
            Plot::Week { days: vec![("Mon".into(), vec![0.5; 24])] },
            Plot::Ranks {
                heads: vec!["Calls".into()],
                rows: vec![("<Ada>".into(), vec![Measure::bar(1.0, "12".into()), rate])],
            },
        ]
    }

    #[test]
    fn a_picture_stands_by_itself_and_says_what_it_shows() {
        for plot in plots() {
            let svg = drawn(plot);
            assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
            for said in [
                "<title>Calls per day &amp; &lt;success&gt;</title>",
                "<desc>15 – 21 Nov (Europe/Berlin)\nwithout &quot;tests&quot;</desc>",
                ">Calldeck</text>",
            ] {
                assert!(svg.contains(said), "{said}: {svg}");
            }
            for foreign in ["var(", "class=", "href", "light-dark", "<Ada>", "NaN"] {
                assert!(!svg.contains(foreign), "{foreign}: {svg}");
            }
        }
    }

    #[test]
    fn a_rate_is_drawn_with_its_interval() {
        let rate =
            |interval| Measure {
                share: Some(0.5), said: "50% of 4 (15% – 85%)".into(), interval
            };
        let drawn_of = |interval| {
            let rows = vec![("Ada".to_owned(), vec![rate(interval)])];
            drawn(Plot::Ranks { heads: vec!["Success rate".into()], rows })
        };
        let with = drawn_of(Some((0.15, 0.85)));
        assert!(with.contains("50% of 4 (15% – 85%)"), "{with}");
        // The way from nothing to all, the interval on it, and the rate in it.
        let pieces = |svg: &str| svg.matches("rx=\"2\"").count();
        assert_eq!((pieces(&with), pieces(&drawn_of(None))), (3, 1));
    }

    #[test]
    fn what_is_stacked_is_told_apart_without_colour_too() {
        let [bars, ..] = plots();
        let svg = drawn(bars);
        assert!(svg.contains("<pattern id=\"stripes-no\"") && svg.contains("url(#stripes-no)"));
        // Two pieces, and the sign of one of them in the legend.
        assert_eq!(svg.matches("<rect data-part=").count(), 3, "{svg}");
    }
}
