// The documents that the benches write, section by section.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';

/** A document of sections in this order, each written by a part of the benches in the place of what stood there. */
function sections(file, head, order) {
  return (title, lines) => {
    const found = new Map();
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const text of before.split(/^(?=## )/m).slice(1)) found.set(/^## (.*)/.exec(text)[1], text.trimEnd());
    const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
    const on = `${cpus().length} × ${cpus()[0].model.trim()}, Linux ${release()}`;
    const mark = `Measured at revision ${git('rev-parse', '--short', 'HEAD')} of ${git('show', '-s', '--format=%cs', 'HEAD')} on ${on}.`;
    found.set(title, [`## ${title}`, '', mark, '', ...lines].join('\n').trimEnd());
    const texts = order.filter((name) => found.has(name)).map((name) => found.get(name));
    writeFileSync(file, `${[head.trimEnd(), ...texts].join('\n\n')}\n`);
    console.log(['', `## ${title}`, '', ...lines].join('\n'));
  };
}

export const section = sections(
  'docs/quality.md',
  `# Quality in numbers

Written by \`make bench\`, each section by a part of it (\`scripts/bench.sh size\`); nothing here is typed by hand. What the numbers
are for stands in [operations](operations.md#numbers), how the databases find the users in [query plans](query-plans.md).
`,
  [
    'Size',
    'Start and memory',
    'Lighthouse, mobile',
    'Users management beside a bare handler',
    'Many users as few',
    'Search of customers',
    'Import',
  ],
);

export const plans = sections(
  'docs/query-plans.md',
  `# Query plans

Written by \`scripts/bench.sh scale\`: how the large databases of [Many users as few](quality.md#many-users-as-few) find the members
of its pages.
`,
  ['SQLite', 'PostgreSQL'],
);

export const thousands = (number) => Math.round(number).toLocaleString('en');
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
