// The shop's own people: getting into the Back Office, and who else may.
import { expect, test } from '../fixtures/test.ts';
import { PASSWORD, david } from '../fixtures/people.ts';
import { codeOf, freshCode, office, signInToOffice } from '../fixtures/staff.ts';
import { alive, button, field, heading, notice, pauseEnds, signIn, summary, visit } from '../fixtures/steps.ts';
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
