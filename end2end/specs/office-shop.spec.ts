// What the shop's people decide about the portal: features, data of the shop, sign-in addresses.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { officeShopWordsOf } from '../fixtures/office-shop-words.ts';
import { david } from '../fixtures/people.ts';
import { alive, button, field, heading, notice, signIn, summary, visit } from '../fixtures/steps.ts';
import { signInToOffice } from '../fixtures/staff.ts';
import { wordsOf } from '../fixtures/words.ts';

/** A black pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mNQSFiAFTEMLQkAAmxIAc8z8pwAAAAASUVORK5CYII=',
  'base64',
);

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const own = officeShopWordsOf(locale);
    const access = (page: Page) => page.getByRole('switch', { name: own.customerAccess, exact: true });

    test('customers read that the portal is switched off, and go on where they were once it is on', async ({ somebody, words }) => {
      const [office, customer] = [await somebody({ locale }), await somebody({ locale: 'en-GB' })];
      const english = officeShopWordsOf('en');
      await signIn(customer, wordsOf('en'), david.email);
      await signInToOffice(office);
      await visit(office, '/office/features');
      await access(office).uncheck();
      await button(office, words.save).click();
      await expect(notice(office, own.saved)).toBeVisible();
      await expect(access(office)).not.toBeChecked();

      expect(await visit(customer, '/users')).toBe(403);
      await expect(heading(customer, english.isOff)).toBeVisible();
      const stranger = await somebody({ locale });
      expect(await visit(stranger, '/sign-in')).toBe(403);
      await expect(heading(stranger, own.isOff)).toBeVisible();

      await access(office).check();
      await button(office, words.save).click();
      await expect(access(office)).toBeChecked();
      await expect.poll(() => visit(customer, '/users')).toBe(200);
    });

    test('the shop has a name, a hue and a logo', async ({ page, words, portal }) => {
      await signInToOffice(page);
      await visit(page, '/office/shop');
      await expect(field(page, own.loginUrl)).toHaveValue(`${portal.url}/sign-in`);
      await field(page, own.name).fill('Werkzeug & Co');
      await button(page, words.save).click();
      await expect(notice(page, own.saved)).toBeVisible();
      await alive(page);

      await field(page, own.hue).fill('400');
      await button(page, own.saveColour).click();
      await expect(summary(page)).toContainText(own.badHue);
      await field(page, own.hue).fill('25');
      await button(page, own.showPreview).click();
      await expect(page).toHaveURL(/hue=25/);
      await expect(page.getByRole('img', { name: own.preview })).toBeVisible();
      await button(page, own.saveColour).click();
      await expect(notice(page, own.saved)).toBeVisible();
      await alive(page);
      await expect.poll(async () => (await page.locator('head style').allTextContents()).join()).toContain('--brand-h:25');

      await field(page, own.picture).setInputFiles({ name: 'l.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
      await button(page, own.upload).click();
      await expect(summary(page)).toContainText(own.notPicture);
      await alive(page);
      await field(page, own.picture).setInputFiles({ name: 'l.png', mimeType: 'image/png', buffer: PIXEL });
      await button(page, own.upload).click();
      await expect(notice(page, own.logoShown)).toBeVisible();
      await expect(button(page, own.remove)).toBeVisible();

      await visit(page, '/sign-in');
      await expect(page.getByRole('link', { name: 'Werkzeug & Co', exact: true })).toBeVisible();
      await expect(page.locator('.brand img')).toHaveAttribute('src', /^\/brand\/[0-9a-f]{64}\.png$/);
    });

    test('a company moves to another sign-in address', async ({ page, words }) => {
      await signInToOffice(page);
      await visit(page, '/office/features?q=Good');
      const company = page.getByRole('row').filter({ has: page.getByRole('link', { name: new RegExp(`^${own.signInAddress}`) }) });
      await company.first().getByRole('link', { name: new RegExp(`^${own.signInAddress}`) }).click();
      const slug = field(page, own.slug);
      await expect(slug).toBeVisible();
      const before = await slug.inputValue();
      await slug.fill('moved-house');
      await button(page, words.save).click();
      await expect(notice(page, own.moved)).toBeVisible();
      const record = page.url();
      await visit(page, `/c/${before}`);
      await expect(page).toHaveURL(/\/c\/moved-house$/);
      const logo = page.getByRole('main').getByRole('img', { name: own.logoOf });
      await expect(logo).toHaveCount(0);

      await visit(page, record);
      await field(page, own.picture).setInputFiles({ name: 'l.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
      await button(page, own.upload).click();
      await expect(summary(page)).toContainText(own.notPicture);
      await alive(page);
      await field(page, own.picture).setInputFiles({ name: 'l.png', mimeType: 'image/png', buffer: PIXEL });
      await button(page, own.upload).click();
      await expect(notice(page, own.logoShown)).toBeVisible();
      await visit(page, '/c/moved-house');
      await expect(logo).toHaveAttribute('src', /^\/brand\/[0-9a-f]{64}\.png$/);

      await visit(page, record);
      await button(page, own.remove).click();
      await expect(notice(page, own.logoGone)).toBeVisible();
      await visit(page, '/c/moved-house');
      await expect(page.getByRole('heading', { level: 1, name: own.signInTo })).toBeVisible();
      await expect(logo).toHaveCount(0);
    });
  });
}
