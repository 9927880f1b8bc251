//! A provider's list made of its own page shape (`pages/page.json`, `pages/row.json`), with good
//! and bad habits.
//!
//! A shape is the provider's JSON with words for what differs: `"{rows}"`, `"{total}"`,
//! `"{more}"`, `"{limit}"`, `"{offset}"`, `"{page}"`, `"{pages}"`, `"{count}"`, and in a row `{n}`.

use std::collections::HashMap;

use providers::{Answer, Event, Request};

use crate::fixture::{self, Fixture};

/// How many agents there are where agents are listed.
const AGENTS: usize = 3;

/// How a provider pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Habit {
    /// As documented.
    Honest,
    /// There are no calls.
    Empty,
    /// Exactly two full pages.
    Even,
    /// `total` counts the rows of the page.
    TotalOfPage,
    /// `total` counts things that are not in the list.
    TotalTooLarge,
    /// Neither total nor whether there is more.
    SaysNothing,
    /// "There is more", always.
    MoreForEver,
    /// The first page, whatever was asked for.
    IgnoresPaging,
    /// Pages of a third at most, and says so.
    SmallPages,
    /// A new call comes in at the top before every page.
    Shifts,
    /// The second page is cut off in the middle of a row.
    BreaksOff,
}

impl Habit {
    pub(crate) const ALL: [Self; 11] = [
        Self::Honest,
        Self::Empty,
        Self::Even,
        Self::TotalOfPage,
        Self::TotalTooLarge,
        Self::SaysNothing,
        Self::MoreForEver,
        Self::IgnoresPaging,
        Self::SmallPages,
        Self::Shifts,
        Self::BreaksOff,
    ];
}

/// A provider's lists.
pub(crate) struct Paged {
    habit: Habit,
    page: String,
    row: String,
    /// Shape and row of the list of agents, where there is one.
    agents: Option<(String, String)>,
    /// How often each list was asked for.
    asked: HashMap<(String, String), usize>,
    /// How many calls the adapter asks for at a time.
    size: usize,
}

/// What a request asks for.
pub(crate) struct Asked {
    pub(crate) size: usize,
    pub(crate) start: usize,
    by_page_number: bool,
}

impl Paged {
    pub(crate) fn new(provider: &str, template: &Fixture, habit: Habit) -> Self {
        let has_agents = fixture::directory(provider).join("pages/agents.json").is_file();
        let text = |name: &str| fixture::text(provider, name);
        Self {
            habit,
            page: String::from_utf8(template.body.clone()).unwrap(),
            row: text("pages/row.json"),
            agents: has_agents.then(|| (text("pages/agents.json"), text("pages/agent.json"))),
            asked: HashMap::new(),
            size: 0,
        }
    }

    pub(crate) fn answer(&mut self, request: &Request) -> Answer {
        let asked = Asked::of(request);
        if request.path.ends_with("/agents") || request.path.ends_with("/agent") {
            let (page, row) = self.agents.as_ref().unwrap();
            let agents = if self.habit == Habit::Empty { 1 } else { AGENTS };
            let rows: Vec<String> = (0..agents).map(|n| numbered(row, &n.to_string())).collect();
            let rows = rows.get(asked.start.min(agents)..).unwrap();
            return Answer::of(200, asked.page(page, rows, agents, false));
        }
        // A list in another order is another list over the same calls.
        let order = request.query.iter().find(|(name, _)| *name == "order_by");
        let order = order.map(|(_, order)| order.clone()).unwrap_or_default();
        let times = self.asked.entry((request.path.clone(), order)).or_default();
        *times += 1;
        let times = *times;
        self.size = asked.size;
        Answer::of(200, self.list(&request.path, times, &asked))
    }

    fn list(&self, list: &str, times: usize, asked: &Asked) -> String {
        let agent = list.split('/').nth(2).unwrap_or_default();
        let all: Vec<String> = self.numbers(times).map(|n| format!("{agent}{n}")).collect();
        let size = if self.habit == Habit::SmallPages { self.small() } else { asked.size };
        let start =
            if asked.by_page_number { asked.start / asked.size * size } else { asked.start };
        let start = if self.habit == Habit::IgnoresPaging { 0 } else { start };
        let end = all.len().min(start + size);
        let rows = all.get(start.min(end)..end).unwrap();
        let rows: Vec<String> = rows.iter().map(|n| numbered(&self.row, n)).collect();
        let total = match self.habit {
            Habit::TotalOfPage => rows.len(),
            Habit::TotalTooLarge => 10_000,
            _ => all.len(),
        };
        let for_ever = matches!(self.habit, Habit::MoreForEver | Habit::IgnoresPaging);
        let more = for_ever || end < all.len();
        let shape =
            if self.habit == Habit::SaysNothing { silent(&self.page) } else { self.page.clone() };
        let body = filled(&shape, &rows, total, asked, size, more);
        if self.habit == Habit::BreaksOff && times == 2 {
            let middle = body.find(&rows[rows.len() / 2]).unwrap() + 30;
            return body[..middle].to_owned();
        }
        body
    }

