// The whole trail in the Back Office: reading, filtering, exporting, checking, and how long it is kept.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { bronwyn, david, goodToys } from '../fixtures/people.ts';
import { auditor, editor, office, signInToOffice } from '../fixtures/staff.ts';
import { alive, button, enter, heading, notice, visit } from '../fixtures/steps.ts';

/** The entries of the list, the latest first. */
const entries = (page: Page) => page.locator('main ol').getByRole('listitem');
const count = (page: Page) => page.locator('#results').getByRole('status');

for (const [language, locale, words] of [
  [
    'English',
    'en-GB',
    {
      audit: 'Audit',
      signedIn: `${auditor.name} signed in`,
      chain: 'Chain and retention',
      never: 'Not checked yet',
      check: 'Check from the beginning',
      whole: /Whole up to entry \d+/,
      checked: 'checked the audit trail and found it whole',
    },
  ],
  [
    'German',
    'de-DE',
    {
      audit: 'Protokoll',
      signedIn: `${auditor.name} hat sich angemeldet`,
      chain: 'Kette und Aufbewahrung',
      never: 'Noch nicht geprüft',
      check: 'Von Anfang an prüfen',
      whole: /Unversehrt bis Eintrag \d+/,
      checked: 'hat das Protokoll geprüft und unversehrt gefunden',
    },
  ],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('an auditor reads what was done and checks that nobody changed it', async ({ page }) => {
      await signInToOffice(page, auditor);
      await page.getByRole('link', { name: words.audit, exact: true }).first().click();
      await expect(heading(page, words.audit)).toBeVisible();
      await expect(entries(page).first()).toContainText(words.signedIn);
      await entries(page).first().getByRole('link', { name: auditor.name, exact: true }).click();
      await expect(heading(page, auditor.name)).toBeVisible();

      await visit(page, '/office/audit');
      await page.getByRole('link', { name: words.chain }).click();
      await expect(heading(page, words.chain)).toBeVisible();
      await expect(page.getByText(words.never)).toBeVisible();
      await alive(page);
      await button(page, words.check).click();
      await expect(page.getByText(words.whole)).toBeVisible();
      await visit(page, '/office/audit');
      await expect(entries(page).first()).toContainText(words.checked);
    });
  });
}

test('what a customer did is found with its company, and led to', async ({ page }) => {
  await enter(page, david.email);
  await signInToOffice(page);
  await visit(page, `/office/audit?person=${encodeURIComponent(david.email)}`);
  const first = entries(page).first();
  await expect(first).toContainText(`${david.name} signed in`);
  await expect(first).toContainText('127.0.0.0/24');
  const company = first.getByRole('link', { name: goodToys.company });
  await company.click();
  await expect(heading(page, goodToys.company)).toBeVisible();
  await page.getByRole('link', { name: 'Show in audit' }).click();
  await expect(page).toHaveURL(/\/office\/audit\?company=/);
  await expect(entries(page).filter({ hasText: `${david.name} signed in` }).first()).toBeVisible();
});

test('filters look for and leave out, in the address', async ({ page }) => {
  await signInToOffice(page);
  await visit(page, '/office/audit');
  await page.getByLabel('Only', { exact: true }).selectOption('Access of users');
  await page.getByRole('searchbox', { name: 'Person: name or email' }).fill(bronwyn.email);
  await page.getByRole('searchbox', { name: 'Person: name or email' }).press('Enter');
  await expect(page).toHaveURL(/\/office\/audit\?person=[^&]+.*event=people/);
  await expect(count(page)).toHaveText('2 entries');
  await expect(entries(page).first()).toContainText(`${bronwyn.name} accepted the invitation`);
  await expect(entries(page).last()).toContainText(`${david.name} invited ${bronwyn.name}`);
  // Without what stands first.
  await entries(page).first().getByRole('link', { name: /^Without such entries/ }).click();
  await expect(count(page)).toHaveText('1 entry');
  await expect(entries(page).first()).toContainText(`${david.name} invited ${bronwyn.name}`);
  await page.getByRole('link', { name: /^Without: accepted the invitation/ }).click();
  await expect(count(page)).toHaveText('2 entries');

  await visit(page, `/office/audit?person=-${encodeURIComponent(bronwyn.email)}&by=-staff&without=signing_in`);
  await expect(page.getByRole('link', { name: new RegExp(`^Without person: ${bronwyn.email}`) })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Not by staff/ })).toBeVisible();
  await expect(entries(page).filter({ hasText: bronwyn.name })).toHaveCount(0);
  await expect(entries(page).filter({ hasText: /signed (in|out)/ })).toHaveCount(0);
  await visit(page, '/office/audit?to=1999-12-31');
  await expect(page.getByText('No entry matches')).toBeVisible();
});

test('exports what the filters leave, and that is an entry itself', async ({ page }) => {
  await signInToOffice(page);
  await visit(page, `/office/audit?event=people&person=${encodeURIComponent(bronwyn.email)}`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('"Company","Customer number","Event"');
  expect(lines[1]).toContain(`"${bronwyn.name}","accepted the invitation"`);
  expect(lines[1]).toContain('"Good Toys"');
  await visit(page, '/office/audit?by=staff');
  await expect(entries(page).first()).toContainText(`${office.name} exported the audit trail`);
  await expect(entries(page).first()).toContainText(/Entries: ?2/);
});

test('an administrator chooses how long entries are kept; an auditor only reads it', async ({ page }) => {
  await signInToOffice(page);
  await visit(page, '/office/audit/chain');
  await page.getByLabel('Keep entries').selectOption('10 years');
  await button(page, 'Save').click();
  await expect(notice(page, 'The retention was changed.')).toBeVisible();
  await expect(page.getByText(/^Counts from /)).toBeVisible();
  await expect(page.getByLabel('Keep entries')).toHaveValue('10');
  await visit(page, '/office/audit?event=audit_retention_changed');
  await expect(entries(page).first()).toContainText(/Entries are kept: ?without end ?to ?→ ?10 years/);
});

test('who may not read the audit is told so', async ({ page }) => {
  await signInToOffice(page, editor);
  await expect(page.getByRole('link', { name: 'Audit', exact: true })).toHaveCount(0);
  await visit(page, '/office/audit');
  await expect(heading(page, "You can't open this")).toBeVisible();
});
