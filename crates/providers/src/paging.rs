//! The run that every adapter shares: lists that are read page by page, names of agents, and the
//! rules for going on, waiting and stopping.

use std::collections::{HashMap, HashSet, VecDeque};

use calls::{Call, Reference};

use crate::answer::Answer;
use crate::fetch::{Event, Fetch, RequestId};
use crate::list::{AgentList, List, Place};
use crate::patience::Patience;
use crate::refusal::{Refusal, RefusalKind};
use crate::request::Request;
use crate::rows::Rows;

/// How many pages in a row may bring nothing new. Rows that shift while they are read repeat some
/// of the page before; a provider that ignores page numbers repeats all of it for ever.
const MOST_STALE_PAGES: u8 = 2;

/// How many pages of agents are read at most.
const MOST_AGENT_PAGES: u64 = 50;

#[derive(Clone, Copy)]
enum Task {
    Agents,
    Calls { list: usize },
}

/// A page that is to be asked for.
#[derive(Clone, Copy)]
struct Job {
    task: Task,
    at: Place,
    patience: Patience,
}

impl Job {
    fn new(task: Task, at: Place) -> Self {
        Self { task, at, patience: Patience::default() }
    }
}

/// A list, and how far it has been read.
struct Reading {
    list: Box<dyn List>,
    /// Records there are, where known.
    total: Option<u64>,
    stale_pages: u8,
    /// Up to which page it is read.
    most_pages: u64,
    /// What it has brought itself, if it is read besides another list, which has most of it.
    brought: HashSet<Reference>,
}

impl Reading {
    fn new(list: Box<dyn List>) -> Self {
        let most_pages = list.most_pages();
        Self { most_pages, list, total: None, stale_pages: 0, brought: HashSet::new() }
    }

    /// How many of a page's calls this list has brought before, where another list may have
    /// brought the others: whichever is answered first, neither says anything of the other's end.
    fn own_repeats(&mut self, page: &[Call], several: bool) -> Option<usize> {
        let known = |call: &&Call| !self.brought.insert(call.key.reference.clone());
        several.then(|| page.iter().filter(known).count())
    }
}

/// A run over one connection.
pub struct Run {
    agents: Option<Box<dyn AgentList>>,
    /// Whether the calls are listed agent by agent.
    by_agent: bool,
    agents_seen: HashSet<String>,
    lists: Vec<Reading>,
    seen: HashSet<Reference>,
    /// Records read, each counted once.
    read: u64,
    /// Answers that were read.
    answers: u64,
    ready: VecDeque<Job>,
    under_way: HashMap<RequestId, Job>,
    next_id: RequestId,
    /// Sent again when the provider's time has come and nothing else is under way.
    waiting: VecDeque<Job>,
    /// What lies beyond the cap, and what was given up: [`Fetch::more`] goes on with it.
    left: Vec<Job>,
}

impl Run {
    /// A run over agents (if the provider lists them) and lists. Without lists the calls are
    /// those of each agent.
    #[must_use]
    pub fn new(agents: Option<Box<dyn AgentList>>, lists: Vec<Box<dyn List>>) -> Self {
        let of_agents = agents.iter().map(|_| Job::new(Task::Agents, Place::default()));
        let of_list = |list| Job::new(Task::Calls { list }, Place::default());
        let ready = of_agents.chain((0..lists.len()).map(of_list)).collect();
        Self {
            by_agent: lists.is_empty(),
            agents,
            agents_seen: HashSet::new(),
            lists: lists.into_iter().map(Reading::new).collect(),
            seen: HashSet::new(),
            read: 0,
            answers: 0,
            ready,
            under_way: HashMap::new(),
            next_id: 0,
            waiting: VecDeque::new(),
            left: Vec::new(),
        }
    }

