// G9, G10 and the grids' side of G8: a table of a million calls.
import { OURS, contest, median, rest, verdictOf } from './contest.js';
import { coded, texts } from './columns.js';
import { lines, ms, times } from './report.js';
import * as aggrid from './peers/aggrid.js';
import * as byhand from './peers/byhand.js';
import * as ours from './peers/calldeck.js';
import * as tabulator from './peers/tabulator.js';
import * as tanstack from './peers/tanstack.js';
import { motions, scrolled } from './scrolling.js';
import { heap_mb, memory } from './memory.js';

const PEERS = [
  { table: tanstack, mount: 75, filter: 30, sort: 100, text: 20 },
  { table: aggrid, mount: 50, filter: 8, sort: 100, text: 20 },
  { table: tabulator, mount: 15, filter: 8, sort: 100, text: 20 },
];
/** Beginnings of names; no other text of a call has them. Nobody is asked the same again soon. */
const BEGINNINGS = [
  'meie', 'beck', 'ross', 'kowa', 'nguy', 'jans', 'voge', 'somm', 'krue', 'yilm', 'nova', 'oezd',
  'hoff', 'fisc', 'baue', 'muel',
];
/** Names as they are typed on, letter by letter. */
const TYPED = [
  ['schm', 'schmi', 'schmid', 'schmidt'],
  ['kowa', 'kowal', 'kowals', 'kowalsk'],
  ['fisc', 'fisch', 'fische', 'fischer'],
  ['hoff', 'hoffm', 'hoffma', 'hoffman'],
  ['oezd', 'oezde', 'oezdem', 'oezdemi'],
];
/** How much longer AG Grid keeps the main thread busy than we do: we take 0.35 of its time. */
const SCROLL_BAR = 2.86;
/** Taking a million rows over takes seconds; nobody needs eleven rounds of that. */
const MOST_MOUNTS = 5;

export async function* contests(context) {
  const { calldeck, calls, rounds, say } = context;
  say(`making ${calls} calls`);
  calldeck.fill(calls);
  const book_mb = context.memory.buffer.byteLength / 1e6;
  const bare_mb = await heap_mb();
  const rows = objects(calldeck);
  const rows_mb = (await heap_mb()) - bare_mb;
  await Promise.all(['/grids.css', '/calldeck.css'].map(styled));
  const all = [{ name: OURS, table: ours }, ...PEERS.map((peer) => ({ name: peer.table.name, ...peer }))];
  for (const one of all) one.stage = stage();
  const size = `${calls.toLocaleString('en')} rows`;

  yield await memory({ all, rows, calldeck, book_mb, rows_mb, size, say });

  const mounted = ({ table, stage: place }) => ({
    tells: true,
    waits: true,
    run: async () => {
      table.unmount(place);
      await rest(50);
      const began = performance.now();
      await table.mount(place, rows, calldeck);
      void place.offsetHeight;
      return performance.now() - began;
    },
    answer: () => table.first(10),
  });
  yield await contest({
    title: `G9 mount a table of ${size}`,
    aim_ms: 20,
    contestants: all.map((one) => ({ name: one.name, bar: one.mount, ...mounted(one) })),
    rounds: Math.min(rounds, MOST_MOUNTS),
    say,
  });

  const put = ({ table }, text) => {
    table.filter(text);
    void document.body.offsetHeight;
  };
  const beginning = (one) => {
    let asked = 0;
    return {
      run: () => put(one, BEGINNINGS[asked++ % BEGINNINGS.length]),
      answer: () => [one.table.count(), ...one.table.first(10)],
    };
  };
  yield await contest({
    title: `G9 the beginning of a name is put into the filter of ${size}, until the rows are laid out`,
    aim_ms: 16.7,
    contestants: all.map((one) => ({ name: one.name, bar: one.filter, ...beginning(one) })),
    rounds,
    questions: 3,
    say,
  });
  const typing = (one) => ({
    tells: true,
    run: (round) => {
      const [first, ...letters] = TYPED[round % TYPED.length];
      put(one, first);
      const began = performance.now();
      for (const text of letters) put(one, text);
      return performance.now() - began;
    },
    answer: () => [one.table.count(), ...one.table.first(10)],
  });
  yield await contest({
    title: `G9 three letters more are typed into the filter of ${size}, the rows laid out after each`,
    aim_ms: 3 * 16.7,
    contestants: all.map((one) => ({ name: one.name, bar: one.filter, ...typing(one) })),
    rounds,
    questions: 2,
    say,
  });
  for (const { table } of all) table.filter('');

  for (const [column, bar] of [['duration', 'sort'], ['customer', 'text']]) {
    const sorting = ({ table, stage: place }) => ({
      tells: true,
      waits: true,
      run: async () => {
        table.sort(undefined);
        await rest(20);
        const began = performance.now();
        table.sort(column);
        void place.offsetHeight;
        return performance.now() - began;
      },
      answer: () => table.first(10),
    });
    yield await contest({
      title: `G8 sort a table of ${size} by ${column}, until the rows are laid out`,
      contestants: all.map((one) => ({ name: one.name, bar: one[bar], ...sorting(one) })),
      rounds: Math.min(rounds, MOST_MOUNTS),
      say,
    });
    for (const { table } of all) table.sort(undefined);
  }
  yield await scrolling(all, rows, rounds, size, say);
  for (const one of all) one.table.unmount(one.stage);
  calldeck.empty();
}

function styled(href) {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  document.head.append(link);
  return new Promise((resolve) => (link.onload = resolve));
}

