//! A transcript as captions: WebVTT and SubRip.

use calls::words::Words;
use calls::{Transcript, Turn, wording};

/// How long a caption stands where nothing says when the call ended.
const LAST_MS: i64 = 5_000;

/// The two forms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Captions {
    /// WebVTT (W3C), for browsers.
    WebVtt,
    /// SubRip (`.srt`), for players and editors.
    SubRip,
}

/// Captions need the time of every turn, and a time is never made up. As text and as JSON there
/// is every transcript.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoTimes {
    /// How many turns have no time; 0 where there are no turns.
    pub without: usize,
}

impl Captions {
    /// Writes a transcript. A caption stands until the next one begins, the last one until the
    /// call ends.
    ///
    /// # Errors
    /// [`NoTimes`] where the provider gives no times.
    pub fn of(
        self,
        transcript: &Transcript,
        duration_ms: Option<i64>,
        words: &Words,
    ) -> Result<String, NoTimes> {
        let turns = timed(transcript)?;
        let mut text = String::from(if self == Self::WebVtt { "WEBVTT\n\n" } else { "" });
        for (nth, (from, turn)) in turns.iter().enumerate() {
            let next = turns.iter().skip(nth + 1).map(|(at, _)| *at).find(|at| at > from);
            let end = duration_ms.filter(|end| end > from).unwrap_or(from + LAST_MS);
            let name = wording::speaker(&turn.speaker, words);
            text.push_str(&self.cue(nth + 1, *from, next.unwrap_or(end), &name, &turn.text));
        }
        Ok(text)
    }

    fn cue(self, nth: usize, from: i64, to: i64, speaker: &str, said: &str) -> String {
        let span = format!("{} --> {}", self.clock(from), self.clock(to));
        // An empty line would end the caption.
        let (speaker, said) = (one_line(speaker), one_line(said));
        match self {
            // An event has a name and nothing to say.
            Self::WebVtt if said.is_empty() => {
                format!("{nth}\n{span}\n{}\n\n", escaped(&speaker))
            }
            Self::SubRip if said.is_empty() => format!("{nth}\n{span}\n{speaker}\n\n"),
            Self::WebVtt => {
                format!("{nth}\n{span}\n<v {}>{}\n\n", escaped(&speaker), escaped(&said))
            }
            Self::SubRip => format!("{nth}\n{span}\n{speaker}: {}\n\n", said.replace("-->", "->")),
        }
    }

    fn clock(self, ms: i64) -> String {
        let (secs, rest) = (ms / 1_000, ms % 1_000);
        let point = if self == Self::WebVtt { '.' } else { ',' };
        format!("{:02}:{:02}:{:02}{point}{rest:03}", secs / 3_600, secs / 60 % 60, secs % 60)
    }
}

/// The turns with their times, in the order of these.
fn timed(transcript: &Transcript) -> Result<Vec<(i64, &Turn)>, NoTimes> {
    let Transcript::Turns(turns) = transcript else { return Err(NoTimes { without: 0 }) };
    let timed = turns.iter().filter_map(|turn| Some((turn.at_ms?.max(0), turn)));
    let mut timed: Vec<(i64, &Turn)> = timed.collect();
    let without = turns.len() - timed.len();
    if without > 0 || timed.is_empty() {
        return Err(NoTimes { without });
    }
    timed.sort_by_key(|(at, _)| *at);
    Ok(timed)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use calls::Speaker;

    use super::*;

    fn turn(speaker: Speaker, text: &str, at_ms: Option<i64>) -> Turn {
        Turn { speaker, text: text.into(), at_ms }
    }

    fn spoken() -> Transcript {
        Transcript::Turns(vec![
            turn(Speaker::Agent, "Good morning\n\n<b>you</b> & 1 --> 2", Some(0)),
            turn(Speaker::Customer, "Hello", Some(3_661_050)),
            turn(Speaker::Other("tool>".into()), "ok", Some(3_661_050)),
            turn(Speaker::Other("call_ended".into()), "", Some(3_662_000)),
        ])
    }

    #[test]
    fn a_caption_stands_until_the_next_and_nothing_in_it_is_markup() {
        let text = Captions::WebVtt.of(&spoken(), Some(3_670_000), &Words::english()).unwrap();
        assert_eq!(
            text,
            "WEBVTT\n\n\
             1\n00:00:00.000 --> 01:01:01.050\n\
             <v Agent>Good morning &lt;b&gt;you&lt;/b&gt; &amp; 1 --&gt; 2\n\n\
             2\n01:01:01.050 --> 01:01:02.000\n<v Customer>Hello\n\n\
             3\n01:01:01.050 --> 01:01:02.000\n<v tool&gt;>ok\n\n\
             4\n01:01:02.000 --> 01:01:10.000\ncall_ended\n\n"
        );
        let text = Captions::SubRip.of(&spoken(), None, &Words::english()).unwrap();
        assert!(
            text.starts_with(
                "1\n00:00:00,000 --> 01:01:01,050\nAgent: Good morning <b>you</b> & 1 -> 2\n\n2\n"
            ),
            "{text}"
        );
        assert!(
            text.ends_with("tool>: ok\n\n4\n01:01:02,000 --> 01:01:07,000\ncall_ended\n\n"),
            "{text}"
        );
    }

    #[test]
    fn a_time_is_never_made_up() {
        let words = Words::english();
        let turns = vec![turn(Speaker::Agent, "a", Some(1)), turn(Speaker::Agent, "b", None)];
        let refused = Captions::WebVtt.of(&Transcript::Turns(turns), None, &words);
        assert_eq!(refused, Err(NoTimes { without: 1 }));
        let refused = Captions::SubRip.of(&Transcript::Text("Hi".into()), None, &words);
        assert_eq!(refused, Err(NoTimes { without: 0 }));
    }
}
