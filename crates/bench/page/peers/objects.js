// What most dashboards do: an array of objects, filtered, with sums in a Map.

const DAY_MS = 86_400_000;
const KINDS = ['yes', 'no', 'not-stated'];

export function make(columns) {
  const { started_ms, duration_ms, answered, todo, deleted } = columns;
  const word = ({ codes, words }, row) => words[codes[row]];
  const calls = Array.from(started_ms, (at, row) => ({
    row,
    startedMs: at,
    durationMs: duration_ms[row] < 0 ? null : duration_ms[row],
    answered: [false, true, null][answered[row]],
    todo: todo[row] === 1,
    deleted: deleted[row] === 1,
    status: word(columns.status, row),
    agent: word(columns.agent, row),
    success: word(columns.success, row),
  }));
  let found;

  function ask({ statuses, agents, least_ms, most_ms, from_ms }) {
    const [statusSet, agentSet] = [new Set(statuses), new Set(agents)];
    const shown = calls.filter(
      (call) =>
        !call.deleted &&
        statusSet.has(call.status) &&
        agentSet.has(call.agent) &&
        call.durationMs !== null &&
        call.durationMs >= least_ms &&
        call.durationMs <= most_ms,
    );
    const [days, how] = [new Map(), new Map()];
    for (const call of shown) {
      const key = `${Math.floor((call.startedMs - from_ms) / DAY_MS)} ${call.success}`;
      days.set(key, (days.get(key) ?? 0) + 1);
      how.set(call.success, (how.get(call.success) ?? 0) + 1);
    }
    const lasted = shown.filter((call) => call.durationMs > 0).map((call) => call.durationMs);
    const talk = lasted.reduce((sum, ms) => sum + ms, 0);
    const sorted = Float64Array.from(lasted).sort();
    const at = (sorted.length - 1) / 2;
    const median = (sorted[Math.floor(at)] + sorted[Math.ceil(at)]) / 2;
    const told = (answer) => shown.filter((call) => call.answered === answer).length;
    const counts = [told(true), told(false), told(null)];
    const open = shown.filter((call) => call.todo).length;
    found = { shown, counts, talk, mean: talk / lasted.length, median, how, open, days };
  }

  function answer() {
    const { shown, counts, talk, mean, median, how, open, days } = found;
    const last = Math.max(...[...days.keys()].map((key) => Number(key.split(' ')[0])));
    const perDay = Array.from({ length: (last + 1) * 3 }, (_, nth) => days.get(`${Math.floor(nth / 3)} ${KINDS[nth % 3]}`) ?? 0);
    const rows = Uint32Array.from(shown, (call) => call.row);
    return [shown.length, ...counts, talk, mean, median, ...KINDS.map((kind) => how.get(kind) ?? 0), open, ...perDay, rows];
  }
  return { ask, answer };
}
