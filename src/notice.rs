//! An error becomes words: what happened, and what to do. The one place that phrases failure.

pub mod file;

use calls::words::Words;
use calls::{CallKey, Day};
use load::{Connections, LoadState};
use providers::{Adapter, Refusal, RefusalKind, Subject};

use crate::locale::Locale;
use crate::place::Misread;

/// The code of the refusal to open a call of a file that is not open.
pub const FILE_CLOSED: &str = "file_closed";

/// What is said of a failure.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Notice {
    /// What happened.
    pub happened: String,
    /// What to do about it.
    pub advice: String,
    /// Words of the provider and its id of the request, for support.
    pub detail: Option<String>,
}

/// A connection did not give what it was asked for. `name` is the connection's name on screen.
#[must_use]
pub fn of_refusal(
    refusal: &Refusal,
    name: &str,
    adapter: Option<&dyn Adapter>,
    words: &Words,
) -> Notice {
    if refusal.from_proxy || refusal.status == 0 {
        return of_proxy(refusal, words);
    }
    let status = refusal.status.to_string();
    if let Some((happened, advice)) = of_subject(refusal.subject(), name, &status, words) {
        return Notice { happened, advice, detail: detail(refusal, words) };
    }
    let two_keys = adapter.is_some_and(|adapter| adapter.describe().auth.len() > 1);
    let (happened, advice) = match refusal.kind {
        RefusalKind::Unauthorized if two_keys => {
            (words.refused_key(name, &status), words.refused_two_keys_advice())
        }
        RefusalKind::Unauthorized => (words.refused_key(name, &status), words.refused_key_advice()),
        RefusalKind::PaymentRequired => {
            (words.refused_payment(name), words.refused_payment_advice())
        }
        RefusalKind::Forbidden => (words.refused_forbidden(name), words.refused_forbidden_advice()),
        RefusalKind::NotFound => (words.refused_not_found(name), words.refused_not_found_advice()),
        RefusalKind::Invalid => {
            (words.refused_invalid(name, &status), words.refused_report_advice())
        }
        RefusalKind::RateLimited => (words.refused_limit(name), words.refused_limit_advice()),
        RefusalKind::TimedOut => (words.refused_timeout(name), words.refused_timeout_advice()),
        RefusalKind::ProviderFailed | RefusalKind::Unreachable => {
            (words.refused_failed(name, &status), words.refused_failed_advice())
        }
        RefusalKind::Unreadable => (words.refused_unreadable(name), words.refused_report_advice()),
    };
    Notice { happened, advice, detail: detail(refusal, words) }
}

/// What the provider's own words are about says more than the status alone.
fn of_subject(
    subject: Option<Subject>,
    name: &str,
    status: &str,
    words: &Words,
) -> Option<(String, String)> {
    let said = match subject? {
        Subject::KeyExpired => {
            (words.refused_expired(name, status), words.refused_expired_advice())
        }
        Subject::Organization => {
            (words.refused_organization(name, status), words.refused_organization_advice())
        }
        Subject::Permission(right) => (
            words.refused_permission(name, &right, status),
            words.refused_permission_advice(&right),
        ),
        Subject::Address => (words.refused_address(name, status), words.refused_address_advice()),
        Subject::Credits => (words.refused_credits(name, status), words.refused_payment_advice()),
        Subject::Trial => (words.refused_trial(name, status), words.refused_payment_advice()),
        Subject::Subscription => {
            (words.refused_subscription(name, status), words.refused_payment_advice())
        }
        Subject::Plan => (words.refused_plan(name, status), words.refused_payment_advice()),
        Subject::Agent => (words.refused_agent(name, status), words.refused_agent_advice()),
        Subject::Call | Subject::Recording | Subject::NoCalls => return None,
    };
    Some(said)
}