/** A place of the size of a window's list, at the top of the page when it is looked at. */
function stage() {
  const place = document.createElement('div');
  Object.assign(place.style, { width: '1200px', height: '640px', position: 'relative', overflow: 'hidden' });
  document.body.append(place);
  return place;
}

/** The calls as grids want them: an object each, newest first. */
function objects(calldeck) {
  calldeck.sort('-time');
  const [started, duration] = [calldeck.numbers('started_ms'), calldeck.numbers('duration_ms')];
  const column = (name) => {
    const { codes, words } = coded(calldeck, name);
    return (row) => words[codes[row]];
  };
  const shared = ['agent_name', 'connection', 'direction', 'status', 'success'];
  const [agent, connection, direction, status, success] = shared.map(column);
  const [customer, folded, about] = ['customer', 'customer_folded', 'about'].map((name) => texts(calldeck, name));
  return Array.from(calldeck.rows(), (row) => ({
    id: row,
    started: started[row],
    customer: customer[row],
    folded: folded[row],
    about: about[row],
    agent: agent(row),
    connection: connection(row),
    direction: direction(row),
    status: status(row),
    duration: duration[row] < 0 ? undefined : duration[row],
    success: success(row),
  }));
}

async function scrolling(all, rows, rounds, size, say) {
  const control = { name: 'empty page', stage: stage(), table: empty() };
  const plain = { name: byhand.name, stage: stage(), table: byhand };
  control.table.mount(control.stage);
  byhand.mount(plain.stage, rows);
  const everybody = [control, ...all, plain].map((one) => ({ ...one, frames: [], busy: [] }));
  for (let round = 0; round < Math.min(rounds, MOST_MOUNTS); round++) {
    for (const one of everybody) {
      say(`G10 scrolling, round ${round + 1}: ${one.name}`);
      everybody.forEach((other) => (other.stage.style.display = other === one ? '' : 'none'));
      await rest(300);
      const before_ms = await busy_ms();
      one.frames.push(...(await scrolled(one.table.scroller(one.stage), motions(round))));
      // What somebody puts off is done by then.
      await rest(300);
      one.busy.push((await busy_ms()) - before_ms);
      if (one.table.last) one.reaches ??= await reaches(one);
    }
  }
  everybody.forEach((one) => (one.stage.style.display = ''));
  return scrollReport(everybody, size);
}

/** How long the page's main thread has been at work, as the system counts; NaN where nobody does. */
const busy_ms = async () => Number.parseFloat(await (await fetch('/busy')).text());

async function reaches({ table, stage: place }) {
  const scroller = table.scroller(place);
  for (let nth = 0; nth < 3; nth++) {
    scroller.scrollTop = scroller.scrollHeight;
    await rest(200);
  }
  const reached = table.last(place);
  scroller.scrollTop = 0;
  return reached;
}

function scrollReport(everybody, size) {
  const title = `G10 sweep through ${size} and jump in them: main-thread work a frame (aim: p99 4 ms)`;
  const sorted = everybody.map((one) => [...one.busy].sort((a, b) => a - b));
  const [[idle, ours], [idlest, best]] = [median, ([first]) => first].map((of) => sorted.map(of));
  const results = everybody.map(({ name, frames, busy, reaches: last }, nth) => {
    const work = frames.map((frame) => frame.work_ms).sort((a, b) => a - b);
    const at = (share) => work[Math.floor((work.length - 1) * share)];
    const lost = frames.reduce((sum, frame) => sum + frame.lost, 0);
    const long = frames.filter((frame) => frame.work_ms > 50).length;
    // What the empty page costs is the browser's.
    const busy_ms = median(sorted[nth]);
    const ratio = (busy_ms - idle) / (ours - idle);
    const best_ratio = (sorted[nth][0] - idlest) / (best - idlest);
    return { name, p50_ms: at(0.5), p99_ms: at(0.99), busy, busy_ms, ratio, best_ratio, lost, long, frames: frames.length, last };
  });
  const [control, mine] = results;
  // Frames that the empty page loses are the machine's.
  mine.verdict = mine.last && mine.long === 0 ? verdictOf(1, control.lost >= mine.lost ? 1 : 0, 1) : 'missed';
  const grid = results.find((one) => one.name === aggrid.name);
  if (Number.isFinite(grid.ratio)) grid.verdict = verdictOf(grid.ratio, grid.best_ratio, SCROLL_BAR);
  const known = (number, shown) => (Number.isFinite(number) ? shown(number) : '');
  const rows = results.map((one) => [
    one.name, ms(one.p50_ms), times(one.p50_ms / mine.p50_ms), ms(one.p99_ms), String(one.lost), String(one.long), String(one.frames),
    one.last === undefined ? '' : one.last ? 'yes' : 'no', known(one.busy_ms, ms),
    ...[one.ratio, one.best_ratio].map((ratio) => (one === control ? '' : known(ratio, times))),
    one === grid ? `>= ${SCROLL_BAR}` : '', one.verdict ?? '',
  ]);
  const heads = ['', 'p50 ms', 'x ours', 'p99 ms', 'frames lost', 'over 50 ms', 'of frames', 'last row', 'busy ms a round', 'x median', 'x best', 'bar', ''];
  return { title, results, table: [`\n${title}`, ...lines([heads, ...rows])].join('\n') };
}

/** As high as a page may be, with nothing in it. */
function empty() {
  return {
    mount: (place) => {
      const [scroller, long] = [document.createElement('div'), document.createElement('div')];
      Object.assign(scroller.style, { height: '640px', overflow: 'auto' });
      long.style.height = '8000000px';
      scroller.append(long);
      place.append(scroller);
    },
    scroller: (place) => place.firstElementChild,
  };
}
