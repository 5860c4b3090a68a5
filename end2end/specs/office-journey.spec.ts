// A first day in the Back Office: from the command line to the audit, by a mail server as merchants have one.
import { expect, test } from '../fixtures/test.ts';
import { CHOSEN, aerobic, amara, joerg, mateo, noor, zoe } from '../fixtures/people.ts';
import { officeShopWordsOf } from '../fixtures/office-shop-words.ts';
import { officeTemplateWordsOf } from '../fixtures/office-template-words.ts';
import { setUpStaff } from '../fixtures/staff.ts';
import { accept, alive, button, field, fillSignIn, heading, notice, row, signIn, summary, visit } from '../fixtures/steps.ts';
import { wordsOf } from '../fixtures/words.ts';

const first = { name: 'Shop Keeper', email: 'keeper@adventure-works.example' };
const MATEO = 'mateo.fernandez@aerobic-exercise-company.example';
const SNIPPET = '<a href="${companyInformation.loginUrl}">Click here to login</a>';
const LINK = '<p><a href="{{ link }}">Choose a password</a></p>';

const ACCESS = {
  en: {
    send: 'Send',
    given: 'Access is given. The mails are on their way.',
    revokeOpen: `Revoke access… ${aerobic.name}`,
    revoke: 'Revoke access',
    meant: 'Close the company: nobody of it can sign in then',
    closed: 'The access is revoked and the company closed',
    viewAs: /^View as, for /,
    reason: 'Reason',
    begin: 'View as this person',
    ended: 'View ended',
    audit: 'Audit',
    trail: [
      'signed in',
      'switched features of the portal',
      'sent a test of an email template',
      'published an email template',
      `gave ${amara.name} access`,
      `took the access of ${aerobic.name} back`,
      'closed the company',
      `began to see the portal as ${joerg.name}`,
      `ended the view of the portal as ${joerg.name}`,
    ],
  },
  de: {
    send: 'Senden',
    given: 'Der Zugang ist gegeben. Die E-Mails sind unterwegs.',
    revokeOpen: `Zugang entziehen … ${aerobic.name}`,
    revoke: 'Zugang entziehen',
    meant: 'Firma schließen: Dann kann sich niemand von ihr anmelden',
    closed: 'Der Zugang ist entzogen und die Firma geschlossen',
    viewAs: /^Ansehen als, für /,
    reason: 'Begründung',
    begin: 'Als diese Person ansehen',
    ended: 'Ansicht beendet',
    audit: 'Protokoll',
    trail: [
      'sich angemeldet',
      'Funktionen des Portals geschaltet',
      'einen Test einer E-Mail-Vorlage',
      'eine E-Mail-Vorlage veröffentlicht',
      `${amara.name} Zugang gegeben`,
      `${aerobic.name} den Zugang entzogen`,
      'die Firma geschlossen',
      `begonnen, das Portal als ${joerg.name} zu sehen`,
      `die Ansicht des Portals als ${joerg.name} beendet`,
    ],
  },
} as const;

test.use({
  setting: {
    mailServer: true,
    commands: [['staff', 'create', '--email', first.email, '--name', first.name, '--role', 'administrator']],
  },
});

