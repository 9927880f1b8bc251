//! Writing SVG: paper, captions, legend, and the few shapes that plots are made of.

use std::fmt::Write as _;

use super::{Caption, Legend};
use crate::components::statistics::patterns::STRIPED;

/// How wide a picture is.
const WIDTH: f64 = 960.0;

/// Around everything.
const MARGIN: f64 = 32.0;
/// About how wide a letter of 13 units is: no picture can ask a font.
const LETTER: f64 = 6.8;
/// Letters of a line; longer ones are broken.
const LINE: usize = 120;

/// How a text stands to its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing that grows downwards.
pub(super) struct Drawing<'a> {
    out: String,
    colour: &'a dyn Fn(&str) -> String,
    /// Where the next thing begins.
    pub(super) y: f64,
}

impl<'a> Drawing<'a> {
    /// Paper with a title and the lines below it.
    pub(super) fn begin(caption: &Caption, colour: &'a dyn Fn(&str) -> String) -> Self {
        let mut drawing = Self { out: String::new(), colour, y: MARGIN + 18.0 };
        drawing.text((MARGIN, drawing.y), Anchor::Start, "18px;600;text-1", &caption.title);
        drawing.y += 8.0;
        for line in caption.lines.iter().flat_map(|line| broken(line)) {
            drawing.y += 19.0;
            drawing.text((MARGIN, drawing.y), Anchor::Start, "13px;400;text-2", &line);
        }
        drawing.y += 22.0;
        drawing
    }

    /// The drawing as a file.
    pub(super) fn end(mut self, caption: &Caption) -> String {
        self.y += 28.0;
        self.text((MARGIN, self.y), Anchor::Start, "12px;400;text-3", &caption.source);
        let (height, paper) = (self.y + MARGIN / 2.0, (self.colour)("surface-1"));
        let (title, about) = (escaped(&caption.title), escaped(&caption.lines.join("\n")));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"system-ui, -apple-system, \
             'Segoe UI', Roboto, Arial, sans-serif\"><title>{title}</title><desc>{about}</desc>\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{paper}\"/>{}</svg>\n",
            self.out
        )
    }

    /// What colours and patterns stand for, and the patterns themselves.
    pub(super) fn legend(&mut self, legend: &[Legend]) {
        let mut x = MARGIN;
        for entry in legend {
            self.pattern(&entry.part);
            self.piece(&entry.part, [x, self.y - 10.0, 11.0, 11.0]);
            self.text((x + 17.0, self.y), Anchor::Start, "12px;400;text-2", &entry.name);
            x += 17.0 + letters(&entry.name) + 22.0;
        }
        self.y += if legend.is_empty() { 0.0 } else { 18.0 };
    }

    fn pattern(&mut self, part: &str) {
        if STRIPED.contains(&part) {
            let (paper, colour) = ((self.colour)("surface-1"), self.colour_of(part));
            let _infallible = write!(
                self.out,
                "<defs><pattern id=\"stripes-{part}\" width=\"6\" height=\"5\" \
                 patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"5\" fill=\"{colour}\"/>\
                 <rect width=\"6\" height=\"1.6\" fill=\"{paper}\"/></pattern></defs>"
            );
        }
    }

    fn colour_of(&self, part: &str) -> String {
        let token = match part {
            "all" => "accent".to_owned(),
            "yes" | "no" | "not-stated" => format!("series-{part}"),
            other => other.to_owned(),
        };
        (self.colour)(&token)
    }

    /// A piece of a bar: left, top, width, height.
    pub(super) fn piece(&mut self, part: &str, [x, y, width, height]: [f64; 4]) {
        let striped = STRIPED.contains(&part);
        let fill = if striped { format!("url(#stripes-{part})") } else { self.colour_of(part) };
        let edge = (self.colour)(if part == "not-stated" { "line-strong" } else { "surface-1" });
        let _infallible = write!(
            self.out,
            "<rect data-part=\"{part}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"0.75\"/>"
        );
    }

    /// A filled rectangle; `opacity` 0 to 1.
    pub(super) fn field(&mut self, [x, y, width, height]: [f64; 4], token: &str, opacity: f64) {
        let fill = (self.colour)(token);
        let _infallible = write!(
            self.out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" \
             fill=\"{fill}\" fill-opacity=\"{opacity:.2}\"/>"
        );
    }

    /// A line along a path.
    pub(super) fn line(&mut self, path: &str, token: &str, width: f64) {
        let stroke = (self.colour)(token);
        let _infallible = write!(
            self.out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\" \
             stroke-linejoin=\"round\" stroke-linecap=\"round\"/>"
        );
    }

    /// A surface within a path.
    pub(super) fn surface(&mut self, path: &str, token: &str) {
        let fill = (self.colour)(token);
        let _infallible = write!(self.out, "<path d=\"{path}\" fill=\"{fill}\"/>");
    }

    /// A text; `look` is size, weight and colour: `13px;400;text-2`.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, look: &str, text: &str) {
        let mut look = look.split(';');
        let (size, weight) = (look.next().unwrap_or("13px"), look.next().unwrap_or("400"));
        let fill = (self.colour)(look.next().unwrap_or("text-1"));
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _infallible = write!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" \
             text-anchor=\"{anchor}\" fill=\"{fill}\">{}</text>",
            escaped(text)
        );
    }

    /// The left and the right end of what plots draw within.
    pub(super) fn inside() -> (f64, f64) {
        (MARGIN, WIDTH - MARGIN)
    }
}

/// About how wide a text of usual letters is.
pub(super) fn letters(text: &str) -> f64 {
    crate::components::statistics::bars::to_f64(text.chars().count()) * LETTER
}

/// A line in pieces that fit, broken between words.
fn broken(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let long = lines.last().map_or(0, |line: &String| line.chars().count());
        if long > 0 && long + word.chars().count() > LINE {
            lines.push(String::new());
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    lines
}

/// A text within XML; signs that XML has no place for are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_broken_between_words_and_loses_none() {
        let line = "word ".repeat(60);
        let lines = broken(line.trim());
        assert!(lines.len() == 3 && lines.iter().all(|line| line.chars().count() <= LINE));
        assert_eq!(lines.join(" "), line.trim());
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a\u{0}\u{1b}<b>&\"\u{ffff}"), "a&lt;b&gt;&amp;&quot;");
    }
}
