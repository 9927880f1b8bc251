//! What a table's row is made of, as plain values: a template of parts, and the spots in it that
//! differ from row to row. The browser clones the template and writes the spots; without a browser
//! the same template and the same writing give HTML, so that what a row says can be tested.

/// A place in a row that is written: its number, in the order in which a template names them.
pub type Spot = u16;

/// Whoever can be written a row into.
pub trait RowCells {
    /// Writes a text. What was there goes.
    fn text(&mut self, spot: Spot, text: &str);
    /// Writes an attribute, or removes it.
    fn attribute(&mut self, spot: Spot, name: &'static str, value: Option<&str>);
    /// Whether the row flies past: only its words are written then, and everything else as soon as
    /// nothing moves, or somebody points at it.
    fn flies(&self) -> bool {
        false
    }
}

/// An element of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its kind.
    pub tag: &'static str,
    /// What never differs.
    pub attributes: Vec<(&'static str, String)>,
    /// A text that never differs.
    pub text: String,
    /// By which number it is written.
    pub spot: Option<Spot>,
    /// What is in it.
    pub children: Vec<Self>,
}

impl Part {
    /// An element with a class.
    #[must_use]
    pub fn new(tag: &'static str, class: impl Into<String>) -> Self {
        Self {
            tag,
            attributes: vec![("class", class.into())],
            text: String::new(),
            spot: None,
            children: Vec::new(),
        }
    }

    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With a text.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Written by a number.
    #[must_use]
    pub fn at(mut self, spot: Spot) -> Self {
        self.spot = Some(spot);
        self
    }

    /// With these in it.
    #[must_use]
    pub fn holding(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// Whether it is drawn with strokes and stands in that other namespace.
    #[must_use]
    pub fn is_drawing(&self) -> bool {
        matches!(self.tag, "svg" | "path")
    }

    fn find(&mut self, spot: Spot) -> Option<&mut Self> {
        if self.spot == Some(spot) {
            return Some(self);
        }
        self.children.iter_mut().find_map(|child| child.find(spot))
    }

    /// The row as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let mut html = String::new();
        self.write_html(&mut html);
        html
    }

    fn write_html(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.tag);
        for (name, value) in &self.attributes {
            html.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        html.push('>');
        if self.tag == "input" {
            return;
        }
        html.push_str(&escaped(&self.text));
        self.children.iter().for_each(|child| child.write_html(html));
        html.push_str(&format!("</{}>", self.tag));
    }
}

/// On paper, as in a browser, a spot that a template does not have is passed over.
impl RowCells for Part {
    fn text(&mut self, spot: Spot, text: &str) {
        if let Some(part) = self.find(spot) {
            part.text = text.to_owned();
        }
    }

    fn attribute(&mut self, spot: Spot, name: &'static str, value: Option<&str>) {
        let Some(part) = self.find(spot) else { return };
        part.attributes.retain(|(key, _)| *key != name);
        part.attributes.extend(value.map(|value| (name, value.to_owned())));
    }
}

fn escaped(text: &str) -> String {
    let quoted = text.replace('&', "&amp;").replace('"', "&quot;");
    quoted.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_written_over_what_the_last_one_left() {
        let cell = Part::new("span", "name").at(1);
        let mut row = Part::new("div", "row").at(0).holding([cell]);
        row.text(1, "Ada");
        row.attribute(0, "data-open", Some("true"));
        row.attribute(0, "data-open", None);
        row.text(1, "<b>\"");
        row.text(7, "nowhere");
        let name = "<span class=\"name\">&lt;b&gt;&quot;</span>";
        assert_eq!(row.html(), format!("<div class=\"row\">{name}</div>"));
    }
}
