// Starts the portal, signs in, asks.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const BUILT = join(process.env.CARGO_TARGET_DIR ?? 'target', 'release');
export const EMAIL = 'david16@adventure-works.example';
const STAFF = 'office@adventure-works.example';
const STAFF_APP = 'ORCHARDLANTERNADMINISTRATOR22222';
export const PASSWORD = 'orchard lantern 42';
export const CONNECTIONS = 16;
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
export const USERS = Number(process.env.BENCH_USERS ?? 1_000_000);
export const COMPANY = Number(process.env.BENCH_COMPANY ?? 100_000);

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** One request; answers status, headers and body. */
export function ask(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const call = request(url, { agent, method, headers: { accept: 'text/html', ...headers } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on('error', fail);
    });
    call.on('error', fail);
    call.end(body);
  });
}

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts a program, on one processor if asked; answers once `url` does, and how long that took. */
export async function start(command, environment, url, { processor, log } = {}) {
  const began = performance.now();
  const [program, ...rest] = processor === undefined ? command : ['taskset', '-c', String(processor), ...command];
  const child = spawn(program, rest, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', log ?? 'inherit'],
  });
  for (;;) {
    const status = await ask(url).then((answer) => answer.status, () => 0);
    if (status >= 200 && status < 400) break;
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await sleep(2);
  }
  return { child, took: performance.now() - began };
}

/** A portal with the demo's people, serving this database. */
export async function portal(folder, database, options = {}) {
  const base = `http://127.0.0.1:${await freePort()}`;
  const environment = {
    CC_LISTEN: base.slice(7),
    CC_METRICS_LISTEN: '',
    CC_DATABASE_URL: database,
    CC_MAIL_DIR: join(folder, 'mails'),
    CC_LOG: 'warn',
    ...options.environment,
  };
  const command = [join(BUILT, 'customer-center'), 'demo'];
  return { base, ...(await start(command, environment, `${base}/health/ready`, options)) };
}

export async function end(child) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** What a process holds, in MB: all, and what is no file. */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024;
  return { all: of('VmRSS'), own: of('RssAnon'), most: of('VmHWM') };
}

/** Sends a form; answers the cookies that were set. */
async function send(base, path, fields, cookie = '') {
  const form = new URLSearchParams(fields).toString();
  const answer = await ask(`${base}/api/${path}`, {
    method: 'POST',
    headers: { origin: base, cookie, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(form) },
    body: form,
  });
  const cookies = (answer.headers['set-cookie'] ?? []).map((set) => set.split(';')[0]);
  if (cookies.length === 0) throw new Error(`${path} answered ${answer.status} without a cookie`);
  return cookies.join('; ');
}

/** Signs in; answers the cookies. */
export const signIn = (base, email = EMAIL) => send(base, 'accounts/sign_in', { email, password: PASSWORD, slug: '', next: '/' });

/** Signs in to the Back Office as its administrator, with both steps; answers the cookies. */
export async function signInToOffice(base) {
  const first = await send(base, 'office/sign_in', { email: STAFF, password: PASSWORD });
  return send(base, 'office/second_step', { code: code(STAFF_APP) }, first);
}

/** The code that an app shows now (RFC 6238). */
function code(secret) {
  const letters = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from(letters.join('').match(/.{8}/g).map((bits) => Number.parseInt(bits, 2)));
  const period = Buffer.alloc(8);
  period.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(period).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** Asks for a page; throws when it can't be had. Answers the milliseconds it took. */
export async function timed(url, headers) {
  const began = performance.now();
  const answer = await ask(url, { headers });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - began;
}

/** Asks as fast as it can for some seconds; answers requests per second and the slow ones' time. */
export async function rate(url, headers = {}) {
  const times = [];
  const round = async (until) => {
    while (performance.now() < until) times.push(await timed(url, headers));
  };
  const all = (ms) => Promise.all(Array.from({ length: CONNECTIONS }, () => round(performance.now() + ms)));
  await all(2_000);
  times.length = 0;
  const began = performance.now();
  await all(SECONDS * 1_000);
  const perSecond = times.length / ((performance.now() - began) / 1_000);
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond, p95: sorted[Math.floor(sorted.length * 0.95)] };
}

/** Lets go of all connections, so that the program can end. */
export const letGo = () => agent.destroy();
