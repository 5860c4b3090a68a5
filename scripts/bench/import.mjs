// How long the embedded ERP takes for very many contacts, and with how much memory.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT, memory } from './portal.mjs';
import { section, thousands } from './report.mjs';

const CONTACTS = Number(process.env.BENCH_CONTACTS ?? 1_000_000);
const CUSTOMERS = Math.ceil(CONTACTS / 500);

const [folder] = process.argv.slice(2);
const files = join(folder, 'import');
mkdirSync(files, { recursive: true });

async function write(name, head, count, row) {
  const file = createWriteStream(join(files, name));
  file.write(`${head}\n`);
  for (let i = 0; i < count; i += 1) if (!file.write(`${row(i)}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

const number = (i, digits) => String(i).padStart(digits, '0');
await write(
  'customers.csv',
  'customer_number,name,currency,language,customer_center,administrator_email,street,postal_code,city,country,phone',
  CUSTOMERS,
  (i) => `B-${number(i, 6)},Company ${number(i, 6)},USD,en,yes,administrator${number(i, 6)}@bench.example,${i} Main Street,${number(i % 99_999, 5)},Springfield,US,+1 555 ${number(i % 10_000, 4)}`,
);
await write('contacts.csv', 'customer_number,contact_number,salutation,name,email,phone,is_main,is_company', CONTACTS, (i) =>
  `B-${number(i % CUSTOMERS, 6)},C-${number(i, 7)},ms,Lena Moser ${number(i, 7)},contact${number(i, 7)}@bench.example,+1 555 0100,no,no`);
await write('invoices.csv', 'customer_number,invoice_number,date,currency,total', CUSTOMERS, (i) =>
  `B-${number(i, 6)},I-${number(i, 7)},2026-01-15,USD,100.00`);

const environment = { ...process.env, CC_DATABASE_URL: `sqlite:${join(folder, 'import.sqlite')}`, CC_LOG: 'warn' };
const program = join(BUILT, 'customer-center');
execFileSync(program, ['migrate'], { env: environment, stdio: 'inherit' });

async function measure() {
  const began = performance.now();
  const child = spawn(program, ['import', files], { env: environment, stdio: 'inherit' });
  let most = 0;
  const look = setInterval(() => {
    try {
      most = Math.max(most, memory(child.pid).most);
    } catch {
      // It has just ended.
    }
  }, 50);
  const [code] = await once(child, 'exit');
  clearInterval(look);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return { seconds: (performance.now() - began) / 1_000, megabytes: most };
}
const first = await measure();
const again = await measure();
section('Import', [
  `${thousands(CONTACTS)} contacts of ${thousands(CUSTOMERS)} customers, into SQLite.`,
  '',
  '| | time | memory at most | goal |',
  '|---|---|---|---|',
  `| into an empty database | ${first.seconds.toFixed(1)} s | ${first.megabytes.toFixed(0)} MB | 60 s, 200 MB |`,
  `| the same once more | ${again.seconds.toFixed(1)} s | ${again.megabytes.toFixed(0)} MB | |`,
]);
