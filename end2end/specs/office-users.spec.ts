// The merchant's staff find people, and see the portal as one of them.
import { type Locator, type Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { joerg } from '../fixtures/people.ts';
import { arrived, button, field, heading, notice, summary, visit } from '../fixtures/steps.ts';
import { signInToOffice } from '../fixtures/staff.ts';

const WORDS = {
  en: {
    allUsers: 'All users',
    viewAs: /^View as, for /,
    viewTitle: (name: string) => `View the portal as ${name}`,
    reason: 'Reason',
    begin: 'View as this person',
    banner: (name: string) => `You see the portal as ${name}`,
    end: 'End view',
    ended: 'View ended',
    reasonMissing: 'Fill in this field',
  },
  de: {
    allUsers: 'Alle Benutzer',
    viewAs: /^Ansehen als, für /,
    viewTitle: (name: string) => `Das Portal als ${name} ansehen`,
    reason: 'Begründung',
    begin: 'Als diese Person ansehen',
    banner: (name: string) => `Sie sehen das Portal als ${name}`,
    end: 'Ansicht beenden',
    ended: 'Ansicht beendet',
    reasonMissing: 'Füllen Sie dieses Feld aus',
  },
} as const;

const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name });
const banner = (page: Page): Locator => page.getByRole('complementary');

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(language, () => {
    test.use({ locale });

    test('staff see the portal as a user, change nothing, and come back', async ({ page }) => {
      const words = WORDS[tag];
      await signInToOffice(page);
      await visit(page, '/office/users?list=all&q=strass');
      await link(page, joerg.name).click();
      await arrived(page, joerg.name);
      await link(page, words.viewAs).first().click();
      await arrived(page, words.viewTitle(joerg.name));
      await button(page, words.begin).click();
      await expect(summary(page)).toContainText(words.reasonMissing);
      await field(page, words.reason).fill('A call about an order');
      await button(page, words.begin).click();
      // The portal speaks the language of the user.
      const shown = WORDS.en;
      await expect(banner(page)).toContainText(shown.banner(joerg.name));

      await visit(page, '/profile');
      await expect(banner(page)).toContainText(shown.banner(joerg.name));
      await visit(page, '/profile/sessions');
      await expect(banner(page)).toContainText(shown.banner(joerg.name));

      await button(page, shown.end).click();
      await expect(notice(page, words.ended)).toBeVisible();
      await expect(heading(page, joerg.name)).toBeVisible();
      await visit(page, '/profile');
      await expect(page).toHaveURL(/\/sign-in/);
    });
  });
}
