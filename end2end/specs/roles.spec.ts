// The roles that a company makes itself.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { david, joerg, noor } from '../fixtures/people.ts';
import { arrived, button, enter, field, heading, notice, row, signIn, summary, visit } from '../fixtures/steps.ts';
import type { Words } from '../fixtures/words.ts';

const TEAM = 'Team lead';

const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true });
const box = (page: Page, name: string): Locator => page.getByRole('checkbox', { name, exact: true });
/** What the role means, in words. */
const meaning = (page: Page): Locator => page.locator('dl.facts');

/** Makes a role from that of buyers: it sees all invoices too. */
async function makeRole(page: Page, words: Words): Promise<void> {
  await visit(page, '/users/roles');
  await link(page, words.copyRole(words.buyer)).click();
  await arrived(page, words.newRole);
  await expect(field(page, words.seeOrders).locator('option:checked')).toHaveText(words.onlyOwn);
  await field(page, words.roleName).fill(TEAM);
  await field(page, words.seeInvoices).selectOption(words.wholeCompany);
  await button(page, words.createRole).click();
  await expect(notice(page, words.roleCreated)).toBeVisible();
  await expect(heading(page, TEAM)).toBeVisible();
}

/** Gives it to Jörg, who is a buyer too. */
async function give(page: Page, words: Words): Promise<void> {
  await visit(page, '/users?q=strass');
  await row(page, joerg.name).getByRole('link', { name: joerg.name }).click();
  await arrived(page, joerg.name);
  await box(page, TEAM).check();
  await button(page, words.save).click();
  await expect(notice(page, words.saved)).toBeVisible();
}

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test.beforeEach(async ({ page }) => {
      await enter(page, david.email, tag);
    });

    test('a role is copied, given, changed after a warning and at last deleted', async ({ page, words }) => {
      await makeRole(page, words);
      await expect(meaning(page)).toContainText(words.canInvoices);
      await expect(meaning(page)).toContainText(words.ownOrders);
      await give(page, words);

      await visit(page, '/users/roles');
      await expect(row(page, words.buyer).first()).toContainText(words.builtIn);
      await expect(row(page, TEAM)).toContainText(words.ownOrders);
      await link(page, TEAM).click();
      await arrived(page, TEAM);
      await expect(page.getByText(words.roleInUse)).toBeVisible();
      await expect(button(page, words.deleteRoleAsk)).toHaveCount(0);

      // Who loses what stands there first.
      await field(page, words.seeInvoices).selectOption(words.no);
      await button(page, words.save).click();
      await expect(notice(page, words.loses(joerg.name))).toBeVisible();
      await expect(summary(page)).toBeVisible();
      await expect(field(page, words.seeInvoices).locator('option:checked')).toHaveText(words.no);
      await button(page, words.confirmLosses).click();
      await expect(notice(page, words.roleSaved)).toBeVisible();
      await expect(field(page, words.seeInvoices).locator('option:checked')).toHaveText(words.no);

      // To those who have it, who keeps another one.
      await link(page, words.showUsersWithRole).click();
      await expect(row(page, joerg.name)).toContainText(TEAM);
      await expect(row(page, noor.name)).toHaveCount(0);
      await row(page, joerg.name).getByRole('link', { name: joerg.name }).click();
      await arrived(page, joerg.name);
      await box(page, TEAM).uncheck();
      await button(page, words.save).click();
      await expect(notice(page, words.saved)).toBeVisible();

      await visit(page, '/users/roles');
      await link(page, TEAM).click();
      await arrived(page, TEAM);
      await button(page, words.deleteRoleAsk).click();
      await button(page, words.deleteRole).click();
      await expect(notice(page, words.roleDeleted)).toBeVisible();
      await expect(row(page, TEAM)).toHaveCount(0);
      await visit(page, '/company/activity');
      await expect(page.getByText(words.didMakeRole(david.name, TEAM))).toBeVisible();
    });

    test('what is wrong is told at its field, and what was chosen stays', async ({ page, words }) => {
      await visit(page, '/users/roles/new');
      await field(page, words.roleName).fill(words.buyer);
      await button(page, words.createRole).click();
      await expect(summary(page)).toContainText(words.rightRequired);
      await field(page, words.seeInvoices).selectOption(words.onlyOwn);
      await button(page, words.createRole).click();
      await expect(summary(page)).toContainText(words.roleNameTaken);
      await expect(field(page, words.roleName)).toHaveValue(words.buyer);
      await expect(field(page, words.seeInvoices).locator('option:checked')).toHaveText(words.onlyOwn);
    });
  });
}

test.describe('in the list', () => {
  test.beforeEach(async ({ page, words }) => {
    await signIn(page, words, david.email);
  });

  test('what a role means follows what is chosen @script', async ({ page, words }) => {
    await visit(page, '/users/roles/new');
    await expect(meaning(page)).toContainText('Nothing');
    await field(page, words.seeOrders).selectOption(words.onlyOwn);
    await expect(meaning(page)).toContainText(words.ownOrders);
    await field(page, words.seeOrders).selectOption(words.no);
    await expect(meaning(page)).not.toContainText(words.ownOrders);
  });

  test('built-in roles are shown and stay as they are', async ({ page, words }) => {
    await visit(page, '/users/roles/accountant');
    await expect(heading(page, words.accountant)).toBeVisible();
    await expect(meaning(page)).toContainText(words.canInvoices);
    await expect(button(page, words.save)).toHaveCount(0);
  });

  test('a warning counts for what it showed, and for nothing else', async ({ page, words }) => {
    await makeRole(page, words);
    await give(page, words);
    await visit(page, '/users/roles');
    await link(page, TEAM).click();
    await arrived(page, TEAM);
    await field(page, words.seeInvoices).selectOption(words.no);
    await button(page, words.save).click();
    await expect(notice(page, words.loses(joerg.name))).toBeVisible();
    await field(page, words.seeOrders).selectOption(words.no);
    await button(page, words.confirmLosses).click();
    await expect(page.locator('.banner').getByRole('listitem')).toHaveCount(1);
    await expect(notice(page, words.roleSaved)).toHaveCount(0);
  });

  test('many users are given an own role, and found by it', async ({ page, words }) => {
    await makeRole(page, words);
    await visit(page, '/users');
    await box(page, words.select(noor.name)).check();
    await box(page, words.select(joerg.name)).check();
    await field(page, words.bulkRole).selectOption(TEAM);
    await button(page, words.addRole).click();
    await expect(notice(page, '2 changed')).toBeVisible();
    await visit(page, '/users/roles');
    await row(page, TEAM).getByRole('link', { name: '2', exact: true }).click();
    await expect(page.locator('#results').getByRole('status')).toHaveText('2 users');
    await expect(page.getByRole('link', { name: `Role: ${TEAM}` })).toBeVisible();
  });
});
