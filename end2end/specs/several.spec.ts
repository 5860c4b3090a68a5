// One person, several companies: one login, a switch in the header, nothing mixed.
import { expect, test } from '../fixtures/test.ts';
import { CHOSEN, PASSWORD, david, goodToys, janeth, riding } from '../fixtures/people.ts';
import {
  alive,
  button,
  enterCode,
  enterFacts,
  field,
  fillSignIn,
  heading,
  notice,
  row,
  signIn,
  summary,
  visit,
} from '../fixtures/steps.ts';
import type { Page } from '@playwright/test';
import type { Words } from '../fixtures/words.ts';

const [first, second] = janeth.companies;

/** Switches by the menu in the rail. */
async function switchTo(page: Page, words: Words, from: string, to: string): Promise<void> {
  await button(page, words.switchCompany(from)).click();
  await button(page, to).click();
  await expect(button(page, words.switchCompany(to))).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await alive(page);
}

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('an activation adds a company to the login there is, which keeps its password', async ({ page, mailbox, words }) => {
      await test.step('asks for the same as of anybody', async () => {
        await enterFacts(page, words, riding);
        await expect(heading(page, words.aboutYou)).toBeVisible();
        await expect(page.getByText(words.knownLogin)).toBeVisible();
        await field(page, words.firstName).fill('Dave');
        await field(page, words.lastName).fill('Somebody');
        await field(page, words.password).fill(CHOSEN);
        await field(page, words.repeatPassword).fill(CHOSEN);
        await button(page, words.goOn).click();
        await expect(heading(page, words.enterCode)).toBeVisible();
      });

      await test.step('leads from the code to signing in at the new company', async () => {
        await enterCode(page, words, mailbox, riding.email);
        await expect(notice(page, words.companyJoined)).toBeVisible();
        await expect(heading(page, words.signInTo(riding.company))).toBeVisible();
        expect((await mailbox.next(riding.email)).subject).toBe(words.mail.joined(riding.company));
        await alive(page);
        await fillSignIn(page, words, david.email, PASSWORD);
        await expect(heading(page, words.welcome(david.name))).toBeVisible();
        await expect(button(page, words.switchCompany(riding.company))).toBeVisible();
      });

      await test.step('shows the new company without the old one', async () => {
        await visit(page, '/users');
        await expect(row(page, david.email)).toContainText(words.mainContact);
        await expect(page.getByText('Bronwyn Pryce')).toHaveCount(0);
      });
    });
  });
}

test('switches to the other company and back', async ({ page, words }) => {
  await signIn(page, words, janeth.email);
  await switchTo(page, words, first, second);
  await visit(page, '/profile');
  await expect(page.getByRole('heading', { name: words.yourCompanies })).toBeVisible();
  await expect(page.getByText(words.actsFor)).toBeVisible();
  await button(page, words.switchTo(first)).click();
  await expect(button(page, words.switchCompany(first))).toBeVisible();
});

test('who belongs to one company is offered no switch', async ({ page, words }) => {
  await signIn(page, words, david.email);
  await expect(button(page, words.switchCompany(goodToys.company))).toHaveCount(0);
});

test('each company has its own language', async ({ page, words, somebody }) => {
  await signIn(page, words, janeth.email);
  await visit(page, '/profile');
  await field(page, words.language).selectOption('de');
  await button(page, words.save).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await alive(page);
  await button(page, `Firma wechseln: ${first}`).click();
  await button(page, second).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  // Another browser finds both as they were left.
  const other = await somebody();
  await signIn(other, words, janeth.email);
  await expect(other.locator('html')).toHaveAttribute('lang', 'en');
  await button(other, words.switchCompany(second)).click();
  await button(other, first).click();
  await expect(other.locator('html')).toHaveAttribute('lang', 'de');
});

test('what was typed for one company is not sent to the other', async ({ page, words }) => {
  await signIn(page, words, janeth.email);
  await visit(page, '/users/new');
  await field(page, words.fullName).fill('Nora Neu');
  await field(page, words.workEmail).fill('nora.neu@central.example');

  const tab = await page.context().newPage();
  await visit(tab, '/');
  await switchTo(tab, words, first, second);

  await button(page, words.sendInvitation).click();
  const told = summary(page).or(notice(page, words.actsElsewhere));
  await expect(told.first()).toContainText(words.actsElsewhere);
  await visit(page, '/users');
  await expect(row(page, janeth.email)).toBeVisible();
  await expect(page.getByText('Nora Neu')).toHaveCount(0);
});

test('two browsers act for two companies at once', async ({ page, somebody, words }) => {
  await signIn(page, words, janeth.email);
  const other = await somebody();
  await signIn(other, words, janeth.email);
  await switchTo(other, words, first, second);
  await visit(page, '/');
  await expect(button(page, words.switchCompany(first))).toBeVisible();
  await visit(page, '/profile/sessions');
  const main = page.getByRole('main');
  await expect(main.getByText(second, { exact: true })).toBeVisible();
  await expect(main.getByText(first, { exact: true })).toBeVisible();
});
