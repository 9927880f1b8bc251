// The results as a table for a terminal.
import { OURS } from './contest.js';

const HEADS = ['', 'median ms', 'best ms', 'x median', 'x best', 'slower in', 'bar', 'star', ''];

/** The table of one contest. */
export function table({ title, aim_ms, rounds, results, notes = [] }) {
  const rows = results.map((one) => [
    one.name,
    ms(one.median_ms),
    ms(one.best_ms),
    ...(one.name === OURS ? ['', '', ''] : [times(one.ratio), times(one.best_ratio), odds(one, rounds)]),
    one.bar === undefined ? '' : `>= ${one.bar}`,
    one.star === undefined ? '' : starred(one),
    one.verdict ?? '',
  ]);
  const aim = aim_ms === undefined ? '' : ` (aim: ${aim_ms} ms)`;
  const footnotes = results.filter((one) => one.note).map((one) => `  ${one.name}: ${one.note}`);
  const under = [...footnotes, ...notes.map((note) => `  ${note}`)];
  return [`\n${title}${aim}, ${rounds} rounds`, ...lines([HEADS, ...rows]), ...under].join('\n');
}

/** Rows of texts in columns: the first to the left, the others to the right. */
export function lines(rows) {
  const widths = rows[0].map((_, nth) => Math.max(...rows.map((row) => row[nth].length)));
  const cell = (text, nth) => (nth === 0 ? text.padEnd(widths[0]) : text.padStart(widths[nth]));
  return rows.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd());
}

const starred = (one) => `>= ${one.star}${Math.min(one.ratio, one.best_ratio) >= one.star ? ' *' : ''}`;
const odds = (one, rounds) => `${one.won}/${rounds} p=${one.p.toFixed(one.p < 0.01 ? 4 : 2)}`;
export const times = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));
export const ms = (time) => (time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0));
