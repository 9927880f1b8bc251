//! The run that every adapter shares: lists that are read page by page, names of agents, and the
//! rules for going on, waiting and stopping.

use std::collections::{HashMap, VecDeque};

use calls::Call;

use crate::answer::Answer;
use crate::fetch::{AgentName, Event, Fetch, RequestId};
use crate::refusal::{Refusal, RefusalKind};
use crate::request::Request;

/// How often a request is sent again after the provider asked for patience.
const MOST_RETRIES: u8 = 5;

/// How long to wait when a provider says "too many requests" without saying how long.
const PATIENCE_MS: i64 = 5_000;

/// A list of calls that comes in pages.
pub trait List {
    /// The request for a page; the first is 0.
    fn request(&self, page: u64) -> Request;

    /// Reads a page.
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no list.
    fn read(&self, answer: &Answer, now_ms: i64) -> Result<ListPage, Refusal>;

    /// How many pages are read at most.
    fn most_pages(&self) -> u64 {
        200
    }
}

/// A page of a list, read.
#[derive(Debug, Default)]
pub struct ListPage {
    /// The calls on it that are wanted.
    pub calls: Vec<Call>,
    /// How many records stood on the page, wanted or not, readable or not.
    pub records: usize,
    /// Records that could not be read, and why the first of them could not.
    pub skipped: Option<(usize, String)>,
    /// How many records the whole list has, where the page says so.
    pub total: Option<u64>,
    /// Whether the provider says that there is another page; `None` if it does not say.
    pub more: Option<bool>,
    /// How many records a full page has.
    pub page_size: usize,
}

impl ListPage {
    /// Whether another page follows `page`. An empty page always ends the list, whatever its
    /// totals say.
    fn goes_on(&self, page: u64) -> bool {
        if self.records == 0 {
            return false;
        }
        let size = self.page_size as u64;
        match (self.more, self.total) {
            (Some(more), _) => more,
            (None, Some(total)) => (page + 1).saturating_mul(size) < total,
            (None, None) => self.records >= self.page_size,
        }
    }
}

/// The list of a provider's agents.
pub trait AgentList {
    /// The request for a page; the first is 0.
    fn request(&self, page: u64) -> Request;

    /// Reads a page: names, and whether another page follows.
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no list.
    fn read(
        &self,
        answer: &Answer,
        page: u64,
        now_ms: i64,
    ) -> Result<(Vec<AgentName>, bool), Refusal>;

    /// The calls of one agent, where calls can only be listed agent by agent (TalkPilot).
    fn calls_of(&self, _agent: &AgentName) -> Option<Box<dyn List>> {
        None
    }
}

#[derive(Clone, Copy)]
enum Job {
    Agents { page: u64 },
    Calls { list: usize, page: u64 },
}

/// A run over one connection.
pub struct Run {
    agents: Option<Box<dyn AgentList>>,
    lists: Vec<Box<dyn List>>,
    /// Records there are, by list, where known.
    totals: Vec<Option<u64>>,
    read: u64,
    ready: VecDeque<(Job, u8)>,
    under_way: HashMap<RequestId, (Job, u8)>,
    next_id: RequestId,
    /// Nothing is handed out before this instant; the answer that set it is sent again then.
    waiting: VecDeque<(Job, u8)>,
}

impl Run {
    /// A run over agents (if the provider lists them) and lists.
    #[must_use]
    pub fn new(agents: Option<Box<dyn AgentList>>, lists: Vec<Box<dyn List>>) -> Self {
        let mut ready = VecDeque::new();
        if agents.is_some() {
            ready.push_back((Job::Agents { page: 0 }, 0));
        }
        ready.extend((0..lists.len()).map(|list| (Job::Calls { list, page: 0 }, 0)));
        Self {
            agents,
            totals: vec![None; lists.len()],
            lists,
            read: 0,
            ready,
            under_way: HashMap::new(),
            next_id: 0,
            waiting: VecDeque::new(),
        }
    }

    fn request(&self, job: Job) -> Option<Request> {
        match job {
            Job::Agents { page } => self.agents.as_ref().map(|agents| agents.request(page)),
            Job::Calls { list, page } => self.lists.get(list).map(|list| list.request(page)),
        }
    }

    fn feed_agents(
        &mut self,
        page: u64,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let Some(agents) = &self.agents else { return Ok(Vec::new()) };
        let (names, more) = agents.read(answer, page, now_ms)?;
        let lists: Vec<_> = names.iter().filter_map(|agent| agents.calls_of(agent)).collect();
        for list in lists {
            self.ready.push_back((Job::Calls { list: self.lists.len(), page: 0 }, 0));
            self.lists.push(list);
            self.totals.push(None);
        }
        if more && !names.is_empty() && page < 50 {
            self.ready.push_front((Job::Agents { page: page + 1 }, 0));
        }
        Ok(vec![Event::Agents(names)])
    }

    fn feed_calls(
        &mut self,
        list: usize,
        page: u64,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let Some(source) = self.lists.get(list) else { return Ok(Vec::new()) };
        let read = source.read(answer, now_ms)?;
        let most = source.most_pages();
        self.read += read.records as u64;
        if let Some(total) = self.totals.get_mut(list) {
            *total = read.total.or(*total);
        }
        let mut events = vec![];
        let goes_on = read.goes_on(page);
        if let Some((records, why)) = read.skipped {
            events.push(Event::Skipped { records, why });
        }
        events.push(Event::Calls(read.calls));
        events.push(Event::Progress { read: self.read, total: self.total() });
        if goes_on && page + 1 < most {
            self.ready.push_back((Job::Calls { list, page: page + 1 }, 0));
        } else if goes_on {
            events.push(Event::Capped { read: self.read, total: self.total() });
        }
        Ok(events)
    }

