//! Many clients and one key: who waits, who is turned away, what is asked only once. The provider
//! is a value here, and time passes only when everybody waits for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use calls::period::Span;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};
use http::StatusCode;
use load::{Connection as Loaded, Transport};
use providers::{Answer, Event, Method, Query, Refusal, Request};
use proxy::{Config, Connection, Outside, Patience, Proxy, Secret, StoppedClock, Wire, WireError};
use tokio::time::{Instant, advance, sleep};
use tower::ServiceExt as _;

use crate::acme::Acme;
use crate::stage::{Lines, NOW_MS};

/// What is answered to a target that is the nth to be asked for.
type Script = dyn Fn(&str, usize) -> Answered + Send + Sync;

type Answered = Result<http::Response<Body>, WireError>;

/// A provider that writes down when it was asked for what, and takes some time to answer.
struct Emulated {
    asked: Mutex<Vec<(Instant, String)>>,
    takes: Duration,
    answer: Box<Script>,
}

impl Emulated {
    fn new(answer: impl Fn(&str, usize) -> Answered + Send + Sync + 'static) -> Arc<Self> {
        let takes = Duration::from_millis(200);
        Arc::new(Self { asked: Mutex::default(), takes, answer: Box::new(answer) })
    }

    fn targets(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(_, target)| target.clone()).collect()
    }
}

impl Wire for Emulated {
    fn send(&self, request: http::Request<Option<String>>) -> BoxFuture<'static, Answered> {
        assert!(!request.headers().contains_key("calldeck-priority"));
        let target = request.uri().path_and_query().unwrap().to_string();
        let mut asked = self.asked.lock().unwrap();
        asked.push((Instant::now(), target.clone()));
        let answer = (self.answer)(&target, asked.len());
        let takes = self.takes;
        async move {
            sleep(takes).await;
            answer
        }
        .boxed()
    }
}

fn json(status: u16, body: impl Into<Body>) -> http::Response<Body> {
    let response = http::Response::builder().status(status);
    response.header("content-type", "application/json").body(body.into()).unwrap()
}

fn connection(adapter: &'static dyn providers::Adapter, id: &str, key: &str) -> Connection {
    let mut connection = Connection::new(adapter, id, "https://provider.example/v1");
    connection.add_key("x-api-key", "", &Secret::new(key)).unwrap();
    connection
}

fn proxy(wire: &Arc<Emulated>, connections: Vec<Connection>) -> Router {
    let outside = Outside {
        clock: Arc::new(StoppedClock(NOW_MS)),
        log: Arc::new(Lines::default()),
        ..Outside::default()
    };
    let config = Config { connections, ..Config::default() };
    let wire = Arc::clone(wire) as Arc<dyn Wire>;
    let proxy = Proxy::with_wire(config, outside, Patience::default(), wire).unwrap();
    proxy::router(Arc::new(proxy))
}

fn acme(wire: &Arc<Emulated>) -> Router {
    proxy(wire, vec![connection(&Acme, "sales", "k")])
}

