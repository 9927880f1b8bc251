//! Finds things by role and accessible name, and does with them what a person can do.
//!
//! A locator is a description: it looks anew for every action, waits until there is exactly
//! one match, and until that one is visible, still, enabled and not covered by another.

use serde_json::{Value, json};

use super::frame::{Frame, squeeze};
use super::page::value_of;
use super::{Page, keyboard, poll};

/// How an accessible name is compared. Plain text has to be the whole name.
#[derive(Debug, Clone)]
pub enum Name {
    Whole(String),
    Containing(String),
    Any,
}

/// Any name, or none.
pub fn any() -> Name {
    Name::Any
}

/// A name that contains this.
pub fn containing(part: &str) -> Name {
    Name::Containing(squeeze(part))
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::Whole(squeeze(name))
    }
}

impl Name {
    fn matches(&self, name: &str) -> bool {
        match self {
            Self::Whole(whole) => name == whole,
            Self::Containing(part) => name.contains(part),
            Self::Any => true,
        }
    }
}

/// Describes an element by its role and name in the accessibility tree.
#[derive(Debug, Clone)]
pub struct Locator<'p> {
    page: &'p Page,
    frame: Option<String>,
    inside: Option<Box<Locator<'p>>>,
    role: String,
    name: Name,
    text: Option<String>,
    nth: Option<usize>,
}

impl<'p> Locator<'p> {
    pub(super) fn new(page: &'p Page, frame: Option<String>, role: &str, name: Name) -> Self {
        Self { page, frame, inside: None, role: role.to_owned(), name, text: None, nth: None }
    }

    /// What has this role and name inside of this.
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Self {
        let inside = Some(Box::new(self.clone()));
        Self { inside, ..Self::new(self.page, self.frame.clone(), role, name.into()) }
    }

    /// Only those with this in their visible text. A row has a text, but no name.
    pub fn with_text(self, text: &str) -> Self {
        Self { text: Some(squeeze(text)), ..self }
    }

    /// One of several, from 0.
    pub fn nth(&self, nth: usize) -> Self {
        Self { nth: Some(nth), ..self.clone() }
    }

    /// The first of several.
    pub fn first(&self) -> Self {
        self.nth(0)
    }

    /// Clicks with the mouse, as the browser itself would report it.
    #[track_caller]
    pub fn click(&self) {
        self.patiently("be clicked", |element| {
            let (x, y) = element.point()?;
            let mouse = |kind: &str, (x, y): (f64, f64), buttons: u8| {
                let clicks = u8::from(kind != "mouseMoved");
                let event = json!({ "type": kind, "x": x, "y": y, "button": "left",
                                    "buttons": buttons, "clickCount": clicks });
                self.page.send("Input.dispatchMouseEvent", event);
            };
            element.call(WATCH_PRESS)?;
            mouse("mouseMoved", (x, y), 0);
            mouse("mousePressed", (x, y), 1);
            // Nobody clicks what a finger slides off.
            let landed = element.call(LANDED).is_ok_and(|landed| landed == true);
            let (x, y) = if landed { (x, y) } else { (0.0, 0.0) };
            mouse("mouseReleased", (x, y), 0);
            if landed { Ok(()) } else { Err("it moved away just then".into()) }
        });
    }

    /// Moves the mouse over it.
    #[track_caller]
    pub fn hover(&self) {
        let (x, y) = self.patiently("be pointed at", |element| element.point());
        let event = json!({ "type": "mouseMoved", "x": x, "y": y });
        self.page.send("Input.dispatchMouseEvent", event);
    }

    /// Gives it the keyboard's focus.
    #[track_caller]
    pub fn focus(&self) {
        self.patiently("take the focus", |element| {
            let focused = "function () { this.focus(); return document.activeElement === this }";
            if element.call(focused)? == true { Ok(()) } else { Err("it did not".into()) }
        });
    }

