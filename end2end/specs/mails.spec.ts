// Every mail of the portal as people see it, in both languages: on phones and wide, light and dark, nothing
// beyond the edge and nothing hard to read. CC_SHOTS=DIR keeps a picture of each.
import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test.ts';
import { visit } from '../fixtures/steps.ts';
import { editor, signInToOffice } from '../fixtures/staff.ts';

const WIDTHS = [320, 600];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const language of ['en', 'de']) {
  test(`every mail reads well, ${language}`, async ({ page, somebody }) => {
    await signInToOffice(page, editor);
    await visit(page, '/office/templates');
    const all = await page.getByRole('table').getByRole('link').evaluateAll((found) => found.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
    const links = all.filter((path) => path.endsWith(`/${language}`));
    expect(links.length).toBeGreaterThan(20);
    const reader = await somebody({});
    for (const path of links) {
      const get = async (query: string) => {
        const answer = await page.request.get(`${path}/preview?${query}`);
        expect(answer.status(), path).toBe(200);
        return answer.text();
      };
      for (const dark of [false, true]) {
        await reader.setContent(await get(`sample=long&dark=${dark ? 1 : 0}`));
        for (const width of WIDTHS) {
          await reader.setViewportSize({ width, height: 900 });
          const name = `${path} ${dark ? 'dark' : 'light'} at ${width}`;
          const wide = await reader.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect.soft(wide, `${name}: pixels beyond the page`).toBeLessThanOrEqual(0);
          if (process.env.CC_SHOTS) {
            const file = `mail-${path.split('/').slice(3).join('-')}-${width}-${dark ? 'dark' : 'light'}.png`;
            await reader.screenshot({ path: join(process.env.CC_SHOTS, file), fullPage: true });
          }
        }
        const { violations } = await new AxeBuilder({ page: reader }).setLegacyMode().withTags(RULES).analyze();
        const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')} ${node.failureSummary}`));
        expect.soft(found, `${path} ${dark ? 'dark' : 'light'}`).toEqual([]);
      }
      expect.soft(await get('sample=long&view=text'), path).toContain('-- ');
    }
  });
}
