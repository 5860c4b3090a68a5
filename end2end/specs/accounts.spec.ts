// Signing in and out, passwords, the email address, sessions, language and look.
import { expect, test } from '../fixtures/test.ts';
import { linkIn } from '../fixtures/mailbox.ts';
import { CHOSEN, PASSWORD, bronwyn, david, emile, joerg, noor, thora } from '../fixtures/people.ts';
import {
  accept,
  alive,
  button,
  field,
  fillSignIn,
  heading,
  notice,
  pauseEnds,
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

    test('a wrong password is told without saying what is wrong', async ({ page, words }) => {
      for (const email of [noor.email, 'nobody@good-toys.example']) {
        await visit(page, '/sign-in');
        await fillSignIn(page, words, email, 'not the password');
        await expect(summary(page)).toContainText(words.signInFailed);
        await expect(summary(page)).toBeFocused();
        await expect(field(page, words.email)).toHaveValue(email);
      }
    });

    test('a deactivated user is told whom to ask', async ({ page, words }) => {
      await visit(page, '/sign-in');
      await fillSignIn(page, words, thora.email, PASSWORD);
      await expect(summary(page)).toContainText(words.accountDeactivated);
    });
  });
}

test('signs in where the link led to, and out again', async ({ page, words }) => {
  await visit(page, '/profile/sessions');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fprofile%2Fsessions$/);
  await fillSignIn(page, words, noor.email, PASSWORD);
  await expect(page).toHaveURL(/\/profile\/sessions$/);
  await alive(page);
  await signOut(page, words);
  await visit(page, '/profile');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fprofile$/);
});

test('a forgotten password is set anew by a mailed link, which ends every session', async ({ page, somebody, mailbox, words }) => {
  await signIn(page, words, joerg.email);
  const other = await somebody();
  await visit(other, '/sign-in');
  await other.getByRole('link', { name: 'Forgot password?' }).click();
  await expect(heading(other, 'Forgot password')).toBeVisible();
  await field(other, words.email).fill(joerg.email);
  await button(other, 'Send link').click();
  await expect(heading(other, 'Check your email')).toBeVisible();

  const mail = await mailbox.next(joerg.email);
  expect(mail.subject).toBe('Set a new password for Adventure Works');
  const link = linkIn(mail);
  await visit(other, link);
  await expect(heading(other, 'Set a new password')).toBeVisible();
  expect(other.url()).not.toContain(link);
  await field(other, words.newPassword).fill(CHOSEN);
  await field(other, words.repeatPassword).fill(CHOSEN);
  await button(other, words.setPassword).click();
  await expect(notice(other, words.passwordIsSet)).toBeVisible();
  expect((await mailbox.next(joerg.email)).subject).toBe('Your password at Adventure Works was changed');

  await page.reload();
  await expect(page).toHaveURL(/\/sign-in$/);
  await alive(page);
  await fillSignIn(page, words, joerg.email, PASSWORD);
  await expect(summary(page)).toContainText(words.signInFailed);
  await pauseEnds(page);
  await signIn(other, words, joerg.email, CHOSEN);

  const third = await somebody();
  await visit(third, link);
  await expect(heading(third, "This link can't be used")).toBeVisible();
  await expect(third.getByRole('link', { name: 'Ask for a new link' })).toBeVisible();
});

test('asking for a link says the same for an address without account', async ({ page, mailbox, words }) => {
  await visit(page, '/forgot-password');
  await field(page, words.email).fill('nobody@good-toys.example');
  await button(page, 'Send link').click();
  await expect(heading(page, 'Check your email')).toBeVisible();
  await page.getByRole('link', { name: 'Use another address' }).click();
  await expect(heading(page, 'Forgot password')).toBeVisible();
  await field(page, words.email).fill(noor.email);
  await button(page, 'Send link').click();
  await expect(heading(page, 'Check your email')).toBeVisible();
  await mailbox.next(noor.email);
  expect(mailbox.waiting()).toEqual([]);
});

test('the invitation of the demo still works', async ({ page, mailbox, words }) => {
  await accept(page, words, mailbox.earlier(emile.email));
  await fillSignIn(page, words, emile.email, CHOSEN);
  await expect(heading(page, words.welcome(emile.name))).toBeVisible();
});

test('changes the password, which ends the other sessions', async ({ page, somebody, mailbox, words }) => {
  const other = await somebody();
  await signIn(other, words, bronwyn.email);
  await signIn(page, words, bronwyn.email);
  await visit(page, '/profile/password');
  await field(page, words.currentPassword).fill('not the password');
  await field(page, words.newPassword).fill(CHOSEN);
  await field(page, words.repeatPassword).fill(CHOSEN);
  await button(page, 'Change password').click();
  await expect(summary(page)).toContainText('Enter your current password');
  await pauseEnds(page);
  await field(page, words.currentPassword).fill(PASSWORD);
  await field(page, words.newPassword).fill(CHOSEN);
  await field(page, words.repeatPassword).fill(CHOSEN);
  await button(page, 'Change password').click();
  await expect(notice(page, 'Your password is changed. All other browsers are signed out.')).toBeVisible();
  expect((await mailbox.next(bronwyn.email)).subject).toBe('Your password at Adventure Works was changed');
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in$/);
  await signIn(other, words, bronwyn.email, CHOSEN);
});

