// What the browser opens: runs the parts that the address names, tells `cargo xtask bench` how far
// it is and what came out. The answers go to where the page came from.
import init, * as calldeck from '/calldeck/bench.js';

import { table } from './report.js';

const asked = new URL(location.href).searchParams;
const parts = {
  analytics: () => import('./analytics.js'),
  table: () => import('./table.js'),
  search: () => import('./search.js'),
  sound: () => import('./sound.js'),
};

const tell = (what, text) => fetch(`/told/${what}`, { method: 'POST', body: text });
const say = (text) => void tell('progress', text);

async function run() {
  if (!crossOriginIsolated) throw new Error('The page is not isolated: its clock is too coarse.');
  const memory = (await init()).memory;
  const context = {
    calldeck, memory, say,
    rounds: Number(asked.get('rounds')),
    calls: Number(asked.get('calls')),
    transcripts: Number(asked.get('transcripts')),
    all: asked.get('all') === 'true',
  };
  const contests = [];
  for (const part of asked.get('parts').split(',')) {
    const { contests: of } = await parts[part]();
    for await (const result of of(context)) {
      contests.push({ part, ...result });
      await tell('table', result.table ?? table(result));
    }
  }
  const missed = contests.flatMap((one) => one.results).filter((one) => one.verdict === 'missed');
  await tell('json', JSON.stringify({ browser: navigator.userAgent, ...context, calldeck: undefined, memory: undefined, contests }));
  await tell('end', missed.length === 0 ? 'held' : 'missed');
}

run().catch((error) => tell('failed', String(error?.stack ?? error)));
