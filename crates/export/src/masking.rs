//! Masking: phone numbers, e-mail addresses and card numbers, found by their pattern.
//!
//! A pattern is no understanding: a number that is spelled out stays, and a long order number goes.
//! Whoever offers this says so.

use calls::words::Words;
use calls::{Call, Customer, Fact, Outcome, Speaker, Status, Transcript, Turn};

mod digits;
mod email;

/// What stands in place of what was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Masking {
    /// Instead of a phone number, or of any other long row of digits.
    number: String,
    /// Instead of an e-mail address.
    email: String,
    /// Instead of a card number: 13 to 19 digits whose last one is the check digit (Luhn).
    card: String,
}

impl Masking {
    /// Masks in the words of a language.
    #[must_use]
    pub fn new(words: &Words) -> Self {
        Self {
            number: words.masked_number(),
            email: words.masked_email(),
            card: words.masked_card(),
        }
    }

    /// A text without what looks like a number, an address or a card.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(found) = email::find(rest) {
            self.digits(rest.get(..found.start).unwrap_or_default(), &mut masked);
            masked.push_str(&self.email);
            rest = rest.get(found.end..).unwrap_or_default();
        }
        self.digits(rest, &mut masked);
        masked
    }

    fn digits(&self, text: &str, masked: &mut String) {
        let mut rest = text;
        while let Some(found) = digits::find(rest) {
            masked.push_str(rest.get(..found.span.start).unwrap_or_default());
            masked.push_str(if found.card { &self.card } else { &self.number });
            rest = rest.get(found.span.end..).unwrap_or_default();
        }
        masked.push_str(rest);
    }

    /// A call with every text masked. Its identity, and the ids of agent, version and first
    /// attempt, stay: without them it is no longer that call.
    #[must_use]
    pub fn call(&self, call: &Call) -> Call {
        let mut masked = call.clone();
        self.texts(&mut masked);
        if let Status::Other(word) = &mut masked.status {
            *word = self.text(word);
        }
        for Outcome { name, value } in &mut masked.outcomes {
            self.some(name);
            *value = self.text(value);
        }
        let Customer { name, phone, email, contact_id } = &mut masked.customer;
        self.some(name);
        self.some(contact_id);
        phone.as_mut().map(|phone| phone.clone_from(&self.number)).unwrap_or_default();
        email.as_mut().map(|email| email.clone_from(&self.email)).unwrap_or_default();
        masked
    }

    /// Every field is named, so that a text that is added to calls cannot be forgotten here.
    fn texts(&self, call: &mut Call) {
        let Call {
            key: _,
            started_ms: _,
            ended_ms: _,
            duration_ms: _,
            status: _,
            direction: _,
            channel: _,
            agent_id: _,
            agent_name,
            customer: _,
            own_number,
            request,
            summary,
            note,
            employee,
            todo: _,
            success: _,
            mapped: _,
            outcomes: _,
            end_reason,
            voicemail: _,
            cost: _,
            score: _,
            recording: _,
            campaign,
            test: _,
            retry: _,
            retry_of: _,
            retries: _,
            version: _,
            purged: _,
            deleted: _,
            opened: _,
            transcript: _,
            latency_ms: _,
            interruptions: _,
            tool_errors: _,
            other_id: _,
            told: _,
        } = call;
        if own_number.is_some() {
            *own_number = Some(self.number.clone());
        }
        for text in [agent_name, request, summary, note, employee, end_reason, campaign] {
            self.some(text);
        }
    }

    fn some(&self, text: &mut Option<String>) {
        *text = text.as_deref().map(|text| self.text(text));
    }

    /// A transcript with every turn masked.
    #[must_use]
    pub fn transcript(&self, transcript: &Transcript) -> Transcript {
        match transcript {
            Transcript::Turns(turns) => {
                Transcript::Turns(turns.iter().map(|turn| self.turn(turn)).collect())
            }
            Transcript::Text(text) => Transcript::Text(self.text(text)),
            other => other.clone(),
        }
    }

    fn turn(&self, turn: &Turn) -> Turn {
        let speaker = match &turn.speaker {
            Speaker::Other(word) => Speaker::Other(self.text(word)),
            known => known.clone(),
        };
        Turn { speaker, text: self.text(&turn.text), at_ms: turn.at_ms }
    }

    /// What else a provider said, masked.
    #[must_use]
    pub fn facts(&self, facts: &[Fact]) -> Vec<Fact> {
        let masked = |fact: &Fact| Fact { name: fact.name.clone(), value: self.text(&fact.value) };
        facts.iter().map(masked).collect()
    }
}

#[cfg(test)]
mod tests;
