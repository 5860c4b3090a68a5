// The shop gives a customer access, three people at once, and takes it back.
import { expect, test } from '../fixtures/test.ts';
import { CHOSEN, aerobic, amara, goodToys, mateo } from '../fixtures/people.ts';
import { signInToOffice } from '../fixtures/staff.ts';
import { accept, alive, button, field, fillSignIn, heading, notice, row, summary, visit } from '../fixtures/steps.ts';

const office = {
  en: {
    customers: 'Customers',
    search: 'Number, name, contact or email',
    apply: 'Apply',
    give: `Give access ${aerobic.company}`,
    companyHere: 'Company in the portal',
    withCompany: 'With a company in the portal',
    send: 'Send',
    emailRequired: 'Enter an email address',
    given: 'Access is given. The mails are on their way.',
    revokeOpen: (name: string) => `Revoke access… ${name}`,
    revoke: 'Revoke access',
    revoked: 'The access is revoked.',
    closed: 'The access is revoked and the company closed',
    meant: 'Close the company: nobody of it can sign in then',
    closes: 'Confirm that the company is to be closed',
    created: 'Your account at Adventure Works',
  },
  de: {
    customers: 'Kunden',
    search: 'Nummer, Name, Kontakt oder E-Mail',
    apply: 'Anwenden',
    give: `Zugang geben ${aerobic.company}`,
    companyHere: 'Firma im Portal',
    withCompany: 'Mit Firma im Portal',
    send: 'Senden',
    emailRequired: 'E-Mail',
    given: 'Der Zugang ist gegeben. Die E-Mails sind unterwegs.',
    revokeOpen: (name: string) => `Zugang entziehen … ${name}`,
    revoke: 'Zugang entziehen',
    revoked: 'Der Zugang ist entzogen.',
    closed: 'Der Zugang ist entzogen und die Firma geschlossen',
    meant: 'Firma schließen: Dann kann sich niemand von ihr anmelden',
    closes: 'Bestätigen Sie, dass die Firma geschlossen werden soll',
    created: 'Your account at Adventure Works',
  },
};

const MATEO = 'mateo.fernandez@aerobic-exercise-company.example';
const accessPage = `/office/customers/${aerobic.customer}/access`;

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('three contacts get access at once, one signs in, and is signed out when it is revoked', async ({
      page,
      somebody,
      mailbox,
      words,
    }) => {
      const t = words.tag === 'de' ? office.de : office.en;
      const card = (name: string) => page.locator('.card').filter({ has: page.getByRole('checkbox', { name, exact: true }) });
      await signInToOffice(page);

      await test.step('the customer is found by a contact', async () => {
        await visit(page, '/office/customers?q=amara.okafor');
        await expect(heading(page, t.customers)).toBeVisible();
        await expect(page.getByRole('row')).toHaveCount(2);
        await page.getByRole('link', { name: t.give }).click();
        await expect(page).toHaveURL(new RegExp(`${accessPage}$`));
        await expect(heading(page, aerobic.company)).toBeVisible();
        await alive(page);
      });

      await test.step('a contact without email has to be given one', async () => {
        await expect(page.getByRole('checkbox', { name: aerobic.name, exact: true })).toBeChecked();
        await page.getByRole('checkbox', { name: amara.name, exact: true }).check();
        await page.getByRole('checkbox', { name: mateo.name, exact: true }).check();
        await button(page, t.send).click();
        await expect(summary(page).getByRole('listitem')).toHaveCount(1);
        await expect(summary(page)).toContainText(t.emailRequired);
        await expect(page.getByRole('checkbox', { name: amara.name, exact: true })).toBeChecked();
        await card(mateo.name).getByLabel(words.email, { exact: true }).fill(MATEO);
        await button(page, t.send).click();
        await expect(notice(page, t.given)).toBeVisible();
      });

      const invitation = await mailbox.next(aerobic.email);
      expect(invitation.subject).toBe(t.created);
      expect(invitation.text).toContain('Adventure Works');
      await mailbox.next(amara.email);
      await mailbox.next(MATEO);

      const other = await somebody();
      await test.step('one of them signs in', async () => {
        await accept(other, words, invitation);
        await fillSignIn(other, words, aerobic.email, CHOSEN);
        await expect(heading(other, words.welcome(aerobic.name))).toBeVisible();
      });

      await test.step('the only main contact is revoked by whoever confirms it, and is signed out', async () => {
        await visit(page, accessPage);
        await button(row(page, aerobic.email), t.revokeOpen(aerobic.name)).click();
        await button(page.getByRole('dialog'), t.revoke).click();
        await expect(summary(page)).toContainText(t.closes);
        // The link to the field asks the question again, where a script can.
        const scripted = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
        const again = scripted ? summary(page).getByRole('link') : button(row(page, aerobic.email), t.revokeOpen(aerobic.name));
        await again.click();
        await page.getByRole('dialog').getByRole('checkbox', { name: t.meant }).check();
        await button(page.getByRole('dialog'), t.revoke).click();
        await expect(notice(page, t.closed)).toBeVisible();
        await other.goto('/users');
        await expect(other).toHaveURL(/\/sign-in/);
        await expect(field(other, words.email)).toBeVisible();
      });
    });

    test('customers with a company in the portal are found by a filter', async ({ page, words }) => {
      const t = words.tag === 'de' ? office.de : office.en;
      await signInToOffice(page);
      await visit(page, '/office/customers?q=toys');
      const customers = page.getByRole('row').filter({ has: page.getByRole('cell') });
      await expect(customers.filter({ hasText: goodToys.company })).toHaveCount(1);
      await page.getByLabel(t.companyHere, { exact: true }).selectOption(t.withCompany);
      await page.getByRole('searchbox', { name: t.search }).press('Enter');
      await expect(page).toHaveURL(/company=yes/);
      await expect(customers).toHaveCount(1);
      await expect(customers).toContainText(goodToys.company);
      await visit(page, '/office/customers?q=toys&company=no');
      await expect(customers.filter({ hasText: goodToys.company })).toHaveCount(0);
    });
  });
}
