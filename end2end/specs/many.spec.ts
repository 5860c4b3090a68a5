// Many users at once: ticked rows, rows of a sheet, and the list as a file.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { bronwyn, david, emile, joerg, noor, thora } from '../fixtures/people.ts';
import { alive, button, enter, field, heading, notice, row, signIn, summary, visit } from '../fixtures/steps.ts';
import { wordsOf, type Words } from '../fixtures/words.ts';

const box = (page: Page, name: string): Locator => page.getByRole('checkbox', { name, exact: true });

async function tick(page: Page, words: Words, names: string[]): Promise<void> {
  for (const name of names) await box(page, words.select(name)).check();
}

/** The text of the file behind a link. */
async function download(page: Page, name: string): Promise<{ name: string; text: string }> {
  const arrives = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const file = await arrives;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** Rows as a spreadsheet program set to the language writes them. */
const sheet = (words: Words, rows: string[][]): string =>
  [words.sheet.columns, ...rows].map((cells) => cells.join(words.sheet.separator)).join('\n');

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test.beforeEach(async ({ page }) => {
      await enter(page, david.email, tag);
    });

    test('ticked users are switched off together, and the rest is kept with the reason', async ({ page, mailbox, words }) => {
      await visit(page, '/users');
      await expect(button(page, words.deactivateAsk)).toBeHidden();
      await tick(page, words, [david.name, joerg.name, thora.name]);
      await button(page, words.deactivateAsk).click();
      await button(page, words.keepActive).click();
      await button(page, words.deactivateAsk).click();
      await button(page, words.deactivateUsers).click();
      await expect(heading(page, words.deactivateUsers)).toBeVisible();
      await expect(page).toHaveURL(/\/users\/results\/[0-9a-f-]{36}$/);
      await expect(notice(page, words.offAndKept)).toBeVisible();
      await expect(row(page, joerg.name)).toContainText(words.statusDeactivated);
      await expect(row(page, david.name)).toContainText(words.keptYourself);
      await expect(row(page, thora.name)).toContainText(words.keptDeactivated);
      expect((await mailbox.next(joerg.email)).subject).toBe(wordsOf('en').mail.deactivated);
      await page.reload();
      await alive(page);
      await expect(notice(page, words.offAndKept)).toBeVisible();
    });

    test('rows are checked, then added, and the wrong ones stay to be corrected', async ({ page, mailbox, words }) => {
      await visit(page, '/users');
      await page.getByRole('link', { name: words.importUsers, exact: true }).click();
      await expect(heading(page, words.importUsers)).toBeVisible();
      const rows = [
        ['Otto Lund', 'otto.lund@good-toys.example', words.sheet.role],
        ['Ada Wrong', 'ada', words.sheet.role],
        ['Ines Moreau', 'ines.moreau@good-toys.example', 'viewer'],
      ];
      await field(page, words.importRows).fill(sheet(words, rows));
      await button(page, words.checkRows).click();
      await expect(notice(page, words.checked)).toBeVisible();
      await expect(row(page, 'Ada Wrong')).toContainText(words.emailIssue);
      await button(page, words.addTwo).click();
      await expect(notice(page, words.addedTwo)).toBeVisible();
      await expect(row(page, 'Otto Lund')).toContainText(words.statusInvited);
      await expect(button(page, words.addTwo)).toHaveCount(0);
      expect((await mailbox.next('otto.lund@good-toys.example')).subject).toBe(words.mail.created);
      expect((await mailbox.next('ines.moreau@good-toys.example')).subject).toBe(words.mail.created);

      const file = await download(page, words.downloadRows);
      expect(file.name).toBe('rows-to-correct.csv');
      expect(file.text).toContain(words.emailIssue);
      const rest = field(page, words.importRows);
      await expect(rest).toHaveValue(/Ada Wrong/);
      await expect(rest).not.toHaveValue(/Otto Lund/);
      await rest.fill((await rest.inputValue()).replace('"ada"', '"ada@good-toys.example"'));
      await button(page, words.checkRows).click();
      await expect(row(page, 'ada@good-toys.example')).toBeVisible();
      await expect(page.getByRole('heading', { name: words.rowsToCorrect })).toHaveCount(0);
    });

    test('ticked invitations are taken back', async ({ page, words }) => {
      await visit(page, '/users/invitations');
      await box(page, words.selectPage).check();
      await button(page, words.revokeAsk).click();
      await button(page, words.revokeInvitations).click();
      await expect(notice(page, words.oneRevoked)).toBeVisible();
      await visit(page, '/users/invitations');
      await expect(page.getByText(emile.email)).toHaveCount(0);
    });

    test('all whom the list finds are switched off together, after their number was confirmed', async ({ page, words }) => {
      await visit(page, '/users');
      await box(page, words.selectPage).check();
      await page.getByRole('link', { name: words.allMatching, exact: true }).click();
      await expect(heading(page, words.matching(6))).toBeVisible();
      await button(page, words.deactivateAsk).click();
      await expect(page.getByRole('heading', { name: words.deactivateAll(6), exact: true })).toBeVisible();
      await button(page, words.deactivateUsers).click();
      await expect(page).toHaveURL(/\/users\/results\/[0-9a-f-]{36}$/);
      await expect(heading(page, words.deactivateUsers)).toBeVisible();
      await expect(notice(page, words.offByFilter(4, 2))).toBeVisible();
      await expect(row(page, david.name)).toContainText(words.keptYourself);
      await expect(row(page, thora.name)).toContainText(words.keptDeactivated);
      await expect(row(page, joerg.name)).toHaveCount(0);
      const file = await download(page, words.downloadKept);
      expect(file.text.trimEnd().split('\r\n')).toHaveLength(3);
      expect(file.text).toContain(words.keptYourself);
      await page.locator('.parent').getByRole('link', { name: words.usersManagement }).click();
      await expect(page).toHaveURL(/\/users$/);
      await expect(row(page, joerg.name)).toContainText(words.statusDeactivated);
    });

    test('the filtered list is saved as a file', async ({ page, words }) => {
      await visit(page, '/users?status=deactivated');
      const file = await download(page, words.exportCsv);
      expect(file.name).toBe('users.csv');
      const lines = file.text.trimEnd().split('\r\n');
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^\ufeff"name"/);
      expect(lines[1]).toContain(`"${thora.name}"${words.sheet.separator}"${thora.email}"`);
      expect(lines[1]).toContain(`"${words.statusDeactivated}"`);
    });
  });
}