    /// Types into it, after what is there already.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.press("End");
        keyboard::type_text(self.page, text);
    }

    /// Replaces what is in it.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.focus();
        self.patiently("be selected", |element| element.call("function () { this.select() }"));
        if text.is_empty() {
            keyboard::press(self.page, "Delete");
        }
        keyboard::type_text(self.page, text);
    }

    /// Presses keys while it has the focus, see [`Page::press`].
    #[track_caller]
    pub fn press(&self, keys: &str) {
        self.focus();
        keyboard::press(self.page, keys);
    }

    /// Chooses an option of a `select` by its label.
    #[track_caller]
    pub fn choose(&self, label: &str) {
        let choose = "function (label) {
            const option = [...this.options].find(option => option.label.trim() === label);
            if (!option) return false;
            this.value = option.value;
            this.dispatchEvent(new Event('input', { bubbles: true }));
            this.dispatchEvent(new Event('change', { bubbles: true }));
            return true }";
        self.patiently(&format!("offer “{label}”"), |element| {
            let chosen = element.call_with(choose, &json!([{ "value": label }]))?;
            if chosen == true { Ok(()) } else { Err("it has no such option".into()) }
        });
    }

    /// Waits until it is there.
    #[track_caller]
    pub fn wait(&self) {
        self.patiently("be there", |_| Ok(()));
    }

    /// Waits until it is not there (any more).
    #[track_caller]
    pub fn wait_gone(&self) {
        let gone = poll(self.page.patience, || {
            // Nothing is inside of what is gone.
            if let Some(outer) = &self.inside
                && outer.all()?.is_empty()
            {
                return Ok(());
            }
            match self.all()?.len() {
                0 => Ok(()),
                still => Err(format!("{still} of them are still there")),
            }
        });
        gone.unwrap_or_else(|error| panic!("{self}: {error}. {}", self.page.where_it_is()));
    }

    /// How many there are just now. Waits for what they are in.
    #[track_caller]
    pub fn count(&self) -> usize {
        self.names().len()
    }

    /// The accessible names of all that there are just now. Waits for what they are in.
    #[track_caller]
    pub fn names(&self) -> Vec<String> {
        let all = poll(self.page.patience, || self.all());
        let all = all.unwrap_or_else(|error| panic!("{self}: {error}"));
        all.into_iter().map(|element| element.name).collect()
    }

    /// Its visible text, with every run of white space as one space.
    #[track_caller]
    pub fn text(&self) -> String {
        self.patiently("have a text", Element::text)
    }

    /// What is typed or chosen in it.
    #[track_caller]
    pub fn value(&self) -> String {
        let value =
            self.patiently("have a value", |it| it.call("function () { return this.value }"));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of its element.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let read = "function (name) { return this.getAttribute(name) }";
        let value = self.patiently("have attributes", |element| {
            element.call_with(read, &json!([{ "value": name }]))
        });
        value.as_str().map(str::to_owned)
    }

    /// What a function says of its element: `eval("function () { return this.currentTime }")`.
    #[track_caller]
    pub fn eval(&self, function: &str) -> Value {
        self.patiently("answer", |element| element.call(function))
    }

    /// Whether it has the keyboard's focus just now.
    #[track_caller]
    pub fn has_focus(&self) -> bool {
        self.eval("function () { return document.activeElement === this }") == true
    }

    #[track_caller]
    fn patiently<T>(&self, what: &str, act: impl Fn(&Element<'p>) -> Result<T, String>) -> T {
        poll(self.page.patience, || act(&self.one()?)).unwrap_or_else(|error| {
            panic!("{self} cannot {what}: {error}. {}", self.page.where_it_is())
        })
    }

    fn one(&self) -> Result<Element<'p>, String> {
        let mut all = self.all()?;
        match all.len() {
            1 => Ok(all.remove(0)),
            0 => Err("there is none".to_owned()),
            several => {
                let names: Vec<_> = all.iter().map(|element| element.name.as_str()).collect();
                Err(format!("there are {several}: {names:?}"))
            }
        }
    }

    fn all(&self) -> Result<Vec<Element<'p>>, String> {
        let frame = match &self.frame {
            None => Frame::main(self.page),
            Some(part) => Frame::by_url_part(self.page, part),
        };
        let root = match &self.inside {
            None => frame.document()?,
            Some(outer) => outer.one()?.object,
        };
        let query = json!({ "objectId": root, "role": self.role });
        let answer = self.page.try_send("Accessibility.queryAXTree", query)?;
        let nodes = answer["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let named = nodes.iter().filter(|node| node["ignored"] != true).filter_map(|node| {
            let name = squeeze(node["name"]["value"].as_str().unwrap_or_default());
            let id = node["backendDOMNodeId"].as_u64()?;
            self.name.matches(&name).then_some((name, id))
        });
        let world = frame.world()?;
        let elements = named.map(|(name, id)| Element::resolve(self.page, name, id, &world));
        let mut elements = elements.collect::<Result<Vec<_>, _>>()?;
        if let Some(text) = &self.text {
            elements.retain(|element| element.text().is_ok_and(|all| all.contains(text)));
        }
        Ok(match self.nth {
            Some(nth) => elements.into_iter().skip(nth).take(1).collect(),
            None => elements,
        })
    }
}

