// What the merchant's staff do for people who can't do it themselves: a move into a company, one account
// out of two, a code on paper.
import { expect, test } from '../fixtures/test.ts';
import { CHOSEN, PASSWORD, bronwyn, bulk, joerg } from '../fixtures/people.ts';
import { activate, alive, arrived, button, field, fillSignIn, heading, notice, place, signIn, summary, visit } from '../fixtures/steps.ts';
import { wordsOf } from '../fixtures/words.ts';
import { signInToOffice } from '../fixtures/staff.ts';

const WORDS = {
  en: {
    now: 'Customer Center now',
    move: `Move into the company ${bulk.company}…`,
    moveTitle: `Move ${bulk.name} into the company`,
    moveDo: 'Move into the company',
    moved: 'User moved into the company',
    movedMail: `You act in the Customer Center of ${bulk.company} now`,
    code: 'One-time code…',
    codeTitle: `One-time code for ${joerg.name}`,
    show: 'Show a code to print',
    shown: 'The code was shown already',
    useTitle: 'Use a one-time code',
    useLabel: 'One-time code',
    use: 'Go on',
    wrong: 'This code does not fit this email address',
    setTitle: 'Set a new password',
    merge: 'Merge with another account…',
    mergeTitle: `Merge ${joerg.name} with another account`,
    mergeWith: 'Email of the other account',
    mergeLook: 'Show what would happen',
    mergeJoins: 'the roles come together',
    mergeDo: 'Merge accounts',
    merged: 'Accounts merged',
    mergedMail: 'Your two accounts at Adventure Works are one now',
  },
  de: {
    now: 'Jetzt Customer Center',
    move: `In die Firma ${bulk.company} übernehmen…`,
    moveTitle: `${bulk.name} in die Firma übernehmen`,
    moveDo: 'In die Firma übernehmen',
    moved: 'Benutzer in die Firma übernommen',
    movedMail: `Sie handeln jetzt im Customer Center von ${bulk.company}`,
    code: 'Einmalcode…',
    codeTitle: `Einmalcode für ${joerg.name}`,
    show: 'Code zum Drucken zeigen',
    shown: 'Der Code wurde schon gezeigt',
    useTitle: 'Einmalcode benutzen',
    useLabel: 'Einmalcode',
    use: 'Weiter',
    wrong: 'Dieser Code passt nicht zu dieser E-Mail-Adresse',
    setTitle: 'Neues Passwort setzen',
    merge: 'Mit einem anderen Konto zusammenführen…',
    mergeTitle: `${joerg.name} mit einem anderen Konto zusammenführen`,
    mergeWith: 'E-Mail des anderen Kontos',
    mergeLook: 'Zeigen, was geschehen würde',
    mergeJoins: 'Die Rollen kommen zusammen',
    mergeDo: 'Konten zusammenführen',
    merged: 'Konten zusammengeführt',
    mergedMail: 'Your two accounts at Adventure Works are one now',
  },
} as const;

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(language, () => {
    test.use({ locale });

    test('a business user is moved into the company of the customer', async ({ page, portal, mailbox, words, somebody }) => {
      const said = WORDS[tag];
      const person = await somebody({ locale });
      await activate(person, words, mailbox, bulk);
      await expect(heading(person, words.welcome(bulk.name))).toBeVisible();
      await mailbox.next(bulk.email);

      await portal.erpFlags(bulk.customer, bulk.email);
      await signInToOffice(page);
      await visit(page, '/office/users?list=business');
      await expect(page.getByRole('row').filter({ hasText: bulk.name })).toContainText(said.now);
      await page.getByRole('link', { name: bulk.name }).click();
      await arrived(page, bulk.name);
      await page.getByRole('link', { name: said.move, exact: true }).click();
      await arrived(page, said.moveTitle);
      await button(page, said.moveDo).click();
      await expect(notice(page, said.moved)).toBeVisible();

      expect((await mailbox.next(bulk.email)).subject).toBe(said.movedMail);
      await visit(person, '/profile');
      await expect(person).toHaveURL(/\/sign-in/);
      await signIn(person, words, bulk.email, CHOSEN);
      await expect(place(person, words, words.usersManagement)).toBeVisible();
    });

    test('two accounts become one, as was shown before', async ({ page, mailbox, words, somebody }) => {
      const said = WORDS[tag];
      await signInToOffice(page);
      await visit(page, '/office/users?list=all&q=strass');
      await page.getByRole('link', { name: joerg.name }).click();
      await arrived(page, joerg.name);
      await page.getByRole('link', { name: said.merge, exact: true }).click();
      await arrived(page, said.mergeTitle);
      await field(page, said.mergeWith).fill(bronwyn.email);
      await button(page, said.mergeLook).click();
      await expect(page.locator('main')).toContainText(said.mergeJoins);
      await alive(page);
      await button(page, said.mergeDo).click();
      await expect(notice(page, said.merged)).toBeVisible();
      await visit(page, '/office/users?list=all&q=bronwyn');
      await expect(page.getByRole('link', { name: bronwyn.name })).toHaveCount(0);
      // In the language of the person.
      expect((await mailbox.next(joerg.email)).subject).toBe(said.mergedMail);
      expect((await mailbox.next(bronwyn.email)).subject).toBe(said.mergedMail);
      const person = await somebody({ locale });
      await visit(person, '/sign-in');
      await fillSignIn(person, words, bronwyn.email, PASSWORD);
      await expect(summary(person)).toContainText(words.signInFailed);
    });

    test('a code on paper sets a password, once', async ({ page, words, somebody }) => {
      const said = WORDS[tag];
      await signInToOffice(page);
      await visit(page, '/office/users?list=all&q=strass');
      await page.getByRole('link', { name: joerg.name }).click();
      await arrived(page, joerg.name);
      await page.getByRole('link', { name: said.code, exact: true }).click();
      await arrived(page, said.codeTitle);
      await button(page, said.show).click();
      await expect(page.locator('.code-text')).toHaveCount(3);
      const [address, login, code] = await page.locator('.code-text').allTextContents();
      expect(address).toMatch(/\/code$/);
      expect(login).toBe(joerg.email);
      await page.reload();
      await alive(page);
      await expect(notice(page, said.shown)).toBeVisible();
      await expect(page.locator('.code-text')).toHaveCount(0);

      const person = await somebody({ locale });
      await visit(person, '/code');
      await expect(heading(person, said.useTitle)).toBeVisible();
      await field(person, words.email).fill('nobody@good-toys.example');
      await field(person, said.useLabel).fill(code!);
      await button(person, said.use).click();
      await expect(summary(person)).toContainText(said.wrong);
      await field(person, words.email).fill(joerg.email);
      await field(person, said.useLabel).fill(code!.toLowerCase());
      await button(person, said.use).click();
      await expect(heading(person, said.setTitle)).toBeVisible();
      await alive(person);
      await field(person, words.newPassword).fill(CHOSEN);
      await field(person, words.repeatPassword).fill(CHOSEN);
      await button(person, words.setPassword).click();
      await expect(notice(person, words.passwordIsSet)).toBeVisible();
      await signIn(person, words, joerg.email, CHOSEN);
      // The portal speaks the language of the user.
      await expect(heading(person, wordsOf('en').welcome(joerg.name))).toBeVisible();
    });
  });
}
