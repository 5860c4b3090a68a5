// What Lighthouse says of sign-in and the list of users, on a phone.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { end, letGo, portal, signIn } from './portal.mjs';
import { median, section } from './report.mjs';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const AUDITS = ['largest-contentful-paint', 'first-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

const [folder] = process.argv.slice(2);
const { base, child } = await portal(folder, `sqlite:${join(folder, 'lighthouse.sqlite')}`);
const cookie = await signIn(base);

function run(url, headers) {
  const json = execFileSync(
    'npx',
    ['--yes', LIGHTHOUSE, url, '--quiet', '--output=json', '--chrome-flags=--headless --no-sandbox --disable-gpu',
      `--only-categories=${CATEGORIES.join(',')}`, ...(headers ? ['--extra-headers', JSON.stringify(headers)] : [])],
    { env: { ...process.env, CHROME_PATH: '/usr/bin/chromium-headless-shell' }, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const { categories, audits } = JSON.parse(json);
  const lost = Object.values(audits).filter((a) => a.score !== null && a.score < 0.9 && a.scoreDisplayMode !== 'informative');
  console.log(`  ${url}: ${CATEGORIES.map((name) => Math.round(categories[name].score * 100)).join(' ')} ${AUDITS.map((name) => audits[name].displayValue).join(' ')}; ${lost.map((a) => a.id).join(' ')}`);
  return [...CATEGORIES.map((name) => categories[name].score * 100), ...AUDITS.map((name) => audits[name].numericValue)];
}

const rows = [];
for (const [name, path, headers] of [['sign-in', '/sign-in'], ['users', '/users', { Cookie: cookie }]]) {
  const runs = Array.from({ length: RUNS }, () => run(`${base}${path}`, headers));
  const [performance, accessibility, practices, lcp, fcp, tbt, cls] = runs[0].map((_, i) => median(runs.map((found) => found[i])));
  rows.push(`| ${name} | ${Math.round(performance)} | ${Math.round(accessibility)} | ${Math.round(practices)} | ${(lcp / 1_000).toFixed(1)} s | ${(fcp / 1_000).toFixed(1)} s | ${Math.round(tbt)} ms | ${cls.toFixed(3)} |`);
}
letGo();
await end(child);
section('Lighthouse, mobile', [
  `${LIGHTHOUSE}, a slow phone and network as it simulates them; the median of ${RUNS} runs.`,
  '',
  '| page | performance | accessibility | best practices | largest paint | first paint | blocked | shifted |',
  '|---|---|---|---|---|---|---|---|',
  ...rows,
  '| goal | 95 | 100 | 100 | | | | |',
]);
