// Every component in every state, in the program as developers build it. The browser's part that the tests drive has
// no gallery, so that the page stays as the host wrote it.
import { expect, test } from '../fixtures/test.ts';
import { look } from '../fixtures/look.ts';

for (const [name, path] of [
  ['gallery', '/gallery'],
  ['gallery of plain pages', '/gallery?frame=plain'],
] as const) {
  test(name, async ({ page }, info) => {
    const body = 'export default async () => {}; export const hydrate = async () => {};';
    await page.route(/\/pkg\/[^/]*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body }));
    expect((await page.goto(path))?.status()).toBe(200);
    await look(page, name);
    expect(info.errors, 'what is wrong with the page').toEqual([]);
  });
}
