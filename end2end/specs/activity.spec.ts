// The own profile, what people did in a company, and what somebody did oneself.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { PASSWORD, bronwyn, david, noor, thora } from '../fixtures/people.ts';
import { alive, button, choose, enter, field, heading, notice, pauseEnds, place, summary, visit } from '../fixtures/steps.ts';
import { wordsOf } from '../fixtures/words.ts';

const english = wordsOf('en');
/** The entries of a list, the latest first. */
const entries = (page: Page) => page.locator('main ol').getByRole('listitem');
const count = (page: Page) => page.locator('#results').getByRole('status');

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('the company reads who did what, and takes a deactivation back', async ({ page, words }) => {
      await enter(page, david.email, tag);
      await visit(page, '/users');
      await choose(page, words, noor.name, words.deactivate);
      await expect(notice(page, words.deactivated)).toBeVisible();
      await place(page, words, words.activity).click();
      await expect(heading(page, words.activity)).toBeVisible();
      await expect(entries(page).first()).toContainText(words.didDeactivate(david.name, noor.name));
      await expect(entries(page).first()).toContainText('127.0.0.0/24');
      // Thora was switched off when the demo was filled.
      await expect(entries(page).getByRole('button', { name: new RegExp(`^${words.undo}`) })).toHaveCount(2);
      await button(page, `${words.undo} ${noor.name}`).click();
      await expect(notice(page, words.activated)).toBeVisible();
      await expect(entries(page).first()).toContainText(words.didActivate(david.name, noor.name));
      await expect(button(page, `${words.undo} ${noor.name}`)).toHaveCount(0);
      await expect(button(page, `${words.undo} ${thora.name}`)).toHaveCount(1);
    });

    test('everybody reads the own activity', async ({ page, words }) => {
      await enter(page, bronwyn.email, tag);
      await visit(page, '/profile');
      await page.getByRole('link', { name: words.showMyActivity }).click();
      await expect(heading(page, words.myActivity)).toBeVisible();
      await expect(entries(page).filter({ hasText: words.youSignedIn })).toHaveCount(1);
      await expect(entries(page).last()).toContainText(words.invitedYou(david.name));
    });
  });
}

