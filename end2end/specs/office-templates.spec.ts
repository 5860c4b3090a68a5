// Mails in the merchant's own words: from a pasted snippet to the mail that people get, and back.
import { expect, test } from '../fixtures/test.ts';
import { officeTemplateWordsOf } from '../fixtures/office-template-words.ts';
import { david } from '../fixtures/people.ts';
import { alive, button, field, heading, notice, row, summary, visit } from '../fixtures/steps.ts';
import { editor, office, signInToOffice } from '../fixtures/staff.ts';
import { wordsOf } from '../fixtures/words.ts';

const SNIPPET = '<a href="${companyInformation.loginUrl}">Click here to login</a>';
const LINK = '<p>{{ greeting }}</p>\n<p><a href="{{ link }}">Our own words</a></p>';

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });
    const own = officeTemplateWordsOf(locale);

    test('a pasted snippet becomes the mail that people get, until the standard is back', async ({ page, somebody, mailbox, portal }) => {
      const customer = await somebody({ locale: 'en-GB' });
      const english = wordsOf('en');
      const askForLink = async () => {
        await visit(customer, '/forgot-password');
        await field(customer, english.email).fill(david.email);
        await customer.locator('main form button[type=submit]').first().click();
        return mailbox.next(david.email);
      };
      await signInToOffice(page);
      await visit(page, '/office/templates');
      await row(page, own.reset.replace(' (English)', '')).filter({ hasText: 'English' }).getByRole('link').click();
      await expect(heading(page, own.reset)).toBeVisible();
      await alive(page);

      // Without its link the mail would be of no use.
      await field(page, own.html).fill(SNIPPET);
      await field(page, own.text).fill('');
      await button(page, own.publish).click();
      await expect(summary(page)).toContainText(own.refused);
      await expect(page.locator('#findings')).toContainText(own.missing);

      await field(page, own.html).fill(`${SNIPPET}\n${LINK}`);
      await button(page, own.preview).click();
      await expect(notice(page, own.isSaved)).toBeVisible();
      await alive(page);
      const mail = page.frameLocator('iframe');
      await expect(mail.getByRole('link', { name: 'Click here to login' })).toHaveAttribute('href', `${portal.url}/sign-in`);

      await button(page, own.test).click();
      await expect(notice(page, own.isSent)).toBeVisible();
      await alive(page);
      const trial = await mailbox.next(office.email);
      expect(trial.subject).toContain('[Test]');
      expect(trial.text).toContain(`Click here to login:\n${portal.url}/sign-in`);

      await button(page, own.publish).click();
      await expect(notice(page, own.isPublished)).toBeVisible();
      await alive(page);
      const real = await askForLink();
      expect(real.subject).not.toContain('[Test]');
      expect(real.text).toContain(`Our own words:\n${portal.url}/link/`);
      expect(real.html).toContain('>Click here to login</a>');

      await page.getByRole('link', { name: own.compare }).click();
      await button(page, own.restore).click();
      await expect(notice(page, own.isRestored)).toBeVisible();
      await alive(page);
      await button(page, own.standard).click();
      await expect(notice(page, own.isStandard)).toBeVisible();
      expect((await askForLink()).text).not.toContain('Our own words');
    });

    test('a footer stands below every mail', async ({ page, words, mailbox, somebody }) => {
      const customer = await somebody({ locale: 'en-GB' });
      await signInToOffice(page, editor);
      await visit(page, '/office/templates/preferences');
      await expect(heading(page, own.preferences)).toBeVisible();
      await field(page, own.footer).fill('Adventure Works Ltd\nRegistered in Kiel');
      await button(page, words.save).click();
      await expect(notice(page, own.preferencesSaved)).toBeVisible();
      await visit(customer, '/forgot-password');
      await field(customer, wordsOf('en').email).fill(david.email);
      await customer.locator('main form button[type=submit]').first().click();
      expect((await mailbox.next(david.email)).text).toContain('Adventure Works Ltd\nRegistered in Kiel');
    });
  });
}

