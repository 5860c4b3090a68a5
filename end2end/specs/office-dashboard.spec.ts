// The start page of the Back Office: figures, charts with their tables, and ways into the lists.
import { expect, test } from '../fixtures/test.ts';
import { officeMailWordsOf } from '../fixtures/office-mail-words.ts';
import { heading, visit } from '../fixtures/steps.ts';
import { editor, office, signInToOffice } from '../fixtures/staff.ts';

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const own = officeMailWordsOf(locale);

    test('the dashboard tells how things stand and leads to the lists', async ({ page }) => {
      await signInToOffice(page, office);
      await visit(page, '/office');
      await expect(page.getByText(own.answers, { exact: true })).toBeVisible();
      const chart = page.getByRole('figure').filter({ hasText: own.sent });
      await expect(chart.getByRole('img')).toBeVisible();
      await expect(chart.getByRole('table')).toBeHidden();
      await chart.getByText(own.asTable).click();
      await expect(chart.getByRole('row')).toHaveCount(31);
      await page.getByRole('link', { name: own.mailsDead }).click();
      await expect(page).toHaveURL(/\/office\/mail\?state=dead/);
      await expect(heading(page, own.mail)).toBeVisible();
    });

    test('who may read none of it sees none of it', async ({ page }) => {
      await signInToOffice(page, editor);
      await visit(page, '/office');
      await expect(page.getByText(own.asTable)).toHaveCount(0);
      await expect(page.getByRole('link', { name: own.mail, exact: true })).toHaveCount(0);
    });
  });
}
