// How fast the portal is there, and what it holds: idle, and while many use it and sign in.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, letGo, memory, portal, signIn, timed } from './portal.mjs';
import { median, section } from './report.mjs';

const PER_SECOND = 200;
const SIGN_INS_PER_SECOND = 4;
const MINUTES = Number(process.env.BENCH_LOAD_MINUTES ?? 3);

const [folder] = process.argv.slice(2);
const database = `sqlite:${join(folder, 'start.sqlite')}`;
let running = await portal(folder, database);
await end(running.child);
const starts = [];
for (let i = 0; i < 7; i += 1) {
  running = await portal(folder, database);
  starts.push(running.took);
  if (i < 6) await end(running.child);
}
await sleep(5_000);
const { base, child } = running;
const idle = memory(child.pid);

const headers = { cookie: await signIn(base) };
const pages = ['/', '/users', '/users?q=a', '/users/contacts', '/profile', '/users/invitations'];
const failed = [];
const under = [];
const samples = [];
const began = performance.now();
const seconds = MINUTES * 60;
for (let second = 0; second < seconds; second += 1) {
  for (let i = 0; i < PER_SECOND; i += 1) {
    await sleep(Math.max(0, began + (second + i / PER_SECOND) * 1_000 - performance.now()));
    under.push(timed(`${base}${pages[i % pages.length]}`, headers).catch((error) => failed.push(error.message)));
  }
  for (let i = 0; i < SIGN_INS_PER_SECOND; i += 1) {
    under.push(signIn(base, 'janeth1@adventure-works.example').catch((error) => failed.push(error.message)));
  }
  if (second % 5 === 4) samples.push(memory(child.pid).all);
}
await Promise.all(under);
const took = (performance.now() - began) / 1_000;
await sleep(10_000);
const after = memory(child.pid);
letGo();
await end(child);

const quarter = Math.ceil(samples.length / 4);
const least = (numbers) => Math.min(...numbers).toFixed(1);
const most = (numbers) => Math.max(...numbers).toFixed(1);
section('Start and memory', [
  '| | measured | goal |',
  '|---|---|---|',
  `| start to ready, migrated database (median of ${starts.length}) | ${Math.round(median(starts))} ms | 300 ms |`,
  `| memory when idle, all | ${idle.all.toFixed(1)} MB | 60 MB |`,
  `| of it, no file | ${idle.own.toFixed(1)} MB | |`,
  `| under load, second quarter of ${MINUTES} minutes | ${least(samples.slice(quarter, 2 * quarter))} to ${most(samples.slice(quarter, 2 * quarter))} MB | |`,
  `| under load, last quarter | ${least(samples.slice(-quarter))} to ${most(samples.slice(-quarter))} MB | flat |`,
  `| ten seconds after the load | ${after.all.toFixed(1)} MB | |`,
  '',
  `The load: ${PER_SECOND} pages and ${SIGN_INS_PER_SECOND} sign-ins a second were asked for and ${Math.round(under.length / took)} answered a second; ${failed.length} failed${failed.length > 0 ? ` (${[...new Set(failed)].slice(0, 2).join('; ')})` : ''}.`,
]);
