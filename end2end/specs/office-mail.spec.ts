// The archive of mails: what was said, sending again, what was given up, and addresses that send mails back.
import { type Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { officeMailWordsOf } from '../fixtures/office-mail-words.ts';
import { linkIn, type Mail, type Mailbox } from '../fixtures/mailbox.ts';
import { david } from '../fixtures/people.ts';
import { alive, button, field, heading, notice, row, summary, visit } from '../fixtures/steps.ts';
import { auditor, office, service, signInToOffice } from '../fixtures/staff.ts';
import { wordsOf } from '../fixtures/words.ts';

/** Somebody asks for a link to set a new password, and gets it. */
async function asksForLink(customer: Page, mailbox: Mailbox): Promise<Mail> {
  await visit(customer, '/forgot-password');
  await field(customer, wordsOf('en').email).fill(david.email);
  await customer.locator('main form button[type=submit]').first().click();
  return mailbox.next(david.email);
}

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const own = officeMailWordsOf(locale);

    /** Opens the latest mail with a link to set a new password. */
    const open = async (page: Page): Promise<void> => {
      await visit(page, `/office/mail?kind=password_reset&q=${encodeURIComponent(david.email)}`);
      await row(page, david.email).first().getByRole('link').click();
      await expect(button(page, own.noteIt)).toBeVisible();
      await alive(page);
    };

    test('a mail is found, shows what it said without its secret, and is sent again with another one', async ({ page, somebody, mailbox }) => {
      const customer = await somebody({ locale: 'en-GB' });
      const first = await asksForLink(customer, mailbox);
      await signInToOffice(page, service);
      await visit(page, '/office/mail');
      await expect(heading(page, own.mail)).toBeVisible();
      await field(page, own.search).fill('david16@');
      await field(page, own.search).press('Enter');
      await expect(page).toHaveURL(/q=david16/);
      await row(page, own.reset).first().getByRole('link').click();
      await expect(heading(page, first.subject)).toBeVisible();
      await alive(page);
      await expect(page.locator('#content')).toContainText(own.content);
      const link = page.frameLocator('iframe').locator('a[href*="/link/"]').first();
      await expect(link).toHaveAttribute('href', /\/link\/(•|%E2%80%A2)+$/);
      await page.locator('#content').getByRole('link', { name: own.text }).click();
      const text = page.frameLocator('iframe').locator('pre');
      await expect(text).toContainText('/link/•');
      await expect(text).not.toContainText(linkIn(first));

      await alive(page);
      await button(page, own.again).click();
      await expect(notice(page, own.resent)).toBeVisible();
      const second = await mailbox.next(david.email);
      expect(linkIn(second)).not.toBe(linkIn(first));
      await visit(customer, linkIn(first));
      await expect(heading(customer, "This link can't be used")).toBeVisible();
      await visit(customer, linkIn(second));
      await expect(field(customer, wordsOf('en').newPassword)).toBeVisible();

      // The first one can't be sent again any more, and says why.
      await visit(page, '/office/mail?kind=password_reset');
      await row(page, david.email).nth(1).getByRole('link').click();
      await expect(page.getByText(own.replaced)).toBeVisible();
      await expect(button(page, own.again)).toHaveCount(0);
    });

    test('what was given up is tried again, one by one and together', async ({ page, somebody, mailbox, portal }) => {
      const customer = await somebody({ locale: 'en-GB' });
      await asksForLink(customer, mailbox);
      await portal.mailsRefused(david.email, 'password_reset');
      await signInToOffice(page, service);
      await open(page);
      await expect(page.getByText('550 5.1.1 No such user')).toBeVisible();
      await button(page, own.retry).click();
      await expect(notice(page, own.retried)).toBeVisible();
      await mailbox.next(david.email);

      await portal.mailsRefused(david.email, 'password_reset');
      await visit(page, '/office/mail?state=dead');
      const mine = row(page, own.reset);
      await expect(mine).toContainText(own.dead);
      await page.getByLabel(own.select(david.email)).check();
      await button(page, own.retry).click();
      await expect(heading(page, own.result)).toBeVisible();
      await expect(notice(page, own.takenOne)).toBeVisible();
      await expect(row(page, david.email)).toBeVisible();
      await mailbox.next(david.email);

      await portal.mailsRefused(david.email, 'password_reset');
      await visit(page, '/office/mail?state=dead');
      await button(page, own.retryAll).click();
      await expect(heading(page, own.result)).toBeVisible();
      await mailbox.next(david.email);
      await visit(page, '/office/mail');
      await button(page, own.retryAll).click();
      await expect(summary(page)).toContainText(own.choose);
    });

    test('an address that sends mails back is marked wherever it stands', async ({ page, somebody, mailbox }) => {
      const customer = await somebody({ locale: 'en-GB' });
      await asksForLink(customer, mailbox);
      await signInToOffice(page, office);
      await open(page);
      await button(page, own.noteIt).click();
      await expect(summary(page)).toContainText(own.required);
      await alive(page);
      await field(page, own.note).fill('552 mailbox full');
      await button(page, own.noteIt).click();
      await expect(notice(page, own.noted)).toBeVisible();
      await expect(notice(page, '552 mailbox full')).toBeVisible();
      await visit(page, '/office/mail?bounces=yes');
      await expect(row(page, own.reset).first()).toContainText(own.bounces);

      await visit(page, `/office/users?list=all&q=${encodeURIComponent(david.email)}`);
      await row(page, david.email).getByRole('link').first().click();
      await expect(notice(page, '552 mailbox full')).toBeVisible();
      await page.getByRole('link', { name: own.ofPerson }).click();
      await expect(heading(page, own.mail)).toBeVisible();
      await expect(row(page, own.reset).first()).toBeVisible();

      await open(page);
      await button(page, own.forget).click();
      await expect(notice(page, own.forgotten)).toBeVisible();
      await visit(page, '/office/mail?bounces=yes');
      await expect(row(page, david.email)).toHaveCount(0);
    });

    test('an auditor reads and has no buttons', async ({ page, somebody, mailbox }) => {
      await asksForLink(await somebody({ locale: 'en-GB' }), mailbox);
      await signInToOffice(page, auditor);
      await visit(page, '/office/mail');
      await expect(button(page, own.retryAll)).toHaveCount(0);
      await row(page, own.reset).first().getByRole('link').click();
      await expect(page.locator('#content')).toContainText(own.content);
      for (const name of [own.again, own.noteIt]) await expect(button(page, name)).toHaveCount(0);
    });
  });
}
