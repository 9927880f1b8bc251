//! Plausible calls in any number, the same ones for the same seed: for benchmarks and for tests of
//! what many calls do.

use std::sync::Arc;

use crate::call::Call;
use crate::key::{CallKey, Reference};
use crate::money::{Cost, CostUnit};
use crate::outcome::{Outcome, Success};
use crate::recording::Recording;
use crate::status::{Channel, Direction, Status};

const CONNECTIONS: [&str; 4] = ["reception", "sales", "support", "hotline"];
const FIRST: [&str; 24] = [
    "Anna", "Jürgen", "Fatma", "Hans", "Zoë", "Émile", "Søren", "Mehmet", "Olga", "Kim", "Björn",
    "Łukasz", "Maria", "Peter", "Aylin", "Yusuf", "Greta", "Noah", "Lena", "Paul", "Ines", "Omar",
    "Ruth", "Tom",
];
const LAST: [&str; 24] = [
    "Groß", "Meier", "Yılmaz", "Schmidt", "Müller", "Özdemir", "Novák", "Nguyen", "Becker",
    "Krüger", "Jansen", "Rossi", "Kowalski", "Weiß", "Lang", "Fischer", "Hoffmann", "Bauer",
    "Richter", "Wolf", "Schäfer", "Vogel", "Klein", "Sommer",
];
const WISHES: [&str; 12] = [
    "Rückruf am Montag",
    "Appointment for an inspection",
    "Question about invoice 2204",
    "Termin verschieben",
    "Cancel the order",
    "Price of the larger plan",
    "Password does not work",
    "Adresse ändern",
    "Wants to speak to a person",
    "Delivery is late",
    "Reklamation der letzten Lieferung",
    "Opening hours at Easter",
];
const ENDINGS: [&str; 6] = [
    "The agent noted name and number and promised an answer by tomorrow.",
    "The caller agreed to the proposed time and asked for a confirmation by e-mail.",
    "Der Anruf wurde an die Zentrale weitergeleitet.",
    "Nothing further is to be done.",
    "The caller hung up before the end.",
    "Ein Mitarbeiter soll sich melden, möglichst vormittags.",
];
const END_REASONS: [&str; 6] =
    ["customer_hangup", "agent_hangup", "transferred", "voicemail", "silence", "error"];
const EMPLOYEES: [&str; 5] = ["Kim", "Sascha", "Özlem", "Pat", "Dr. Weiß"];
const OUTCOMES: [&str; 5] = ["interested", "not-interested", "callback", "no-answer", "booked"];

/// An endless row of calls, newest first.
#[derive(Clone, Debug)]
pub struct Calls {
    state: u64,
    number: u32,
    at_ms: i64,
    connections: [Arc<str>; 4],
}

impl Calls {
    /// Calls that begin at an instant and go back in time, some 4,000 a day.
    #[must_use]
    pub fn before(newest_ms: i64, seed: u64) -> Self {
        let state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Self { state, number: 0, at_ms: newest_ms, connections: CONNECTIONS.map(Arc::from) }
    }

