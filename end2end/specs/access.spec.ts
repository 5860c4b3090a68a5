// Asking a company for access, and deciding about it.
import { expect, test } from '../fixtures/test.ts';
import { CHOSEN, aerobic, amara, david, goodToys, mira, noor } from '../fixtures/people.ts';
import {
  accept,
  activate,
  arrived,
  askForAccess,
  button,
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

const colleague = { ...goodToys, email: mira.email };

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('a colleague asks, and the main contact grants it with nothing to type', async ({ page, somebody, mailbox, words }) => {
      await activate(page, words, mailbox, aerobic);
      await expect(heading(page, words.usersManagement)).toBeVisible();
      await mailbox.next(aerobic.email);
      const other = await somebody();
      await test.step('asks', async () => {
        await askForAccess(other, words, { ...aerobic, email: amara.email }, 'Amara O.', 'Hello <b>Rosmarie</b>');
        const mail = await mailbox.next(aerobic.email);
        expect(mail.subject).toBe(words.mail.accessRequested(aerobic.company));
        expect(mail.text).toContain('Hello <b>Rosmarie</b>');
        expect(mail.html).not.toContain('<b>Rosmarie');
        expect(mail.text).toContain('/users/requests');
      });

      await test.step('is found in the list', async () => {
        await visit(page, '/users');
        await page.getByRole('link', { name: words.accessRequests }).click();
        await expect(page).toHaveURL(/\/users\/requests$/);
        await expect(row(page, amara.email)).toContainText('Amara O.');
        await expect(row(page, amara.email)).toContainText(`${amara.name} ${amara.contact}`);
        await expect(row(page, amara.email)).toContainText('Hello <b>Rosmarie</b>');
      });

      await test.step('gets access as the contact that the ERP knows', async () => {
        await row(page, amara.email).getByRole('link', { name: words.grantAccess }).click();
        await expect(heading(page, words.grantAccess)).toBeVisible();
        await expect(field(page, words.customerNumber)).toHaveValue(aerobic.customer);
        await expect(field(page, words.contactNumber)).toHaveValue(amara.contact);
        await expect(field(page, words.salutation)).toHaveValue('ms');
        await expect(field(page, words.fullName)).toHaveValue(amara.name);
        await expect(field(page, words.workEmail)).toHaveValue(amara.email);
        await button(page, words.sendInvitation).click();
        await expect(notice(page, words.invited)).toBeVisible();
        await expect(page.getByText(words.noRequests)).toBeVisible();
        const mail = await mailbox.next(amara.email);
        expect(mail.subject).toBe(words.mail.created);
        await accept(other, words, mail);
        await fillSignIn(other, words, amara.email, CHOSEN);
        await expect(heading(other, words.welcome(amara.name))).toBeVisible();
      });
    });

    test('a colleague who asks before the company is activated is found once it is', async ({ page, somebody, mailbox, words }) => {
      await askForAccess(await somebody(), words, { ...aerobic, email: amara.email }, amara.name, '');
      expect(mailbox.waiting()).toEqual([]);
      await activate(page, words, mailbox, aerobic);
      await expect(heading(page, words.usersManagement)).toBeVisible();
      await mailbox.next(aerobic.email);
      expect((await mailbox.next(aerobic.email)).subject).toBe(words.mail.accessRequested(aerobic.company));
      await visit(page, '/users/requests');
      await expect(row(page, amara.email)).toContainText(`${amara.name} ${amara.contact}`);
    });

    test('an empty request says what is missing, and keeps what was typed', async ({ page, mailbox, words }) => {
      await enterFacts(page, words, colleague);
      await arrived(page, words.askAdministrator);
      await field(page, words.workEmail).fill('');
      await field(page, words.messageToMainContacts).fill('Two\nlines');
      await button(page, words.requestAccess).click();
      await expect(summary(page).getByRole('listitem')).toHaveCount(2);
      await expect(field(page, words.messageToMainContacts)).toHaveValue('Two\nlines');
      expect(mailbox.waiting()).toEqual([]);
    });
  });
}

test('the main contact declines with a reason, and the colleague is told', async ({ page, somebody, mailbox, words }) => {
  const other = await somebody();
  await askForAccess(other, words, colleague, mira.name, '');
  await signIn(page, words, david.email);
  await page.getByRole('link', { name: 'Colleagues ask for access' }).click();
  await expect(row(page, mira.name)).toContainText('No contact with this address');
  await row(page, mira.name).getByRole('link', { name: words.declineRequest }).click();
  await expect(heading(page, words.declineRequest)).toBeVisible();
  await field(page, /^Reason/).fill('x'.repeat(301));
  await button(page, words.declineRequest).click();
  await expect(summary(page)).toContainText('Use at most 300 characters');
  await field(page, /^Reason/).fill('You do not work here.');
  await button(page, words.declineRequest).click();
  await expect(notice(page, words.declined)).toBeVisible();
  await expect(page.getByText(words.noRequests)).toBeVisible();
  const mail = await mailbox.next(mira.email);
  expect(mail.subject).toBe('Your request for access at Adventure Works');
  expect(mail.text).toContain('Reason: You do not work here.');
});

test('somebody unknown to the ERP is added by what was typed', async ({ page, somebody, mailbox, words }) => {
  await askForAccess(await somebody(), words, colleague, mira.name, '');
  await signIn(page, words, david.email);
  await visit(page, '/users/requests');
  await row(page, mira.name).getByRole('link', { name: words.grantAccess }).click();
  await expect(field(page, words.fullName)).toHaveValue(mira.name);
  await expect(field(page, words.contactNumber)).toHaveCount(0);
  await page.getByRole('checkbox', { name: words.buyer, exact: true }).uncheck();
  await button(page, words.sendInvitation).click();
  await expect(summary(page)).toContainText('Select at least one role');
  await expect(field(page, words.workEmail)).toHaveValue(mira.email);
  await page.getByRole('checkbox', { name: words.viewer, exact: true }).check();
  await button(page, words.sendInvitation).click();
  await expect(notice(page, words.invited)).toBeVisible();
  expect((await mailbox.next(mira.email)).text).toContain(`${words.viewer}: `);
});

test('who has an account is answered the same, and nobody is added twice', async ({ page, somebody, words }) => {
  const other = await somebody();
  await askForAccess(other, words, { ...goodToys, email: noor.email }, noor.name, 'First');
  await askForAccess(other, words, { ...goodToys, email: noor.email }, noor.name, 'Second');
  await signIn(page, words, david.email);
  await visit(page, '/users/requests');
  await expect(row(page, noor.email)).toHaveCount(1);
  await expect(row(page, noor.email)).toContainText('Second');
  await expect(row(page, noor.email).getByRole('link', { name: words.grantAccess })).toHaveCount(0);
  await row(page, noor.email).getByRole('link', { name: 'Is a shop user already' }).click();
  await expect(heading(page, noor.name)).toBeVisible();
});

test('a request that somebody else has decided is not decided again', async ({ page, somebody, words }) => {
  await askForAccess(await somebody(), words, colleague, mira.name, '');
  const other = await somebody();
  for (const one of [other, page]) {
    await signIn(one, words, david.email);
    await visit(one, '/users/requests');
    await row(one, mira.name).getByRole('link', { name: words.declineRequest }).click();
    await expect(heading(one, words.declineRequest)).toBeVisible();
  }
  await button(other, words.declineRequest).click();
  await expect(notice(other, words.declined)).toBeVisible();
  await button(page, words.declineRequest).click();
  await expect(page.locator('main')).toContainText('This request was decided or has ended in the meantime.');
});
