// Fails when what the browser has to fetch outgrows its budget, or when the site holds what only
// the host may know. Sizes are of the brotli form, in bytes.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const site = process.argv[2] ?? fileURLToPath(new URL('../target/site', import.meta.url));
const pkg = join(site, 'pkg');
const fonts = join(site, 'fonts');
const problems = [];

/** The one file of pkg of this name, which carries a hash. */
function hashed(extension, name = 'customer-center') {
  const pattern = new RegExp(`^${name}\\.[\\w-]{22}\\.${extension}$`);
  const found = readdirSync(pkg).filter((file) => pattern.test(file));
  if (found.length !== 1) throw new Error(`${pkg} has ${found.length} files ${name}.….${extension} instead of one; make site builds it`);
  return join(pkg, found[0]);
}

const size = (path) => statSync(path).size;
const compressed = (path) => size(`${path}.br`);

function budget(what, bytes, most) {
  console.log(`${what.padEnd(28)} ${String(bytes).padStart(7)} of ${most} bytes`);
  if (bytes > most) problems.push(`${what} outgrows its budget by ${bytes - most} bytes`);
}

const [js, wasm, css] = ['js', 'wasm', 'css'].map((extension) => hashed(extension));
const partsJs = hashed('js', '__wasm_split');
const parts = JSON.parse(readFileSync(hashed('json', '__wasm_split_manifest'), 'utf8'));
const font = join(fonts, readdirSync(fonts).find((name) => name.endsWith('-latin-wght-normal.woff2')));
// The list of users is in the program itself; other pages fetch a part as well.
const program = compressed(js) + compressed(partsJs) + compressed(wasm);
budget('script and wasm, users', program, 300_000);
for (const [part, files] of Object.entries(parts)) {
  const more = files.reduce((sum, file) => sum + compressed(join(pkg, `${file}.wasm`)), 0);
  budget(`script and wasm, ${part}`, program + more, 475_000);
}
budget('style', compressed(css), 15_000);
budget('style and first font', compressed(css) + size(font), 50_000);

// The style's build passes a broken file on without a word, unminified.
const style = readFileSync(css, 'utf8');
if (style.includes('/*') || style.trimEnd().includes('\n')) problems.push('the style is not minified');

const partFiles = [...new Set(Object.values(parts).flat())].map((file) => join(pkg, `${file}.wasm`));
for (const path of [js, partsJs, wasm, css, ...partFiles]) {
  const plain = readFileSync(path);
  if (!brotliDecompressSync(readFileSync(`${path}.br`)).equals(plain)) problems.push(`${path}.br is not of this build`);
  for (const secret of ['INSERT INTO', 'SELECT ', 'argon2', 'sqlite', 'postgres://', 'BEGIN IMMEDIATE']) {
    if (plain.includes(secret)) problems.push(`${path} holds “${secret}”, which belongs to the host`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`size: ${problems.length === 0 ? 1 : 0} passed, ${problems.length} failed`);
process.exit(problems.length === 0 ? 0 : 1);
