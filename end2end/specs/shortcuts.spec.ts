// Shortcuts: places and the search by single keys, and how to switch them off.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { david, noor } from '../fixtures/people.ts';
import { alive, button, enter, field, heading, notice, signIn, visit } from '../fixtures/steps.ts';
import type { Words } from '../fixtures/words.ts';

const palette = (page: Page, words: Words) => page.getByRole('dialog', { name: words.goTo, exact: true });
const filter = (page: Page, words: Words) => page.getByRole('searchbox', { name: words.filterPlaces, exact: true });

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test.beforeEach(async ({ page }) => {
      await enter(page, david.email, tag);
      await visit(page, '/');
    });

    test('two keys lead to a place, one to the search @script', async ({ page, words }) => {
      for (const [keys, title] of [
        ['gu', words.usersManagement],
        ['gp', words.profile],
        ['ga', words.activity],
        ['gu', words.usersManagement],
      ] as const) {
        await page.keyboard.type(keys);
        await expect(heading(page, title)).toBeFocused();
      }
      await page.keyboard.press('/');
      const search = page.locator('main').getByRole('searchbox');
      await expect(search).toBeFocused();
      // In a field they are letters.
      await page.keyboard.type('g/?');
      await expect(search).toHaveValue('g/?');
      await expect(palette(page, words)).toBeHidden();
      await expect(page).toHaveURL(/\/users/);
    });

    test('the list of places is filtered and followed by keyboard @script', async ({ page, words }) => {
      await page.keyboard.press('Control+k');
      await expect(filter(page, words)).toBeFocused();
      await page.keyboard.type('zzz');
      await expect(palette(page, words).getByText(words.noPlace)).toBeVisible();
      await expect(palette(page, words).getByRole('link')).toHaveCount(0);
      await filter(page, words).fill(words.profile.slice(0, 5).toUpperCase());
      await expect(palette(page, words).getByRole('link')).toHaveCount(1);
      await page.keyboard.press('Enter');
      await expect(heading(page, words.profile)).toBeFocused();
      await expect(palette(page, words)).toBeHidden();

      // Once the page is complete, so that its heading is the one to come back to.
      await expect(field(page, words.fullName)).toBeVisible();
      await page.keyboard.press('?');
      await expect(filter(page, words)).toHaveValue('');
      await expect(palette(page, words).getByRole('link')).not.toHaveCount(1);
      await page.keyboard.press('Escape');
      await expect(heading(page, words.profile)).toBeFocused();
      // The place that is on show already.
      await page.keyboard.press('?');
      await palette(page, words).getByRole('link', { name: words.profile }).click();
      await expect(palette(page, words)).toBeHidden();
    });

    test('they can be switched off @script', async ({ page, words }) => {
      await visit(page, '/profile');
      const shortcuts = page.getByRole('switch', { name: words.shortcuts, exact: true });
      await expect(shortcuts).toBeChecked();
      await shortcuts.uncheck();
      await button(page, words.save).click();
      await expect(notice(page, words.profileSaved)).toBeVisible();
      await alive(page);
      await page.reload();
      await alive(page);
      await expect(shortcuts).not.toBeChecked();
      await heading(page, words.profile).focus();
      await page.keyboard.type('gu');
      await page.keyboard.press('?');
      await page.keyboard.press('Control+k');
      await page.waitForTimeout(500);
      await expect(heading(page, words.profile)).toBeVisible();
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
  });
}

test('a menu that is open keeps the keys to itself @script', async ({ page, words }) => {
  await signIn(page, words, david.email);
  await visit(page, '/users');
  await button(page, words.actionsFor(noor.name)).click();
  await page.keyboard.type('gp');
  await page.keyboard.press('?');
  await expect(palette(page, words)).toBeHidden();
  await expect(heading(page, words.usersManagement)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('gp');
  await expect(heading(page, words.profile)).toBeFocused();
  await expect(field(page, words.fullName)).toHaveValue(david.name);
});