test.describe('in the list', () => {
  test.beforeEach(async ({ page, words }) => {
    await signIn(page, words, david.email);
    await visit(page, '/users');
  });

  test('one box stands for the whole page', async ({ page, words }) => {
    await box(page, words.selectPage).check();
    await button(page, words.resendInvitations).click();
    await expect(notice(page, words.resentAndKept)).toBeVisible();
    await expect(row(page, emile.name)).not.toContainText(words.keptNotInvited);
    await expect(row(page, noor.name)).toContainText(words.keptNotInvited);
  });

  test('the box of the page and those of its rows follow one another @script', async ({ page, words }) => {
    await box(page, words.selectPage).check();
    await expect(box(page, words.select(noor.name))).toBeChecked();
    await expect(page.getByText('6 selected')).toBeVisible();
    await box(page, words.select(noor.name)).uncheck();
    await expect(box(page, words.selectPage)).not.toBeChecked();
    await expect(page.getByText('5 selected')).toBeVisible();
    await box(page, words.select(noor.name)).check();
    await expect(box(page, words.selectPage)).toBeChecked();
    await box(page, words.selectPage).uncheck();
    await expect(button(page, words.addRole)).toBeHidden();
  });

  test('a role is given to ticked users, and the list comes back as it was', async ({ page, words }) => {
    await visit(page, '/users?q=noor');
    await tick(page, words, [noor.name]);
    await field(page, words.bulkRole).selectOption(words.approver);
    await button(page, words.addRole).click();
    await expect(notice(page, words.oneChanged)).toBeVisible();
    await page.locator('.parent').getByRole('link', { name: words.usersManagement }).click();
    await expect(page).toHaveURL(/\/users\?q=noor$/);
    await expect(row(page, noor.name)).toContainText(words.approver);
  });

  test("a row's menu does not touch the ticked rows", async ({ page, words }) => {
    await tick(page, words, [joerg.name, bronwyn.name]);
    await button(page, words.actionsFor(thora.name)).click();
    await button(page.locator('.menu:popover-open'), words.activateTicked).click();
    await expect(notice(page, words.activated)).toBeVisible();
    await expect(row(page, joerg.name)).toContainText(words.statusActive);
  });

  test('when the list has changed the new number has to be confirmed', async ({ page, words, somebody }) => {
    await visit(page, '/users/matching?status=deactivated');
    await expect(heading(page, words.matching(1))).toBeVisible();
    const other = await somebody();
    await signIn(other, words, david.email);
    await visit(other, '/users');
    await tick(other, words, [joerg.name]);
    await button(other, words.deactivateAsk).click();
    await button(other, words.deactivateUsers).click();
    await expect(notice(other, '1 deactivated')).toBeVisible();
    await button(page, words.activateTicked).click();
    await expect(summary(page)).toBeFocused();
    await expect(notice(page, 'The list has changed')).toBeVisible();
    await expect(heading(page, words.matching(2))).toBeVisible();
    await button(page, words.activateTicked).click();
    await expect(notice(page, '2 activated')).toBeVisible();
  });

  test('a filter that finds nobody offers nothing', async ({ page, words }) => {
    await visit(page, '/users/matching?q=nobody');
    await expect(heading(page, words.matching(0))).toBeVisible();
    await expect(button(page, words.activateTicked)).toHaveCount(0);
  });

  test('without a tick nothing is done', async ({ page, baseURL }) => {
    const answer = await page.request.post('/api/users/bulk', {
      headers: { Origin: baseURL!, Accept: 'application/json' },
      form: { action: 'deactivate', back: '/users' },
    });
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'invalid', fields: [{ field: 'users', issue: 'required' }] });
  });

  test('a text that is no sheet is refused and stays', async ({ page, words }) => {
    await visit(page, '/users/import');
    await field(page, words.importRows).fill('name,mail address\nOtto,otto@good-toys.example');
    await button(page, words.checkRows).click();
    await expect(summary(page)).toBeFocused();
    await expect(summary(page).getByRole('link')).toHaveCount(3);
    await expect(summary(page)).toContainText('Remove or rename column 2: its name is not known');
    await expect(field(page, words.importRows)).toHaveValue('name,mail address\nOtto,otto@good-toys.example');
  });

  test('a chosen file fills the field @script', async ({ page, words }) => {
    await visit(page, '/users/import');
    const bytes = Buffer.from('name;email;roles\nJ\u00fcrgen;juergen@good-toys.example;buyer\n', 'latin1');
    await field(page, words.importFile).setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: bytes });
    await expect(field(page, words.importRows)).toHaveValue(/J\u00fcrgen;juergen@/);
    await button(page, words.checkRows).click();
    await expect(row(page, 'J\u00fcrgen')).toBeVisible();
  });

  test("nobody reads another person's result", async ({ page, somebody, words }) => {
    await tick(page, words, [thora.name]);
    await button(page, words.activateTicked).click();
    await expect(notice(page, '1 activated')).toBeVisible();
    const address = new URL(page.url()).pathname;
    const other = await somebody();
    await signIn(other, words, bronwyn.email);
    expect(await visit(other, address)).toBe(403);
  });
});
