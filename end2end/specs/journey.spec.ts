// From an invoice to a company with users: the way that a main contact takes.
import { expect, test } from '../fixtures/test.ts';
import { linkIn } from '../fixtures/mailbox.ts';
import { CHOSEN, aerobic, amara, mateo, otto } from '../fixtures/people.ts';
import {
  accept,
  activate,
  button,
  choose,
  field,
  fillSignIn,
  heading,
  notice,
  place,
  row,
  signIn,
  visit,
} from '../fixtures/steps.ts';

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('a main contact brings the company into the shop', async ({ page, somebody, mailbox, words }) => {
      await test.step('activates the account', async () => {
        await activate(page, words, mailbox, aerobic);
        await expect(heading(page, words.usersManagement)).toBeVisible();
        await expect(notice(page, words.companyActivated)).toBeVisible();
        await expect(row(page, aerobic.email)).toContainText(words.mainContact);
        const mail = await mailbox.next(aerobic.email);
        expect(mail.subject).toBe(words.mail.active);
        expect(mail.text).toContain(words.mail.login(aerobic.email));
        expect(mail.text).not.toContain(CHOSEN);
      });

      await test.step('adds an ERP contact with nothing to type', async () => {
        await expect(page.getByRole('heading', { name: words.erpContacts })).toBeVisible();
        await expect(row(page, mateo.name)).toContainText(words.noEmailInErp);
        await row(page, amara.name).getByRole('link', { name: words.addToShop }).click();
        await expect(heading(page, words.addFromErp)).toBeVisible();
        await expect(field(page, words.customerNumber)).toHaveValue(aerobic.customer);
        await expect(field(page, words.contactNumber)).toHaveValue(amara.contact);
        await expect(field(page, words.customerNumber)).not.toBeEditable();
        await expect(field(page, words.contactNumber)).not.toBeEditable();
        await expect(field(page, words.salutation)).toHaveValue('ms');
        await expect(field(page, words.fullName)).toHaveValue(amara.name);
        await expect(field(page, words.workEmail)).toHaveValue(amara.email);
        await expect(page.getByRole('checkbox', { name: words.buyer, exact: true })).toBeChecked();
        await page.getByRole('checkbox', { name: words.approver, exact: true }).check();
        await button(page, words.sendInvitation).click();
        await expect(notice(page, words.invited)).toBeVisible();
        await expect(row(page, amara.email)).toContainText(words.statusInvited);
        await expect(row(page, amara.name)).toHaveCount(1);
      });

      await test.step('requests a user whom the ERP does not know', async () => {
        await page.getByRole('link', { name: words.requestUser, exact: true }).click();
        await expect(heading(page, words.requestUser)).toBeVisible();
        await field(page, words.fullName).fill(otto.name);
        await field(page, words.workEmail).fill(otto.email);
        await expect(page.getByRole('checkbox', { name: words.buyer, exact: true })).toBeChecked();
        await field(page, words.perOrder).fill(words.amounts.order);
        await field(page, words.perMonth).fill(words.amounts.month);
        await button(page, words.sendInvitation).click();
        await expect(notice(page, words.invited)).toBeVisible();
        await expect(row(page, otto.name)).toContainText(words.shownAmounts.month);
      });

      const toAmara = await mailbox.next(amara.email);
      const toOtto = await mailbox.next(otto.email);
      await test.step('both are mailed all they need, and no password', async () => {
        for (const [person, mail] of [
          [amara, toAmara],
          [otto, toOtto],
        ] as const) {
          expect(mail.subject).toBe(words.mail.created);
          expect(mail.text).toContain(words.mail.createdBy(aerobic.name, aerobic.email));
          expect(mail.text).toContain(words.mail.company(aerobic.company));
          expect(mail.text).toContain(words.mail.customer(aerobic.customer));
          expect(mail.text).toContain(words.mail.login(person.email));
          expect(mail.html).toContain(linkIn(mail));
          expect(mail.text).not.toContain(CHOSEN);
          expect(mail.html).not.toContain(CHOSEN);
        }
        expect(toAmara.text).toContain(`${words.buyer}: `);
        expect(toAmara.text).toContain(`${words.approver}: `);
        expect(toAmara.text).toContain(words.mail.noOrderLimit);
        expect(toAmara.text).toContain(words.mail.noMonthLimit);
        expect(toOtto.text).toContain(`${words.buyer}: `);
        expect(toOtto.text).toMatch(words.mail.order);
        expect(toOtto.text).toMatch(words.mail.month);
      });

      const amarasPage = await somebody();
      const ottosPage = await somebody();
      await test.step('both set a password and sign in', async () => {
        for (const [theirs, person, mail] of [
          [amarasPage, amara, toAmara],
          [ottosPage, otto, toOtto],
        ] as const) {
          await accept(theirs, words, mail);
          await fillSignIn(theirs, words, person.email, CHOSEN);
          await expect(heading(theirs, words.welcome(person.name))).toBeVisible();
        }
      });

      await test.step('changes roles and budgets', async () => {
        await visit(page, '/users');
        await expect(row(page, otto.name)).toContainText(words.statusActive);
        await row(page, otto.name).getByRole('link', { name: otto.name }).click();
        await expect(heading(page, otto.name)).toBeVisible();
        await page.getByRole('checkbox', { name: words.accountant, exact: true }).check();
        await field(page, words.perOrder).fill('750');
        await field(page, words.perMonth).fill('');
        await button(page, words.save).click();
        await expect(notice(page, words.saved)).toBeVisible();
        await visit(page, '/users');
        await expect(row(page, otto.name)).toContainText(words.buyer);
        await expect(row(page, otto.name)).toContainText(words.accountant);
        await expect(row(page, otto.name)).toContainText('750');
        await expect(row(page, otto.name)).not.toContainText(words.shownAmounts.month);
      });

      await test.step('deactivates a user, whose session ends with the next click', async () => {
        await choose(page, words, amara.name, words.deactivate);
        await expect(notice(page, words.deactivated)).toBeVisible();
        await expect(row(page, amara.name)).toContainText(words.statusDeactivated);
        expect((await mailbox.next(amara.email)).subject).toBe(words.mail.deactivated);

        await place(amarasPage, words, words.profile).click();
        await expect(amarasPage).toHaveURL(/\/sign-in\?next=%2Fprofile$/);
        await fillSignIn(amarasPage, words, amara.email, CHOSEN);
        await expect(amarasPage.getByText(words.accountDeactivated)).toBeVisible();
      });

      await test.step('takes it back, and the user signs in again', async () => {
        await button(page, words.undo).click();
        await expect(notice(page, words.activated)).toBeVisible();
        await expect(row(page, amara.name)).toContainText(words.statusActive);
        expect((await mailbox.next(amara.email)).subject).toBe(words.mail.reactivated);
        await signIn(amarasPage, words, amara.email, CHOSEN);
        await expect(heading(amarasPage, words.welcome(amara.name))).toBeVisible();
      });
    });
  });
}
