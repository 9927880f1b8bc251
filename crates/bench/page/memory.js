// G10: what it takes to hold a table.
import { OURS, rest, verdictOf } from './contest.js';
import { lines, times } from './report.js';

/** AG Grid needs this much more than we do: we need a quarter. */
const BAR = 4;

/** Objects of scripts, in megabytes, when nothing is left that nobody needs. */
export async function heap_mb() {
  for (let nth = 0; nth < 3; nth++) {
    globalThis.gc?.();
    await rest(50);
  }
  return performance.memory.usedJSHeapSize / 1e6;
}

/** Mounts everybody alone. Grids need the calls as objects, Calldeck its book, in which there is
 * more of each call than grids are given. */
export async function memory({ all, rows, calldeck, book_mb, rows_mb, size, say }) {
  const title = `G10 memory of a table of ${size}`;
  const results = [];
  for (const { name, table, stage } of all) {
    say(`${title}: ${name}`);
    const before_mb = await heap_mb();
    await table.mount(stage, rows, calldeck);
    const own_mb = (await heap_mb()) - before_mb;
    table.unmount(stage);
    const calls_mb = name === OURS ? book_mb : rows_mb;
    results.push({ name, calls_mb, own_mb, all_mb: calls_mb + own_mb });
  }
  const [ours] = results;
  for (const one of results) one.ratio = one.all_mb / ours.all_mb;
  const grid = results.find((one) => one.name.startsWith('AG Grid'));
  grid.bar = BAR;
  grid.verdict = verdictOf(grid.ratio, grid.ratio, BAR);
  const mb = (megabytes) => megabytes.toFixed(0);
  const heads = ['', 'calls MB', 'table MB', 'together', 'x ours', 'bar', ''];
  const body = results.map((one) => [
    one.name, mb(one.calls_mb), mb(one.own_mb), mb(one.all_mb), one === ours ? '' : times(one.ratio),
    one.bar === undefined ? '' : `>= ${one.bar}`, one.verdict ?? '',
  ]);
  return { title, results, table: [`\n${title}`, ...lines([heads, ...body])].join('\n') };
}
