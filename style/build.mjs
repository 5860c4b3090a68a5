// Joins the style files in their fixed order, checks and minifies them, and writes one line
// to target/style/customer-center.css. Any parse error or warning stops the build: the tools
// after this one ship a broken file without a word.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'lightningcss';

const style = dirname(fileURLToPath(import.meta.url));
const out = join(style, '..', 'target', 'style', 'customer-center.css');

const byName = (a, b) => (a < b ? -1 : 1);
const files = readdirSync(style).sort(byName).flatMap((entry) => {
  if (/^\d\d-.*\.css$/.test(entry)) return [entry];
  if (!/^\d\d-/.test(entry)) return [];
  return readdirSync(join(style, entry)).filter((f) => f.endsWith('.css')).sort(byName).map((f) => join(entry, f));
});
const parts = files.map((file) => ({ file, text: readFileSync(join(style, file), 'utf8').trimEnd() + '\n' }));
const joined = parts.map((part) => part.text).join('');

/** Names the file and line that a line of the joined text came from. */
function origin(line) {
  let left = line;
  for (const { file, text } of parts) {
    const lines = text.split('\n').length - 1;
    if (left <= lines) return `style/${file}:${left}`;
    left -= lines;
  }
  return 'style';
}

function stop(messages) {
  for (const { line, message } of messages) console.error(`${origin(line)}: ${message}`);
  process.exit(1);
}

let result;
try {
  result = transform({
    filename: 'customer-center.css',
    code: Buffer.from(joined),
    minify: true,
    targets: { chrome: 130 << 16, edge: 130 << 16, firefox: 130 << 16, safari: 18 << 16, ios_saf: 18 << 16 },
  });
} catch (error) {
  stop([{ line: error.loc?.line ?? 0, message: error.message }]);
}
if (result.warnings.length > 0) stop(result.warnings.map((w) => ({ line: w.loc.line, message: w.message })));

const css = result.code.toString('utf8');
if (css.includes('/*') || css.trimEnd().includes('\n')) stop([{ line: 0, message: 'the minified file has a comment or a line break' }]);
// An unlayered rule would silently beat every layer.
const outside = css.replace(/@layer [\w, ]+;/, '');
if (!topLevelIsLayered(outside)) stop([{ line: 0, message: 'a rule stands outside the layers' }]);

mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, css);
console.log(`target/style/customer-center.css: ${files.length} files, ${css.length} bytes`);

/** True if every block at depth 0 begins with `@layer`. */
function topLevelIsLayered(text) {
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"' || c === "'") {
      i = text.indexOf(c, i + 1);
    } else if (c === '{') {
      if (depth === 0 && !text.slice(start, i).trim().startsWith('@layer ')) return false;
      depth += 1;
    } else if (c === '}') {
      depth -= 1;
      if (depth === 0) start = i + 1;
    }
  }
  return true;
}
