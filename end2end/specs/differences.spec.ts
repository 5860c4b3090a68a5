// What shop and ERP say differently of the users.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { bronwyn, david } from '../fixtures/people.ts';
import { alive, button, enter, field, notice, row, summary, visit } from '../fixtures/steps.ts';
import type { Words } from '../fixtures/words.ts';

const NEW_NAME = 'Bronwyn Pryce-Lund';

/** Gives Bronwyn another name in the shop. */
async function rename(page: Page, words: Words): Promise<void> {
  await visit(page, '/users');
  await page.getByRole('link', { name: bronwyn.name, exact: true }).click();
  await field(page, words.fullName).fill(NEW_NAME);
  await button(page, words.save).click();
  await expect(notice(page, words.saved)).toBeVisible();
}

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test.beforeEach(async ({ page, words }) => {
      await enter(page, david.email, tag);
      await rename(page, words);
      await visit(page, '/users');
      await page.getByRole('navigation').getByRole('link', { name: words.differences.tab }).click();
      await expect(page).toHaveURL(/\/users\/differences$/);
      await alive(page);
      await expect(row(page, NEW_NAME)).toContainText(words.differences.otherName);
    });

    test('a name is taken over from the ERP', async ({ page, words }) => {
      await button(row(page, NEW_NAME), words.differences.take(NEW_NAME)).click();
      await expect(notice(page, words.differences.taken)).toBeVisible();
      await expect(row(page, NEW_NAME)).toHaveCount(0);
      await visit(page, '/users');
      await expect(row(page, bronwyn.name)).toBeVisible();
      await expect(row(page, NEW_NAME)).toHaveCount(0);
    });

    test('a name is written to the ERP', async ({ page, words }) => {
      await button(row(page, NEW_NAME), words.differences.tell(NEW_NAME)).click();
      await expect(notice(page, words.differences.told)).toBeVisible();
      await expect(row(page, NEW_NAME)).toHaveCount(0);
      await visit(page, '/users');
      await expect(row(page, NEW_NAME)).toBeVisible();
    });

    test('a difference is ignored, and listed again', async ({ page, words }) => {
      await button(row(page, NEW_NAME), words.differences.ignore(NEW_NAME)).click();
      await expect(notice(page, words.differences.ignored)).toBeVisible();
      await expect(row(page, NEW_NAME)).toHaveCount(0);
      await page.getByRole('link', { name: words.differences.showIgnored, exact: true }).click();
      await button(row(page, NEW_NAME), words.differences.recall(NEW_NAME)).click();
      await expect(notice(page, words.differences.recalled)).toBeVisible();
      await expect(row(page, NEW_NAME)).toHaveCount(0);
      await visit(page, '/users/differences');
      await expect(row(page, NEW_NAME)).toContainText(words.differences.otherName);
    });

    test('nobody decides about a difference that is settled', async ({ page, words }) => {
      const other = await page.context().newPage();
      await visit(other, '/users/differences');
      await button(row(other, NEW_NAME), words.differences.take(NEW_NAME)).click();
      await expect(notice(other, words.differences.taken)).toBeVisible();
      await button(row(page, NEW_NAME), words.differences.tell(NEW_NAME)).click();
      await expect(summary(page)).toContainText(words.differences.changed);
    });
  });
}
