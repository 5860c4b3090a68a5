// The ERP in the Back Office: how it does, what it was asked, and imports by uploaded files.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { officeErpWordsOf, type OfficeErpWords } from '../fixtures/office-erp-words.ts';
import { alive, button, field, heading, notice, visit } from '../fixtures/steps.ts';
import { auditor, signInToOffice } from '../fixtures/staff.ts';

const CUSTOMERS =
  'customer_number,name,currency,language,customer_center,administrator_email,street,postal_code,city,country,phone\n';

const file = (text: string) => ({ name: 'some.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

/** The message of an import that has come to rest; without script the page has to be loaded again. */
async function atRest(page: Page, own: OfficeErpWords): Promise<Locator> {
  const banner = page.locator('.banner');
  await expect(async () => {
    const refresh = page.getByRole('link', { name: own.refresh, exact: true });
    const scripted = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
    if (!scripted && (await refresh.isVisible())) await refresh.click();
    await expect(banner.first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return banner;
}

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const own = officeErpWordsOf(locale);

    test('the state of the ERP and what it was asked', async ({ page }) => {
      await signInToOffice(page);
      await visit(page, '/office/customers/10-4020-000609');
      // Written down together every few seconds.
      await expect(async () => {
        await visit(page, '/office/erp');
        await expect(page.getByText(own.answers, { exact: true })).toBeVisible({ timeout: 1_000 });
        await expect(page.locator('.chart svg rect').first()).toBeAttached({ timeout: 1_000 });
      }).toPass();
      await expect(page.locator('.chart')).toHaveCount(3);
      await page.locator('.chart summary').first().click();
      await expect(page.locator('.chart details').first().getByRole('row')).toHaveCount(25);
      await expect(page.getByText(own.commandLine)).toBeVisible();

      await page.getByRole('link', { name: own.requests, exact: true }).click();
      const asked = page.getByRole('row').filter({ hasText: own.lookUp }).first();
      await expect(async () => {
        await visit(page, '/office/erp/requests');
        await expect(asked).toContainText(own.answered, { timeout: 1_000 });
      }).toPass();
      await visit(page, '/office/erp/requests?outcome=unavailable');
      await expect(page.getByRole('row').filter({ hasText: own.lookUp })).toHaveCount(0);
    });

    test('files are uploaded, checked and imported', async ({ page }) => {
      await signInToOffice(page);
      await visit(page, '/office/erp/imports');
      await button(page, own.upload).click();
      await expect(notice(page, own.nothing)).toBeVisible();
      await alive(page);
      await field(page, 'customers.csv').setInputFiles(file(`${CUSTOMERS}77-1,Neu & Co,EUR,de,no,,,,,,\n`));
      await button(page, own.upload).click();
      await expect(page).toHaveURL(/\/office\/erp\/imports\/[0-9a-f-]{36}$/);
      await expect(await atRest(page, own)).toContainText(own.noErrors);
      await expect(page.getByText(own.ready, { exact: true })).toBeVisible();
      // It is still there after the page was left.
      const address = page.url();
      await visit(page, '/office/customers?q=77-1');
      await expect(page.getByText('Neu & Co')).toHaveCount(0);
      await visit(page, address);
      await page.getByRole('button', { name: own.write }).click();
      await expect(async () => {
        await expect(await atRest(page, own)).toContainText(own.done, { timeout: 2_000 });
      }).toPass();
      await visit(page, '/office/customers?q=77-1');
      await expect(page.getByRole('link', { name: 'Neu & Co', exact: true })).toBeVisible();
    });

    test('errors are told by file, line and column, and can be downloaded', async ({ page }) => {
      await signInToOffice(page);
      await visit(page, '/office/erp/imports');
      await field(page, 'customers.csv').setInputFiles(file(`${CUSTOMERS}77-2,Neu,EUR,de,maybe,,,,,,\n`));
      await button(page, own.upload).click();
      await expect(await atRest(page, own)).toContainText(own.corrected);
      const error = page.getByRole('row').filter({ hasText: own.flag });
      await expect(error).toContainText('customers.csv');
      await expect(error).toContainText('customer_center');
      await expect(page.getByRole('button', { name: own.write })).toHaveCount(0);
      const downloads = page.waitForEvent('download');
      await page.getByRole('link', { name: own.download, exact: true }).click();
      const sheet = await readFile(await (await downloads).path(), 'utf8');
      expect(sheet).toContain('customer_center');
      expect(sheet.trim().split('\r\n')).toHaveLength(2);
    });

    test('an auditor reads, and what was uploaded can be discarded', async ({ page, somebody }) => {
      await signInToOffice(page);
      await visit(page, '/office/erp/imports');
      await field(page, 'customers.csv').setInputFiles(file(`${CUSTOMERS}77-3,Neu,EUR,de,no,,,,,,\n`));
      await button(page, own.upload).click();
      await expect(await atRest(page, own)).toContainText(own.noErrors);
      const reader = await somebody({ locale });
      await signInToOffice(reader, auditor);
      await visit(reader, '/office/erp/imports');
      await expect(heading(reader, 'ERP')).toBeVisible();
      await expect(button(reader, own.upload)).toHaveCount(0);
      await visit(reader, new URL(page.url()).pathname);
      await expect(reader.getByText(own.ready, { exact: true })).toBeVisible();
      await expect(reader.getByRole('button', { name: own.write })).toHaveCount(0);
      await alive(page);
      await button(page, own.discard).click();
      await expect(notice(page, own.discarded)).toBeVisible();
    });
  });
}