    fn request(&self, job: Job) -> Option<Request> {
        match job.task {
            Task::Agents => self.agents.as_ref().map(|agents| agents.request(job.at)),
            Task::Calls { list } => self.lists.get(list).map(|list| list.list.request(job.at)),
        }
    }

    fn feed_agents(
        &mut self,
        at: Place,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let Some(agents) = &self.agents else { return Ok(Vec::new()) };
        let mut page = agents.read(answer, now_ms)?;
        let next = next_place(at, &page);
        page.read.retain(|agent| self.agents_seen.insert(agent.id.clone()));
        let lists: Vec<_> = page.read.iter().filter_map(|agent| agents.calls_of(agent)).collect();
        for list in lists {
            self.ready
                .push_back(Job::new(Task::Calls { list: self.lists.len() }, Place::default()));
            self.lists.push(Reading::new(list));
        }
        let mut events = skipped_events(page.skipped);
        let brought_some = !page.read.is_empty();
        events.push(Event::Agents(page.read));
        match next {
            Some(next) if brought_some && next.page < MOST_AGENT_PAGES => {
                self.ready.push_front(Job::new(Task::Agents, next));
            }
            // Calls of the agents beyond are not loaded.
            Some(_) if self.by_agent => events.push(Event::Capped { read: self.read, total: None }),
            _ => {}
        }
        Ok(events)
    }

    fn feed_calls(
        &mut self,
        list: usize,
        at: Place,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let several = self.lists.iter().any(|reading| reading.list.is_besides());
        let Some(reading) = self.lists.get_mut(list) else { return Ok(Vec::new()) };
        let mut page = reading.list.read(answer, now_ms)?;
        // A total that counts something else is at least no smaller than what has been read.
        let read = at.read + page.records as u64;
        reading.total = page.total.or(reading.total).map(|total| total.max(read));
        let next = next_place(at, &page);
        let own_repeats = reading.own_repeats(&page.read, several);
        let all_repeats = repeats(&mut self.seen, &mut page.read);
        let repeats = own_repeats.unwrap_or(all_repeats);
        let records = page.records - repeats;
        let stale = page.records > 0 && page.records == repeats;
        reading.stale_pages = if stale { reading.stale_pages + 1 } else { 0 };
        page.read.retain(|call| reading.list.wants(call));
        let within_cap = at.page + 1 < reading.most_pages;
        let goes_anywhere = reading.stale_pages < MOST_STALE_PAGES;
        let besides = reading.list.is_besides();
        self.read += if besides { 0 } else { records as u64 };
        let mut events = skipped_events(page.skipped);
        events.push(Event::Calls(page.read));
        let names = page.outcome_names;
        events.extend((!names.is_empty()).then_some(Event::OutcomeNames(names)));
        let (read, total) = (self.read, self.total());
        events.extend((!besides).then_some(Event::Progress { read, total }));
        match next {
            Some(next) if within_cap && goes_anywhere => {
                self.ready.push_back(Job::new(Task::Calls { list }, next));
            }
            Some(_) if besides => events.push(Event::Doubtful),
            Some(next) => {
                events.push(Event::Capped { read, total });
                self.left.extend(goes_anywhere.then(|| Job::new(Task::Calls { list }, next)));
            }
            None => {}
        }
        Ok(events)
    }

    /// Records of all lists, if every list says so and every list is known.
    fn total(&self) -> Option<u64> {
        let pending = self.ready.iter().chain(self.under_way.values()).chain(&self.waiting);
        let of_agents = |job: &Job| matches!(job.task, Task::Agents);
        if self.by_agent && pending.into_iter().any(of_agents) {
            return None;
        }
        let counted = self.lists.iter().filter(|reading| !reading.list.is_besides());
        counted.map(|reading| reading.total).sum()
    }