test('changed roles and budgets are told before and after', async ({ page, words }) => {
  await enter(page, david.email);
  await visit(page, '/users');
  await page.getByRole('link', { name: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
  await page.getByRole('checkbox', { name: words.buyer, exact: true }).check();
  await field(page, words.perMonth).fill('1500');
  await button(page, words.save).click();
  await expect(notice(page, words.saved)).toBeVisible();
  await page.locator('main').getByRole('link', { name: words.activity, exact: true }).click();
  await expect(page).toHaveURL(/\/company\/activity\?person=noor\.rahman%40good-toys\.example$/);
  const first = entries(page).first();
  await expect(first).toContainText(`${david.name} changed the roles of ${noor.name}`);
  await expect(first).toContainText(/Roles: ?Accountant, Viewer ?to ?→ ?Buyer, Accountant, Viewer/);
  await expect(first).toContainText(/Budget per month: ?no limit ?to ?→ ?\$1,500\.00/);
  await first.getByRole('link', { name: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
});

test('filters stay in the address, show as chips and can be taken away', async ({ page }) => {
  await enter(page, david.email);
  await visit(page, '/company/activity');
  await page.getByLabel('Kind').selectOption('Access of users');
  await page.getByRole('searchbox', { name: 'Search person by name or email' }).fill('bronwyn');
  await page.getByRole('searchbox', { name: 'Search person by name or email' }).press('Enter');
  await expect(page).toHaveURL(/\/company\/activity\?person=bronwyn&kind=people(&from=&to=)?$/);
  await expect(count(page)).toHaveText('2 entries');
  await page.reload();
  await alive(page);
  await expect(entries(page)).toHaveCount(2);
  await expect(entries(page).first()).toContainText(`${bronwyn.name} accepted the invitation`);
  await expect(entries(page).last()).toContainText(`${david.name} invited ${bronwyn.name}`);
  await expect(page.getByLabel('Kind')).toHaveValue('people');
  await page.getByRole('link', { name: /^Kind: Access of users/ }).click();
  await expect(page).toHaveURL(/\/company\/activity\?person=bronwyn$/);
  await page.getByRole('link', { name: 'Clear all' }).click();
  await expect(page).toHaveURL(/\/company\/activity$/);
  await expect(entries(page).filter({ hasText: 'The portal set up the company' })).toHaveCount(1);
});

test('everything but signing in, and days on which nothing was done', async ({ page }) => {
  await enter(page, david.email);
  await visit(page, '/company/activity?kind=-signing_in');
  await expect(entries(page).filter({ hasText: /signed (in|out)/ })).toHaveCount(0);
  await visit(page, '/company/activity?to=1999-12-31');
  await expect(page.getByText('No entry matches')).toBeVisible();
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('1999-12-31');
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/company\/activity$/);
  await expect(entries(page).first()).toBeVisible();
});

test('exports what the filters leave, and that is an entry itself', async ({ page }) => {
  await enter(page, david.email);
  await visit(page, '/company/activity?kind=people&person=bronwyn');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^activity-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFF"Time (')).toBe(true);
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`"${bronwyn.name}","accepted the invitation"`);
  expect(lines[2]).toContain(`"${david.name}","invited ${bronwyn.name}"`);
  await visit(page, '/company/activity?kind=company');
  await expect(entries(page).first()).toContainText(`${david.name} exported the activity`);
  await expect(entries(page).first()).toContainText(/Entries: ?2/);
});

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('an export asks for the password that was typed long ago', async ({ page, portal, words }) => {
      await enter(page, david.email, tag);
      await visit(page, '/company/activity?kind=people&person=bronwyn');
      await portal.passwordsAge();
      await page.getByRole('link', { name: words.exportJson, exact: true }).click();
      await expect(heading(page, words.confirmPassword)).toBeVisible();
      await alive(page);
      await field(page, words.currentPassword).fill('not the password');
      await button(page, words.goOn).click();
      await expect(summary(page)).toBeVisible();
      await pauseEnds(page);
      const download = page.waitForEvent('download');
      await field(page, words.currentPassword).fill(PASSWORD);
      await button(page, words.goOn).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/-\d{4}-\d{2}-\d{2}\.json$/);
      const { entries } = JSON.parse(await readFile(await file.path(), 'utf8'));
      expect(entries.map((entry: { event: string }) => entry.event)).toEqual(['user_accepted_invitation', 'user_created']);
      expect(entries[0].who).toBe(bronwyn.name);

      // Now it counts for the other exports too.
      await page.locator('main').getByRole('link', { name: words.activity, exact: true }).click();
      await expect(heading(page, words.activity)).toBeVisible();
      const sheet = page.waitForEvent('download');
      await page.getByRole('link', { name: words.exportCsv, exact: true }).click();
      expect((await sheet).suggestedFilename()).toMatch(/\.csv$/);
    });
  });
}

test('who may not see the activity is told who can give the right', async ({ page, words }) => {
  await enter(page, noor.email);
  await expect(place(page, words, words.activity)).toHaveCount(0);
  expect(await visit(page, '/company/activity')).toBe(403);
  await expect(heading(page, words.cannotOpen)).toBeVisible();
  await expect(page.getByText(`These people can give it to you: ${david.name}.`)).toBeVisible();
  const answer = await page.request.get('/company/activity.csv');
  expect(answer.status()).toBe(403);
  expect(await answer.text()).not.toContain(bronwyn.name);
});

test('the profile keeps name, time zone and the mails wanted', async ({ page, words }) => {
  await enter(page, david.email);
  await visit(page, '/profile');
  await field(page, words.fullName).fill('');
  await field(page, words.timeZone).selectOption('Asia/Tokyo');
  await button(page, words.save).click();
  await expect(summary(page)).toContainText('Enter the full name');
  await expect(field(page, words.timeZone)).toHaveValue('Asia/Tokyo');
  await field(page, words.fullName).fill('David H. Hodgson');
  await page.getByRole('checkbox', { name: words.tellFurther }).uncheck();
  await expect(page.getByRole('checkbox', { name: words.tellSecurity })).toBeDisabled();
  await button(page, words.save).click();
  await expect(notice(page, words.profileSaved)).toBeVisible();
  await expect(page.getByText('David H. Hodgson').first()).toBeVisible();
  await page.reload();
  await alive(page);
  await expect(field(page, words.fullName)).toHaveValue('David H. Hodgson');
  await expect(field(page, words.timeZone)).toHaveValue('Asia/Tokyo');
  await expect(page.getByRole('checkbox', { name: words.tellFurther })).not.toBeChecked();
  await visit(page, '/profile/activity');
  const first = entries(page).first();
  await expect(first).toContainText('You changed the own profile');
  await expect(first).toContainText(/Name: ?David Hodgson ?to ?→ ?David H\. Hodgson/);
  await expect(first).toContainText(/Time zone: ?the company's ?to ?→ ?Asia\/Tokyo/);
});
