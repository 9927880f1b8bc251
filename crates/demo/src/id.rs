//! Ids in the form each provider gives them, all made from one number.

use crate::dice::Dice;

const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A UUID of version 4, as TalkPilot and AgentVoice use.
pub(crate) fn uuid(parts: &[u64]) -> String {
    let mut dice = Dice::new(parts);
    let (high, low) = (dice.next(), dice.next());
    let node = low & 0xffff_ffff_ffff;
    let (first, second) = (high >> 32, (high >> 16) & 0xffff);
    let version = 0x4000 | (high & 0x0fff);
    let variant = 0x8000 | ((low >> 48) & 0x3fff);
    format!("{first:08x}-{second:04x}-{version:04x}-{variant:04x}-{node:012x}")
}

/// A ULID in lower case behind a prefix, as Truedy uses: `call_01hx3k9p2qw7v8n4m6j5r0y1tz`.
pub(crate) fn ulid(prefix: &str, time_ms: i64, parts: &[u64]) -> String {
    let mut dice = Dice::new(parts);
    let time = u64::try_from(time_ms).unwrap_or(0);
    let mut id = format!("{prefix}_");
    for place in (0..10).rev() {
        id.push(letter(time >> (5 * place)));
    }
    for _ in 0..16 {
        id.push(letter(dice.next()));
    }
    id
}

fn letter(bits: u64) -> char {
    let index = usize::try_from(bits & 31).unwrap_or(0);
    CROCKFORD.get(index).map_or('0', |byte| char::from(*byte))
}

/// 24 hexadecimal digits, as MongoDB gives them (Atoms).
pub(crate) fn object(parts: &[u64]) -> String {
    let mut dice = Dice::new(parts);
    format!("{:016x}{:08x}", dice.next(), dice.next() >> 32)
}

/// `n` hexadecimal digits, at most 16.
pub(crate) fn hex(digits: usize, parts: &[u64]) -> String {
    let text = format!("{:016x}", Dice::new(parts).next());
    text.chars().take(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_form_of_the_provider() {
        let id = uuid(&[1, 2]);
        assert_eq!(id.len(), 36);
        assert_eq!(id.chars().nth(14), Some('4'));
        assert!(matches!(id.chars().nth(19), Some('8' | '9' | 'a' | 'b')));
        let call = ulid("call", 1_700_000_000_000, &[3]);
        assert!(call.starts_with("call_01"), "{call}");
        assert_eq!(call.len(), "call_01hx3k9p2qw7v8n4m6j5r0y1tz".len());
        assert_eq!(object(&[4]).len(), 24);
        assert_eq!(hex(6, &[5]).len(), 6);
    }
}
