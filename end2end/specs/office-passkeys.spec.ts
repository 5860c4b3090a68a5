// Passkeys of the shop's people, with a device that the browser plays.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { PASSWORD } from '../fixtures/people.ts';
import { freshCode, office, signInToOffice } from '../fixtures/staff.ts';
import { alive, button, field, heading, notice, visit } from '../fixtures/steps.ts';
import { officeWordsOf } from '../fixtures/office-words.ts';
import { addPasskey, passkeyWordsOf, withDevice } from '../fixtures/passkeys.ts';
import type { Words } from '../fixtures/words.ts';

// Devices take a portal by its name, never by a number.
test.use({ setting: { host: 'localhost' } });

/** The password, up to the second step. */
async function firstStep(page: Page, words: Words, title: string): Promise<void> {
  await visit(page, '/office/sign-in');
  await field(page, words.email).fill(office.email);
  await field(page, words.password).fill(PASSWORD);
  await button(page, words.signIn).click();
  await expect(heading(page, title)).toBeVisible();
  await alive(page);
}

async function signOut(page: Page, words: Words): Promise<void> {
  await alive(page);
  await button(page, words.signOut).click();
  await expect(notice(page, words.isSignedOut)).toBeVisible();
}

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const [texts, officeWords] = [passkeyWordsOf(locale), officeWordsOf(locale)];

    test('a passkey is made, used in place of the code, and removed @script', async ({ page, words, mailbox }) => {
      await withDevice(page);
      await signInToOffice(page);
      await visit(page, '/office/me');
      await page.getByRole('link', { name: texts.add, exact: true }).click();
      await expect(heading(page, texts.add)).toBeVisible();
      await addPasskey(page, texts, 'Laptop');
      await expect(page.locator('main')).toContainText('Laptop');
      expect((await mailbox.next(office.email)).subject).toBe(texts.addedMail);

      await signOut(page, words);
      await firstStep(page, words, officeWords.secondStep);
      // Whoever closes the device's question can ask again, or take the code.
      await page.evaluate(() => {
        navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'));
      });
      await button(page, texts.use).click();
      await expect(notice(page, texts.failed)).toBeVisible();
      await page.evaluate(() => {
        Reflect.deleteProperty(navigator.credentials, 'get');
      });
      await button(page, texts.use).click();
      await expect(heading(page, words.welcome(office.name))).toBeVisible();

      await visit(page, '/office/me');
      await button(page, `${texts.remove} Laptop`).click();
      await expect(notice(page, texts.removed)).toBeVisible();
      await expect(page.locator('main')).not.toContainText('Laptop');
      expect((await mailbox.next(office.email)).subject).toBe(texts.removedMail);

      // The app is there as before.
      await signOut(page, words);
      await firstStep(page, words, officeWords.secondStep);
      await expect(button(page, texts.use)).toHaveCount(0);
      await field(page, officeWords.code).fill(await freshCode(page, office.app));
      await button(page, officeWords.goOn).click();
      await expect(heading(page, words.welcome(office.name))).toBeVisible();
    });

    test.describe('without script', () => {
      test.use({ javaScriptEnabled: false });

      test('the code leads in, and no passkey is offered', async ({ page }) => {
        await signInToOffice(page);
        await visit(page, '/office/me');
        await expect(page.locator('main')).toContainText(texts.needsScript);
        await expect(page.getByRole('link', { name: texts.add, exact: true })).toHaveCount(0);
        await visit(page, '/office/me/passkey');
        await expect(heading(page, texts.add)).toBeVisible();
        await expect(page.locator('main')).toContainText(texts.needsScript);
        await expect(field(page, texts.name)).toHaveCount(0);
      });
    });
  });
}
