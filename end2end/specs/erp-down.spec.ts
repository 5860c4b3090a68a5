// The portal while the ERP does not answer, and once it does again.
import { expect, test } from '../fixtures/test.ts';
import { linkIn } from '../fixtures/mailbox.ts';
import { CHOSEN, aerobic, david, noor, otto } from '../fixtures/people.ts';
import { button, enter, enterFacts, field, heading, notice, row, visit } from '../fixtures/steps.ts';

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('an activation waits for the ERP and is finished by mail', async ({ page, portal, mailbox, words }) => {
      await portal.erpAnswers(false);
      await enterFacts(page, words, aerobic);
      await expect(heading(page, words.cannotCheck)).toBeVisible();
      for (const kept of [aerobic.customer, aerobic.invoice, aerobic.email]) {
        await expect(page.locator('main')).toContainText(kept);
      }
      expect(mailbox.waiting()).toEqual([]);
      await portal.erpAnswers(true);
      await visit(page, linkIn(await mailbox.next(aerobic.email)));
      // The link has proven the mailbox: no code is asked for.
      await field(page, words.password).fill(CHOSEN);
      await field(page, words.repeatPassword).fill(CHOSEN);
      await button(page, words.activateAccount).click();
      await expect(heading(page, words.usersManagement)).toBeVisible();
    });

    test('users are managed without the ERP, and its contacts come back by themselves', async ({ page, portal, mailbox, words }) => {
      await portal.erpAnswers(false);
      await enter(page, david.email, tag);
      await visit(page, '/users');
      await expect(row(page, noor.name)).toBeVisible();
      await expect(notice(page, words.contactsUnavailable)).toBeVisible();
      await visit(page, '/users/contacts');
      await expect(notice(page, words.contactsUnavailable)).toBeVisible();
      await visit(page, '/users/new');
      await field(page, words.fullName).fill(otto.name);
      await field(page, words.workEmail).fill(otto.email);
      await button(page, words.sendInvitation).click();
      await expect(notice(page, words.invited)).toBeVisible();
      expect((await mailbox.next(otto.email)).subject).toBe(words.mail.created);
      await portal.erpAnswers(true);
      await visit(page, '/users/contacts');
      await expect(notice(page, words.contactsUnavailable)).toHaveCount(0);
      await expect(page.getByRole('link', { name: words.addToShop }).first()).toBeVisible();
    });
  });
}
