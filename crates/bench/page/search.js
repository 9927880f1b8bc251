// G11: words in transcripts.
import { OURS, contest } from './contest.js';
import * as flexsearch from './peers/flexsearch.js';
import * as includes from './peers/includes.js';
import * as minisearch from './peers/minisearch.js';
import * as ufuzzy from './peers/ufuzzy.js';

const PEERS = [
  { engine: includes, bar: 2.5 },
  { engine: ufuzzy },
  { engine: minisearch, bar: 1, first_bar: 500 },
  { engine: flexsearch, first_bar: 500 },
];
/** Building an index takes seconds; nobody needs eleven of those to know. */
const MOST_BUILDS = 3;
const SOME = 500;
/** The rank of a word, and how many of its letters are typed. */
const ASKED = [
  [3, 99],
  [40, 99],
  [300, 99],
  [500, 3],
  [1_500, 99],
  [2_500, 4],
  [5_000, 99],
  [9_000, 99],
];
const TYPED = 4_000;

export async function* contests({ calldeck, rounds, transcripts, say }) {
  say(`making ${transcripts} transcripts`);
  calldeck.read_transcripts(transcripts);
  const texts = [];
  for (let from = 0; from < transcripts; from += SOME) {
    texts.push(...calldeck.transcript_lines(from, Math.min(from + SOME, transcripts)).split('\n'));
  }
  const megabytes = (texts.reduce((sum, text) => sum + text.length, 0) / 1e6).toFixed(1);
  const size = `${transcripts.toLocaleString('en')} transcripts, ${megabytes} MB`;
  const words = wordsIn(texts, calldeck);
  const notes = [`searched for: ${words.map(({ word, calls }) => `${word} (${calls} calls)`).join(', ')}`];
  const sorted = (calls) => Uint32Array.from(calls).sort();

  const built = [];
  for (const peer of PEERS) {
    say(`${peer.engine.name} takes the transcripts over`);
    built.push({ ...peer, name: peer.engine.name, find: peer.engine.build(texts) });
  }
  calldeck.hand_transcripts_over();
  calldeck.put_transcripts();
  const began = performance.now();
  calldeck.prepare_transcripts();
  notes.push(`Calldeck made them ready for rare words in ${Math.round(performance.now() - began)} ms, after it had taken them in; it answers without that, too.`);
  const all = (find) => words.map(({ word }) => find(word));
  let found;
  const one = (find) => ({
    run: () => (found = all(find)),
    answer: () => found.map(sorted),
  });
  yield {
    ...(await contest({
      title: `G11 ${words.length} words, one after the other, in ${size}`,
      aim_ms: 3 * words.length,
      contestants: [
        { name: OURS, ...one(calldeck.find_said) },
        ...built.map(({ name, bar, find }) => ({ name, bar, ...one(find) })),
      ],
      rounds,
      say,
    })),
    notes,
  };

  const word = calldeck.said_word(TYPED);
  const letters = Array.from(word.slice(2), (_, nth) => word.slice(0, nth + 3));
  let last;
  const typed = (find) => ({
    start: () => find(word.slice(0, 2)),
    run: () => {
      for (const start of letters) last = find(start);
    },
    answer: () => [sorted(last)],
  });
  const starting = ({ start, run, answer }) => ({
    tells: true,
    run: () => {
      start();
      const began = performance.now();
      run();
      return performance.now() - began;
    },
    answer,
  });
  yield await contest({
    title: `G11 the ${letters.length} letters after "${word.slice(0, 2)}" are typed, ${size}`,
    aim_ms: 0.5 * letters.length,
    contestants: [
      { name: OURS, ...starting(typed(calldeck.find_said)) },
      ...built.map(({ name, find }) => ({ name, ...starting(typed(find)) })),
    ],
    rounds,
    say,
  });

  built.length = 0;
  const first = words[0].word;
  yield {
    ...(await contest({
      title: `G11 the first answer, taking everything in before, ${size}`,
      contestants: [
        {
          name: OURS,
          tells: true,
          run: () => {
            calldeck.hand_transcripts_over();
            const began = performance.now();
            calldeck.put_transcripts();
            last = calldeck.find_said(first);
            return performance.now() - began;
          },
          answer: () => [sorted(last)],
        },
        ...PEERS.map(({ engine, first_bar: bar }) => ({
          name: engine.name,
          bar,
          run: () => (last = engine.build(texts)(first)),
          answer: () => [sorted(last)],
        })),
      ],
      rounds: Math.min(rounds, MOST_BUILDS),
      say,
    })),
    notes: ['Calldeck folds each transcript as it takes it in; the others get folded texts.'],
  };
}

/** Frequent and rare words, and beginnings of words: the made-up language is such that those who
 * look for words and those who look for letters find the same. */
function wordsIn(texts, calldeck) {
  const words = ASKED.map(([rank, letters]) => calldeck.said_word(rank).slice(0, letters));
  return words.map((word) => ({ word, calls: texts.filter((text) => text.includes(word)).length }));
}
