// G6 and G8: filtering a million calls with all figures of what passes, and sorting them.
import { OURS, contest } from './contest.js';
import { columnsOf } from './columns.js';
import * as arquero from './peers/arquero.js';
import * as crossfilter from './peers/crossfilter.js';
import * as objects from './peers/objects.js';
import * as typed from './peers/typed.js';

const DAY_MS = 86_400_000;

/** Two filters in turns, so that nobody is asked what they were asked just before. */
function questionsOf(columns) {
  const agents = columns.agent.words;
  const from_ms = Math.floor(columns.started_ms[columns.started_ms.length - 1] / DAY_MS) * DAY_MS;
  const to_ms = (Math.floor(columns.started_ms[0] / DAY_MS) + 1) * DAY_MS;
  const question = (statuses, left_out, most_ms) => ({
    statuses,
    agents: agents.filter((agent) => !agent.endsWith(left_out)),
    least_ms: 60_000,
    most_ms,
    from_ms,
    days: (to_ms - from_ms) / DAY_MS,
  });
  return [
    question(['completed', 'failed'], '-5', 400_000),
    question(['completed', 'forwarding'], '-0', 380_000),
  ];
}

export async function* contests({ calldeck, rounds, calls, all, say }) {
  say(`making ${calls} calls`);
  calldeck.fill(calls);
  const columns = columnsOf(calldeck);
  const questions = questionsOf(columns);
  const of = (round) => questions[round % 2];
  const make = async (peer, what) => {
    say(`${what} takes the calls over`);
    return peer.make(columns, questions);
  };
  yield* filtering();
  yield* sorting();
  calldeck.empty();

  async function* filtering() {
    const ours = {
      name: OURS,
      run: (round) => {
        const { statuses, agents, least_ms, most_ms, from_ms, days } = of(round);
        const to_ms = from_ms + days * DAY_MS;
        calldeck.ask(statuses.join(' '), agents.join(' '), least_ms, most_ms, from_ms, to_ms);
      },
      answer: () => [...calldeck.answer(), calldeck.rows().sort()],
    };
    const crossing = await make(crossfilter, 'crossfilter2');
    const peers = [
      { name: 'typed arrays, by hand', bar: 4, peer: await make(typed, 'plain JavaScript') },
      { name: 'objects, filter and Map', bar: 20, peer: await make(objects, 'plain JavaScript') },
      { name: 'Arquero 7.2.1', bar: 25, peer: await make(arquero, 'Arquero') },
      // First the one whom the other leaves at the question before.
      { name: 'crossfilter2 1.5.4, other filter before', peer: crossing },
      { name: 'crossfilter2 1.5.4, no filter before', bar: 100, peer: crossing, cleared: true },
    ];
    if (all) {
      const duckdb = await import('./peers/duckdb.js');
      peers.push({ name: 'DuckDB-wasm 1.32.0', bar: 8, waits: true, peer: await make(duckdb, 'DuckDB') });
    }
    const contestants = peers.map(({ peer, cleared, ...rest }) => ({
      ...rest,
      tells: true,
      run: (round) => asked(peer, of(round), cleared),
      answer: () => peer.answer(),
    }));
    const title = `G6 filter, all figures, calls per day and rows of ${calls.toLocaleString('en')} calls`;
    yield await contest({ title, aim_ms: 4, contestants: [ours, ...contestants], rounds, questions: 2, say });
  }

  /** How long a peer takes for a question, milliseconds. */
  function asked(peer, question, cleared) {
    if (cleared) peer.clear();
    const began = performance.now();
    const answered = peer.ask(question);
    const took_ms = () => performance.now() - began;
    return answered instanceof Promise ? answered.then(took_ms) : took_ms();
  }

  async function* sorting() {
    const sorters = [typed, arquero].map((peer) => peer.sorter(columns));
    for (const [column, aim_ms] of [['duration', 8], ['customer', undefined]]) {
      const ours = {
        name: OURS,
        run: (round) => calldeck.sort(round % 2 ? `-${column}` : column),
        answer: () => [calldeck.rows()],
      };
      const peers = sorters.map((sorter) => ({
        name: sorter.name,
        run: (round) => sorter.sort(column, round % 2 === 1),
        answer: () => [sorter.rows()],
      }));
      const title = `G8 sort ${calls.toLocaleString('en')} calls by ${column}`;
      yield await contest({ title, aim_ms, contestants: [ours, ...peers], rounds, questions: 2, say });
    }
  }
}
