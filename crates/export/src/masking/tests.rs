#![allow(clippy::unwrap_used, reason = "a test")]

use calls::{CallKey, Recording};

use super::*;

fn masked(text: &str) -> String {
    Masking::new(&Words::english()).text(text)
}

#[test]
fn a_number_is_masked_however_it_was_written() {
    for number in [
        "+4917139200123",
        "+49 171 39200123",
        "0049 171 39200123",
        "0171/39200123",
        "(0171) 392-00-123",
        "+49 (0)171 39200123",
        "4 1 5, 5 5 5, 0 1 4 2",
        "415-555-0142",
        "٠١٧١٣٩٢٠٠",
        "415\u{a0}555\u{2011}0142",
    ] {
        let text = masked(&format!("Call me at {number}, please."));
        assert_eq!(text, "Call me at [number masked], please.", "{number}");
    }
}

#[test]
fn years_dates_amounts_and_short_numbers_stay() {
    for text in [
        "On 2026-11-21 at 13:05 for 45 minutes",
        "am 21.11.2026 um 8 Uhr",
        "3/19/2026, room 1204",
        "It costs 1,204.50 or 99 %",
        "extension 142",
        "nothing at all @ home",
        "",
    ] {
        assert_eq!(masked(text), text);
    }
    assert_eq!(masked("21.11.2026 0171 39200123"), "21.11.2026 [number masked]");
}

#[test]
fn a_card_is_told_from_a_number_by_its_check_digit() {
    assert_eq!(masked("Visa 4111 1111 1111 1111."), "Visa [card number masked].");
    assert_eq!(masked("378282246310005"), "[card number masked]");
    assert_eq!(masked("4111 1111 1111 1112"), "[number masked]");
}

#[test]
fn an_address_is_masked_whole() {
    assert_eq!(masked("Mail ada.l+calls@mail.example.com."), "Mail [e-mail masked].");
    assert_eq!(masked("ä@ö.example, b@c.de"), "[e-mail masked], [e-mail masked]");
    assert_eq!(masked("4155550142@example.com"), "[e-mail masked]");
    for text in ["a@b", "@home.now", "a@.de"] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn nothing_of_a_call_holds_the_number_any_more() {
    const NUMBER: &str = "+14155550142";
    const MAIL: &str = "ada@example.com";
    let mut call = Call::new(CallKey::parse("sales/1").unwrap());
    let text = || Some(format!("Ada, {NUMBER}, {MAIL}"));
    call.customer =
        Customer { name: text(), phone: Some("112".into()), email: text(), contact_id: text() };
    (call.own_number, call.request, call.summary) = (text(), text(), text());
    (call.note, call.employee, call.end_reason) = (text(), text(), text());
    (call.campaign, call.agent_name) = (text(), text());
    call.status = Status::Other(NUMBER.into());
    call.outcomes = vec![Outcome { name: text(), value: MAIL.into() }];
    call.recording = Recording::Absent;
    let masking = Masking::new(&Words::english());
    let masked = masking.call(&call);
    let all = format!("{masked:?}");
    assert!(!all.contains("4155550142") && !all.contains(MAIL) && !all.contains("112"), "{all}");
    assert_eq!(masked.key, call.key);
    let turn = Turn { speaker: Speaker::Other(NUMBER.into()), text: text().unwrap(), at_ms: None };
    let transcript = masking.transcript(&Transcript::Turns(vec![turn]));
    assert!(!format!("{transcript:?}").contains("4155550142"));
}
