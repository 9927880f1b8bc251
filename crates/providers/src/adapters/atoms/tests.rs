#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use super::*;
use calls::Direction;
use calls::period::Span;

fn calls(phone: Option<&str>) -> Calls {
    let span = Span { from_ms: 1_768_780_800_000, to_ms: 1_768_867_200_000 };
    let phone = phone.map(str::to_owned);
    let query = Query { connection: "at".into(), span, phone, deleted: false, now_ms: 0 };
    Calls { query, narrow: Narrow::default() }
}

#[test]
fn no_date_is_asked_of_atoms_and_old_rows_are_read_but_not_handed_on() {
    let calls = calls(None);
    let place = Place { page: 2, read: 200 };
    assert_eq!(calls.request(place).target(), "/conversation?page=3&limit=100");
    let body = r#"{"status":true,"data":{"logs":[
        {"callId":"CALL-1768807723178-4561d0"},
        {"callId":"CALL-1668807723178-4561d0"},
        {"callId":"old","createdAt":"2026-01-18T00:00:00.000Z"},
        {"callId":"no-time"}],"pagination":{"hasMore":false}}}"#;
    let rows = calls.read(&Answer::of(200, body), 0).unwrap();
    let wanted: Vec<bool> = rows.read.iter().map(|call| calls.wants(call)).collect();
    assert_eq!(wanted, [true, false, false, true]);
}

#[test]
fn a_whole_number_is_searched_for_with_its_plus() {
    let request = calls(Some("+14155550100")).request(Place::default());
    assert_eq!(request.target(), "/conversation?page=1&limit=100&search=%2B14155550100");
}

#[test]
fn the_stereo_recording_is_listened_to_and_an_empty_address_is_none() {
    let read = |track, body: &str| {
        let body = format!(r#"{{"status":true,"data":{{"callId":"c",{body}}}}}"#);
        Provider.read_recording(&Answer::of(200, body), track, 0).map(|address| address.url)
    };
    let both = r#""recordingUrl":"https://a.example/m","recordingDualUrl":"https://a.example/d""#;
    assert_eq!(read(Track::Main, both), Ok("https://a.example/d".into()));
    assert_eq!(read(Track::Mono, both), Ok("https://a.example/m".into()));
    let one = r#""recordingUrl":"https://a.example/m","recordingDualUrl":"""#;
    assert_eq!(read(Track::Main, one), Ok("https://a.example/m".into()));
    let none = r#""recordingUrl":"","recordingDualUrl":null"#;
    assert_eq!(read(Track::Main, none), Err(NoRecording::Absent));
}

#[test]
fn lists_of_wishes_are_joined_and_every_spelling_of_a_status_is_asked_for() {
    let narrow = Narrow {
        agents: vec!["a".into(), "b".into()],
        statuses: vec!["queued".into()],
        directions: vec![Direction::Inbound],
        ..Narrow::default()
    };
    assert_eq!(
        Calls { narrow, ..calls(None) }.request(Place::default()).target(),
        "/conversation?page=1&limit=100&agentIds=a%2Cb&statusFilter=pending%2Cin_queue\
         &callTypes=telephony_inbound"
    );
    let directions = vec![Direction::Inbound, Direction::Unknown];
    assert_eq!(narrow::call_types(&Narrow { directions, ..Narrow::default() }), None);
}

#[test]
fn several_calls_are_one_request_that_the_proxy_lets_pass() {
    let references: Vec<Reference> =
        (0..101).map(|n| Reference::parse(&format!("c{n}")).unwrap()).collect();
    let request = Provider.details(&references[..2]).unwrap();
    assert_eq!(request.body.as_deref(), Some(r#"{"callIds":["c0","c1"]}"#));
    assert!(DESCRIPTOR.routes.iter().any(|route| route.admits(request.method, &request.path)));
    assert!(Provider.details(&references[..100]).is_some());
    assert_eq!(Provider.details(&references), None);
    assert_eq!(Provider.details(&[]), None);
}

#[test]
fn a_search_and_the_further_attempts_at_a_call_are_read_alike() {
    for list in ["logs", "retries"] {
        let body = format!(
            r#"{{"status":true,"data":{{"{list}":[{{"callId":"c2","retryAttemptNumber":1,
                "retryCallId":"c1","status":"completed"}}]}}}}"#
        );
        let read = Provider.read_details(&"at".into(), &Answer::of(200, body), 0).unwrap();
        assert_eq!((read.len(), read[0].retry_of.as_deref()), (1, Some("c1")));
    }
    let refused = Answer::of(400, r#"{"status":false,"errors":["callIds must be an array"]}"#);
    let refusal = Provider.read_details(&"at".into(), &refused, 0).unwrap_err();
    assert_eq!(refusal.text.as_deref(), Some("callIds must be an array"));
}

#[test]
fn a_presigned_address_is_good_for_a_few_minutes_and_never_given_to_a_client() {
    let request = Provider.recording_instead(&Reference::parse("c1").unwrap(), Track::Main).unwrap();
    let mut routes = DESCRIPTOR.routes.iter();
    let route = routes.find(|route| route.admits(request.method, &request.path)).unwrap();
    assert_eq!(route.purpose, Purpose::Recording);
    let body = r#"{"status":true,"data":{"presignedUrl":"https://a.example/x?sig=1"}}"#;
    let address = Provider.read_recording(&Answer::of(200, body), Track::Main, 1_000).unwrap();
    assert_eq!((address.url.as_str(), address.expires_ms), ("https://a.example/x?sig=1", Some(181_000)));
}