/// A link may name a connection that does not exist, or a call by an id that its provider cannot be
/// asked with.
#[must_use]
pub fn of_link(key: &CallKey, connections: &Connections, words: &Words) -> Option<Notice> {
    let notice = |happened, advice| Some(Notice { happened, advice, detail: None });
    let Some(connection) = connections.find(&key.connection) else {
        let ids: Vec<&str> = connections.known.iter().map(|known| &*known.id).collect();
        let advice = words.link_connection_advice(ids.join(", "));
        return notice(words.link_connection(&*key.connection), advice);
    };
    let request = connection.adapter.detail(&key.reference);
    let routes = connection.adapter.describe().routes;
    if routes.iter().any(|route| route.admits(request.method, &request.path)) {
        return None;
    }
    let happened = words.link_call_not_loaded(key.reference.as_str());
    notice(happened, words.link_call_not_loaded_advice())
}

/// The provider keeps records only so long: a range that reaches behind that is not all there.
#[must_use]
pub fn of_kept_since(since: Day, name: &str, locale: Locale) -> String {
    locale.words.kept_since(name, locale.formats.day(since))
}

fn of_proxy(refusal: &Refusal, words: &Words) -> Notice {
    if refusal.status == 0 && refusal.kind == RefusalKind::Unreachable {
        return Notice {
            happened: words.proxy_unreachable(),
            advice: words.proxy_unreachable_advice(),
            detail: None,
        };
    }
    match refusal.code.as_deref() {
        Some("budget_spent") => {
            return Notice {
                happened: words.proxy_budget_spent(),
                advice: words.refused_limit_advice(),
                detail: None,
            };
        }
        Some(FILE_CLOSED) => {
            return Notice {
                happened: words.file_closed(),
                advice: words.file_closed_advice(),
                detail: None,
            };
        }
        Some("provider_resting") => {
            return Notice {
                happened: words.proxy_resting(),
                advice: words.refused_failed_advice(),
                detail: None,
            };
        }
        _ => {}
    }
    // The proxy says in its own words what happened and what to do.
    Notice {
        happened: refusal.text.clone().unwrap_or_else(|| words.proxy_unreadable()),
        advice: String::new(),
        detail: None,
    }
}

