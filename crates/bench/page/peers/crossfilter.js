// crossfilter2: three dimensions are filtered. Its groups keep the sums; the median is taken from the
// records that it says have passed. What it was asked before decides what a question costs: it only
// touches the calls that pass one of the two and not the other.
import crossfilter from 'crossfilter2';

import { middle } from './typed.js';
import { success, wanted } from '../columns.js';

const DAY_MS = 86_400_000;

export function make(columns, [{ from_ms, days }]) {
  const { started_ms, duration_ms, answered, todo, deleted } = columns;
  const order = success(columns);
  const records = Array.from(started_ms, (at, row) => ({
    row,
    day: Math.floor((at - from_ms) / DAY_MS),
    ms: duration_ms[row],
    answered: answered[row],
    todo: todo[row],
    status: deleted[row] ? 255 : columns.status.codes[row],
    agent: columns.agent.codes[row],
    success: order.indexOf(columns.success.codes[row]),
  }));
  const all = crossfilter(records);
  const status = all.dimension((call) => call.status);
  const agent = all.dimension((call) => call.agent);
  const lasted = all.dimension((call) => call.ms);
  const perDay = all.dimension((call) => call.day * 3 + call.success).group().reduceCount();
  const sums = all.groupAll().reduce(add(1), add(-1), () => ({ calls: 0, told: [0, 0, 0], talk: 0, lasting: 0, how: [0, 0, 0], open: 0 }));
  let found;

  function ask(question) {
    const [isStatus, isAgent] = [wanted(columns.status, question.statuses), wanted(columns.agent, question.agents)];
    status.filterFunction((code) => isStatus[code] === 1);
    agent.filterFunction((code) => isAgent[code] === 1);
    lasted.filterRange([question.least_ms, question.most_ms + 1]);
    const shown = all.allFiltered();
    const median = middle(Int32Array.from(shown.filter((call) => call.ms > 0), (call) => call.ms));
    found = { shown, median, sums: sums.value(), perDay: perDay.all() };
  }

  /** As it is before anybody filters. */
  function clear() {
    for (const dimension of [status, agent, lasted]) dimension.filterAll();
  }

  function answer() {
    const { shown, median, sums: { calls, told, talk, lasting, how, open } } = found;
    const counts = new Array(days * 3).fill(0);
    for (const { key, value } of found.perDay) counts[key] = value;
    const rows = Uint32Array.from(shown, (call) => call.row).sort();
    return [calls, told[1], told[0], told[2], talk, talk / lasting, median, ...how, open, ...counts, rows];
  }
  return { ask, answer, clear };
}

const add = (sign) => (sums, call) => {
  sums.calls += sign;
  sums.told[call.answered] += sign;
  sums.talk += sign * Math.max(call.ms, 0);
  sums.lasting += call.ms > 0 ? sign : 0;
  sums.how[call.success] += sign;
  sums.open += sign * call.todo;
  return sums;
};