    /// A refusal: wait and send again if that may help, else tell it and what is missing for it.
    fn refused(&mut self, mut job: Job, refusal: Refusal, now_ms: i64) -> Vec<Event> {
        if let Some(until_ms) = job.patience.after(&refusal, self.answers, now_ms) {
            self.waiting.push_back(job);
            return vec![Event::Wait { until_ms }];
        }
        if matches!(job.task, Task::Agents) && !self.by_agent {
            let why = refusal.text.unwrap_or_else(|| refusal.status.to_string());
            let why = format!("the names of the agents could not be read: {why}");
            return vec![Event::Skipped { records: 0, why }];
        }
        self.left.push(Job::new(job.task, job.at));
        if refusal.kind == RefusalKind::Unreachable {
            // Whatever else would be asked now would fail alike.
            self.left.extend(self.ready.drain(..).chain(self.waiting.drain(..)));
        }
        if self.is_besides(job.task) && refusal.kind != RefusalKind::Unreachable {
            // The other list tells why, if it is not this one alone.
            return vec![Event::Doubtful];
        }
        let part = self.part(job.task).map(|part| Event::Missing { part });
        std::iter::once(Event::Refused(refusal)).chain(part).collect()
    }

    fn is_besides(&self, task: Task) -> bool {
        let Task::Calls { list } = task else { return false };
        self.lists.get(list).is_some_and(|reading| reading.list.is_besides())
    }

    fn part(&self, task: Task) -> Option<String> {
        let Task::Calls { list } = task else { return None };
        self.lists.get(list)?.list.name().map(str::to_owned)
    }
}

/// Where the next page begins, if there is one.
fn next_place<R>(at: Place, page: &Rows<R>) -> Option<Place> {
    let read = at.read + page.records as u64;
    page.goes_on(read).then_some(Place { page: at.page + 1, read })
}

/// Takes the calls out that another page has brought, and says how many those were.
fn repeats(seen: &mut HashSet<Reference>, calls: &mut Vec<Call>) -> usize {
    let before = calls.len();
    calls.retain(|call| seen.insert(call.key.reference.clone()));
    before - calls.len()
}

fn skipped_events(skipped: Option<(usize, String)>) -> Vec<Event> {
    skipped.into_iter().map(|(records, why)| Event::Skipped { records, why }).collect()
}

impl Fetch for Run {
    fn next(&mut self) -> Vec<(RequestId, Request)> {
        if self.under_way.is_empty() {
            self.ready.extend(self.waiting.drain(..));
        }
        let mut requests = Vec::new();
        while let Some(job) = self.ready.pop_front() {
            let Some(request) = self.request(job) else { continue };
            self.next_id += 1;
            self.under_way.insert(self.next_id, job);
            requests.push((self.next_id, request));
        }
        requests
    }

    fn feed(&mut self, id: RequestId, answer: &Answer, now_ms: i64) -> Vec<Event> {
        let Some(job) = self.under_way.remove(&id) else { return Vec::new() };
        let read = match job.task {
            Task::Agents => self.feed_agents(job.at, answer, now_ms),
            Task::Calls { list } => self.feed_calls(list, job.at, answer, now_ms),
        };
        match read {
            Ok(events) => {
                self.answers += 1;
                events
            }
            Err(refusal) => self.refused(job, refusal, now_ms),
        }
    }

    fn lost(&mut self, id: RequestId, refusal: Refusal, now_ms: i64) -> Vec<Event> {
        let job = self.under_way.remove(&id);
        job.map_or_else(Vec::new, |job| self.refused(job, refusal, now_ms))
    }

    fn more(&mut self) -> bool {
        for reading in &mut self.lists {
            reading.most_pages = reading.most_pages.saturating_add(reading.list.most_pages());
        }
        self.ready.extend(self.left.drain(..));
        self.ready.extend(self.under_way.drain().map(|(_, job)| job));
        !self.is_done()
    }

    fn is_done(&self) -> bool {
        self.ready.is_empty() && self.under_way.is_empty() && self.waiting.is_empty()
    }
}

#[cfg(test)]
mod going_on;
#[cfg(test)]
mod tests;
