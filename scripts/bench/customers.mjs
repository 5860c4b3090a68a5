// How long the Back Office takes to find one of very many customers, on both databases.
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { server } from './fill.mjs';
import { BUILT, end, letGo, portal, signInToOffice, timed } from './portal.mjs';
import { median, section, thousands } from './report.mjs';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 300);
const WARMING = 20;
const SEARCHES = {
  'a number': ({ number }) => number,
  'the beginning of a number': ({ number }) => number.slice(0, -3),
  'part of a name': ({ owner }) => owner.slice(0, 5),
  'two words of a name': ({ name }) => name.split(' ').slice(0, 2).join(' ').slice(0, -3),
  'a contact': ({ person }) => person,
  'part of an email': ({ email }) => email.split('@')[0],
};

const [folder] = process.argv.slice(2);
const files = join(folder, 'customers');

/** Some of the customers, from all over the file. */
async function some() {
  const step = Math.floor(CUSTOMERS / (ROUNDS + WARMING));
  const lines = async function* (name) {
    const reader = createInterface({ input: createReadStream(join(files, name)) });
    let first = true;
    for await (const line of reader) {
      if (!first) yield line.split(',');
      first = false;
    }
  };
  const found = new Map();
  let at = 0;
  for await (const [number, name] of lines('customers.csv')) {
    if (at++ % step === 0) found.set(number, { number, name, owner: name.split(' ')[0] });
  }
  for await (const [number, , , person, email] of lines('contacts.csv')) {
    const customer = found.get(number);
    if (customer && !customer.email) Object.assign(customer, { person, email });
  }
  return [...found.values()].slice(0, ROUNDS + WARMING);
}

async function measure(engine, customers) {
  const url = engine === 'SQLite' ? `sqlite:${join(folder, 'customers.sqlite')}` : server(folder, 'customers');
  await end((await portal(folder, url)).child);
  console.log(`imports ${thousands(CUSTOMERS)} customers into ${engine}`);
  const env = { ...process.env, CC_DATABASE_URL: url, CC_LOG: 'warn' };
  execFileSync(join(BUILT, 'customer-center'), ['import', files], { env, stdio: 'inherit' });
  const { base, child } = await portal(folder, url, { processor: 0 });
  const headers = { cookie: await signInToOffice(base) };
  const rows = [];
  for (const [what, text] of Object.entries(SEARCHES)) {
    const times = [];
    for (const customer of customers) {
      times.push(await timed(`${base}/office/customers?q=${encodeURIComponent(text(customer))}`, headers));
    }
    const settled = times.slice(WARMING).toSorted((a, b) => a - b);
    const p95 = settled[Math.floor(settled.length * 0.95)];
    rows.push(`| ${engine} | ${what} | ${text(customers.at(-1))} | ${median(settled).toFixed(1)} ms | ${p95.toFixed(1)} ms |`);
    console.log(rows.at(-1));
  }
  await end(child);
  return rows;
}

if (!existsSync(files)) execFileSync('python3', ['scripts/fill_customers.py', files, String(CUSTOMERS)]);
const customers = await some();
const rows = [];
for (const engine of (process.env.BENCH_ENGINES ?? 'SQLite,PostgreSQL').split(',')) rows.push(...(await measure(engine, customers)));
letGo();
section('Search of customers', [
  `The Back Office's page of customers, with ${thousands(CUSTOMERS)} of them and one or two contacts each: ${ROUNDS} searches of each sort, each for another customer, one after the other, one processor for the host. The goal is 50 ms for 95 of 100.`,
  '',
  '| database | search for | such as | median | p95 |',
  '|---|---|---|---|---|',
  ...rows,
]);
