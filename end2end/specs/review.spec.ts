// The review of who has access to a company.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/test.ts';
import { bronwyn, david, joerg, noor } from '../fixtures/people.ts';
import { alive, button, choose, enter, notice, row, signIn, visit } from '../fixtures/steps.ts';

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test.beforeEach(async ({ page, words }) => {
      await enter(page, david.email, tag);
      await visit(page, '/users');
      await page.getByRole('navigation').getByRole('link', { name: words.review.tab }).click();
      await expect(page).toHaveURL(/\/users\/review$/);
      await alive(page);
    });

    test('everybody is confirmed or deactivated, and the result is kept as a file', async ({ page, words }) => {
      await expect(notice(page, words.review.progress(0, 5))).toBeVisible();
      await expect(button(page, words.review.finish)).toHaveCount(0);
      await button(row(page, noor.name), words.review.confirm(noor.name)).click();
      await expect(row(page, noor.name)).toContainText(words.review.confirmed);
      await expect(row(page, noor.name)).toContainText(david.name);
      await expect(notice(page, words.review.progress(1, 5))).toBeVisible();

      await page.getByRole('link', { name: words.review.onlyOpen, exact: true }).click();
      await expect(row(page, bronwyn.name)).toBeVisible();
      await expect(row(page, noor.name)).toHaveCount(0);
      await choose(page, words, joerg.name, words.deactivate);
      await expect(notice(page, words.deactivated)).toBeVisible();
      await expect(row(page, joerg.name)).toHaveCount(0);
      await button(page, words.review.confirmAll).click();
      await expect(page.getByText(words.review.everybody)).toBeVisible();

      await button(page, words.review.finish).click();
      await expect(notice(page, words.review.finished)).toBeVisible();
      const arrives = page.waitForEvent('download');
      await page.getByRole('link', { name: words.exportCsv }).click();
      const file = await arrives;
      expect(file.suggestedFilename()).toBe('access-review.csv');
      const text = await readFile(await file.path(), 'utf8');
      expect(text.trimEnd().split('\r\n')).toHaveLength(6);
      const line = text.split('\r\n').find((cells) => cells.includes(joerg.email));
      expect(line).toContain(`"${words.review.decided}"`);
      expect(line).toContain(`"${words.buyer}"`);
    });

    test('what is confirmed stays so until the next session', async ({ page, words, somebody }) => {
      await button(row(page, noor.name), words.review.confirm(noor.name)).click();
      await expect(notice(page, words.review.progress(1, 5))).toBeVisible();
      const later = await somebody();
      await signIn(later, words, david.email);
      await visit(later, '/users/review');
      await expect(row(later, noor.name)).toContainText(david.name);
    });
  });
}
