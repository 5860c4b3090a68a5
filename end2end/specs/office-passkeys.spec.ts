// Passkeys of the shop's people, with a device that the browser plays.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { PASSWORD } from '../fixtures/people.ts';
import { freshCode, office, signInToOffice } from '../fixtures/staff.ts';
import { alive, button, field, heading, notice, visit } from '../fixtures/steps.ts';
import { officeWordsOf } from '../fixtures/office-words.ts';

const WORDS = {
  en: {
    add: 'Add passkey',
    name: 'Name of the passkey',
    goOn: 'Go on',
    make: 'Make it on this device',
    added: 'The passkey is added.',
    mail: 'A passkey was added to your Back Office account at Adventure Works',
    use: 'Use a passkey',
    failed: 'The device did not answer.',
    remove: (name: string) => `Remove ${name}`,
    removed: 'The passkey is removed.',
  },
  de: {
    add: 'Passkey hinzufügen',
    name: 'Name des Passkeys',
    goOn: 'Weiter',
    make: 'Auf diesem Gerät erzeugen',
    added: 'Der Passkey ist hinzugefügt.',
    mail: 'Ihrem Konto im Back Office von Adventure Works wurde ein Passkey hinzugefügt',
    use: 'Passkey benutzen',
    failed: 'Das Gerät hat nicht geantwortet.',
    remove: (name: string) => `Entfernen ${name}`,
    removed: 'Der Passkey ist entfernt.',
  },
} as const;

// Devices take a portal by its name, never by a number.
test.use({ host: 'localhost' });

/** A device that recognises its owner; what it answers can be switched. */
async function device(page: Page): Promise<(recognises: boolean) => Promise<void>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async (recognises) => {
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: recognises });
  };
}

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const [texts, officeWords] = [WORDS[tag], officeWordsOf(locale)];

    test('a passkey is made, used in place of the code, and removed @script', async ({ page, words, mailbox }) => {
      const recognises = await device(page);
      await signInToOffice(page);
      await visit(page, '/office/me');
      await page.getByRole('link', { name: texts.add, exact: true }).click();
      await expect(heading(page, texts.add)).toBeVisible();
      await field(page, texts.name).fill('Laptop');
      await button(page, texts.goOn).click();
      await button(page, texts.make).click();
      await expect(notice(page, texts.added)).toBeVisible();
      await expect(page.locator('main')).toContainText('Laptop');
      expect((await mailbox.next(office.email)).subject).toBe(texts.mail);

      await button(page, words.signOut).click();
      await expect(notice(page, words.isSignedOut)).toBeVisible();
      await alive(page);
      await field(page, words.email).fill(office.email);
      await field(page, words.password).fill(PASSWORD);
      await button(page, words.signIn).click();
      await expect(heading(page, officeWords.secondStep)).toBeVisible();
      await alive(page);
      await recognises(false);
      await button(page, texts.use).click();
      await expect(notice(page, texts.failed)).toBeVisible();
      await recognises(true);
      await button(page, texts.use).click();
      await expect(heading(page, words.welcome(office.name))).toBeVisible();

      await visit(page, '/office/me');
      await button(page, texts.remove('Laptop')).click();
      await expect(notice(page, texts.removed)).toBeVisible();
      await expect(page.locator('main')).not.toContainText('Laptop');
      // The app is there as before.
      await button(page, words.signOut).click();
      await alive(page);
      await field(page, words.email).fill(office.email);
      await field(page, words.password).fill(PASSWORD);
      await button(page, words.signIn).click();
      await expect(heading(page, officeWords.secondStep)).toBeVisible();
      await expect(button(page, texts.use)).toHaveCount(0);
      await alive(page);
      await field(page, officeWords.code).fill(await freshCode(page, office.app));
      await button(page, officeWords.goOn).click();
      await expect(heading(page, words.welcome(office.name))).toBeVisible();
    });
  });
}
