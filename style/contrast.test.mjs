// Computes the WCAG contrast of every pair of colours in use, from the token file itself,
// in both themes, all around the brand hues and over the whole range of chroma.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const source = readFileSync(new URL('20-tokens.css', import.meta.url), 'utf8');
const themes = { light: 0, dark: 1 };
const hues = Array.from({ length: 72 }, (_, i) => i * 5);
const chromas = [0, 0.06, 0.12, 0.185, 0.24];
const TEXT = 4.5;
const SHAPE = 3;

/** Splits at commas that are outside parentheses. */
function split(list) {
  const parts = [''];
  let depth = 0;
  for (const c of list) {
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (c === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts.map((part) => part.trim());
}

const tokens = new Map(
  [...source.matchAll(/--([\w-]+):\s*light-dark\((.*)\);/g)].map(([, name, pair]) => [name, split(pair)]),
);

/** The colour's linear sRGB channels, clipped to the gamut as browsers do. */
function linear(value, hue, chroma) {
  if (value.startsWith('#')) {
    return [1, 3, 5].map((i) => parseInt(value.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  }
  const parts = /^oklch\(([\d.]+) (?:min\(var\(--brand-c\), ([\d.]+)\)|var\(--brand-c\)) var\(--brand-h\)\)$/.exec(value);
  assert.ok(parts, `cannot read the colour ${value}`);
  const l = Number(parts[1]);
  const c = Math.min(chroma, Number(parts[2] ?? Infinity));
  const a = c * Math.cos((hue * Math.PI) / 180);
  const b = c * Math.sin((hue * Math.PI) / 180);
  const [x, y, z] = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ].map((v) => v ** 3);
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((v) => Math.min(1, Math.max(0, v)));
}

function luminance(name, theme, hue, chroma) {
  const values = tokens.get(name);
  assert.ok(values, `no token --${name}`);
  const [r, g, b] = linear(values[theme], hue, chroma);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front, back, theme, hue, chroma) {
  const [a, b] = [front, back].map((name) => luminance(name, theme, hue, chroma));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const sheets = ['canvas', 'surface', 'surface-2'];
const pairs = [];
const on = (floor, fronts, backs) => fronts.forEach((f) => backs.forEach((b) => pairs.push([f, b, floor])));

on(TEXT, ['text', 'text-2', 'text-3', 'accent-text'], [...sheets, 'accent-subtle']);
on(TEXT, ['text', 'text-2'], ['surface-3']);
on(TEXT, ['on-accent'], ['accent', 'accent-hover', 'bad-solid']);
on(TEXT, ['surface'], ['text']);
on(TEXT, ['bad-text', 'ok-text'], [...sheets, 'accent-subtle']);
on(TEXT, ['spot-text'], ['canvas']);
on(SHAPE, ['line-strong'], sheets);
on(SHAPE, ['focus'], [...sheets, 'accent-subtle']);
on(SHAPE, ['accent'], [...sheets, 'accent-subtle']);
on(SHAPE, ['bad-solid'], sheets);
on(SHAPE, ['ok', 'warn', 'bad'], ['surface', 'surface-3']);
for (const state of ['ok', 'warn', 'bad', 'info', 'spot']) {
  on(TEXT, [`${state}-text`, 'text', 'text-2'], [`${state}-subtle`]);
  on(SHAPE, [state], [`${state}-subtle`, 'surface', 'canvas']);
}

for (const [name, theme] of Object.entries(themes)) {
  test(`${name}: every pair is above its floor`, () => {
    const low = [];
    for (const [front, back, floor] of pairs) {
      for (const hue of hues) {
        for (const chroma of chromas) {
          const ratio = contrast(front, back, theme, hue, chroma);
          if (ratio < floor) low.push(`--${front} on --${back}: ${ratio.toFixed(2)} < ${floor} (hue ${hue}, chroma ${chroma})`);
        }
      }
    }
    assert.deepEqual(low, []);
  });
}

test('the computation agrees with known ratios', () => {
  for (const [front, back, theme, known] of [['text-2', 'surface', 0, 7.6], ['accent', 'surface', 0, 6.26], ['ok-text', 'ok-subtle', 1, 8.68]]) {
    const ratio = contrast(front, back, theme, 266, 0.185);
    assert.ok(Math.abs(ratio - known) < 0.02, `--${front} on --${back}: ${ratio}`);
  }
});

test('the brand of the token file is among those checked', () => {
  assert.match(source, /--brand-h: 266;/);
  assert.match(source, /--brand-c: \.185;/);
});
