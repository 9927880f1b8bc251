// DuckDB, on this page's own thread: the same queries as one would send to its worker.
import * as duckdb from 'duckdb';

import { tableOf } from './arquero.js';

export async function make(columns, [{ from_ms, days }]) {
  const files = { eh: { mainModule: '/duckdb-eh.wasm', mainWorker: '/duckdb-browser-eh.worker.js' }, mvp: { mainModule: '/duckdb-eh.wasm', mainWorker: '/duckdb-browser-eh.worker.js' } };
  const base = await duckdb.createDuckDB(files, new duckdb.VoidLogger(), duckdb.BROWSER_RUNTIME);
  await base.instantiate();
  const connection = base.connect();
  const calls = tableOf(columns, from_ms);
  const numbered = calls.assign({ row: Uint32Array.from({ length: calls.numRows() }, (_, row) => row) });
  connection.insertArrowFromIPCStream(numbered.toArrowIPC({ format: 'stream' }), { name: 'calls', create: true });
  let found;

  function ask({ statuses, agents, least_ms, most_ms }) {
    const listed = ({ words }, among) => among.map((word) => words.indexOf(word)).join(',');
    const where = `deleted = 0 and status in (${listed(columns.status, statuses)})
      and agent in (${listed(columns.agent, agents)}) and ms between ${least_ms} and ${most_ms}`;
    const query = (what) => connection.query(what);
    found = {
      sums: query(`select count(*)::double n, count(*) filter (answered = 1)::double answered_yes,
        count(*) filter (answered = 0)::double answered_no, count(*) filter (answered = 2)::double answered_unknown,
        sum(ms)::double talk, avg(ms)::double middle, median(ms)::double mid, sum(todo)::double pending
        from calls where ${where}`),
      how: query(`select success::int k, count(*)::double n from calls where ${where} group by 1`),
      perDay: query(`select day::int d, success::int k, count(*)::double n from calls where ${where} group by 1, 2`),
      rows: query(`select "row"::uinteger r from calls where ${where}`),
    };
  }

  function answer() {
    const { n, answered_yes, answered_no, answered_unknown, talk, middle, mid, pending } = found.sums.toArray()[0];
    const how = [0, 0, 0];
    for (const one of found.how.toArray()) how[one.k] = one.n;
    const counts = new Array(days * 3).fill(0);
    for (const one of found.perDay.toArray()) counts[one.d * 3 + one.k] = one.n;
    return [n, answered_yes, answered_no, answered_unknown, talk, middle, mid, ...how, pending, ...counts, Uint32Array.from(found.rows.getChild('r').toArray()).sort()];
  }
  return { ask, answer };
}
