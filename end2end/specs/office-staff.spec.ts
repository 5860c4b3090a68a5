// The shop's own people: getting into the Back Office, and who else may.
import { expect, test } from '../fixtures/test.ts';
import { linkIn } from '../fixtures/mailbox.ts';
import { CHOSEN, PASSWORD, david } from '../fixtures/people.ts';
import { codeOf, freshCode, office, setUpStaff, signInToOffice } from '../fixtures/staff.ts';
import { alive, button, field, heading, notice, pauseEnds, row, signIn, summary, visit } from '../fixtures/steps.ts';
import { officeWordsOf } from '../fixtures/office-words.ts';

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const officeWords = officeWordsOf(locale);

    test('password and code lead in, back to the page that was asked for, and out', async ({ page, words }) => {
      await visit(page, '/office/staff');
      await expect(heading(page, officeWords.signInTitle)).toBeVisible();
      await field(page, words.email).fill(office.email);
      await field(page, words.password).fill('not the password');
      await button(page, words.signIn).click();
      await expect(summary(page)).toBeVisible();
      await pauseEnds(page);
      await field(page, words.email).fill(office.email);
      await field(page, words.password).fill(PASSWORD);
      await button(page, words.signIn).click();
      await expect(heading(page, officeWords.secondStep)).toBeVisible();

      // The password alone opens nothing.
      await visit(page, '/office');
      await expect(heading(page, officeWords.secondStep)).toBeVisible();
      await visit(page, '/office/staff');
      await expect(heading(page, officeWords.secondStep)).toBeVisible();
      await field(page, officeWords.code).fill(codeOf(office.app, 1));
      await button(page, officeWords.goOn).click();
      await expect(summary(page)).toContainText(officeWords.codeWrong);
      await alive(page);
      await field(page, officeWords.code).fill(await freshCode(page, office.app));
      await button(page, officeWords.goOn).click();
      await expect(page).toHaveURL(/\/office\/staff$/);

      await alive(page);
      await button(page, words.signOut).click();
      await expect(notice(page, words.isSignedOut)).toBeVisible();
      await visit(page, '/office');
      await expect(heading(page, officeWords.signInTitle)).toBeVisible();
    });

    test('a colleague is invited, sets up the second step, and is switched off', async ({ page, words, mailbox, somebody }) => {
      const colleague = { name: 'Shop Helper', email: 'helper@adventure-works.example' };
      await signInToOffice(page);
      await visit(page, '/office/staff/new');
      await field(page, officeWords.fullName).fill(colleague.name);
      await field(page, officeWords.workEmail).fill(colleague.email);
      await field(page, officeWords.role).selectOption('service');
      await button(page, officeWords.sendInvitation).click();
      await expect(notice(page, officeWords.isInvited)).toBeVisible();
      await expect(row(page, colleague.name)).toContainText(officeWords.invited);

      const mail = await mailbox.next(colleague.email);
      expect(mail.subject).toBe(officeWords.invitationMail);
      const other = await somebody({ locale });
      await setUpStaff(other, linkIn(mail), colleague);

      await visit(page, '/office/staff');
      await page.getByRole('link', { name: colleague.name, exact: true }).click();
      await expect(heading(page, colleague.name)).toBeVisible();
      await button(page, officeWords.takeBackSecondStep).click();
      await expect(notice(page, officeWords.isTakenBack)).toBeVisible();
      await visit(other, '/office');
      await expect(heading(other, officeWords.signInTitle)).toBeVisible();
      await alive(page);
      await button(page, officeWords.deactivate).click();
      await expect(notice(page, officeWords.isDeactivated)).toBeVisible();
      await field(other, words.email).fill(colleague.email);
      await field(other, words.password).fill(CHOSEN);
      await button(other, words.signIn).click();
      await expect(summary(other)).toBeVisible();
      await alive(page);
      await button(page, officeWords.activate).click();
      await expect(notice(page, officeWords.isActivated)).toBeVisible();
    });

    test('new recovery codes are made on the own page', async ({ page }) => {
      await signInToOffice(page);
      await visit(page, '/office/me');
      await expect(heading(page, officeWords.myAccount)).toBeVisible();
      await button(page, officeWords.newCodes).click();
      await expect(heading(page, officeWords.keepCodes)).toBeVisible();
      await alive(page);
      await button(page, officeWords.kept).click();
      await expect(heading(page, officeWords.myAccount)).toBeVisible();
      await expect(page.locator('main')).toContainText(': 10');
    });
  });
}

test('the portal and the Back Office know nothing of each other', async ({ page, words }) => {
  await signIn(page, words, david.email);
  await visit(page, '/office');
  await expect(heading(page, officeWordsOf('en').signInTitle)).toBeVisible();
  await signInToOffice(page);
  // Both at once, in one browser.
  await visit(page, '/');
  await expect(heading(page, words.welcome(david.name))).toBeVisible();
  await button(page, words.signOut).click();
  await expect(notice(page, words.isSignedOut)).toBeVisible();
  await visit(page, '/office');
  await expect(heading(page, words.welcome(office.name))).toBeVisible();
});

test('the keyboard alone leads in @script', async ({ page, words }) => {
  const officeWords = officeWordsOf('en');
  await visit(page, '/office/sign-in');
  const reach = async (name: string) => {
    const target = field(page, name);
    for (let stop = 0; stop < 20; stop += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${name} can't be reached by Tab`);
  };
  await reach(words.email);
  await page.keyboard.type(office.email);
  await reach(words.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(heading(page, officeWords.secondStep)).toBeVisible();
  await alive(page);
  await reach(officeWords.code);
  await page.keyboard.type(await freshCode(page, office.app));
  await page.keyboard.press('Enter');
  await expect(heading(page, words.welcome(office.name))).toBeVisible();
});
