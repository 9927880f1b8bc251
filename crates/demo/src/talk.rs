//! Who says what when in one call: a plot filled with phrases on a grid of 72 ms.

use crate::dice::Dice;
use crate::script::{Book, Language, Plot, Slot, Speaker};
use crate::voice::{FRAME_MS, LEAD_MS, Voice};

/// Inbound matters that can follow each other in one call.
const MATTERS: [&str; 6] = ["move", "order", "invoice", "complaint", "cancel", "info"];

/// One phrase at its place on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) phrase: usize,
    pub(crate) frame: usize,
}

/// The conversation of one call.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    pub(crate) language: Language,
    /// Name of the plot that gave the call its request and summary.
    pub(crate) plot: &'static str,
    pub(crate) request: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) turns: Vec<Turn>,
    /// Length of the whole call.
    pub(crate) frames: usize,
}

/// One turn in words.
pub(crate) struct Said {
    pub(crate) speaker: Speaker,
    pub(crate) text: &'static str,
    /// From the start of the call to the first sound.
    pub(crate) at_ms: i64,
    /// From the start of the call to the end of the phrase.
    pub(crate) end_ms: i64,
}

impl Talk {
    /// A call about the named plot, followed by `further` more matters.
    pub(crate) fn new(
        language: Language,
        plot: &str,
        further: usize,
        dice: &mut Dice,
    ) -> Option<Self> {
        let book = language.book();
        let plot = book.plot(plot)?;
        let mut composer = Composer::new(language, book, dice);
        composer.say_all(&plot.open, composer.variant);
        composer.say_all(&plot.body, composer.variant);
        composer.further(plot.name, further);
        composer.say_all(&plot.close, composer.variant);
        Some(composer.finish(plot))
    }

    /// A call that goes on with one matter after the other until it is `frames` long.
    pub(crate) fn lasting(language: Language, frames: usize, dice: &mut Dice) -> Option<Self> {
        let book = language.book();
        let plot = book.plot("invoice")?;
        let mut composer = Composer::new(language, book, dice);
        composer.say_all(&plot.open, composer.variant);
        composer.say_all(&plot.body, composer.variant);
        while composer.end + 400 < frames {
            composer.further(plot.name, 1);
        }
        composer.say_all(&plot.close, composer.variant);
        Some(composer.finish(plot))
    }

    pub(crate) fn duration_ms(&self) -> i64 {
        ms(self.frames)
    }

    /// What sounds in a frame: the phrase, and which of its frames.
    pub(crate) fn sounding(&self, frame: usize) -> Option<(usize, usize)> {
        let after = self.turns.partition_point(|turn| turn.frame <= frame);
        let turn = self.turns.get(after.checked_sub(1)?)?;
        let n = frame - turn.frame;
        (n < Voice::of(self.language).frames(turn.phrase)).then_some((turn.phrase, n))
    }

    /// The turns in words, as a transcript has them.
    pub(crate) fn said(&self) -> impl Iterator<Item = Said> + '_ {
        let (book, voice) = (self.language.book(), Voice::of(self.language));
        self.turns.iter().filter_map(move |turn| {
            let phrase = book.phrases.get(turn.phrase)?;
            let at_ms = ms(turn.frame) + LEAD_MS;
            // The last two frames of a phrase only flush the encoder.
            let end_ms = ms(turn.frame + voice.frames(turn.phrase).saturating_sub(2));
            Some(Said { speaker: phrase.speaker, text: phrase.text, at_ms, end_ms })
        })
    }
}

fn ms(frames: usize) -> i64 {
    i64::try_from(frames).unwrap_or(i64::MAX / FRAME_MS) * FRAME_MS
}

struct Composer<'a> {
    language: Language,
    book: &'static Book,
    dice: &'a mut Dice,
    /// Which of the plot's requests the call is about.
    variant: usize,
    turns: Vec<Turn>,
    /// The first frame after the last phrase.
    end: usize,
}

impl<'a> Composer<'a> {
    fn new(language: Language, book: &'static Book, dice: &'a mut Dice) -> Self {
        let variant = dice.below(60);
        Self { language, book, dice, variant, turns: Vec::new(), end: 4 }
    }

    fn say_all(&mut self, slots: &[Slot], variant: usize) {
        for slot in slots {
            // A wait is answered only when it was asked for, so both share one chance.
            let answers_nothing = slot.group == "wait.fine" && !self.just_waited();
            if !(slot.optional && (answers_nothing || self.dice.chance(45))) {
                self.say(slot.group, slot.same.then_some(variant));
            }
        }
    }

