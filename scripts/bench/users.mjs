// How many lists of users one processor answers in a second, beside a bare axum handler.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from './fill.mjs';
import { BUILT, COMPANY, CONNECTIONS, EMAIL, PASSWORD, USERS, ask, end, freePort, letGo, portal, rate, signIn, start } from './portal.mjs';
import { section, thousands } from './report.mjs';

const [folder] = process.argv.slice(2);
const database = `sqlite:${join(folder, 'large.sqlite')}`;
await fill(folder, database, USERS, COMPANY);
const running = await portal(folder, database, { processor: 0 });
const headers = { cookie: await signIn(running.base) };
const first = await ask(`${running.base}/users`, { headers });
const page = join(folder, 'users.html');
writeFileSync(page, first.body);
const after = /\?after=[^"&]+/.exec(first.body.toString())[0];
const pages = {
  'first page': '',
  'next page': after,
  'name search': '?q=moser',
  'filter by status': '?status=deactivated',
  'filter by role': '?role=approver',
};
const measured = [];
for (const [name, query] of Object.entries(pages)) {
  measured.push([name, await rate(`${running.base}/users${query}`, headers)]);
}
await end(running.child);

const port = await freePort();
const bareUrl = `http://127.0.0.1:${port}/users`;
const handler = join(BUILT, 'examples', 'bare_users');
const bare = await start([handler, database, EMAIL, PASSWORD, page, String(port)], {}, bareUrl, { processor: 0 });
const { perSecond } = await rate(bareUrl);
await end(bare.child);
letGo();

section('Users management beside a bare handler', [
  `A company of ${thousands(COMPANY)} in a database of ${thousands(USERS)}: SQLite, signed in, one processor for the host, ${CONNECTIONS} connections, 25 rows, ${thousands(first.body.length)} bytes of HTML. The bare handler asks the same use case and writes the same bytes without framework, session and layers. The goal is 0.6 of it.`,
  '',
  '| page | requests/s | p95 | of the bare handler |',
  '|---|---|---|---|',
  ...measured.map(([name, found]) =>
    `| ${name} | ${Math.round(found.perSecond)} | ${found.p95.toFixed(0)} ms | ${name === 'first page' ? (found.perSecond / perSecond).toFixed(2) : ''} |`),
  `| bare axum handler, first page | ${Math.round(perSecond)} | | 1 |`,
]);
