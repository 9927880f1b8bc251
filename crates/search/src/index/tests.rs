use super::*;

fn turn(side: Side, text: &str) -> Said {
    Said { side, text: text.to_owned(), at_ms: None }
}

fn index(calls: &[&[(Side, &str)]]) -> Index {
    let mut index = Index::default();
    for (call, turns) in calls.iter().enumerate() {
        index.put(as_u32(call), turns.iter().map(|(side, text)| turn(*side, text)).collect());
    }
    index
}

fn find(index: &mut Index, query: &str) -> Vec<CallId> {
    index.find(&Query::parse(query))
}

use Side::{Agent, Customer, Other};

fn three() -> Index {
    index(&[
        &[(Agent, "Guten Tag, Praxis Müller."), (Customer, "Ich bitte um einen Rückruf.")],
        &[(Agent, "Sie möchten einen Rückruf?"), (Customer, "Ja, am Montag  um zehn.")],
        &[(Other, "system: Straße\nMontag um zehn")],
    ])
}

#[test]
fn any_part_of_a_word_is_found_in_any_spelling() {
    let index = &mut three();
    assert_eq!(find(index, "rueckruf"), [0, 1]);
    assert_eq!(find(index, "CKRU"), [0, 1]);
    assert_eq!(find(index, "muller"), [0; 0], "u is another letter than ü");
    assert_eq!(find(index, "strasse"), [2]);
    assert_eq!(find(index, ""), [0; 0]);
    assert_eq!(find(index, "dienstag"), [0; 0]);
}

#[test]
fn all_words_must_occur_in_whichever_turns_and_a_phrase_as_it_is() {
    let index = &mut three();
    assert_eq!(find(index, "montag rückruf"), [1]);
    assert_eq!(find(index, "\"montag um zehn\""), [1, 2], "blanks and line breaks are one blank");
    assert_eq!(find(index, "\"zehn montag\""), [0; 0]);
    assert_eq!(find(index, "\"müller. ich\""), [0; 0], "a phrase is not found across turns");
}

#[test]
fn of_words_with_a_stroke_between_them_one_is_enough() {
    let index = &mut three();
    assert_eq!(find(index, "praxis|strasse"), [0, 2]);
    assert_eq!(find(index, "praxis|montag rückruf"), [0, 1]);
    assert_eq!(find(index, "customer:rückruf|montag"), [0, 1]);
    assert_eq!(find(index, "praxis|"), [0], "while it is typed");
    assert_eq!(find(index, "praxis"), [0]);
}

#[test]
fn a_side_finds_only_what_that_side_said() {
    let index = &mut three();
    assert_eq!(find(index, "customer:rückruf"), [0]);
    assert_eq!(find(index, "agent:rückruf"), [1]);
    assert_eq!(find(index, "agent:rückruf customer:montag"), [1]);
    assert_eq!(find(index, "agent:system"), [0; 0], "nobody says who spoke");
    let twice = &mut self::index(&[&[(Agent, "eins"), (Customer, "zwei"), (Customer, "eins")]]);
    assert_eq!(find(twice, "customer:eins"), [0], "the first place is the other side's");
}

#[test]
fn letters_that_are_added_look_at_the_earlier_hits_and_find_the_same() {
    let typed = ["m", "mo", "montag", "montag r", "montag rück", "montag agent:rück", "mo", "zehn"];
    let index = &mut three();
    for query in typed {
        assert_eq!(find(index, query), find(&mut three(), query), "{query}");
    }
}

#[test]
fn a_new_transcript_takes_the_place_of_the_old_one() {
    let index = &mut three();
    assert_eq!(find(index, "montag"), [1, 2]);
    index.put(1, vec![turn(Agent, "Auf Wiederhören, Montag geht nicht")]);
    assert_eq!(find(index, "montag"), [2, 1]);
    assert_eq!(find(index, "zehn"), [2]);
    index.put(7, vec![turn(Customer, "zehn")]);
    assert_eq!(find(index, "zehn"), [2, 7]);
    assert_eq!(index.len(), 4);
}