    /// Records of all lists, if every list says so (and every list is known).
    fn total(&self) -> Option<u64> {
        let agents_known = !self.ready.iter().any(|(job, _)| matches!(job, Job::Agents { .. }));
        if !agents_known {
            return None;
        }
        self.totals.iter().copied().sum()
    }

    /// A refusal: wait and send again if the provider asks for patience, else tell it.
    fn refused(&mut self, job: Job, tries: u8, refusal: Refusal, now_ms: i64) -> Vec<Event> {
        if refusal.kind == RefusalKind::RateLimited && tries < MOST_RETRIES {
            self.waiting.push_back((job, tries + 1));
            let until_ms = refusal.retry_ms.unwrap_or(now_ms + PATIENCE_MS);
            return vec![Event::Wait { until_ms }];
        }
        let only_names = matches!(job, Job::Agents { .. }) && !self.lists.is_empty();
        if only_names {
            let why = refusal.text.unwrap_or_else(|| refusal.status.to_string());
            return vec![Event::Skipped { records: 0, why }];
        }
        vec![Event::Refused(refusal)]
    }
}

impl Fetch for Run {
    fn next(&mut self) -> Vec<(RequestId, Request)> {
        if self.under_way.is_empty() {
            self.ready.extend(self.waiting.drain(..));
        }
        let mut requests = Vec::new();
        while let Some((job, tries)) = self.ready.pop_front() {
            let Some(request) = self.request(job) else { continue };
            self.next_id += 1;
            self.under_way.insert(self.next_id, (job, tries));
            requests.push((self.next_id, request));
        }
        requests
    }

    fn feed(&mut self, id: RequestId, answer: &Answer, now_ms: i64) -> Vec<Event> {
        let Some((job, tries)) = self.under_way.remove(&id) else { return Vec::new() };
        let read = match job {
            Job::Agents { page } => self.feed_agents(page, answer, now_ms),
            Job::Calls { list, page } => self.feed_calls(list, page, answer, now_ms),
        };
        read.unwrap_or_else(|refusal| self.refused(job, tries, refusal, now_ms))
    }

    fn is_done(&self) -> bool {
        self.ready.is_empty() && self.under_way.is_empty() && self.waiting.is_empty()
    }
}

/// Reads the rows of a page one by one: the calls, and how many could not be read and why the
/// first of them could not. A row may be readable and not wanted (`Ok(None)`).
pub fn read_rows<'a, R>(
    rows: &[&'a serde_json::value::RawValue],
    read: impl Fn(&'a serde_json::value::RawValue) -> Result<Option<R>, String>,
) -> (Vec<R>, Option<(usize, String)>) {
    let mut calls = Vec::with_capacity(rows.len());
    let mut skipped: Option<(usize, String)> = None;
    for row in rows {
        match read(row) {
            Ok(call) => calls.extend(call),
            Err(why) => skipped.get_or_insert((0, why)).0 += 1,
        }
    }
    (calls, skipped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    struct Numbers {
        total: Option<u64>,
    }

    impl List for Numbers {
        fn request(&self, page: u64) -> Request {
            Request::get("/calls").with("page", page)
        }

        fn read(&self, answer: &Answer, now_ms: i64) -> Result<ListPage, Refusal> {
            if !answer.is_ok() {
                return Err(Refusal::of(answer, now_ms));
            }
            let text = answer.text();
            let call = |id: &str| Call::new(CallKey::parse(&format!("a/{id}")).unwrap());
            let calls: Vec<Call> = text.split_whitespace().map(call).collect();
            Ok(ListPage {
                records: calls.len(),
                calls,
                total: self.total,
                page_size: 2,
                ..ListPage::default()
            })
        }

        fn most_pages(&self) -> u64 {
            3
        }
    }

    fn run(total: Option<u64>) -> Run {
        Run::new(None, vec![Box::new(Numbers { total })])
    }

    fn step(run: &mut Run, status: u16, body: &str) -> Vec<Event> {
        let (id, _) = run.next().pop().expect("a request");
        run.feed(id, &Answer::of(status, body), 0)
    }

    #[test]
    fn an_empty_page_ends_a_list_whose_total_promises_more() {
        let mut run = run(Some(100));
        step(&mut run, 200, "1 2");
        assert!(!run.is_done());
        step(&mut run, 200, "");
        assert!(run.is_done());
    }

    #[test]
    fn a_short_page_ends_a_list_that_gives_no_total() {
        let mut run = run(None);
        step(&mut run, 200, "1 2");
        step(&mut run, 200, "3");
        assert!(run.is_done());
    }

    #[test]
    fn a_list_longer_than_the_cap_says_so() {
        let mut run = run(Some(100));
        step(&mut run, 200, "1 2");
        step(&mut run, 200, "3 4");
        let events = step(&mut run, 200, "5 6");
        assert!(events.contains(&Event::Capped { read: 6, total: Some(100) }));
        assert!(run.is_done());
    }

    #[test]
    fn a_429_is_waited_for_and_sent_again_but_not_for_ever() {
        let mut run = run(Some(1));
        for _ in 0..MOST_RETRIES {
            assert!(matches!(step(&mut run, 429, "{}").as_slice(), [Event::Wait { .. }]));
        }
        assert!(matches!(step(&mut run, 429, "{}").as_slice(), [Event::Refused(_)]));
        assert!(run.is_done());
    }

    #[test]
    fn a_refused_page_keeps_what_came_before() {
        let mut run = run(Some(4));
        assert!(
            step(&mut run, 200, "1 2")
                .iter()
                .any(|event| matches!(event, Event::Calls(c) if c.len() == 2))
        );
        assert!(matches!(step(&mut run, 500, "").as_slice(), [Event::Refused(_)]));
        assert!(run.is_done());
    }
}