async fn ask(router: &Router, path: &str, headers: &[(&str, &str)]) -> http::Response<Body> {
    let mut request = http::Request::get(format!("/api/c/{path}")).header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: http::Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

async fn status(router: &Router, path: &str, priority: &str) -> u16 {
    ask(router, path, &[("calldeck-priority", priority)]).await.status().as_u16()
}

fn header<'a>(response: &'a http::Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

const FRONT: &str = "foreground";
const BACK: &str = "background";

#[tokio::test(start_paused = true)]
async fn identical_reads_are_one_request_and_everybody_gets_its_answer() {
    let wire = Emulated::new(|_, nth| Ok(json(200, format!("[{nth}]"))));
    let router = acme(&wire);
    let same = (0..20).map(|_| ask(&router, "sales/calls?limit=1", &[]));
    let other = ask(&router, "sales/calls?limit=2", &[]);
    let (same, other) = tokio::join!(join_all(same), other);
    for answer in same {
        assert_eq!((answer.status().as_u16(), text(answer).await), (200, "[1]".to_owned()));
    }
    assert_eq!(text(other).await, "[2]");
    assert_eq!(wire.targets().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_list_is_used_again_for_15_seconds_and_a_call_only_when_it_is_over() {
    let wire = Emulated::new(|target, nth| {
        let over = if target.ends_with("/old") { "over" } else { "running" };
        Ok(json(200, format!("[\"{over}\",{nth}]")))
    });
    let router = acme(&wire);
    let body = async |path| text(ask(&router, path, &[]).await).await;
    assert_eq!(body("sales/calls").await, "[\"running\",1]");
    advance(Duration::from_secs(14)).await;
    let again = ask(&router, "sales/calls", &[]).await;
    assert_eq!((header(&again, "age"), header(&again, "calldeck-from")), ("14", "provider"));
    assert_eq!(text(again).await, "[\"running\",1]");
    let anew = ask(&router, "sales/calls", &[("cache-control", "no-cache")]).await;
    assert_eq!(text(anew).await, "[\"running\",2]");
    advance(Duration::from_secs(15)).await;
    assert_eq!(body("sales/calls").await, "[\"running\",3]");
    assert_eq!(body("sales/calls/now").await, "[\"running\",4]");
    assert_eq!(body("sales/calls/now").await, "[\"running\",5]");
    assert_eq!(body("sales/calls/old").await, "[\"over\",6]");
    advance(Duration::from_secs(299)).await;
    assert_eq!(body("sales/calls/old").await, "[\"over\",6]");
    advance(Duration::from_secs(2)).await;
    assert_eq!(body("sales/calls/old").await, "[\"over\",7]");
}

#[tokio::test(start_paused = true)]
async fn answers_never_pass_from_one_connection_to_another_and_refusals_are_not_kept() {
    let wire = Emulated::new(|_, nth| Ok(json(if nth > 2 { 500 } else { 200 }, format!("{nth}"))));
    let router =
        proxy(&wire, vec![connection(&Acme, "sales", "k"), connection(&Acme, "other", "l")]);
    let (one, two) =
        tokio::join!(ask(&router, "sales/calls", &[]), ask(&router, "other/calls", &[]));
    assert_ne!(text(one).await, text(two).await);
    assert_eq!(ask(&router, "sales/calls/x", &[]).await.status(), 500);
    assert_eq!(text(ask(&router, "sales/calls/x", &[]).await).await, "4");
}

#[tokio::test(start_paused = true)]
async fn a_large_answer_flows_to_each_who_asked_for_it() {
    let wire = Emulated::new(|_, _| Ok(json(200, vec![b' '; 5 * 1024 * 1024])));
    let router = acme(&wire);
    let both = join_all((0..2).map(|_| ask(&router, "sales/calls", &[]))).await;
    for answer in both {
        assert_eq!(text(answer).await.len(), 5 * 1024 * 1024);
    }
    assert_eq!(wire.targets().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_a_person_waits_for_overtakes_what_loads_in_the_background() {
    let wire = Emulated::new(|_, _| Ok(json(200, "[]")));
    let router = acme(&wire);
    let paths: Vec<String> = (0..30).map(|nth| format!("sales/calls?limit={nth}")).collect();
    let background = join_all(paths.iter().map(|path| status(&router, path, BACK)));
    let person = async {
        sleep(Duration::from_millis(50)).await;
        // One is new, the other is what the last of the background waits for: it is raised.
        tokio::join!(
            status(&router, "sales/calls/open", FRONT),
            status(&router, "sales/calls?limit=29", FRONT)
        )
    };
    tokio::join!(background, person);
    let targets = wire.targets();
    let place = |target: &str| targets.iter().position(|seen| seen.ends_with(target)).unwrap();
    assert!(place("/calls/open") < 10, "{targets:?}");
    assert!(place("limit=29") < 10, "{targets:?}");
    assert_eq!(targets.len(), 31);
}

#[tokio::test(start_paused = true)]
async fn the_background_leaves_something_for_a_click() {
    let wire = Emulated::new(|_, _| Ok(json(200, "[]")));
    let router = acme(&wire);
    let mut paths = (0..200).map(|nth| format!("sales/calls?limit={nth}"));
    while status(&router, &paths.next().unwrap(), BACK).await == 200 {}
    let spent = wire.targets().len();
    assert!((30..60).contains(&spent), "{spent}");
    assert_eq!(status(&router, "sales/calls/open", FRONT).await, 200);
}

#[tokio::test(start_paused = true)]
async fn a_providers_own_429_is_passed_on_and_nothing_is_sent_before_its_time() {
    let wire = Emulated::new(|_, nth| {
        let mut refusal = json(429, "{\"error\":\"slow\"}");
        refusal.headers_mut().insert("retry-after", "42".parse().unwrap());
        Ok(if nth == 1 { refusal } else { json(200, "[]") })
    });
    let router = acme(&wire);
    let first = ask(&router, "sales/calls", &[]).await;
    assert_eq!((first.status().as_u16(), header(&first, "calldeck-from")), (429, "provider"));
    assert_eq!(text(first).await, "{\"error\":\"slow\"}");
    let second = ask(&router, "sales/calls", &[]).await;
    assert_eq!((second.status().as_u16(), header(&second, "calldeck-from")), (429, "proxy"));
    assert_eq!(header(&second, "retry-after"), "42");
    assert!(text(second).await.contains("budget_spent"));
    assert_eq!(wire.targets().len(), 1);
    // Near enough to its end a request waits here instead of being turned away.
    advance(Duration::from_secs(30)).await;
    assert_eq!(ask(&router, "sales/calls", &[]).await.status(), 200);
    let asked = wire.asked.lock().unwrap();
    assert!(asked[1].0 - asked[0].0 >= Duration::from_secs(42));
}

#[tokio::test(start_paused = true)]
async fn two_connections_with_one_key_share_its_budget() {
    let wire = Emulated::new(|_, nth| Ok(json(if nth == 1 { 429 } else { 200 }, "{}")));
    let connections = ["a", "b"].map(|id| connection(&Acme, id, "k")).to_vec();
    let router = proxy(&wire, [connections, vec![connection(&Acme, "c", "another")]].concat());
    assert_eq!(ask(&router, "a/calls", &[]).await.status(), 429);
    let start = Instant::now();
    assert_eq!(ask(&router, "c/calls", &[]).await.status(), 200);
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(ask(&router, "b/calls", &[]).await.status(), 200);
    assert!(start.elapsed() > Duration::from_secs(4));
}

#[tokio::test(start_paused = true)]
async fn a_lost_connection_is_tried_once_more_and_five_failures_give_a_rest() {
    let results = Mutex::new(VecDeque::from([true, false]));
    let wire = Emulated::new(move |_, _| {
        let failed = results.lock().unwrap().pop_front().unwrap_or(true);
        if failed { Err(WireError::NoConnection) } else { Ok(json(200, "[]")) }
    });
    let router = acme(&wire);
    assert_eq!(ask(&router, "sales/calls/a", &[]).await.status(), 200);
    for _ in 0..5 {
        let refused = text(ask(&router, "sales/calls/a", &[]).await).await;
        assert!(refused.contains("provider_unreachable"), "{refused}");
    }
    assert_eq!(wire.targets().len(), 12);
    let resting = ask(&router, "sales/calls/a", &[]).await;
    assert_eq!((resting.status().as_u16(), header(&resting, "retry-after")), (502, "10"));
    assert!(text(resting).await.contains("provider_resting"));
    assert_eq!(wire.targets().len(), 12);
    advance(Duration::from_secs(10)).await;
    assert_eq!(ask(&router, "sales/calls/a", &[]).await.status(), 502);
    assert_eq!(wire.targets().len(), 14);
}

#[tokio::test(start_paused = true)]
async fn who_leaves_while_waiting_spends_nothing() {
    let wire = Emulated::new(|_, _| Ok(json(200, "[]")));
    let router = acme(&wire);
    let paths: Vec<String> = (0..20).map(|nth| format!("sales/calls?limit={nth}")).collect();
    let all = join_all(paths.iter().map(|path| ask(&router, path, &[])));
    // Eight are under way, twelve wait.
    assert!(tokio::time::timeout(Duration::from_millis(100), all).await.is_err());
    sleep(Duration::from_secs(5)).await;
    assert_eq!(wire.targets().len(), 8);
    assert_eq!(ask(&router, "sales/calls?limit=99", &[]).await.status(), 200);
}

/// Answers as TalkPilot does with 12 agents that have `pages` pages of calls each.
fn talkpilot(target: &str, pages: usize) -> http::Response<Body> {
    let value = |name: &str| {
        let pairs = target.split(['?', '&']).filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next()
    };
    let path = target.split('?').next().unwrap();
    if path.ends_with("/agents") {
        let agents: Vec<_> =
            (0..12).map(|nth| serde_json::json!({"id": format!("agent{nth}")})).collect();
        let body = serde_json::json!({"data": agents, "pagination": {"page": 1, "pages": 1}});
        return json(200, body.to_string());
    }
    let agent = path.split('/').nth(3).unwrap();
    let page: usize = value("page").unwrap().parse().unwrap();
    let calls: Vec<_> = (0..100)
        .map(|nth| serde_json::json!({"id": format!("{agent}-{page}-{nth}"), "duration": 1}))
        .collect();
    let body = serde_json::json!({"data": calls, "pagination": {"page": page, "pages": pages}});
    json(200, body.to_string())
}

/// A tab: the loader that the page uses, with the proxy as its server.
struct Tab(Router, Instant);

impl Transport for Tab {
    async fn send(&self, connection: &str, request: &Request) -> Result<Answer, Refusal> {
        assert_eq!(request.method, Method::Get);
        let answer = ask(&self.0, &format!("{connection}{}", request.target()), &[]).await;
        let (head, body) = answer.into_parts();
        let headers = head.headers.iter();
        let headers = headers
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
        let (status, headers) = (head.status.as_u16(), headers.collect());
        Ok(Answer { status, headers, body: to_bytes(body, usize::MAX).await.unwrap().to_vec() })
    }

    async fn wait_until(&self, until_ms: i64) {
        let ms = u64::try_from((until_ms - self.now_ms()).max(0)).unwrap();
        sleep(Duration::from_millis(ms)).await;
    }

    fn now_ms(&self) -> i64 {
        NOW_MS + i64::try_from(self.1.elapsed().as_millis()).unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn twenty_tabs_with_twelve_agents_stay_under_sixty_a_minute_and_all_finish() {
    const PAGES: usize = 2;
    let wire = Emulated::new(|target, _| Ok(talkpilot(target, PAGES)));
    let adapter = providers::find("talkpilot").unwrap();
    let router = proxy(&wire, vec![connection(adapter, "tp", "k")]);
    let loaded = Loaded {
        id: "tp".into(),
        name: "TalkPilot".to_owned(),
        adapter,
        success: Default::default(),
    };
    let tabs = (0..20_i64).map(|nth| {
        let (tab, loaded) = (Tab(router.clone(), Instant::now()), &loaded);
        async move {
            // Each tab was opened at a time of its own, so that no two ask for the same page.
            let span = Span { from_ms: 0, to_ms: NOW_MS + nth * 60_000 };
            let query = query(span);
            let (mut calls, mut refused) = (0, 0);
            load::list(&tab, loaded, &query, |event| match event {
                Event::Calls(found) => calls += found.len(),
                Event::Refused(_) => refused += 1,
                _ => {}
            })
            .await;
            (calls, refused)
        }
    });
    let reads = join_all(tabs).await;
    assert_eq!(reads, [(12 * PAGES * 100, 0); 20]);
    let asked = wire.asked.lock().unwrap();
    assert_eq!(asked.len(), 1 + 20 * 12 * PAGES);
    let minute = Duration::from_secs(60);
    for (nth, (at, _)) in asked.iter().enumerate() {
        let within = asked[nth..].iter().take_while(|(later, _)| *later - *at < minute).count();
        assert!(within <= 60, "{within} requests in the minute from request {nth} on");
    }
    // The first screen is not slowed down: the first of it all goes out at once.
    assert!(asked[12].0 - asked[0].0 < Duration::from_secs(2));
}

fn query(span: Span) -> Query {
    Query { connection: "tp".into(), span, phone: None, deleted: false, now_ms: NOW_MS }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_says_little_is_left_is_believed() {
    let wire = Emulated::new(|_, nth| {
        let mut answer = json(200, "[]");
        let left = (3 - nth.min(3)).to_string();
        answer.headers_mut().insert("x-ratelimit-remaining", left.parse().unwrap());
        let reset = (NOW_MS / 1_000 + 50).to_string();
        answer.headers_mut().insert("x-ratelimit-reset", reset.parse().unwrap());
        Ok(answer)
    });
    let router = acme(&wire);
    for nth in 0..3 {
        let answer = ask(&router, &format!("sales/calls?limit={nth}"), &[]).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    let refused = ask(&router, "sales/calls?limit=9", &[]).await;
    assert_eq!((refused.status().as_u16(), header(&refused, "retry-after")), (429, "50"));
    assert_eq!(wire.targets().len(), 3);
}