    /// How many calls are on a page of a provider that gives fewer than it is asked for.
    fn small(&self) -> usize {
        (self.size * 3 / 10).max(1)
    }

    /// How many calls there are: two full pages, and mostly a half.
    fn calls(&self) -> usize {
        match self.habit {
            Habit::Empty => 0,
            Habit::Even => 2 * self.size,
            _ => 2 * self.size + self.size / 2,
        }
    }

    /// The numbers of the calls there are, newest first.
    fn numbers(&self, times: usize) -> impl Iterator<Item = String> {
        let calls = self.calls();
        let new = if self.habit == Habit::Shifts { times - 1 } else { 0 };
        (0..new).rev().map(|n| format!("-new{n}")).chain((0..calls).map(|n| format!("-{n}")))
    }

    /// What must hold after a run over these pages.
    pub(crate) fn check(&self, events: &[Event], seen: &[String], place: &str) {
        let paths: std::collections::BTreeSet<&String> =
            self.asked.keys().map(|(path, _)| path).collect();
        let lists = paths.len();
        assert!(lists > 0, "{place}: no list was asked for");
        let told = |wanted: fn(&Event) -> bool| events.iter().any(wanted);
        let capped = told(|event| matches!(event, Event::Capped { .. }));
        let skipped = told(|event| matches!(event, Event::Skipped { .. }));
        let old = seen.iter().filter(|id| !id.contains("-new")).count();
        match self.habit {
            Habit::IgnoresPaging => {
                assert_eq!(old, self.size * lists, "{place}");
                assert!(capped, "{place}: not told that there is more");
            }
            // Two pages are whole. Of the broken one, half is there; the other half only where
            // the next page begins behind what could be read.
            Habit::BreaksOff => {
                assert!(old >= 2 * self.size * lists, "{place}: {old}");
                assert!(skipped, "{place}: not told that a page breaks off");
            }
            // A list that only counts its page, in pages smaller than asked, looks like its end.
            Habit::SmallPages if !self.page.contains("{total}") => {}
            _ => {
                assert_eq!(old, self.calls() * lists, "{place}");
                assert!(!capped && !skipped, "{place}");
            }
        }
        let most = if self.habit == Habit::SmallPages { 12 } else { 5 };
        assert!(self.asked.values().all(|times| *times <= most), "{place}: {:?}", self.asked);
    }
}

impl Asked {
    /// By page number where there is one; Atoms' list of agents calls the size of a page `offset`.
    pub(crate) fn of(request: &Request) -> Self {
        let number = |name: &str| {
            let value = request.query.iter().find(|(given, _)| *given == name)?;
            Some(value.1.parse::<usize>().unwrap())
        };
        let (page, offset) = (number("page"), number("offset"));
        let size = number("limit").or(offset).unwrap();
        let start = page.map_or(offset.unwrap_or_default(), |page| (page - 1) * size);
        Self { size, start, by_page_number: page.is_some() }
    }

    /// What was asked for, in the provider's shape.
    pub(crate) fn page(&self, shape: &str, rows: &[String], total: usize, more: bool) -> String {
        filled(shape, rows, total, self, self.size, more)
    }
}

/// A row with a number of its own.
pub(crate) fn numbered(row: &str, number: &str) -> String {
    let compact: serde_json::Value = serde_json::from_str(row).unwrap();
    compact.to_string().replace("{n}", number)
}

fn silent(page: &str) -> String {
    ["total", "more", "pages", "page", "limit"]
        .iter()
        .fold(page.to_owned(), |page, name| page.replace(&format!("\"{{{name}}}\""), "null"))
}

fn filled(
    page: &str,
    rows: &[String],
    total: usize,
    asked: &Asked,
    size: usize,
    more: bool,
) -> String {
    let values = [
        ("rows", rows.join(",")),
        ("total", total.to_string()),
        ("more", more.to_string()),
        ("limit", size.to_string()),
        ("offset", asked.start.to_string()),
        ("page", (asked.start / asked.size + 1).to_string()),
        ("pages", total.div_ceil(size).to_string()),
        ("count", rows.len().to_string()),
    ];
    values.iter().fold(page.to_owned(), |page, (name, value)| {
        page.replace(&format!("\"{{{name}}}\""), value)
    })
}