#[test]
fn what_is_removed_is_nowhere_any_more() {
    let index = &mut three();
    assert_eq!(find(index, "rückruf"), [0, 1]);
    index.remove(0);
    index.remove(5);
    assert_eq!(find(index, "rückruf"), [1]);
    assert_eq!(index.snippet(0, &Query::parse("rückruf")), None);
    let kept = format!("{:?}", index);
    assert!(!kept.contains("Müller") && !String::from_utf8_lossy(&index.text).contains("mueller"));
    index.remove(2);
    index.remove(1);
    assert!(index.is_empty() && index.text.is_empty(), "{index:?}");
    assert_eq!(find(index, "rückruf"), [0; 0]);
}

#[test]
fn gaps_are_closed_and_the_others_are_found_as_before() {
    let texts: Vec<String> = (0..50).map(|n| format!("call number {n} word{}", n % 3)).collect();
    let calls: Vec<Vec<(Side, &str)>> = texts.iter().map(|t| vec![(Agent, t.as_str())]).collect();
    let calls: Vec<&[(Side, &str)]> = calls.iter().map(Vec::as_slice).collect();
    let index = &mut index(&calls);
    let full = index.text.len();
    for call in (0..50).filter(|call| call % 3 != 1) {
        index.remove(call);
    }
    assert!(index.text.len() < full / 2);
    let left: Vec<CallId> = (0..50).filter(|call| call % 3 == 1).collect();
    assert_eq!(find(index, "word1"), left);
    assert_eq!(find(index, "word0"), [0; 0]);
    assert_eq!(index.snippet(49, &Query::parse("49")).unwrap().text, "call number 49 word1");
}

#[test]
fn a_call_without_words_is_in_the_index_and_found_by_nothing() {
    let index = &mut index(&[&[], &[(Agent, "")], &[(Agent, "x")]]);
    assert_eq!((find(index, "x"), index.len()), (vec![2], 3));
    index.remove(0);
    index.remove(1);
    assert_eq!((find(index, "x"), index.len()), (vec![2], 1));
}

/// Against a search that is too simple to be wrong, over texts from a fixed dice.
#[test]
fn it_finds_what_looking_at_every_transcript_finds() {
    let mut dice = 7_u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let words = ["ab", "abc", "bca", "Ärger", "aerger", "x y", "ccc", "ca", "b"];
    let word = |roll: &mut dyn FnMut(u64) -> u64| words[usize::try_from(roll(9)).unwrap()];
    let mut calls: Vec<Vec<Said>> = Vec::new();
    for _ in 0..120 {
        let turns = (0..=roll(4)).map(|_| {
            let side = [Agent, Customer, Other][usize::try_from(roll(3)).unwrap()];
            let text: Vec<&str> = (0..roll(4)).map(|_| word(&mut roll)).collect();
            turn(side, &text.join(" "))
        });
        calls.push(turns.collect());
    }
    let mut index = Index::default();
    for (call, said) in calls.iter().enumerate() {
        index.put(as_u32(call), said.clone());
    }
    for nth in 0..900 {
        match nth {
            300 => assert!(index.prepare() && !index.prepare(), "the rest is not enough"),
            600 => (0..20).step_by(4).for_each(|call| {
                index.remove(call);
                calls[call as usize].clear();
            }),
            _ => {}
        }
        let prefix = ["", "agent:", "customer:", "\""][usize::try_from(roll(4)).unwrap()];
        let typed = format!("{prefix}{} {}", word(&mut roll), word(&mut roll));
        let query = Query::parse(&typed);
        let simple = |said: &Vec<Said>| {
            query.terms().iter().all(|term| {
                said.iter().any(|turn| {
                    term.admits(turn.side)
                        && crate::folded::Traced::of(&turn.text).text.contains(&term.text)
                })
            })
        };
        let expected: Vec<CallId> =
            (0..).zip(&calls).filter(|(_, said)| simple(said)).map(|(call, _)| call).collect();
        assert_eq!(index.find(&query), expected, "{typed}");
    }
}