impl std::fmt::Display for Locator<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Name::Whole(name) => write!(out, "{} “{name}”", self.role)?,
            Name::Containing(part) => write!(out, "{} with “{part}”", self.role)?,
            Name::Any => write!(out, "{}", self.role)?,
        }
        if let Some(text) = &self.text {
            write!(out, " that says “{text}”")?;
        }
        if let Some(nth) = self.nth {
            write!(out, " number {nth}")?;
        }
        match &self.inside {
            Some(outer) => write!(out, " in {outer}"),
            None => Ok(()),
        }
    }
}

/// An element that was found.
#[derive(Debug)]
struct Element<'p> {
    page: &'p Page,
    name: String,
    node: u64,
    object: String,
}

impl<'p> Element<'p> {
    fn resolve(page: &'p Page, name: String, node: u64, world: &Value) -> Result<Self, String> {
        let asked = json!({ "backendNodeId": node, "executionContextId": world });
        let answer = page.try_send("DOM.resolveNode", asked)?;
        let object = answer["object"]["objectId"].as_str().ok_or("it has just gone")?;
        Ok(Self { page, name, node, object: object.to_owned() })
    }

    fn call(&self, function: &str) -> Result<Value, String> {
        self.call_with(function, &json!([]))
    }

    fn call_with(&self, function: &str, arguments: &Value) -> Result<Value, String> {
        let call = json!({ "objectId": self.object, "functionDeclaration": function,
                           "arguments": arguments, "returnByValue": true, "awaitPromise": true });
        value_of(&self.page.try_send("Runtime.callFunctionOn", call)?)
    }

    fn text(&self) -> Result<String, String> {
        let text = self.call("function () { return this.innerText ?? this.textContent }")?;
        Ok(squeeze(text.as_str().unwrap_or_default()))
    }

    /// Where a mouse would hit it, in pixels of the tab; or why it could not.
    fn point(&self) -> Result<(f64, f64), String> {
        let refusal = self.call(REACHABLE)?;
        if let Some(reason) = refusal.as_str() {
            return Err(reason.to_owned());
        }
        let asked = json!({ "backendNodeId": self.node });
        let answer = self.page.try_send("DOM.getContentQuads", asked)?;
        let quad = answer["quads"][0].as_array().ok_or("it takes no room on the screen")?;
        let middle = |first: usize| {
            quad.iter().skip(first).step_by(2).filter_map(Value::as_f64).sum::<f64>() / 4.0
        };
        Ok((middle(0), middle(1)))
    }
}

/// Notes whether the next press of the mouse is one of the element, or of its label.
const WATCH_PRESS: &str = "function () {
    this.landed = undefined;
    document.addEventListener('pointerdown', ({ target }) => {
        const label = this.labels && [...this.labels].some(label => label.contains(target));
        const around = target.tagName === 'LABEL' && target.contains(this);
        this.landed = this.contains(target) || around || Boolean(label);
    }, { capture: true, once: true }) }";

/// Whether it was. A press that nobody saw was one of something else.
const LANDED: &str = "function () { return this.landed === true }";

/// Answers null, or the reason why a mouse would not reach the element. Waits for two frames,
/// so that a thing that moves is noticed.
const REACHABLE: &str = "async function () {
    this.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const frame = () => new Promise(requestAnimationFrame);
    const box = () => this.getClientRects()[0];
    await frame();
    const before = box();
    await frame();
    const now = box();
    if (!before || !now || !now.width || !now.height) return 'it takes no room on the screen';
    if (getComputedStyle(this).visibility !== 'visible') return 'it is hidden';
    if (before.x !== now.x || before.y !== now.y) return 'it is still moving';
    if (this.disabled || this.closest('[aria-disabled=true]')) return 'it is disabled';
    const hit = document.elementFromPoint(now.x + now.width / 2, now.y + now.height / 2);
    if (!hit) return 'it is outside of the window';
    const own = this.contains(hit) || hit.contains(this) && hit.tagName === 'LABEL';
    const label = this.labels && [...this.labels].some(label => label.contains(hit));
    if (!own && !label) return 'it is covered by ' + hit.outerHTML.slice(0, 120);
    return null }";
