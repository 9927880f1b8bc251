// What a careful programmer writes by hand: one loop over typed arrays, and a quickselect.
import { success, wanted } from '../columns.js';

const DAY_MS = 86_400_000;

export function make(columns) {
  const count = columns.started_ms.length;
  const [rows, lasted] = [new Uint32Array(count), new Int32Array(count)];
  const [status, agent] = [columns.status.codes, columns.agent.codes];
  const { started_ms, duration_ms, answered, todo, deleted } = columns;
  const succeeded = columns.success.codes;
  const order = success(columns);
  const place = new Uint8Array(3);
  order.forEach((code, nth) => (place[code] = nth));
  let found;

  function ask({ statuses, agents, least_ms, most_ms, from_ms, days }) {
    const [isStatus, isAgent] = [wanted(columns.status, statuses), wanted(columns.agent, agents)];
    const [told, perDay, how] = [new Uint32Array(3), new Uint32Array(days * 3), new Uint32Array(3)];
    let [calls, lasting, talk, open] = [0, 0, 0, 0];
    for (let row = 0; row < count; row++) {
      const ms = duration_ms[row];
      if (ms < least_ms || ms > most_ms || deleted[row]) continue;
      if (!isStatus[status[row]] || !isAgent[agent[row]]) continue;
      rows[calls++] = row;
      told[answered[row]]++;
      if (ms > 0) lasted[lasting++] = ms;
      talk += ms;
      open += todo[row];
      const success = place[succeeded[row]];
      how[success]++;
      perDay[Math.floor((started_ms[row] - from_ms) / DAY_MS) * 3 + success]++;
    }
    const median = middle(lasted.subarray(0, lasting));
    found = { calls, told, talk, mean: talk / lasting, median, how, open, perDay };
  }

  function answer() {
    const { calls, told, talk, mean, median, how, open, perDay } = found;
    return [calls, told[1], told[0], told[2], talk, mean, median, ...how, open, ...perDay, rows.slice(0, calls)];
  }
  return { ask, answer };
}

/** The median, without sorting everything. */
export function middle(values) {
  const at = (values.length - 1) / 2;
  const low = select(values, Math.floor(at));
  return (low + (at % 1 ? select(values, Math.ceil(at)) : low)) / 2;
}

function select(values, nth) {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let [low, high] = [from, to];
    while (low <= high) {
      while (values[low] < pivot) low++;
      while (values[high] > pivot) high--;
      if (low <= high) {
        const kept = values[low];
        values[low++] = values[high];
        values[high--] = kept;
      }
    }
    if (nth <= high) to = high;
    else if (nth >= low) from = low;
    else break;
  }
  return values[nth];
}

/** Sorts an index of rows, newest first where they are the same; what is unknown comes last. */
export function sorter(columns) {
  const texts = columns.text('customer_folded');
  let rows;
  function sort(column, descending) {
    rows = columns.newest.slice();
    const sign = descending ? -1 : 1;
    if (column === 'duration') {
      const { duration_ms } = columns;
      rows.sort((a, b) => {
        const [x, y] = [duration_ms[a], duration_ms[b]];
        if (x < 0 || y < 0) return (x < 0) - (y < 0);
        return sign * (x - y);
      });
      return;
    }
    rows.sort((a, b) => {
      const [x, y] = [texts[a], texts[b]];
      if (x === '' || y === '') return (x === '') - (y === '');
      return x < y ? -sign : x > y ? sign : 0;
    });
  }
  return { name: 'index of rows, by hand', sort, rows: () => rows };
}