fn detail(refusal: &Refusal, words: &Words) -> Option<String> {
    let said = refusal.text.as_deref().map(|text| words.refused_said(text));
    let id = refusal.request_id.as_deref().map(|id| words.refused_request_id(id));
    let parts: Vec<String> = said.into_iter().chain(id).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What is missing from a connection's calls, if anything is.
#[must_use]
pub fn of_state(
    state: &LoadState,
    name: &str,
    adapter: &dyn Adapter,
    locale: Locale,
) -> Vec<Notice> {
    let words = locale.words;
    let mut notices = Vec::new();
    if let Some(refusal) = &state.refusal {
        notices.push(of_refusal(refusal, name, Some(adapter), words));
    }
    if !state.missing.is_empty() {
        notices.push(Notice {
            happened: words.missing_parts(name, state.missing.join(", ")),
            advice: String::new(),
            detail: None,
        });
    }
    if let Some(stale) = &state.stale {
        let why = of_refusal(stale, name, Some(adapter), words);
        notices.push(Notice {
            happened: why.happened,
            advice: words.stale_advice(),
            detail: why.detail,
        });
    }
    if state.skipped == 0 && state.skipped_why.is_some() {
        notices.push(Notice {
            happened: words.names_unread(name),
            advice: String::new(),
            detail: state.skipped_why.clone(),
        });
    }
    if state.skipped > 0 {
        notices.push(Notice {
            happened: words.skipped_records(name, locale.count(state.skipped)),
            advice: words.skipped_records_advice(),
            detail: state.skipped_why.clone(),
        });
    }
    if state.doubtful && state.refusal.is_none() {
        notices.push(Notice {
            happened: words.unbegun_missing(name),
            advice: String::new(),
            detail: None,
        });
    }
    notices
}

/// A list was not read to its end.
#[must_use]
pub fn of_capped(state: &LoadState, name: &str, locale: Locale) -> String {
    let (words, read) = (locale.words, locale.count(state.read));
    let total = match state.total {
        Some(total) => locale.count(total),
        None => words.more_than(&read),
    };
    words.capped(name, read, total)
}

/// What a link got wrong.
#[must_use]
pub fn of_misread(misread: &Misread, words: &Words) -> String {
    match misread {
        Misread::Period(text) => words.misread_period(text),
        Misread::TurnedRange => words.misread_turned(),
        Misread::Call(text) => words.misread_call(text),
        Misread::Filter(text) => words.misread_filter(text),
    }
}

/// Why a recording does not play; `None`: the bytes are there and the browser cannot read them.
#[must_use]
pub fn of_silence(why: Option<&Refusal>, words: &Words) -> String {
    let Some(refusal) = why else { return words.silent_unplayable() };
    if refusal.status == 0 {
        return words.proxy_unreachable();
    }
    match refusal.code.as_deref().filter(|_| refusal.from_proxy) {
        Some("recording_absent") => words.recording_absent(),
        Some("recording_not_ready") => words.recording_not_ready(),
        Some("recording_expired") => words.recording_expired(),
        Some("recording_purged") => words.recording_purged(),
        Some("recording_refused") => words.recording_refused(),
        // The proxy names the host, and what to set: nobody else knows it.
        _ => refusal.text.clone().unwrap_or_else(|| words.silent_unplayable()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use providers::Answer;

    fn notice(status: u16, body: &str) -> Notice {
        let refusal = Refusal::of(&Answer::of(status, body), 0);
        of_refusal(&refusal, "Sales line", providers::find("truedy"), &Words::english())
    }

    #[test]
    fn every_kind_of_refusal_has_its_own_sentence_and_names_the_connection() {
        let statuses = [401, 402, 403, 404, 422, 429, 500, 504];
        let said: Vec<String> =
            statuses.iter().map(|status| notice(*status, "{}").happened).collect();
        for (index, text) in said.iter().enumerate() {
            assert!(text.contains("Sales line"), "{text}");
            assert!(!said.iter().take(index).any(|other| other == text), "{text} is said twice");
        }
    }

    #[test]
    fn what_the_provider_says_it_is_about_has_its_own_sentence() {
        let said = |status, text: &str| {
            notice(status, &format!(r#"{{"error":{{"code":"X","message":"{text}"}}}}"#)).happened
        };
        let plain: Vec<String> = [401, 402, 403, 404].map(|status| said(status, "")).into();
        let cases = [
            (401, "API key has expired"),
            (402, "Out of credits"),
            (403, "IP address not whitelisted"),
            (403, "Missing permission: calls:read"),
            (404, "Agent not found"),
        ];
        for (status, text) in cases {
            let said = said(status, text);
            assert!(!plain.contains(&said) && said.contains("Sales line"), "{text}: {said}");
        }
    }

    #[test]
    fn the_providers_own_words_and_request_id_are_passed_on() {
        let notice = notice(
            401,
            r#"{"error":{"code":"unauthorized","message":"Key expired"},"meta":{"request_id":"req_9"}}"#,
        );
        let detail = notice.detail.unwrap();
        assert!(detail.contains("Key expired") && detail.contains("req_9"), "{detail}");
    }

    #[test]
    fn a_link_to_a_connection_that_does_not_exist_says_which_and_which_do() {
        let connections = r#"{"connections":[{"id":"sales","provider":"truedy","name":"Sales line"},
            {"id":"front","provider":"talkpilot","name":"Front desk"}]}"#;
        let connections = Connections::parse(connections).unwrap();
        let said =
            |key: &str| of_link(&CallKey::parse(key).unwrap(), &connections, &Words::english());
        let notice = said("saels/1").unwrap();
        assert!(notice.happened.contains("saels"), "{}", notice.happened);
        assert!(notice.advice.contains("sales, front"), "{}", notice.advice);
        let notice = said("front/lk_1").unwrap();
        assert!(notice.happened.contains("lk_1"), "{}", notice.happened);
        assert_eq!((said("sales/1"), said("front/agent~1")), (None, None));
    }

    #[test]
    fn no_network_is_not_blamed_on_a_provider() {
        let words = Words::english();
        let notice = of_refusal(&Refusal::unreachable("TypeError"), "Sales line", None, &words);
        assert_eq!(notice.happened, words.proxy_unreachable());
    }
}
