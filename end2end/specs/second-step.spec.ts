// Two-step sign-in of users: switched on and off by themselves, asked for by a company, taken back for who lost it.
import { expect, test } from '../fixtures/test.ts';
import { david, goodToys, noor } from '../fixtures/people.ts';
import { firstStep, secondStepWordsOf, setUpTwoSteps } from '../fixtures/second-step.ts';
import { codeOf, freshCode, signInToOffice } from '../fixtures/staff.ts';
import { alive, button, enter, field, heading, notice, row, signIn, signOut, summary, visit } from '../fixtures/steps.ts';

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const step = secondStepWordsOf(locale);

    test('a user switches it on, signs in with both steps, and switches it off', async ({ page, somebody, words, mailbox }) => {
      await enter(page, noor.email, tag);
      await visit(page, '/profile');
      await page.getByRole('link', { name: step.twoStep, exact: true }).click();
      const { app, codes } = await setUpTwoSteps(page, step);
      await expect(page.locator('main')).toContainText(step.isOn);
      expect((await mailbox.next(noor.email)).subject).toBe(step.onMail);

      const other = await somebody({ locale });
      await firstStep(other, locale, noor.email, '/profile/sessions');
      // The password alone opens nothing.
      await visit(other, '/profile');
      await expect(other).toHaveURL(/\/sign-in\?next/);
      await firstStep(other, locale, noor.email, '/profile/sessions');
      await field(other, step.code).fill(codeOf(app, 1));
      await button(other, step.goOn).click();
      await expect(summary(other)).toContainText(step.codeWrong);
      await alive(other);
      await field(other, step.code).fill(await freshCode(other, app));
      await button(other, step.goOn).click();
      await expect(other).toHaveURL(/\/profile\/sessions$/);
      await alive(other);
      await signOut(other, words);

      // A recovery code works once.
      for (const works of [true, false]) {
        await firstStep(other, locale, noor.email);
        await field(other, step.code).fill(codes[2]!.toLowerCase());
        await button(other, step.goOn).click();
        if (works) {
          await expect(heading(other, words.welcome(noor.name))).toBeVisible();
          await alive(other);
          await signOut(other, words);
        } else {
          await expect(summary(other)).toContainText(step.codeWrong);
        }
      }

      await visit(page, '/profile/second-step');
      await expect(page.locator('main')).toContainText(step.codesLeft(9));
      await button(page, step.newCodes).click();
      await expect(heading(page, step.keepCodes)).toBeVisible();
      await alive(page);
      await button(page, step.kept).click();
      await expect(page.locator('main')).toContainText(step.codesLeft(10));
      await alive(page);
      await button(page, step.switchOff).click();
      await expect(notice(page, step.isOff)).toBeVisible();
      expect((await mailbox.next(noor.email)).subject).toBe(step.offMail);
      await signIn(other, words, noor.email);
    });

    test('a company asks for it, and who has none sets it up before anything else', async ({ page, somebody, words, portal }) => {
      const user = await somebody({ locale });
      await enter(user, noor.email, tag);
      await enter(page, david.email, tag);
      await visit(page, '/users/review');
      await page.getByRole('link', { name: step.settings, exact: true }).click();
      await expect(heading(page, step.settings)).toBeVisible();
      await alive(page);
      await portal.passwordsAge();
      await page.getByLabel(step.require, { exact: true }).check();
      await button(page, words.save).click();
      await expect(summary(page)).toBeVisible();
      await alive(page);
      await field(page, words.currentPassword).fill('orchard lantern 42');
      await button(page, words.save).click();
      // Who decides it is the first to set it up.
      await setUpTwoSteps(page, step);
      await expect(heading(page, step.settings)).toBeVisible();
      await expect(page.getByLabel(step.require, { exact: true })).toBeChecked();

      await visit(user, '/profile');
      await expect(user).toHaveURL(/\/profile\/second-step\?next=%2Fprofile$/);
      await expect(user.locator('main')).toContainText(step.requiredBy(goodToys.company));
      await visit(user, '/profile/sessions');
      await expect(heading(user, step.twoStep)).toBeVisible();
      await button(user, step.begin).click();
      await expect(summary(user)).toBeVisible();
      await alive(user);
      await field(user, words.currentPassword).fill('orchard lantern 42');
      await setUpTwoSteps(user, step);
      await expect(user).toHaveURL(/\/profile\/sessions$/);
      await visit(user, '/profile/second-step');
      await expect(user.locator('main')).toContainText(step.refused(goodToys.company));
      await expect(button(user, step.switchOff)).toHaveCount(0);
    });

    test('who lost app and codes gets in again by a main contact, or by the shop', async ({ page, somebody, words, mailbox }) => {
      const user = await somebody({ locale });
      const lose = async () => {
        await visit(user, '/profile/second-step');
        await setUpTwoSteps(user, step);
        expect((await mailbox.next(noor.email)).subject).toBe(step.onMail);
      };
      await enter(user, noor.email, tag);
      await lose();
      await enter(page, david.email, tag);
      await visit(page, '/users');
      await row(page, noor.name).getByRole('link', { name: noor.name }).click();
      await expect(heading(page, noor.name)).toBeVisible();
      await alive(page);
      await button(page, step.takeBack).click();
      await expect(notice(page, step.takenBack)).toBeVisible();
      await expect(button(page, step.takeBack)).toHaveCount(0);
      expect((await mailbox.next(noor.email)).subject).toBe(step.resetMail);
      await signIn(user, words, noor.email);

      await lose();
      await signInToOffice(page);
      await visit(page, '/office/users?list=all&q=noor');
      await page.getByRole('link', { name: noor.name }).click();
      await expect(heading(page, noor.name)).toBeVisible();
      await alive(page);
      await button(page, step.takeBack).click();
      await expect(notice(page, step.takenBack)).toBeVisible();
      expect((await mailbox.next(noor.email)).subject).toBe(step.resetMail);
      await signIn(user, words, noor.email);
    });
  });
}

test('a second step without a first one leads to sign-in', async ({ page }) => {
  await visit(page, '/sign-in/second-step');
  await expect(heading(page, secondStepWordsOf('en').again)).toBeVisible();
});
