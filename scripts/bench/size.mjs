// What a browser has to fetch: the files, and with them the list of users as the first page.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ask, end, letGo, portal, signIn } from './portal.mjs';
import { section, thousands } from './report.mjs';

const [folder] = process.argv.slice(2);
const files = execFileSync('node', ['scripts/size.mjs'], { encoding: 'utf8' }).trim();

const { base, child } = await portal(folder, `sqlite:${join(folder, 'size.sqlite')}`);
const headers = { 'accept-encoding': 'br', cookie: await signIn(base) };
const bytes = async (path) => (await ask(`${base}${path}`, { headers })).body.length;
const plain = (await ask(`${base}/users`, { headers: { cookie: headers.cookie } })).body.toString();
const found = (pattern) => pattern.exec(plain)[1];
const html = await bytes('/users');
const style = await bytes(found(/<link rel="stylesheet" href="([^"]+)"/));
const font = await bytes(found(/<link rel="preload" href="([^"]+\.woff2)"/));
letGo();
await end(child);
section('Size', [
  '```',
  files,
  '```',
  '',
  'The list of users as the first page, fetched from the portal, compressed:',
  '',
  '| | bytes | goal |',
  '|---|---|---|',
  `| HTML (${thousands(plain.length)} before) | ${thousands(html)} | |`,
  `| style | ${thousands(style)} | |`,
  `| font | ${thousands(font)} | |`,
  `| all three | ${thousands(html + style + font)} | 70,000 |`,
]);