test('changes the email address: the new one confirms, the old one is told', async ({ page, somebody, mailbox, words }) => {
  const fresh = 'noor@good-toys.example';
  await signIn(page, words, noor.email);
  await visit(page, '/profile/email');
  await field(page, 'New email address').fill(fresh);
  await field(page, words.currentPassword).fill(PASSWORD);
  await button(page, 'Send link').click();
  await expect(notice(page, 'We mailed a link to the new address.')).toBeVisible();
  await expect(notice(page, `We mailed a link to ${fresh}.`)).toBeVisible();
  const told = await mailbox.next(noor.email);
  expect(told.subject).toBe('A new email address for your account at Adventure Works');
  expect(told.text).not.toContain('/link/');
  const confirm = await mailbox.next(fresh);

  const other = await somebody();
  await visit(other, linkIn(confirm));
  await expect(heading(other, 'Confirm your new email address')).toBeVisible();
  await button(other, 'Confirm email address').click();
  await expect(notice(other, 'Your email address is changed. Sign in with the new one.')).toBeVisible();
  for (const address of [noor.email, fresh]) {
    expect((await mailbox.next(address)).subject).toBe('Your email address at Adventure Works was changed');
  }
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(other, words, fresh);
});

test('takes a change of the email address back', async ({ page, mailbox, words }) => {
  const fresh = 'noor@good-toys.example';
  await signIn(page, words, noor.email);
  await visit(page, '/profile/email');
  await field(page, 'New email address').fill(fresh);
  await field(page, words.currentPassword).fill(PASSWORD);
  await button(page, 'Send link').click();
  const confirm = await mailbox.next(fresh);
  await expect(page.getByText(fresh).first()).toBeVisible();
  await button(page, 'Cancel change').click();
  await expect(page.getByText(fresh)).toHaveCount(0);
  await visit(page, linkIn(confirm));
  await expect(heading(page, "This link can't be used")).toBeVisible();
});

test('lists the signed-in browsers and signs them out', async ({ page, somebody, words }) => {
  const [second, third] = [await somebody(), await somebody()];
  for (const one of [second, third, page]) await signIn(one, words, noor.email);
  await visit(page, '/profile/sessions');
  const sessions = page.locator('main').getByRole('listitem');
  await expect(sessions).toHaveCount(3);
  await expect(sessions.filter({ hasText: 'This device' })).toHaveCount(1);
  await sessions.getByRole('button', { name: /^Sign out/ }).first().click();
  await expect(sessions).toHaveCount(2);
  await button(page, 'Sign out everywhere else').click();
  await expect(sessions).toHaveCount(1);
  await expect(page.getByText('You are signed in nowhere else.')).toBeVisible();
  for (const one of [second, third]) {
    await one.reload();
    await expect(one).toHaveURL(/\/sign-in$/);
  }
});

test('speaks German from then on', async ({ page, words }) => {
  await signIn(page, words, noor.email);
  await visit(page, '/profile');
  await field(page, words.language).selectOption('Deutsch');
  await button(page, words.save).click();
  await expect(notice(page, 'Ihr Profil ist gespeichert.')).toBeVisible();
  await expect(heading(page, 'Profil')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.reload();
  await alive(page);
  await expect(heading(page, 'Profil')).toBeVisible();
  await button(page, 'Abmelden').click();
  await expect(heading(page, 'Anmelden')).toBeVisible();
});

test('the switch of a page counts until somebody signs in', async ({ page, words }) => {
  await visit(page, '/sign-in');
  await button(page, 'Deutsch').click();
  await expect(heading(page, 'Anmelden')).toBeVisible();
  await alive(page);
  await field(page, 'E-Mail').fill(noor.email);
  await field(page, 'Passwort').fill(PASSWORD);
  await button(page, 'Anmelden').click();
  await expect(heading(page, words.welcome(noor.name))).toBeVisible();
});

test('stays dark from then on', async ({ page, words }) => {
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit(page, '/sign-in');
  const light = await back();
  await button(page, 'Dark').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await back()).not.toBe(light);
  await signIn(page, words, noor.email);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('who may not manage users is told who can', async ({ page, words }) => {
  await signIn(page, words, noor.email);
  await expect(place(page, words, words.usersManagement)).toHaveCount(0);
  for (const path of ['/users', '/users/new', '/users/contacts', '/users/invitations']) {
    expect(await visit(page, path)).toBe(403);
    await expect(heading(page, words.cannotOpen)).toBeVisible();
    await expect(page.getByText(`These people can give it to you: ${david.name}.`)).toBeVisible();
  }
});