    fn below(&mut self, end: u32) -> u32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        u32::try_from((self.state >> 33) % u64::from(end.max(1))).unwrap_or_default()
    }

    fn pick<T: Copy>(&mut self, among: &[T], none: T) -> T {
        let index = self.below(u32::try_from(among.len()).unwrap_or(1)) as usize;
        among.get(index).copied().unwrap_or(none)
    }

    fn odds(&mut self, one_in: u32) -> bool {
        self.below(one_in) == 0
    }

    fn text(&mut self, among: &[&'static str]) -> Option<String> {
        Some(self.pick(among, "").to_owned())
    }

    fn person(&mut self, call: &mut Call) {
        let (first, last) = (self.pick(&FIRST, ""), self.pick(&LAST, ""));
        let number = self.below(90_000_000);
        if !self.odds(8) {
            call.customer.name = Some(format!("{first} {last}"));
        }
        if call.channel == Channel::Phone && !self.odds(40) {
            call.customer.phone = Some(format!("+49171{:08}", number + 10_000_000));
        }
        if self.odds(3) {
            call.customer.email = Some(format!("caller{}@example.com", number % 50_000));
        }
        if self.odds(2) {
            call.customer.contact_id = Some(format!("c-{}", number % 70_000));
        }
    }

    fn course(&mut self, call: &mut Call) {
        let statuses = [
            Status::Completed,
            Status::Completed,
            Status::Completed,
            Status::Completed,
            Status::NoAnswer,
            Status::Failed,
            Status::Busy,
            Status::Other("forwarding".into()),
        ];
        let index = self.below(8) as usize;
        call.status = statuses.get(index).cloned().unwrap_or(Status::Completed);
        call.direction = if self.odds(3) { Direction::Outbound } else { Direction::Inbound };
        let talked = !call.status.is_unanswered();
        let long = i64::from(self.below(240_000)) + i64::from(self.below(360)) * 1000;
        call.duration_ms = Some(if talked { long + 5_000 } else { 0 });
        if self.odds(50) {
            call.duration_ms = None;
        }
        call.ended_ms = call.started_ms.zip(call.duration_ms).map(|(at, ms)| at + ms);
        call.success = match self.below(5) {
            0 | 1 if talked => Success::Yes,
            2 if talked => Success::No,
            _ => Success::NotStated,
        };
        if talked {
            call.end_reason = self.text(&END_REASONS);
            call.recording = Recording::Available { until_ms: None };
            call.cost = Some(Cost::of(f64::from(self.below(4_000)) / 100.0, CostUnit::UsCents));
        } else {
            call.recording = Recording::Absent;
        }
        call.voicemail = (self.odds(2)).then(|| self.odds(9));
    }

    fn words(&mut self, call: &mut Call) {
        if call.duration_ms == Some(0) {
            return;
        }
        call.request = self.text(&WISHES);
        let (wish, ending) = (self.pick(&WISHES, ""), self.pick(&ENDINGS, ""));
        call.summary = Some(format!("{wish}, order {}. {ending}", self.below(100_000)));
        if self.odds(20) {
            call.note = Some("Bitte zurückrufen".into());
        }
        if self.odds(4) {
            call.employee = self.text(&EMPLOYEES);
            call.todo = Some(self.odds(3));
        }
        if self.odds(2) {
            let value = self.pick(&OUTCOMES, "").to_owned();
            call.outcomes.push(Outcome { name: None, value });
        }
    }

    fn opened(&mut self, call: &mut Call) {
        call.opened = true;
        call.transcript = Some(call.duration_ms != Some(0));
        call.score = Some(f64::from(self.below(19)) / 2.0 + 1.0);
        call.latency_ms = Some(i64::from(self.below(1_800)) + 300);
        call.interruptions = Some(self.below(5));
        call.tool_errors = Some(self.odds(12));
    }
}

impl Iterator for Calls {
    type Item = Call;

    fn next(&mut self) -> Option<Call> {
        self.number = self.number.wrapping_add(1);
        self.at_ms -= i64::from(self.below(43_000));
        let of = self.below(4) as usize;
        let connection = self.connections.get(of)?.clone();
        let reference =
            Reference::kept(&format!("call_{:08x}", self.number.wrapping_mul(0x9e37_79b1)));
        let mut call = Call::new(CallKey { connection, reference });
        call.started_ms = Some(self.at_ms);
        let agent = self.below(6);
        call.agent_id = Some(format!("agent-{of}-{agent}"));
        call.agent_name = self.text(&["Empfang", "Booking", "Outreach", "Hotline", "Café"]);
        call.version = Some((agent % 3 + 1).to_string());
        call.own_number = Some(format!("+4930555{of}{agent}"));
        if of == 1 {
            call.campaign = self.text(&["Herbst", "Win back", "Trial"]);
        }
        if self.odds(25) {
            call.channel = if self.odds(2) { Channel::Web } else { Channel::Chat };
        }
        self.course(&mut call);
        self.person(&mut call);
        self.words(&mut call);
        if self.odds(10) {
            self.opened(&mut call);
        }
        call.test = self.odds(60);
        call.retry = self.odds(30);
        call.deleted = self.odds(150);
        Some(call)
    }
}
