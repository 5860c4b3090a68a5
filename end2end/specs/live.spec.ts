// A list of users that is open shows what others do, without being loaded again.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { bronwyn, david, joerg, noor } from '../fixtures/people.ts';
import { button, choose, enter, field, heading, notice, row, signIn, visit } from '../fixtures/steps.ts';
import type { Words } from '../fixtures/words.ts';

/** What others did has to show within this time. */
const SOON = { timeout: 10_000 };

const box = (page: Page, words: Words, name: string) => page.getByRole('checkbox', { name: words.select(name), exact: true });

/** Opens the list and waits until it hears of changes. */
async function watchUsers(page: Page, address = '/users'): Promise<void> {
  const listens = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/users/live');
  await visit(page, address);
  expect((await listens).status()).toBe(200);
}

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('what somebody else does shows by itself @script', async ({ page, somebody, words }) => {
      await enter(page, david.email, tag);
      await watchUsers(page);
      const other = await somebody({ locale });
      await signIn(other, words, david.email);
      await visit(other, '/users');
      await choose(other, words, joerg.name, words.deactivate);
      await expect(row(other, joerg.name)).toContainText(words.statusDeactivated);
      await expect(row(page, joerg.name)).toContainText(words.statusDeactivated, SOON);
    });
  });
}

test.describe('while somebody works in the list', () => {
  test.beforeEach(async ({ page, words }) => {
    await signIn(page, words, david.email);
    await watchUsers(page);
  });

  test('ticks and focus stay with their rows @script', async ({ page, somebody, words }) => {
    await box(page, words, noor.name).check();
    await row(page, noor.name).getByRole('link').first().focus();
    const other = await somebody();
    await signIn(other, words, david.email);
    await visit(other, '/users/new');
    // By name before the others, so that all rows move.
    await field(other, words.fullName).fill('Aaron Abt');
    await field(other, words.workEmail).fill('aaron.abt@good-toys.example');
    await other.getByRole('checkbox', { name: words.buyer, exact: true }).check();
    await button(other, words.sendInvitation).click();
    await expect(notice(other, words.invited)).toBeVisible();

    await expect(row(page, 'Aaron Abt')).toBeVisible(SOON);
    await expect(box(page, words, noor.name)).toBeChecked();
    await expect(page.locator('tbody').getByRole('checkbox', { checked: true })).toHaveCount(1);
    await expect(row(page, noor.name).getByRole('link').first()).toBeFocused();
  });

  test('an open menu stays with its user until it is closed @script', async ({ page, somebody, words }) => {
    await button(page, words.actionsFor(noor.name)).click();
    const other = await somebody();
    await signIn(other, words, david.email);
    await visit(other, '/users');
    await choose(other, words, joerg.name, words.deactivate);
    await expect(row(other, joerg.name)).toContainText(words.statusDeactivated);
    await page.waitForTimeout(2_500);
    await expect(button(page, words.deactivate)).toBeVisible();
    await expect(row(page, joerg.name)).toContainText(words.statusActive);
    await page.keyboard.press('Escape');
    await expect(row(page, joerg.name)).toContainText(words.statusDeactivated, SOON);
  });

  test('what is being typed stays @script', async ({ page, somebody, words }) => {
    const search = page.getByRole('searchbox', { name: 'Search name or email' });
    await search.pressSequentially('strass');
    await expect(row(page, noor.name)).toHaveCount(0);
    const other = await somebody();
    await signIn(other, words, david.email);
    await visit(other, '/users');
    await choose(other, words, joerg.name, words.deactivate);
    await expect(row(page, joerg.name)).toContainText(words.statusDeactivated, SOON);
    await expect(search).toHaveValue('strass');
    await expect(search).toBeFocused();
    await expect(row(page, noor.name)).toHaveCount(0);
  });
});

test('who is switched off hears no more @script', async ({ page, somebody, words }) => {
  await signIn(page, words, david.email);
  await visit(page, '/users');
  await page.getByRole('link', { name: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
  await page.getByRole('checkbox', { name: words.mainContact, exact: true }).check();
  await button(page, words.save).click();
  await expect(notice(page, words.saved)).toBeVisible();

  const other = await somebody();
  await signIn(other, words, noor.email);
  await watchUsers(other);
  // The stream ends, the browser comes back once and is refused.
  const refused = other.waitForResponse((answer) => new URL(answer.url()).pathname === '/users/live' && answer.status() === 401);
  await visit(page, '/users');
  await choose(page, words, noor.name, words.deactivate);
  await expect(row(page, noor.name)).toContainText(words.statusDeactivated);
  await refused;
  await expect(row(other, bronwyn.name)).toBeVisible();
});
