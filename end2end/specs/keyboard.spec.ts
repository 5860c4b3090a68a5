// Ways through the portal with nothing but a keyboard.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { codeIn, linkIn, type Mailbox } from '../fixtures/mailbox.ts';
import { CHOSEN, aerobic, amara, bulk, nearby, noor, otto, type Facts } from '../fixtures/people.ts';
import type { Words } from '../fixtures/words.ts';
import { alive, button, field, heading, notice, place, row, signIn, visit } from '../fixtures/steps.ts';

/** More stops than any page has. */
const STOPS = 120;

/** What keeps one from seeing where the focus is, which is to be in view and marked by a ring. */
function focusFlaw(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return 'nothing has the focus';
    // The heading of a page that has just come is no stop of the keyboard, and carries no ring.
    if (focused.matches('h1[tabindex="-1"]')) return '';
    const marked = [focused, focused.closest('label'), focused.parentElement].some((element) => {
      if (!element) return false;
      // A link that makes its whole card a target carries the ring around the card.
      return [getComputedStyle(element), getComputedStyle(element, '::after')].some(
        (style) => (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
      );
    });
    const box = (focused.closest('label') ?? focused).getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const what = `${focused.outerHTML.slice(0, 120)}`;
    if (!marked) return `no ring: ${what}`;
    return inView ? '' : `out of view: ${what}`;
  });
}

/** One sees where the focus is. What takes the focused element away may take a moment to pass it on. */
async function focusIsSeen(page: Page): Promise<void> {
  await expect.configure({ soft: true }).poll(() => focusFlaw(page), { message: page.url(), timeout: 5_000 }).toBe('');
}

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    // Past the last stop of the page lies the browser itself; the next key comes back to the first.
    const outside = await page.evaluate(() => document.activeElement === document.body);
    if (outside) await page.keyboard.press(key);
    await focusIsSeen(page);
  }
  throw new Error(`${target} can't be reached by ${key}`);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** The page changed without loading: the heading has the focus. */
async function arrives(page: Page, title: string): Promise<void> {
  await expect(heading(page, title)).toBeFocused();
}

async function typeFacts(page: Page, words: Words, facts: Facts): Promise<void> {
  await visit(page, '/activate');
  await type(page, field(page, words.customerNumber), facts.customer);
  await type(page, field(page, words.invoiceNumber), facts.invoice);
  await type(page, field(page, words.email), facts.email);
  await page.keyboard.press('Enter');
}

async function activateByKeys(page: Page, words: Words, mailbox: Mailbox, facts: Facts): Promise<void> {
  await typeFacts(page, words, facts);
  await arrives(page, words.aboutYou);
  await type(page, field(page, words.password), CHOSEN);
  await type(page, field(page, words.repeatPassword), CHOSEN);
  await press(page, button(page, words.goOn), 'Space');
  await arrives(page, words.enterCode);
  await type(page, field(page, words.code), codeIn(await mailbox.next(facts.email)));
  await page.keyboard.press('Enter');
}

