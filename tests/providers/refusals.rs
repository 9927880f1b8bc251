//! Every error that a provider documents: what kind of refusal it is, what it is about, whose
//! request it was, and when to try again.

use providers::RefusalKind::{
    self, Forbidden, Invalid, NotFound, PaymentRequired, ProviderFailed, RateLimited, TimedOut,
    Unauthorized, Unreadable,
};
use providers::{Refusal, Subject};

use crate::fixture;
use crate::show::NOW_MS;

/// One documented error.
pub(crate) struct Documented {
    provider: &'static str,
    fixture: &'static str,
    kind: RefusalKind,
    about: Option<Subject>,
    request_id: Option<&'static str>,
    retry_secs: Option<i64>,
}

impl Documented {
    const fn new(provider: &'static str, fixture: &'static str, kind: RefusalKind) -> Self {
        Self { provider, fixture, kind, about: None, request_id: None, retry_secs: None }
    }

    fn about(self, subject: Subject) -> Self {
        Self { about: Some(subject), ..self }
    }

    fn id(self, request_id: &'static str) -> Self {
        Self { request_id: Some(request_id), ..self }
    }

    fn retry(self, retry_secs: i64) -> Self {
        Self { retry_secs: Some(retry_secs), ..self }
    }

    /// What differs from what is documented.
    pub(crate) fn difference(&self) -> Option<String> {
        let answer = fixture::find(self.provider, &format!("error/{}", self.fixture)).answer();
        let refusal = if answer.is_ok() {
            Refusal::unreadable(&answer, "there is no list in the answer")
        } else {
            Refusal::of(&answer, NOW_MS)
        };
        let retry_secs = refusal.retry_ms.map(|at| (at - NOW_MS) / 1_000);
        let read = (refusal.kind, refusal.subject(), refusal.request_id.as_deref(), retry_secs);
        let expected = (self.kind, self.about.clone(), self.request_id, self.retry_secs);
        let place = format!("{} {}", self.provider, self.fixture);
        (read != expected).then(|| format!("{place}: {read:?} is not {expected:?}"))
    }

    pub(crate) fn is(&self, provider: &str, name: &str) -> bool {
        self.provider == provider && name == format!("error/{}", self.fixture)
    }
}

/// Documented errors, and those that are to be expected though no document names them.
pub(crate) fn documented() -> Vec<Documented> {
    let right = |right: &str| Subject::Permission(right.to_owned());
    let tp = |fixture, kind| Documented::new("talkpilot", fixture, kind).id("req-1");
    let tr = |fixture, kind| Documented::new("truedy", fixture, kind).id("req_9");
    let av = |fixture, kind| Documented::new("agentvoice", fixture, kind);
    let at = |fixture, kind| Documented::new("atoms", fixture, kind);
    vec![
        tp("400-bad-request.json", Invalid),
        tp("400-validation.json", Invalid),
        tp("401-key.json", Unauthorized),
        tp("401-expired.json", Unauthorized).about(Subject::KeyExpired),
        Documented::new("talkpilot", "401-gateway.json", Unauthorized),
        tp("403-permission.json", Forbidden).about(right("calls:read")),
        tp("403-agents.json", Forbidden).about(right("agents:read")),
        tp("404-agent.json", NotFound).about(Subject::Agent),
        tp("404-call.json", NotFound).about(Subject::Call),
        tp("409-conflict.json", Invalid),
        tp("429-limit.json", RateLimited).retry(12),
        tp("429-reset-only.json", RateLimited).retry(30),
        tp("500-server.json", ProviderFailed),
        tr("400-validation.json", Invalid),
        tr("401-key.json", Unauthorized),
        tr("402-credits.json", PaymentRequired).about(Subject::Credits),
        tr("402-trial.json", PaymentRequired).about(Subject::Trial),
        tr("402-trial-over.json", PaymentRequired).about(Subject::Trial),
        tr("402-subscription.json", PaymentRequired).about(Subject::Subscription),
        tr("403-address.json", Forbidden).about(Subject::Address),
        tr("404-call.json", NotFound).about(Subject::Call),
        tr("422-validation.json", Invalid),
        tr("429-reset-at.json", RateLimited).retry(41),
        tr("429-older-headers.json", RateLimited).id("req_header").retry(30),
        tr("500-server.json", ProviderFailed),
        av("400-order.json", Invalid),
        av("401-key.json", Unauthorized),
        av("401-organization.json", Unauthorized).about(Subject::Organization),
        av("403-organization.json", Forbidden),
        av("404-call.json", NotFound).about(Subject::Call),
        av("404-most-recent.json", NotFound).about(Subject::NoCalls),
        av("429-undocumented.json", RateLimited),
        av("500-server.json", ProviderFailed),
        at("200-status-false.json", Unreadable),
        at("400-id.json", Invalid),
        at("401-key.json", Unauthorized).id("req-atoms-1"),
        at("403-plan.json", Forbidden),
        at("404-call.json", NotFound),
        at("404-body.json", NotFound).about(Subject::Call),
        at("404-recording.json", NotFound).about(Subject::Recording),
        at("429-limit.json", RateLimited).retry(60),
        at("500-server.json", ProviderFailed),
        at("504-gateway.html", TimedOut),
    ]
}
