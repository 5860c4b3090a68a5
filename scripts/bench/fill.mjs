// Databases with many users.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMAIL, end, portal } from './portal.mjs';
import { thousands } from './report.mjs';

/** Fills a database with so many users, unless an earlier part of the bench did. */
export async function fill(folder, url, users, company) {
  if (url.startsWith('sqlite:') && existsSync(url.slice(7)) && statSync(url.slice(7)).size > users * 500) return;
  const { child } = await portal(folder, url);
  await end(child);
  console.log(`fills ${url} with ${thousands(users)} users`);
  execFileSync('python3', ['scripts/bench/fill.py', url, EMAIL, String(users), String(company)], { stdio: 'inherit' });
}

/** A new database of the PostgreSQL that all parts of the bench share, which is started when it is first wanted. */
export function server(folder, name) {
  const file = join(folder, 'postgres.url');
  if (!existsSync(file)) {
    writeFileSync(file, execFileSync('scripts/postgres.sh', ['start', join(folder, 'postgres')], { encoding: 'utf8' }).trim());
  }
  const url = readFileSync(file, 'utf8');
  execFileSync('psql', [url, '-qc', `CREATE DATABASE ${name}`]);
  return url.replace(/\/postgres$/, `/${name}`);
}