async function typeSignIn(page: Page, words: Words, email: string): Promise<void> {
  await type(page, field(page, words.email), email);
  await type(page, field(page, words.password), CHOSEN);
  await page.keyboard.press('Enter');
}

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['German', 'de-DE'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test('a main contact needs no mouse', async ({ page, somebody, mailbox, words }) => {
      await test.step('activates the account', async () => {
        await activateByKeys(page, words, mailbox, aerobic);
        await expect(heading(page, words.usersManagement)).toBeVisible();
        await alive(page);
      });

      await test.step('adds an ERP contact', async () => {
        await page.keyboard.press('Tab');
        await expect(page.getByRole('link', { name: words.skipToContent })).toBeFocused();
        await page.keyboard.press('Enter');
        await press(page, row(page, amara.name).getByRole('link', { name: words.addToShop }));
        await arrives(page, words.addFromErp);
        await press(page, page.getByRole('checkbox', { name: words.approver, exact: true }), 'Space');
        await expect(page.getByRole('checkbox', { name: words.approver, exact: true })).toBeChecked();
        await press(page, button(page, words.sendInvitation));
        await arrives(page, words.usersManagement);
        await expect(notice(page, words.invited)).toBeVisible();
      });

      await test.step('requests a user', async () => {
        await press(page, page.getByRole('link', { name: words.requestUser, exact: true }));
        await arrives(page, words.requestUser);
        await tabTo(page, field(page, words.salutation));
        await page.keyboard.type(words.mr);
        await expect(field(page, words.salutation)).toHaveValue('mr');
        await type(page, field(page, words.fullName), otto.name);
        await page.keyboard.press('Enter');
        await expect(page.locator('[data-summary]')).toBeFocused();
        await press(page, page.locator('[data-summary]').getByRole('link').first());
        await expect(field(page, words.workEmail)).toBeFocused();
        await page.keyboard.type(otto.email);
        await type(page, field(page, words.perMonth), words.amounts.month);
        await page.keyboard.press('Enter');
        await arrives(page, words.usersManagement);
        await expect(row(page, otto.name)).toContainText(words.statusInvited);
      });

      const amarasPage = await somebody();
      await test.step('the invited one sets a password and signs in', async () => {
        await visit(amarasPage, linkIn(await mailbox.next(amara.email)));
        await type(amarasPage, field(amarasPage, words.newPassword), CHOSEN);
        await type(amarasPage, field(amarasPage, words.repeatPassword), CHOSEN);
        await amarasPage.keyboard.press('Enter');
        await expect(notice(amarasPage, words.passwordIsSet)).toBeVisible();
        await alive(amarasPage);
        await typeSignIn(amarasPage, words, amara.email);
        await expect(heading(amarasPage, words.welcome(amara.name))).toBeVisible();
        await alive(amarasPage);
        await press(amarasPage, place(amarasPage, words, words.profile));
        await arrives(amarasPage, words.profile);
      });

      await test.step('changes roles and budgets', async () => {
        await press(page, row(page, otto.name).getByRole('link', { name: otto.name }));
        await arrives(page, otto.name);
        await press(page, page.getByRole('checkbox', { name: words.accountant, exact: true }), 'Space');
        await tabTo(page, field(page, words.perMonth));
        await page.keyboard.press('Control+a');
        await page.keyboard.type('750');
        await press(page, button(page, words.save));
        await expect(notice(page, words.saved)).toBeVisible();
      });

      await test.step('deactivates a user, whose session ends with the next key, and takes it back', async () => {
        await press(page, page.getByRole('main').getByRole('link', { name: words.usersManagement, exact: true }), 'Enter');
        await arrives(page, words.usersManagement);
        await press(page, button(page, words.actionsFor(amara.name)));
        await press(page, button(page, words.deactivate));
        await expect(notice(page, words.deactivated)).toBeVisible();
        await expect(row(page, amara.name)).toContainText(words.statusDeactivated);
        await press(amarasPage, place(amarasPage, words, words.overview));
        await expect(amarasPage).toHaveURL(/\/sign-in\?next=/);
        const before = await page.evaluate(() => document.activeElement?.outerHTML);
        await page.keyboard.press('F6');
        await expect(button(page, words.undo)).toBeFocused();
        await page.keyboard.press('F6');
        expect(await page.evaluate(() => document.activeElement?.outerHTML)).toBe(before);
        await page.keyboard.press('F6');
        await page.keyboard.press('Enter');
        await expect(notice(page, words.activated)).toBeVisible();
        await expect(row(page, amara.name)).toContainText(words.statusActive);
        await focusIsSeen(page);
      });

      await test.step('signs out', async () => {
        await tabTo(page, button(page, words.signOut), 'Shift+Tab');
        await page.keyboard.press('Enter');
        await expect(notice(page, words.isSignedOut)).toBeVisible();
      });
    });

    test('a business user needs no mouse', async ({ page, mailbox, words }) => {
      await activateByKeys(page, words, mailbox, bulk);
      await expect(heading(page, words.welcome(bulk.name))).toBeVisible();
      await alive(page);
      await tabTo(page, button(page, words.signOut));
      await page.keyboard.press('Enter');
      await expect(notice(page, words.isSignedOut)).toBeVisible();
    });

    test('a colleague asks for access without a mouse', async ({ page, mailbox, words }) => {
      await typeFacts(page, words, nearby);
      await arrives(page, words.askAdministrator);
      await expect(page.locator('main')).toContainText(words.ineligible(nearby.administrator));
      await type(page, field(page, words.fullName), 'Sam Body');
      await press(page, button(page, words.requestAccess));
      await arrives(page, words.requestSent);
      expect(mailbox.waiting()).toEqual([]);
    });
  });
}

test('the menu of a narrow screen opens and closes by keyboard', async ({ page, words }) => {
  await page.setViewportSize({ width: 375, height: 800 });
  await signIn(page, words, noor.email);
  const menu = button(page, words.menu);
  await press(page, menu);
  await expect(place(page, words, words.profile)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(place(page, words, words.profile)).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, place(page, words, words.profile));
  await arrives(page, words.profile);
  await expect(place(page, words, words.overview)).toBeHidden();
});
