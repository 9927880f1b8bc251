// Arquero: columnar tables in JavaScript.
import { desc, escape, op, table } from 'arquero';

import { success, wanted } from '../columns.js';

const DAY_MS = 86_400_000;

/** The calls as a table. */
export function tableOf(columns, from_ms) {
  const { started_ms, duration_ms, answered, todo, deleted } = columns;
  const order = success(columns);
  return table({
    day: Uint16Array.from(started_ms, (at) => Math.floor((at - from_ms) / DAY_MS)),
    ms: duration_ms,
    answered, todo, deleted,
    status: columns.status.codes,
    agent: columns.agent.codes,
    success: columns.success.codes.map((code) => order.indexOf(code)),
  });
}

export function make(columns, [{ from_ms, days }]) {
  const calls = tableOf(columns, from_ms);
  let found;

  function ask({ statuses, agents, least_ms, most_ms }) {
    const [isStatus, isAgent] = [wanted(columns.status, statuses), wanted(columns.agent, agents)];
    const shown = calls.filter(
      escape(
        (call) =>
          !call.deleted && isStatus[call.status] && isAgent[call.agent] && call.ms >= least_ms && call.ms <= most_ms,
      ),
    );
    const sums = shown
      .rollup({
        calls: op.count(),
        talk: op.sum('ms'),
        mean: op.mean('ms'),
        median: op.median('ms'),
        open: op.sum('todo'),
      })
      .object();
    const counted = (by) => shown.groupby(...by).count();
    found = { rows: shown.indices(), sums, told: counted(['answered']), how: counted(['success']), perDay: counted(['day', 'success']) };
  }

  function answer() {
    const { rows, sums, told, how, perDay } = found;
    const of = (counts, column, value) => counts.objects().find((one) => one[column] === value)?.count ?? 0;
    const counts = new Array(days * 3).fill(0);
    for (const { day, success: how, count } of perDay.objects()) counts[day * 3 + how] = count;
    return [
      sums.calls, of(told, 'answered', 1), of(told, 'answered', 0), of(told, 'answered', 2),
      sums.talk, sums.mean, sums.median, ...[0, 1, 2].map((kind) => of(how, 'success', kind)), sums.open,
      ...counts, Uint32Array.from(rows),
    ];
  }
  return { ask, answer };
}

/** Sorts by one column and, where it is the same, by place. What is unknown comes last either way,
 * for which Arquero needs a value for each. */
export function sorter(columns) {
  const place = new Uint32Array(columns.newest.length);
  columns.newest.forEach((row, nth) => (place[row] = nth));
  const texts = columns.text('customer_folded');
  const lasted = columns.duration_ms;
  const calls = table({
    place,
    duration_up: lasted.map((ms) => (ms < 0 ? 2 ** 31 - 1 : ms)),
    duration_down: lasted,
    customer_up: texts.map((text) => (text === '' ? '\uffff' : text)),
    customer_down: texts,
  });
  let sorted;
  function sort(column, descending) {
    const key = descending ? desc(`${column}_down`) : `${column}_up`;
    sorted = calls.orderby(key, 'place').indices();
  }
  return { name: 'Arquero 7.2.1', sort, rows: () => Uint32Array.from(sorted) };
}
