// docs/quality.md, section by section.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';

const FILE = 'docs/quality.md';
const HEAD = `# Quality in numbers

Written by \`make bench\`, each section by a part of it (\`scripts/bench.sh size\`); nothing here is typed by hand. What the numbers
are for stands in [operations](operations.md#numbers).
`;
const ORDER = [
  'Size',
  'Start and memory',
  'Lighthouse, mobile',
  'Users management beside a bare handler',
  'Many users as few',
  'Search of customers',
  'Import',
  'Query plans',
];

/** Puts this section into its place, instead of what stood there. */
export function section(title, lines) {
  const found = new Map();
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  for (const text of before.split(/^(?=## )/m).slice(1)) found.set(/^## (.*)/.exec(text)[1], text.trimEnd());
  const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const on = `${cpus().length} × ${cpus()[0].model.trim()}, Linux ${release()}`;
  const mark = `Measured at revision ${git('rev-parse', '--short', 'HEAD')} of ${git('show', '-s', '--format=%cs', 'HEAD')} on ${on}.`;
  found.set(title, [`## ${title}`, '', mark, '', ...lines].join('\n'));
  const sections = ORDER.filter((name) => found.has(name)).map((name) => found.get(name));
  writeFileSync(FILE, `${[HEAD.trimEnd(), ...sections].join('\n\n')}\n`);
  console.log(['', `## ${title}`, '', ...lines].join('\n'));
}

export const thousands = (number) => Math.round(number).toLocaleString('en');
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
