//! What was drawn, as a reader meets it: elements with roles, names and texts.
//!
//! Reads the HTML that leptos writes, and nothing looser: every attribute is quoted, every
//! element is closed. Text is decoded, so that what comes out is what a reader would see.

/// Elements that have no end.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "link"];

/// Characters that HTML writes as words.
const ENTITIES: [(&str, &str); 6] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#x27;", "'"),
    ("&#x2F;", "/"),
    ("&amp;", "&"),
];

/// An element with what is inside of it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Lower case as it was written; empty for the whole.
    pub(crate) tag: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads what was drawn.
    #[track_caller]
    pub(crate) fn parse(html: &str) -> Self {
        let mut rest = html;
        let mut whole = Self::default();
        whole.fill(&mut rest);
        assert!(rest.is_empty(), "an end without a beginning: {rest}");
        whole
    }

    /// An attribute; empty for one without a value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Everything in it that is written, hidden from screen readers or not.
    pub(crate) fn text(&self) -> String {
        let mut words = String::new();
        self.collect(&mut words, |_| true);
        squeeze(&words)
    }

    /// Everything in it that a screen reader speaks.
    pub(crate) fn spoken(&self) -> String {
        let mut words = String::new();
        self.collect(&mut words, |element| element.attribute("aria-hidden") != Some("true"));
        squeeze(&words)
    }

    /// Everything in it that is spoken and not taken away by `hidden`.
    pub(crate) fn seen(&self) -> String {
        let mut words = String::new();
        self.collect(&mut words, |element| {
            let hidden = element.attribute("hidden").is_some();
            !hidden && element.attribute("aria-hidden") != Some("true")
        });
        squeeze(&words)
    }

    /// The accessible name: the label, else the text.
    pub(crate) fn name(&self) -> String {
        self.attribute("aria-label").map_or_else(|| self.spoken(), str::to_owned)
    }

    /// Every element of a kind, in reading order.
    pub(crate) fn all(&self, tag: &str) -> Vec<&Self> {
        self.matching(&|element| element.tag == tag)
    }

    /// Every element with a role: the one it is given, else the one of its kind. What is hidden
    /// from screen readers has none.
    pub(crate) fn by_role(&self, role: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in &self.children {
            let Node::Element(element) = child else { continue };
            if element.attribute("aria-hidden") != Some("true") {
                found.extend((element.role() == role).then_some(element));
                found.extend(element.by_role(role));
            }
        }
        found
    }

    /// The only element with a role.
    #[track_caller]
    pub(crate) fn one(&self, role: &str) -> &Self {
        let found = self.by_role(role);
        assert_eq!(found.len(), 1, "one {role} in {self:?}");
        found[0]
    }

    /// The names of everything with a role.
    pub(crate) fn names(&self, role: &str) -> Vec<String> {
        self.by_role(role).into_iter().map(Self::name).collect()
    }

    fn role(&self) -> &str {
        let of_its_kind = match self.tag.as_str() {
            "a" if self.attribute("href").is_some() => "link",
            "button" => "button",
            "li" => "listitem",
            "ol" | "ul" => "list",
            "select" => "combobox",
            "table" => "table",
            "h1" | "h2" | "h3" => "heading",
            _ => "",
        };
        self.attribute("role").unwrap_or(of_its_kind)
    }

    fn matching(&self, fits: &dyn Fn(&Self) -> bool) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in &self.children {
            let Node::Element(element) = child else { continue };
            found.extend(fits(element).then_some(element));
            found.extend(element.matching(fits));
        }
        found
    }

    fn collect(&self, words: &mut String, goes_in: fn(&Self) -> bool) {
        for child in &self.children {
            match child {
                Node::Text(text) => words.push_str(text),
                Node::Element(element) if goes_in(element) => {
                    // Where an element begins or ends, a reader sees a gap.
                    words.push(' ');
                    element.collect(words, goes_in);
                    words.push(' ');
                }
                Node::Element(_) => {}
            }
        }
    }

    /// Reads children until the end of this element, or of the text.
    fn fill(&mut self, rest: &mut &str) {
        while !rest.is_empty() && !rest.starts_with("</") {
            if rest.starts_with("<!--") {
                // A comment may name a type, `<() />`.
                take_until(rest, "-->");
            } else if rest.starts_with("<!") {
                take_until(rest, ">");
            } else if rest.starts_with('<') {
                self.children.push(Node::Element(Self::read(rest)));
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.children.push(Node::Text(decoded(&rest[..end])));
                *rest = &rest[end..];
            }
        }
    }

    fn read(rest: &mut &str) -> Self {
        *rest = &rest[1..];
        let mut element = Self { tag: take_while(rest, is_name), ..Self::default() };
        loop {
            *rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                *rest = after;
                break;
            }
            let name = take_while(rest, is_name);
            assert!(!name.is_empty(), "no attribute and no end: {rest}");
            let value = match rest.strip_prefix("=\"") {
                Some(after) => {
                    *rest = after;
                    decoded(&take_until(rest, "\""))
                }
                None => String::new(),
            };
            element.attributes.push((name, value));
        }
        if !VOID.contains(&element.tag.as_str()) {
            element.fill(rest);
            let end = take_until(rest, ">");
            assert_eq!(end, format!("</{}", element.tag), "the wrong element ends");
        }
        element
    }
}

/// What stands before the end, which is taken as well.
#[track_caller]
fn take_until(rest: &mut &str, end: &str) -> String {
    let (taken, after) = rest.split_once(end).unwrap_or_else(|| panic!("no {end} in {rest}"));
    *rest = after;
    taken.to_owned()
}

fn take_while(rest: &mut &str, fits: fn(char) -> bool) -> String {
    let end = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken.to_owned()
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_:".contains(letter)
}

fn decoded(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (word, letter)| text.replace(word, letter))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn elements_are_read_with_their_names_and_texts() {
    let html = Element::parse(
        r#"<p class="a" hidden>1 &lt; 2<!>!</p><input value="&quot;x&quot;"><button aria-label="Play"><svg aria-hidden="true">X</svg>Go</button>"#,
    );
    assert_eq!(html.all("p")[0].text(), "1 < 2!");
    assert_eq!(html.all("p")[0].attribute("hidden"), Some(""));
    assert_eq!(html.all("input")[0].attribute("value"), Some("\"x\""));
    assert_eq!(html.names("button"), ["Play"]);
    assert_eq!(html.one("button").spoken(), "Go");
    assert_eq!(html.one("button").text(), "X Go");
}

#[test]
fn what_was_escaped_twice_is_decoded_once() {
    assert_eq!(Element::parse("<p>&amp;lt;b&amp;gt;</p>").text(), "&lt;b&gt;");
}