test('variables stand in the order in which they were inserted, and a test keeps what was typed', async ({ page }) => {
  const own = officeTemplateWordsOf('en-GB');
  await signInToOffice(page, editor);
  await visit(page, '/office/templates/password_reset/en');
  const source = field(page, own.html);
  await source.fill('<p></p>');
  if (await page.evaluate(() => matchMedia('(scripting: enabled)').matches)) {
    await source.press('Control+Home');
    for (let sign = 0; sign < '<p>'.length; sign += 1) await source.press('ArrowRight');
    for (const name of ['name', 'link']) await page.getByRole('button', { name: `Insert ${name}`, exact: true }).click();
  } else {
    await source.fill('<p>{{ name }}{{ link }}</p>');
  }
  await expect(source).toHaveValue('<p>{{ name }}{{ link }}</p>');
  await button(page, own.test).click();
  await expect(notice(page, own.isSent)).toBeVisible();
  await alive(page);
  await expect(source).toHaveValue('<p>{{ name }}{{ link }}</p>');
});

test('what is typed is previewed and checked at once, and is not saved @script', async ({ page }) => {
  await signInToOffice(page, editor);
  await visit(page, '/office/templates/password_reset/en');
  const own = officeTemplateWordsOf('en-GB');
  const source = field(page, own.html);
  const mail = page.frameLocator('iframe');
  await field(page, own.text).fill('');
  const before = await page.evaluate(() => history.length);
  await source.fill('<p>Written <b>now</b></p>');
  await expect(mail.getByText('Written now')).toBeVisible();
  await expect(page.locator('#findings')).toContainText('The variable “link” has to be there.');
  await source.fill('<p><a href="{{ link }}">Go on</a></p>');
  await expect(mail.getByRole('link', { name: 'Go on' })).toBeVisible();
  await expect(page.locator('#findings')).not.toContainText('The variable “link” has to be there.');

  // Looked at otherwise, it is still what was typed.
  await page.getByRole('link', { name: 'Dark', exact: true }).click();
  await expect(page).toHaveURL(/view=dark/);
  await expect(mail.getByRole('link', { name: 'Go on' })).toBeVisible();
  await page.getByRole('link', { name: 'Text', exact: true }).click();
  await expect(mail.getByText('Go on:')).toBeVisible();
  await expect(source).toHaveValue('<p><a href="{{ link }}">Go on</a></p>');
  // Back leads out of the page, not through what the preview has shown.
  expect(await page.evaluate(() => history.length)).toBe(before + 2);
  page.once('dialog', (asks) => asks.accept());
  await visit(page, '/office/templates/password_reset/en');
  await expect(source).not.toHaveValue(/Go on/);
});

test('variables are offered while they are typed @script', async ({ page }) => {
  await signInToOffice(page, editor);
  await visit(page, '/office/templates/password_reset/en');
  const source = field(page, officeTemplateWordsOf('en-GB').html);
  const offered = page.getByRole('listbox', { name: 'Variables' }).getByRole('option');
  await source.fill('');
  await source.pressSequentially('<p>{{ sho');
  await expect(offered).toHaveCount(2);
  await expect(offered.first()).toHaveAttribute('aria-selected', 'true');
  await source.press('ArrowDown');
  await expect(offered.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(source).toHaveAttribute('aria-activedescendant', (await offered.nth(1).getAttribute('id')) ?? '');
  await source.press('Enter');
  await expect(source).toHaveValue('<p>{{ shop_contact }}');
  await expect(offered).toHaveCount(0);
  await source.pressSequentially(' {{na');
  await offered.getByText('name', { exact: true }).click();
  await expect(source).toHaveValue('<p>{{ shop_contact }} {{ name }}');
  await expect(source).toBeFocused();
  await source.pressSequentially('{{');
  await expect(offered).not.toHaveCount(0);
  await source.press('Escape');
  await expect(offered).toHaveCount(0);
  await source.press('Enter');
  await expect(source).toHaveValue('<p>{{ shop_contact }} {{ name }}{{\n');
  const subject = field(page, officeTemplateWordsOf('en-GB').subject);
  await subject.fill('');
  await subject.pressSequentially('{{ greet');
  await expect(offered).toHaveCount(1);
  await subject.press('Tab');
  await expect(subject).toHaveValue('{{ greeting }}');
});
