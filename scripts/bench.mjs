// Asks a running demo for its main pages and prints how fast it answers.
//   node scripts/bench.mjs http://127.0.0.1:3000 [seconds]
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [base, seconds = '10'] = process.argv.slice(2);
const CONNECTIONS = 16;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** One request; answers status, headers and size of the body. */
function ask(path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const call = request(new URL(path, base), { agent, method, headers: { accept: 'text/html', ...headers } }, (answer) => {
      let bytes = 0;
      answer.on('data', (data) => { bytes += data.length; });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, bytes }));
    });
    call.on('error', fail);
    call.end(body);
  });
}

async function ready() {
  for (let i = 0; i < 300; i += 1) {
    const status = await ask('/health/ready').then((answer) => answer.status, () => 0);
    if (status === 204) return;
    await sleep(100);
  }
  throw new Error(`${base} does not become ready`);
}

async function signIn() {
  const form = new URLSearchParams({ email: 'david16@adventure-works.example', password: 'orchard lantern 42', slug: '', next: '/' });
  const answer = await ask('/api/accounts/sign_in', {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(form.toString()) },
    body: form.toString(),
  });
  const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error(`sign-in answered ${answer.status} without a cookie`);
  return cookies.join('; ');
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

async function measure(name, path, headers) {
  const times = [];
  let wrong = 0;
  let bytes = 0;
  const until = performance.now() + Number(seconds) * 1000;
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() < until) {
      const started = performance.now();
      const answer = await ask(path, { headers });
      times.push(performance.now() - started);
      bytes = answer.bytes;
      if (answer.status !== 200) wrong += 1;
    }
  }));
  const took = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const ms = (share) => at(times, share).toFixed(1).padStart(7);
  console.log(`${name.padEnd(22)} ${Math.round(times.length / took).toString().padStart(6)}/s   p50${ms(0.5)} ms   p95${ms(0.95)} ms   p99${ms(0.99)} ms   ${bytes} bytes${wrong ? `   ${wrong} NOT 200` : ''}`);
  return wrong;
}

await ready();
const cookie = await signIn();
let wrong = 0;
wrong += await measure('sign-in page', '/sign-in', {});
wrong += await measure('overview', '/', { cookie });
wrong += await measure('users management', '/users', { cookie });
wrong += await measure('edit form, new user', '/users/new', { cookie });
agent.destroy();
process.exit(wrong === 0 ? 0 : 1);
