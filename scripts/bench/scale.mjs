// Whether a page of a large company in a large database takes as long as one of a small company in a small
// database, on both databases, and how the databases find its rows.
import { execFileSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill, server } from './fill.mjs';
import { COMPANY, USERS, ask, end, letGo, portal, signIn, timed } from './portal.mjs';
import { median, plans, section, thousands } from './report.mjs';

const SMALL = 1_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 300);
const PAGES = {
  'first page': () => '',
  'deep page': (deep) => `?after=${deep}`,
  'search, a surname': () => '?q=moser',
  'search, a full name': () => '?q=lena+moser+00001',
  'search, nobody': () => '?q=zzzz',
  'search, the middle of a word first': () => '?q=ena+moser+0000143',
  'search, one address': () => '?q=user0000077',
  'filter by status': () => '?status=deactivated',
  'filter by role': () => '?role=approver',
};

const [folder] = process.argv.slice(2);

/** Databases with this many users, once filled for all parts that want it. */
function databases(engine) {
  const names = { small: [SMALL, SMALL], large: [USERS, COMPANY] };
  if (engine === 'SQLite') {
    return Object.entries(names).map(([name, sizes]) => [name, `sqlite:${join(folder, `${name}.sqlite`)}`, sizes]);
  }
  return Object.entries(names).map(([name, sizes]) => [name, server(folder, name), sizes]);
}

/** The user a third of the way through the company, as a place to begin at. */
function deep(company) {
  const number = Math.floor(company / 3).toString(16).padStart(12, '0');
  return `01990000-0000-7002-8000-${number}`;
}

async function compare(engine) {
  const hosts = {};
  for (const [name, url, sizes] of databases(engine)) {
    await fill(folder, url, ...sizes);
    const host = await portal(folder, url, { processor: 0 });
    hosts[name] = { ...host, url, company: sizes[1], headers: { cookie: await signIn(host.base) } };
  }
  const rows = [];
  for (const [page, query] of Object.entries(PAGES)) {
    const times = { small: [], large: [] };
    const shown = {};
    for (let round = -20; round < ROUNDS; round += 1) {
      for (const [name, host] of Object.entries(hosts)) {
        const url = `${host.base}/users${query(deep(host.company))}`;
        const took = await timed(url, host.headers);
        if (round >= 0) times[name].push(took);
        else if (!(name in shown)) shown[name] = (await ask(url, { headers: host.headers })).body.toString().split('name="users"').length - 1;
      }
    }
    const [small, large] = [median(times.small), median(times.large)];
    rows.push(`| ${engine} | ${page} | ${shown.small} | ${small.toFixed(2)} ms | ${shown.large} | ${large.toFixed(2)} ms | ${(large / small).toFixed(2)} |`);
    console.log(rows.at(-1));
  }
  plans(engine, await explain(engine, hosts.large));
  for (const host of Object.values(hosts)) await end(host.child);
  return rows;
}

/** The statements about members of each page, as the host's log or the database's tells them. */
async function explain(engine, host) {
  await end(host.child);
  const log = join(folder, `${engine}.log`);
  const told = engine === 'SQLite' ? log : join(folder, 'postgres', 'postgres.log');
  if (engine !== 'SQLite') {
    for (const setting of ["session_preload_libraries = 'auto_explain'", 'auto_explain.log_min_duration = 0']) {
      execFileSync('psql', [host.url, '-qc', `ALTER DATABASE large SET ${setting}`]);
    }
  }
  const environment = { CC_LOG: 'warn,sqlx::query=debug', CC_LOG_FORMAT: 'json' };
  Object.assign(host, await portal(folder, host.url, { environment, log: openSync(log, 'w') }));
  const headers = { cookie: await signIn(host.base) };
  const lines = [];
  for (const [page, query] of Object.entries(PAGES)) {
    const from = readFileSync(told, 'utf8').length;
    await ask(`${host.base}/users${query(deep(host.company))}`, { headers });
    const text = readFileSync(told, 'utf8').slice(from);
    const found = execFileSync('python3', ['scripts/bench/plans.py', host.url], { input: text, encoding: 'utf8' }).trim();
    lines.push(`### ${page}`, '', '```', found, '```', '');
  }
  return lines;
}

const engines = (process.env.BENCH_ENGINES ?? 'SQLite,PostgreSQL').split(',');
const found = [];
for (const engine of engines) found.push(await compare(engine));
letGo();
section('Many users as few', [
  `A company of ${thousands(COMPANY)} in a database of ${thousands(USERS)} (large) beside one of ${thousands(SMALL)} in a database of ${thousands(SMALL)} (small): the median of ${ROUNDS} requests each, one after the other and in turn, signed in, one processor for the host. The goal is a ratio of at most 1.2.`,
  '',
  '| database | page | rows | small | rows | large | ratio |',
  '|---|---|---|---|---|---|---|',
  ...found.flat(),
]);
