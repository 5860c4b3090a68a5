// Measures the release build and writes docs/quality.md; bench.sh builds what this needs.
//   node scripts/bench.mjs FOLDER SECONDS USERS
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { arch, cpus, release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, seconds, users] = process.argv.slice(2);
const PORTAL = 'target/release/customer-center';
const BARE = 'target/release/examples/bare_users';
const EMAIL = 'david16@adventure-works.example';
const PASSWORD = 'orchard lantern 42';
const LIGHTHOUSE = 'lighthouse@12.8.2';
const CONNECTIONS = 16;
const database = `sqlite:${join(folder, 'portal.sqlite')}`;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** One request; answers status, headers and body. */
function ask(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const call = request(url, { agent, method, headers: { accept: 'text/html', ...headers } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    call.on('error', fail);
    call.end(body);
  });
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts a program, on one processor if asked; answers once `url` does. */
async function start(command, environment, url, processor) {
  const began = performance.now();
  const [program, ...rest] = processor === undefined ? command : ['taskset', '-c', String(processor), ...command];
  const child = spawn(program, rest, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] });
  for (;;) {
    const status = await ask(url).then((answer) => answer.status, () => 0);
    if (status >= 200 && status < 400) break;
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await sleep(2);
  }
  return { child, took: performance.now() - began };
}

async function portal(processor) {
  const base = `http://127.0.0.1:${await freePort()}`;
  const environment = {
    CC_LISTEN: base.slice(7),
    CC_METRICS_LISTEN: '',
    CC_DATABASE_URL: database,
    CC_MAIL_DIR: join(folder, 'mails'),
    CC_LOG: 'warn',
  };
  return { base, ...(await start([PORTAL, 'demo'], environment, `${base}/health/ready`, processor)) };
}

async function end(child) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

async function signIn(base) {
  const form = new URLSearchParams({ email: EMAIL, password: PASSWORD, slug: '', next: '/' }).toString();
  const answer = await ask(`${base}/api/accounts/sign_in`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(form) },
    body: form,
  });
  const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error(`sign-in answered ${answer.status} without a cookie`);
  return cookies.join('; ');
}

/** Asks as fast as it can for some seconds; answers requests per second and the slow ones' times. */
async function rate(url, headers = {}) {
  const times = [];
  const round = async (until) => {
    while (performance.now() < until) {
      const began = performance.now();
      const answer = await ask(url, { headers });
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
      times.push(performance.now() - began);
    }
  };
  const all = (ms) => Promise.all(Array.from({ length: CONNECTIONS }, () => round(performance.now() + ms)));
  await all(2_000);
  times.length = 0;
  const began = performance.now();
  await all(Number(seconds) * 1_000);
  const perSecond = times.length / ((performance.now() - began) / 1_000);
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond, p95: sorted[Math.floor(sorted.length * 0.95)] };
}

function lighthouse(url, cookie) {
  const scores = { performance: [], accessibility: [], 'best-practices': [] };
  for (let run = 0; run < 3; run += 1) {
    const headers = cookie ? ['--extra-headers', JSON.stringify({ Cookie: cookie })] : [];
    const json = execFileSync(
      'npx',
      ['--yes', LIGHTHOUSE, url, '--quiet', '--output=json', '--chrome-flags=--headless --no-sandbox --disable-gpu',
        `--only-categories=${Object.keys(scores).join(',')}`, ...headers],
      { env: { ...process.env, CHROME_PATH: '/usr/bin/chromium-headless-shell' }, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const { categories, audits } = JSON.parse(json);
    for (const name of Object.keys(scores)) scores[name].push(Math.round(categories[name].score * 100));
    const lost = Object.values(audits).filter((a) => a.score !== null && a.score < 0.9 && a.scoreDisplayMode !== 'informative');
    console.log(`  ${url}: ${JSON.stringify(Object.fromEntries(Object.entries(scores).map(([k, v]) => [k, v.at(-1)])))} ${lost.map((a) => a.id).join(' ')}`);
  }
  return Object.values(scores).map(median);
}

const lines = [];
const say = (line = '') => {
  lines.push(line);
  console.log(line);
};
const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();

say('# Quality in numbers');
say();
say('Written by `make bench`; nothing here is typed by hand.');
say();
say(`Revision ${git('rev-parse', '--short', 'HEAD')} of ${git('show', '-s', '--format=%cs', 'HEAD')}; ${cpus().length} × ${cpus()[0].model.trim()}, Linux ${release()} ${arch()}.`);
say();
say('## Size');
say();
say('```');
say(execFileSync('node', ['scripts/size.mjs'], { encoding: 'utf8' }).trim());
say('```');
say();

let running = await portal();
await end(running.child);
const starts = [];
for (let i = 0; i < 5; i += 1) {
  running = await portal();
  starts.push(running.took);
  if (i < 4) await end(running.child);
}
await sleep(5_000);
const idle = memory(running.child.pid);
say('## Start and memory');
say();
say('| | measured | goal |');
say('|---|---|---|');
say(`| start to ready, migrated database | ${Math.round(median(starts))} ms | 300 ms |`);
say(`| memory when idle | ${idle.toFixed(1)} MB | 60 MB |`);
say();

let cookie = await signIn(running.base);
say('## Lighthouse, mobile');
say();
say('| page | performance | accessibility | best practices |');
say('|---|---|---|---|');
say(`| sign-in | ${lighthouse(`${running.base}/sign-in`).join(' | ')} |`);
say(`| users | ${lighthouse(`${running.base}/users`, cookie).join(' | ')} |`);
say();
await end(running.child);

console.log(`fills the database with ${users} users`);
execFileSync('python3', ['scripts/fill.py', join(folder, 'portal.sqlite'), EMAIL, users], { stdio: 'inherit' });
running = await portal(0);
cookie = await signIn(running.base);
const first = await ask(`${running.base}/users`, { headers: { cookie } });
const page = join(folder, 'users.html');
writeFileSync(page, first.body);
const after = /\?after=[^"&]+/.exec(first.body.toString())[0];
const pages = {
  'first page': '',
  'second page': after,
  'name search': '?q=lena+moser',
  'filter by status': '?status=deactivated',
  'filter by role': '?role=approver',
};
const measured = [];
for (const [name, query] of Object.entries(pages)) {
  measured.push([name, await rate(`${running.base}/users${query}`, { cookie })]);
}
await end(running.child);
const port = await freePort();
const bareUrl = `http://127.0.0.1:${port}/users`;
const bare = await start([BARE, database, EMAIL, PASSWORD, page, String(port)], {}, bareUrl, 0);
const { perSecond } = await rate(bareUrl);
await end(bare.child);
agent.destroy();

const number = Number(users).toLocaleString('en');
say(`## Users management, a company of ${(Number(users) / 10).toLocaleString('en')} in a database of ${number}`);
say();
say(`SQLite, signed in, one processor for the host and ${CONNECTIONS} connections.`);
say();
say('| page | requests/s | p95 | of the bare handler |');
say('|---|---|---|---|');
for (const [name, found] of measured) {
  const share = name === 'first page' ? (found.perSecond / perSecond).toFixed(2) : '';
  say(`| ${name} | ${Math.round(found.perSecond)} | ${found.p95.toFixed(0)} ms | ${share} |`);
}
say(`| bare axum handler, first page | ${Math.round(perSecond)} | | 1 |`);
writeFileSync('docs/quality.md', `${lines.join('\n')}\n`);
