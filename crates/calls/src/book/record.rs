//! The texts that every call has for itself, as one text.

use crate::call::Call;

/// How many texts there are.
const FIELDS: usize = 10;

/// The texts of a call, borrowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Texts<'a> {
    pub(super) reference: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) phone: Option<&'a str>,
    pub(super) email: Option<&'a str>,
    pub(super) contact_id: Option<&'a str>,
    pub(super) request: Option<&'a str>,
    pub(super) summary: Option<&'a str>,
    pub(super) note: Option<&'a str>,
    pub(super) retry_of: Option<&'a str>,
    pub(super) other_id: Option<&'a str>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(call: &'a Call) -> Self {
        let customer = &call.customer;
        Self {
            reference: call.key.reference.as_str(),
            name: customer.name.as_deref(),
            phone: customer.phone.as_deref(),
            email: customer.email.as_deref(),
            contact_id: customer.contact_id.as_deref(),
            request: call.request.as_deref(),
            summary: call.summary.as_deref(),
            note: call.note.as_deref(),
            retry_of: call.retry_of.as_deref(),
            other_id: call.other_id.as_deref(),
        }
    }

    /// What [`Texts::read`] reads: the lengths of all texts, then the texts.
    pub(super) fn write(&self, out: &mut String) {
        out.clear();
        let fields = self.fields();
        for field in fields {
            push_number(out, field.map_or(0, |text| text.len() + 1));
        }
        fields.into_iter().flatten().for_each(|text| out.push_str(text));
    }

    pub(super) fn read(record: &'a str) -> Self {
        let (lengths, mut rest) = read_lengths(record);
        let mut fields = [None; FIELDS];
        for (field, length) in fields.iter_mut().zip(lengths) {
            let Some(length) = length.checked_sub(1) else { continue };
            let Some((text, after)) = rest.split_at_checked(length) else { break };
            (*field, rest) = (Some(text), after);
        }
        let [reference, name, phone, email, contact_id, request, summary, note, retry_of, other_id] =
            fields;
        let reference = reference.unwrap_or_default();
        Self {
            reference,
            name,
            phone,
            email,
            contact_id,
            request,
            summary,
            note,
            retry_of,
            other_id,
        }
    }

    fn fields(&self) -> [Option<&'a str>; FIELDS] {
        [
            Some(self.reference),
            self.name,
            self.phone,
            self.email,
            self.contact_id,
            self.request,
            self.summary,
            self.note,
            self.retry_of,
            self.other_id,
        ]
    }

    /// Who the customer is, as a list sorts it.
    pub(super) fn customer(&self) -> Option<&'a str> {
        self.name.or(self.phone).or(self.email)
    }

    /// What the call was about.
    pub(super) fn about(&self) -> Option<&'a str> {
        self.request.or(self.summary)
    }
}

/// Six bits of a number in a byte; this one says that more follow. All of them are ASCII, so that
/// the record is a text.
const MORE: usize = 64;

fn push_number(out: &mut String, mut number: usize) {
    loop {
        let (low, more) = (number % MORE, number >= MORE);
        let byte = u8::try_from(if more { low + MORE } else { low }).unwrap_or_default();
        out.push(char::from(byte));
        number /= MORE;
        if !more {
            return;
        }
    }
}

fn read_lengths(record: &str) -> ([usize; FIELDS], &str) {
    let mut lengths = [0; FIELDS];
    let mut bytes = record.bytes();
    for length in &mut lengths {
        let mut weight = 1;
        for byte in bytes.by_ref() {
            *length += weight * (usize::from(byte) % MORE);
            weight *= MORE;
            if usize::from(byte) < MORE {
                break;
            }
        }
    }
    let read = record.len() - bytes.len();
    (lengths, record.get(read..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_they_were_written() {
        let long = "ü".repeat(100_000);
        for name in [None, Some(""), Some("a"), Some(long.as_str())] {
            for note in [None, Some("\0\u{1f}x"), Some(&long[..128])] {
                let texts = Texts { reference: "r", name, note, ..Texts::default() };
                let mut record = String::new();
                texts.write(&mut record);
                assert_eq!(Texts::read(&record), texts);
            }
        }
        assert_eq!(Texts::read(""), Texts::default());
        assert_eq!(Texts::read("\u{7f}\u{7f}"), Texts::default());
    }
}
