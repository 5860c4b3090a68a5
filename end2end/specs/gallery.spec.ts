// Every component in every state, in the program as developers build it.
import { expect, test } from '../fixtures/test.ts';
import { look } from '../fixtures/look.ts';

for (const [name, path] of [
  ['gallery', '/gallery'],
  ['gallery of plain pages', '/gallery?frame=plain'],
] as const) {
  test(name, async ({ page }, info) => {
    expect((await page.goto(path))?.status()).toBe(200);
    await look(page, name);
    expect(info.errors, 'what is wrong with the page').toEqual([]);
  });
}