    fn just_waited(&self) -> bool {
        let last = self.turns.last().map(|turn| turn.phrase);
        let waits = ["wait", "invoice.check"].map(|group| self.book.group(group));
        last.is_some_and(|phrase| waits.iter().any(|group| group.contains(&phrase)))
    }

    /// How many frames the line may be silent now: up to 16 s while the agent looks something up.
    fn patience(&self) -> usize {
        let last = self.turns.last().map(|turn| turn.phrase);
        let assured = last.is_some_and(|phrase| self.book.group("wait.fine").contains(&phrase));
        if assured || self.just_waited() { 220 } else { 1 }
    }

    fn say(&mut self, group: &str, variant: Option<usize>) {
        let phrases = self.book.group(group);
        if phrases.is_empty() {
            return;
        }
        let choice = variant.map_or_else(|| self.dice.below(phrases.len()), |v| v % phrases.len());
        let held = if group == "wait.fine" { 0 } else { self.dice.below(self.patience()) };
        let frame = self.end + 3 + self.dice.below(12) + held;
        let phrase = phrases.start + choice;
        self.turns.push(Turn { phrase, frame });
        self.end = frame + Voice::of(self.language).frames(phrase);
    }

    /// Asks for more and handles another matter, `times` over.
    fn further(&mut self, first: &str, times: usize) {
        for _ in 0..times {
            let name = self.dice.pick(&MATTERS).copied().unwrap_or("info");
            let name = if name == first { "info" } else { name };
            let Some(plot) = self.book.plot(name) else { return };
            self.say("more", None);
            self.say("more.yes", None);
            let variant = self.dice.below(60);
            self.say_all(&plot.body, variant);
        }
    }

    fn finish(self, plot: &'static Plot) -> Talk {
        let alternative = |texts: &[&'static str]| {
            texts.get(self.variant.checked_rem(texts.len()).unwrap_or(0)).copied().unwrap_or("")
        };
        Talk {
            language: self.language,
            plot: plot.name,
            request: alternative(&plot.requests),
            summary: alternative(&plot.summaries),
            frames: self.end + 8,
            turns: self.turns,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn turns_follow_each_other_without_overlap() {
        for language in Language::ALL {
            for (n, plot) in language.book().plots.iter().enumerate() {
                let talk =
                    Talk::new(language, plot.name, n % 3, &mut Dice::new(&[n as u64])).unwrap();
                let said: Vec<_> = talk.said().collect();
                assert!(said.len() >= 2, "{language:?} {} has {} turns", plot.name, said.len());
                assert!(said.is_sorted_by(|a, b| a.end_ms < b.at_ms));
                assert!(said.last().unwrap().end_ms < talk.duration_ms());
            }
        }
    }

    #[test]
    fn what_sounds_in_a_frame_is_what_was_said_then() {
        let talk = Talk::new(Language::English, "order", 1, &mut Dice::new(&[1])).unwrap();
        for turn in &talk.turns {
            assert_eq!(talk.sounding(turn.frame), Some((turn.phrase, 0)));
            assert_ne!(talk.sounding(turn.frame - 1).map(|(phrase, _)| phrase), Some(turn.phrase));
        }
        assert_eq!(talk.sounding(0), None);
        assert_eq!(talk.sounding(talk.frames), None);
    }

    #[test]
    fn nobody_says_take_your_time_unless_asked_to_wait() {
        let book = Language::English.book();
        let (asked, fine) =
            (["wait", "invoice.check"].map(|g| book.group(g)), book.group("wait.fine"));
        for n in 0..200 {
            let talk = Talk::new(Language::English, "order", 2, &mut Dice::new(&[n])).unwrap();
            for pair in talk.turns.windows(2) {
                if let [before, turn] = pair
                    && fine.contains(&turn.phrase)
                {
                    assert!(asked.iter().any(|group| group.contains(&before.phrase)));
                }
            }
        }
    }

    #[test]
    fn a_lasting_talk_has_the_wanted_length() {
        let frames = 100_000;
        let talk = Talk::lasting(Language::English, frames, &mut Dice::new(&[3])).unwrap();
        assert!((frames - 1200..frames + 1200).contains(&talk.frames), "{}", talk.frames);
    }
}
