// The calls of the book as columns for peers, in the narrowest arrays that hold them.

/** Everything that a peer counts, filters or sorts by. */
export function columnsOf(calldeck) {
  const numbers = (name) => calldeck.numbers(name);
  const small = (name) => Uint8Array.from(numbers(name), (value) => (value < 0 ? 2 : value));
  calldeck.sort('-time');
  return {
    started_ms: numbers('started_ms'),
    // Rows newest first, those of one instant in the order that Calldeck has them in.
    newest: calldeck.rows(),
    duration_ms: Int32Array.from(numbers('duration_ms')),
    // 2 is unknown.
    answered: small('answered'),
    todo: small('todo'),
    deleted: small('deleted'),
    status: coded(calldeck, 'status'),
    agent: coded(calldeck, 'agent'),
    success: coded(calldeck, 'success'),
    text: (name) => texts(calldeck, name),
  };
}

/** Numbers for words that many calls share, and the words. */
export function coded(calldeck, name) {
  return { codes: Uint8Array.from(calldeck.codes(name)), words: calldeck.words(name).split('\n') };
}

const SOME = 50_000;

/** All texts of a column. */
export function texts(calldeck, name) {
  const all = [];
  for (let from = 0; ; from += SOME) {
    const some = calldeck.texts(name, from, from + SOME);
    if (some === '') break;
    for (const line of some.split('\n')) all.push(line);
  }
  return all;
}

/** Which words of a coded column are wanted, by code. */
export function wanted({ words }, among) {
  return Uint8Array.from(words, (word) => (among.includes(word) ? 1 : 0));
}

/** The three ways in which a call may have succeeded, by the column's codes. */
export const success = ({ success: { words } }) =>
  ['yes', 'no', 'not-stated'].map((word) => words.indexOf(word));