for (const [language, locale, tag] of [
  ['English', 'en-GB', 'en'],
  ['German', 'de-DE', 'de'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const shop = officeShopWordsOf(locale);
    const templates = officeTemplateWordsOf(locale);
    const t = ACCESS[tag];
    const english = wordsOf('en');

    test('the first of the staff sets the portal up and lets a customer in', async ({ page, portal, mailbox, somebody, words }) => {
      await test.step('the link of the command line leads to a password and a second step', async () => {
        await setUpStaff(page, new URL(/https?:\/\/\S+\/office\/link\/\S+/.exec(portal.said)![0]).pathname, first);
      });

      await test.step('a signed-in buyer is told that the portal is off, and goes on when it is on', async () => {
        const buyer = await somebody({ locale: 'en-GB' });
        await signIn(buyer, english, noor.email);
        const access = page.getByRole('switch', { name: shop.customerAccess, exact: true });
        await visit(page, '/office/features');
        await access.uncheck();
        await button(page, words.save).click();
        await expect(notice(page, shop.saved)).toBeVisible();
        await buyer.goto('/profile');
        await expect(heading(buyer, officeShopWordsOf('en').isOff)).toBeVisible();
        await alive(page);
        await access.check();
        await button(page, words.save).click();
        await expect(access).toBeChecked();
        await expect.poll(async () => (await buyer.goto('/profile'))?.status()).toBe(200);
      });

      const signInUrl = await test.step('the login URL stands in the company information', async () => {
        await visit(page, '/office/shop');
        await expect(field(page, shop.loginUrl)).toHaveValue(`${portal.url}/sign-in`);
        return field(page, shop.loginUrl).inputValue();
      });

      await test.step('a snippet for another system is pasted, previewed and sent as a test', async () => {
        await visit(page, '/office/templates/account_created/en');
        await field(page, templates.html).fill(`${SNIPPET}\n${LINK}`);
        await field(page, templates.text).fill('');
        await button(page, templates.preview).click();
        await expect(notice(page, templates.isSaved)).toBeVisible();
        await alive(page);
        await expect(page.frameLocator('iframe').getByRole('link', { name: 'Click here to login' })).toHaveAttribute('href', signInUrl);
        await button(page, templates.test).click();
        await expect(notice(page, templates.isSent)).toBeVisible();
        const mail = await mailbox.next(first.email);
        expect(mail.subject).toContain('[Test]');
        expect(mail.html).toContain(`href="${signInUrl}"`);
        expect(mail.text).toContain(`Click here to login:\n${signInUrl}`);
        await alive(page);
        await button(page, templates.publish).click();
        await expect(notice(page, templates.isPublished)).toBeVisible();
      });

      const accessPage = `/office/customers/${aerobic.customer}/access`;
      const customer = await somebody();
      await test.step('three contacts get access, one without an address is asked for it', async () => {
        await visit(page, accessPage);
        await page.getByRole('checkbox', { name: amara.name, exact: true }).check();
        await page.getByRole('checkbox', { name: mateo.name, exact: true }).check();
        await button(page, t.send).click();
        await expect(summary(page).getByRole('listitem')).toHaveCount(1);
        const card = page.locator('.card').filter({ has: page.getByRole('checkbox', { name: mateo.name, exact: true }) });
        await card.getByLabel(words.email, { exact: true }).fill(MATEO);
        await button(page, t.send).click();
        await expect(notice(page, t.given)).toBeVisible();
        // Whoever is left stands where somebody ticked stood, and is not.
        await expect(page.getByRole('checkbox', { name: zoe.name, exact: true })).not.toBeChecked();
      });

      await test.step('their mails are the merchant’s own, and one of them comes in', async () => {
        const mails = [await mailbox.next(aerobic.email), await mailbox.next(amara.email), await mailbox.next(MATEO)];
        for (const mail of mails) expect(mail.html).toContain('>Click here to login</a>');
        await accept(customer, words, mails[0]!);
        await fillSignIn(customer, words, aerobic.email, CHOSEN);
        await expect(heading(customer, words.welcome(aerobic.name))).toBeVisible();
      });

      await test.step('whose access is revoked is out', async () => {
        await visit(page, accessPage);
        await button(row(page, aerobic.email), t.revokeOpen).click();
        await page.getByRole('dialog').getByRole('checkbox', { name: t.meant }).check();
        await button(page.getByRole('dialog'), t.revoke).click();
        await expect(notice(page, t.closed)).toBeVisible();
        await customer.goto('/users');
        await expect(customer).toHaveURL(/\/sign-in/);
      });

      await test.step('somebody else’s portal is seen and left', async () => {
        await visit(page, '/office/users?list=all&q=strass');
        await page.getByRole('link', { name: joerg.name }).click();
        await expect(heading(page, joerg.name)).toBeVisible();
        await alive(page);
        await page.getByRole('link', { name: t.viewAs }).first().click();
        await field(page, t.reason).fill('A call about an order');
        await button(page, t.begin).click();
        await expect(page.getByRole('complementary')).toContainText(`You see the portal as ${joerg.name}`);
        await alive(page);
        await button(page, 'End view').click();
        await expect(notice(page, t.ended)).toBeVisible();
      });

      await test.step('all of it stands in the audit', async () => {
        await visit(page, `/office/audit?person=${encodeURIComponent(first.email)}`);
        await expect(heading(page, t.audit)).toBeVisible();
        const trail = page.locator('main ol');
        for (const sentence of t.trail) await expect(trail).toContainText(sentence);
      });
    });
  });
}
