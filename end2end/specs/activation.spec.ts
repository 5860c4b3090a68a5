// Activating an account: whom it lets in, whom it sends elsewhere, and what it says.
import { expect, test } from '../fixtures/test.ts';
import { codeIn } from '../fixtures/mailbox.ts';
import { CHOSEN, aerobic, bulk, david, goodToys, nearby } from '../fixtures/people.ts';
import {
  activate,
  alive,
  button,
  choosePassword,
  enterCode,
  enterFacts,
  field,
  heading,
  notice,
  place,
  signIn,
  signOut,
  summary,
  visit,
} from '../fixtures/steps.ts';

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('a customer without Customer Center becomes a business user', async ({ page, mailbox, words }) => {
      await activate(page, words, mailbox, bulk);
      await expect(heading(page, words.welcome(bulk.name))).toBeVisible();
      await expect(notice(page, words.businessActivated)).toBeVisible();
      await expect(place(page, words, words.overview)).toBeVisible();
      await expect(place(page, words, words.usersManagement)).toHaveCount(0);
      expect(await visit(page, '/users')).toBe(403);
      await expect(heading(page, words.cannotOpen)).toBeVisible();
      await expect(page.getByText(words.membersOnly)).toBeVisible();
      await signOut(page, words);
      await signIn(page, words, bulk.email, CHOSEN);
      await expect(heading(page, words.welcome(bulk.name))).toBeVisible();
    });

    test('a colleague is told whom to ask', async ({ page, mailbox, words }) => {
      await enterFacts(page, words, nearby);
      await expect(heading(page, words.askAdministrator)).toBeVisible();
      await expect(page.locator('main')).toContainText(words.ineligible(nearby.administrator));
      await expect(page.getByRole('link', { name: nearby.administrator })).toHaveAttribute('href', `mailto:${nearby.administrator}`);
      await expect(page.locator('main')).toContainText(words.askEarly);
      await expect(button(page, words.requestAccess)).toBeVisible();
      expect(mailbox.waiting()).toEqual([]);
    });

    test('details that do not match are told nothing', async ({ page, words }) => {
      for (const wrong of [
        { ...aerobic, invoice: 'IN00001' },
        { ...bulk, email: 'nobody@bulk-discount-store.example' },
        { ...aerobic, customer: '10-4020-999999' },
      ]) {
        await enterFacts(page, words, wrong);
        await expect(summary(page)).toContainText(words.noMatch);
        await expect(summary(page)).toBeFocused();
        await expect(notice(page, words.whereNumbers)).toBeVisible();
        await expect(field(page, words.invoiceNumber)).toHaveValue(wrong.invoice);
      }
    });

    test('a second activation is told that the account is active', async ({ page, words }) => {
      await enterFacts(page, words, { ...goodToys, email: david.email });
      await expect(heading(page, words.alreadyActive)).toBeVisible();
      await page.locator('main').getByRole('link', { name: words.signIn, exact: true }).click();
      await expect(page).toHaveURL(/\/sign-in$/);
    });
  });
}

test('the name is there already, spaces and hyphens do not matter', async ({ page, words }) => {
  await enterFacts(page, words, { ...aerobic, customer: ' 104020 000006 ', invoice: 'in 71915', email: aerobic.email.toUpperCase() });
  await expect(heading(page, words.aboutYou)).toBeVisible();
  await expect(field(page, words.companyName)).toHaveValue(aerobic.company);
  await expect(field(page, words.companyName)).not.toBeEditable();
  await expect(field(page, words.salutation)).toHaveValue('ms');
  await expect(field(page, words.firstName)).toHaveValue('Rosmarie J.');
  await expect(field(page, words.lastName)).toHaveValue('Carroll');
});

test('an activation goes on where it was left', async ({ page, mailbox, words }) => {
  await enterFacts(page, words, aerobic);
  await choosePassword(page, words);
  await page.reload();
  await alive(page);
  await expect(heading(page, words.enterCode)).toBeVisible();
  await enterCode(page, words, mailbox, aerobic.email);
  await expect(heading(page, words.usersManagement)).toBeVisible();
});

test('a wrong code is refused, a new one ends the old one', async ({ page, mailbox, words }) => {
  await enterFacts(page, words, aerobic);
  await choosePassword(page, words);
  const first = codeIn(await mailbox.next(aerobic.email));
  const wrong = first === '123456' ? '654321' : '123456';
  await field(page, words.code).fill(wrong);
  await button(page, words.activateAccount).click();
  await expect(summary(page)).toContainText(words.codeWrong);
  await button(page, words.sendNewCode).click();
  const second = codeIn(await mailbox.next(aerobic.email));
  await expect(page.getByText(words.newCodeSent).first()).toBeAttached();
  await field(page, words.code).fill(first);
  await button(page, words.activateAccount).click();
  await expect(summary(page)).toContainText(words.codeWrong);
  await field(page, words.code).fill(second);
  await button(page, words.activateAccount).click();
  await expect(heading(page, words.usersManagement)).toBeVisible();
});

test('an empty form says what is missing, and each line leads to its field', async ({ page, words }) => {
  await visit(page, '/activate');
  await button(page, words.goOn).click();
  await expect(summary(page)).toBeFocused();
  await expect(summary(page).getByRole('listitem')).toHaveCount(3);
  await summary(page).getByRole('link').nth(1).click();
  await expect(field(page, words.invoiceNumber)).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
});

test('passwords that are easy to guess are refused', async ({ page, words }) => {
  await enterFacts(page, words, aerobic);
  await expect(heading(page, words.aboutYou)).toBeVisible();
  for (const [password, repeated, why] of [
    ['short', 'short', 'Use at least 12 characters'],
    ['password12345', 'password12345', 'Choose a password that is harder to guess'],
    ['rosmarie carroll', 'rosmarie carroll', 'Choose a password that is not built from your name, address or company'],
    [CHOSEN, `${CHOSEN}8`, 'Type the same password twice'],
  ] as const) {
    await field(page, words.password).fill(password);
    await field(page, words.repeatPassword).fill(repeated);
    await button(page, words.goOn).click();
    await expect(summary(page)).toContainText(why);
  }
});
