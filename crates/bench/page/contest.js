// A contest: everybody gets the same question, in turns, and what they answer is compared before
// anybody is timed. What counts is the ratio of a peer's time to Calldeck's, of the medians and of
// the best rounds; milliseconds are for information, they are those of one machine on one day.

/** Calldeck's name in every contest. */
export const OURS = 'Calldeck';

/**
 * Runs a contest and answers its result.
 *
 * `contestants` have a `name` and `run(round)`, which does the work, and may have `answer(round)`,
 * which is not timed; all answers to a round have to be the same. `bar` and `star` are the
 * ratios that a peer's time must and should have to ours. `ours.aim_ms` is only printed.
 */
export async function contest({ title, aim_ms, contestants, rounds, questions = 1, say }) {
  const times = contestants.map(() => []);
  for (let question = 0; question < questions; question++) {
    await compare(title, contestants, question);
  }
  for (let round = 0; round < rounds; round++) {
    say(`${title}: round ${round + 1} of ${rounds}`);
    for (const [nth, contestant] of contestants.entries()) {
      await rest();
      times[nth].push(await timed(contestant, round));
    }
  }
  const all = contestants.map((contestant, nth) => ({ ...contestant, ...summary(times[nth]) }));
  return { title, aim_ms, rounds, results: all.map((one) => judged(one, all[0])) };
}

/** Milliseconds that a contestant takes for a round: what it says itself, or how long it ran. */
async function timed(contestant, round) {
  const began = performance.now();
  const own = contestant.waits ? await contestant.run(round) : contestant.run(round);
  const ran = performance.now() - began;
  return contestant.tells ? own : ran;
}

async function compare(title, contestants, question) {
  let expected;
  for (const contestant of contestants) {
    await contestant.run(question);
    if (!contestant.answer) continue;
    const answer = digest(await contestant.answer(question));
    expected ??= { name: contestant.name, answer };
    if (answer !== expected.answer) {
      throw new Error(
        `${title}: ${contestant.name} answers something else than ${expected.name}:\n` +
          `${answer.slice(0, 300)}\n${expected.answer.slice(0, 300)}`,
      );
    }
  }
}

/** Numbers are the same when they are to nine digits: sums may be taken in any order. */
function digest(answer) {
  const flat = Array.isArray(answer) ? answer : [answer];
  return flat.map((part) => (ArrayBuffer.isView(part) ? hash(part) : short(part))).join(' ');
}

const short = (part) => (typeof part === 'number' ? String(Number(part.toPrecision(9))) : part);

function hash(rows) {
  let state = 0x811c9dc5;
  for (const row of rows) state = Math.imul(state ^ row, 0x01000193) >>> 0;
  return `${rows.length} rows, ${state.toString(16)}`;
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { times, median_ms: median(sorted), best_ms: sorted[0] };
}

export function median(sorted) {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** A bar holds when the medians and the best rounds say so; when only one does, it is unsure. */
function judged(one, ours) {
  const ratio = one.median_ms / ours.median_ms;
  const best_ratio = one.best_ms / ours.best_ms;
  const won = one.times.filter((time, round) => time > ours.times[round]).length;
  const { name, note, bar, star, times, median_ms, best_ms } = one;
  const verdict = bar === undefined ? undefined : verdictOf(ratio, best_ratio, bar);
  const p = signTest(won, times.length);
  return { name, note, bar, star, median_ms, best_ms, ratio, best_ratio, won, p, verdict, times };
}

export function verdictOf(ratio, best_ratio, bar) {
  const held = [ratio, best_ratio].filter((one) => one >= bar).length;
  return ['missed', 'unsure', 'holds'][held];
}

/** How likely so many rounds are won by chance, or more. */
function signTest(won, rounds) {
  let [chance, ways] = [0, 1];
  for (let k = 0; k <= rounds; k++) {
    if (k >= won) chance += ways / 2 ** rounds;
    ways = (ways * (rounds - k)) / (k + 1);
  }
  return Math.min(1, chance);
}

/** Lets the browser do what it has put off, so that nobody pays for somebody else. */
export function rest(ms = 0) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
