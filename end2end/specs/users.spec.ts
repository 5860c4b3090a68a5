// Users management: the list, its rows, the forms.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { linkIn } from '../fixtures/mailbox.ts';
import { PASSWORD, bronwyn, david, emile, joerg, noor, thora } from '../fixtures/people.ts';
import {
  alive,
  button,
  choose,
  field,
  fillSignIn,
  heading,
  notice,
  pauseEnds,
  place,
  row,
  signIn,
  summary,
  visit,
} from '../fixtures/steps.ts';

/** The names in the list, as they follow one another. */
const names = (page: Page) =>
  page.getByRole('table', { name: /^Shop users/ }).locator('tbody').getByRole('rowheader').getByRole('link');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search name or email' });
const chip = (page: Page, text: string) => page.getByRole('link', { name: new RegExp(`^${text}`) });
const count = (page: Page) => page.locator('#results').getByRole('status');

test.beforeEach(async ({ page, words }) => {
  await signIn(page, words, david.email);
});

test('filters apply while one types @script', async ({ page }) => {
  await visit(page, '/users');
  await expect(count(page)).toHaveText('6 users');
  await search(page).pressSequentially('strass');
  await expect(page).toHaveURL(/\/users\?q=strass$/);
  await expect(names(page)).toHaveText([joerg.name]);
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue('strass');
  await page.getByLabel('Status').selectOption('Deactivated');
  await expect(page.getByText('No user matches')).toBeVisible();
  await search(page).fill('');
  await expect(names(page)).toHaveText([thora.name]);
});

test('a tick goes with its person when the list changes, and never to somebody else @script', async ({ page, words }) => {
  const box = (name: string) => page.getByRole('checkbox', { name: words.select(name), exact: true });
  await visit(page, '/users');
  await box(bronwyn.name).check();
  await box(joerg.name).check();
  await search(page).fill('strass');
  await expect(names(page)).toHaveText([joerg.name]);
  await expect(box(joerg.name)).toBeChecked();
  await search(page).fill('noor');
  await expect(names(page)).toHaveText([noor.name]);
  await expect(box(noor.name)).not.toBeChecked();
  await search(page).fill('');
  await expect(names(page)).toHaveCount(6);
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
});

test('filters stay in the address, show as chips and can be taken away', async ({ page }) => {
  await visit(page, '/users');
  await search(page).fill('g');
  await page.getByLabel('Role', { exact: true }).selectOption('Buyer');
  await search(page).press('Enter');
  await expect(page).toHaveURL(/\/users\?q=g&(status=&)?role=buyer(&sort=)?$/);
  await expect(count(page)).toHaveText('2 users');
  await page.reload();
  await alive(page);
  await expect(names(page)).toHaveText([emile.name, joerg.name]);
  await expect(search(page)).toHaveValue('g');
  await chip(page, 'Role: Buyer').click();
  // Words begin in addresses, too: everybody at good-toys.example is found.
  await expect(count(page)).toHaveText('5 users');
  await expect(page).toHaveURL(/\/users\?q=g$/);
  await page.getByRole('link', { name: 'Clear all' }).click();
  await expect(count(page)).toHaveText('6 users');
  await expect(page).toHaveURL(/\/users$/);
});

test('nothing found is said, with a way back', async ({ page }) => {
  await visit(page, '/users?q=nobody-is-called-so');
  await expect(page.getByText('No user matches')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(count(page)).toHaveText('6 users');
});

test('sorts by name both ways, and keeps to it', async ({ page }) => {
  await visit(page, '/users');
  const ascending = [bronwyn, david, emile, joerg, noor, thora].map((person) => person.name);
  await expect(names(page)).toHaveText(ascending);
  const head = page.getByRole('columnheader', { name: 'User' });
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('link').click();
  await expect(page).toHaveURL(/\/users\?sort=-name$/);
  await expect(names(page)).toHaveText([...ascending].reverse());
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('columnheader', { name: 'Last seen' }).getByRole('link').click();
  await expect(page).toHaveURL(/sort=-last_seen/);
  await expect(page.getByRole('columnheader', { name: 'Last seen' })).toHaveAttribute('aria-sort', 'descending');
  await expect(names(page).first()).toHaveText(david.name);
});

test('turns the pages of a long list by its address', async ({ page, baseURL }) => {
  for (let number = 10; number < 34; number += 1) {
    const answer = await page.request.post('/api/users/request', {
      headers: { Origin: baseURL!, Accept: 'application/json' },
      form: { salutation: 'none', name: `Person ${number}`, email: `person${number}@good-toys.example`, roles: 'buyer', budget_order: '', budget_month: '' },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
  await visit(page, '/users');
  await expect(count(page)).toHaveText('30 users');
  await expect(names(page)).toHaveCount(25);
  const first = await names(page).allTextContents();
  await expect(page.getByRole('link', { name: 'Previous' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(names(page)).toHaveCount(5);
  await expect(page).toHaveURL(/after=/);
  const second = await names(page).allTextContents();
  expect(new Set([...first, ...second]).size).toBe(30);
  await page.reload();
  await alive(page);
  await expect(names(page)).toHaveText(second);
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(names(page)).toHaveText(first);
});

test("a row's menu opens and closes by keyboard @script", async ({ page, words }) => {
  await visit(page, '/users');
  const opener = button(page, words.actionsFor(joerg.name));
  await opener.focus();
  await page.keyboard.press('Enter');
  const entry = page.getByRole('link', { name: words.editUser });
  await expect(entry).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(entry).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(entry).toBeHidden();
  await expect(opener).toBeFocused();
});

test('sends an invitation again, and the old link ends', async ({ page, somebody, mailbox, words }) => {
  const old = mailbox.earlier(emile.email);
  await visit(page, '/users');
  await choose(page, words, emile.name, 'Resend invitation');
  await expect(notice(page, 'Invitation sent again. The old link no longer works')).toBeVisible();
  const fresh = await mailbox.next(emile.email);
  const other = await somebody();
  await visit(other, linkIn(old));
  await expect(heading(other, "This link can't be used")).toBeVisible();
  await visit(other, linkIn(fresh));
  await expect(heading(other, 'Set your password')).toBeVisible();
});

test('takes an invitation back from the list of invitations', async ({ page, somebody, mailbox, words }) => {
  await visit(page, '/users/invitations');
  await expect(row(page, emile.name)).toContainText(david.name);
  await choose(page, words, emile.name, 'Revoke invitation');
  await expect(notice(page, 'Invitation revoked')).toBeVisible();
  await expect(row(page, emile.name)).toHaveCount(0);
  const other = await somebody();
  await visit(other, linkIn(mailbox.earlier(emile.email)));
  await expect(heading(other, "This link can't be used")).toBeVisible();
});

test('sends a link to set a new password', async ({ page, somebody, mailbox, words }) => {
  await visit(page, '/users');
  await choose(page, words, noor.name, 'Send password link');
  await expect(notice(page, 'Password link is on its way')).toBeVisible();
  const other = await somebody();
  await visit(other, linkIn(await mailbox.next(noor.email)));
  await expect(heading(other, 'Set a new password')).toBeVisible();
});

test('an empty request says what is missing and keeps what was typed', async ({ page, words }) => {
  await visit(page, '/users/new');
  await field(page, words.workEmail).fill('not an address');
  await field(page, words.perOrder).fill('a lot');
  await field(page, words.perMonth).fill('2000');
  await page.getByRole('checkbox', { name: words.buyer, exact: true }).uncheck();
  await button(page, words.sendInvitation).click();
  await expect(summary(page)).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(summary(page).getByRole('link')).toHaveText([
    'Enter the full name',
    'Enter an email address like name@example.com',
    'Select at least one role',
    'Enter an amount like 1500 or 1500.50',
  ]);
  await expect(field(page, words.workEmail)).toHaveValue('not an address');
  await expect(field(page, words.perOrder)).toHaveValue('a lot');
  await expect(field(page, words.perMonth)).toHaveValue('2000');
  await expect(page.getByRole('checkbox', { name: words.buyer, exact: true })).not.toBeChecked();
  await expect(field(page, words.fullName)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, words.fullName)).toHaveAccessibleDescription('Error: Enter the full name');
  await summary(page).getByRole('link', { name: 'Enter an email address like name@example.com' }).click();
  await expect(field(page, words.workEmail)).toBeFocused();
});

test('an address is given to one user only', async ({ page, words }) => {
  await visit(page, '/users/new');
  await field(page, words.fullName).fill('Noor Again');
  await field(page, words.workEmail).fill(noor.email);
  await button(page, words.sendInvitation).click();
  await expect(summary(page)).toContainText('Enter an email address that is not used by another shop user');
  await expect(field(page, words.fullName)).toHaveValue('Noor Again');
});

test('the last main contact can neither leave nor give up the role', async ({ page, words }) => {
  await visit(page, '/users');
  await expect(row(page, david.email)).toContainText('You');
  await button(page, words.actionsFor(david.name)).click();
  await expect(button(page, 'Send password link')).toBeVisible();
  await expect(button(page, words.deactivate)).toBeHidden();
  await page.getByRole('link', { name: words.editUser }).and(page.locator(':visible')).click();
  await expect(heading(page, david.name)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: words.mainContact, exact: true })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: words.mainContact, exact: true })).toBeDisabled();
});

test('a change that somebody else has overtaken is refused', async ({ page, somebody, words }) => {
  await visit(page, '/users');
  const address = (await names(page).filter({ hasText: noor.name }).getAttribute('href'))!;
  const other = await somebody();
  await signIn(other, words, david.email);
  await visit(other, address);
  await visit(page, address);
  for (const one of [other, page]) {
    await field(one, words.perMonth).fill('10');
    await button(one, words.save).click();
  }
  await expect(notice(other, words.saved)).toBeVisible();
  await expect(summary(page)).toContainText('Somebody else saved this in the meantime.');
  await expect(field(page, words.perMonth)).toHaveValue('10');
});

test('a user is saved again and again', async ({ page, words }) => {
  await visit(page, '/users');
  await names(page).filter({ hasText: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
  const version = page.locator('input[name="version"]');
  const first = Number(await version.inputValue());
  for (const more of [1, 2, 3]) {
    await field(page, words.perMonth).fill(`${more}0`);
    await button(page, words.save).click();
    await expect(version).toHaveValue(String(first + more));
    await expect(notice(page, words.saved)).toBeVisible();
  }
});

test('the same result is said again @script', async ({ page, words }) => {
  const said = () => page.locator('div.vh[role="status"]').evaluate((region) => region.textContent);
  const text = 'Invitation sent again. The old link no longer works';
  await visit(page, '/users');
  await choose(page, words, emile.name, 'Resend invitation');
  await expect.poll(said).toBe(text);
  await choose(page, words, emile.name, 'Resend invitation');
  // Other than before, or nobody would hear it.
  await expect.poll(said).toBe(`${text}\u00a0`);
});

test('main contacts are changed with the password, once it was typed long ago', async ({ page, portal, words }) => {
  await visit(page, '/users');
  await names(page).filter({ hasText: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
  await portal.passwordsAge();
  const mainContact = page.getByRole('checkbox', { name: words.mainContact, exact: true });
  await mainContact.check();
  await field(page, words.perMonth).fill('77');
  await button(page, words.save).click();
  await expect(summary(page).getByRole('link')).toHaveText(['Type your password again']);
  await expect(mainContact).toBeChecked();
  await expect(field(page, words.perMonth)).toHaveValue('77');
  await field(page, words.currentPassword).fill('not the password');
  await button(page, words.save).click();
  await expect(summary(page).getByRole('link')).toHaveText(['Enter your current password']);
  await pauseEnds(page);
  await field(page, words.currentPassword).fill(PASSWORD);
  await button(page, words.save).click();
  await expect(notice(page, words.saved)).toBeVisible();
  await expect(field(page, words.currentPassword)).toHaveCount(0);

  await portal.passwordsAge();
  await visit(page, '/users');
  await choose(page, words, noor.name, words.deactivate);
  await expect(summary(page).getByRole('link')).toHaveText(['Type your password again']);
  await expect(row(page, noor.name)).toContainText(words.statusActive);
  await field(page, words.currentPassword).fill(PASSWORD);
  await button(page, words.goOn).click();
  await expect(notice(page, words.deactivated)).toBeVisible();
  await expect(row(page, noor.name)).toContainText(words.statusDeactivated);
});

test('a refused form is forgotten when its page is left @script', async ({ page, words, baseURL }) => {
  await visit(page, '/users');
  const address = (await names(page).filter({ hasText: noor.name }).getAttribute('href'))!;
  // As a browser without script sends it.
  const refused = await page.request.post('/api/users/edit', {
    headers: { Origin: baseURL!, Referer: `${baseURL}${address}`, Accept: 'text/html' },
    form: { user: address.split('/').at(-1)!, version: '1', salutation: 'none', name: '', email: 'not an address', roles: 'buyer' },
  });
  await visit(page, new URL(refused.url()).pathname + new URL(refused.url()).search);
  await expect(summary(page)).toBeVisible();
  await expect(field(page, words.workEmail)).toHaveValue('not an address');
  await page.locator('main').getByRole('link', { name: words.usersManagement }).click();
  for (const person of [joerg, noor]) {
    await names(page).filter({ hasText: person.name }).click();
    await expect(heading(page, person.name)).toBeVisible();
    await expect(field(page, words.workEmail)).toHaveValue(person.email);
    await expect(summary(page)).toHaveCount(0);
    await page.goBack();
  }
});

test('the heading of a slow page takes the focus when it comes @script', async ({ page, words }) => {
  await page.route('**/api/users/list', async (route) => {
    await new Promise((late) => setTimeout(late, 2_500));
    await route.continue();
  });
  await place(page, words, words.usersManagement).click();
  await expect(heading(page, words.usersManagement)).toBeFocused();
});

test('a page of an earlier version asks to be loaded again @script', async ({ page, words }) => {
  for (const status of [400, 404]) {
    await visit(page, '/');
    await page.route('**/api/users/list', (route) =>
      route.fulfill({ status, json: { code: 'bad_request', fields: [], request_id: '' } }),
    );
    await place(page, words, words.usersManagement).click();
    await expect(page.getByText('A new version of the portal is available. Load the page again.')).toBeVisible();
    await page.unroute('**/api/users/list');
  }
});

test('a page whose part of the program is gone is loaded as a whole, and works without it @script', async ({ browser, baseURL, words }) => {
  // Not watched: the browser rightly complains.
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await signIn(page, words, david.email);
  await visit(page, '/users');
  await page.route('**/pkg/split_inside*', (route) => route.fulfill({ status: 404 }));
  await names(page).filter({ hasText: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
  expect(await page.evaluate(() => performance.getEntriesByName('hydrated').length)).toBe(0);
  await field(page, words.fullName).fill('Noor R.');
  await button(page, words.save).click();
  await expect(heading(page, 'Noor R.')).toBeVisible();
  await page.locator('main').getByRole('link', { name: words.usersManagement }).click();
  await alive(page);
  await expect(names(page).filter({ hasText: 'Noor R.' })).toBeVisible();
  await context.close();
});

for (const [part, status] of [
  ['comes late', 200],
  ['is found gone late', 404],
] as const) {
  test(`a link is followed though a part of the program ${part} @script`, async ({ browser, baseURL, words }) => {
    // Not watched: the browser rightly complains.
    const context = await browser.newContext({ baseURL });
    const page = await context.newPage();
    await signIn(page, words, david.email);
    let clicked = () => {};
    const click = new Promise<void>((done) => (clicked = done));
    await page.route('**/pkg/split_inside*', async (route) => {
      await click;
      await (status === 404 ? route.fulfill({ status }) : route.continue());
    });
    await page.goto('/profile');
    // The rest of the program is there, and has nothing to do but to wait for the part.
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('.wasm') && responseEnd > 0));
    await page.evaluate(() => new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle))));
    const left = page.waitForURL(/\/users$/);
    await place(page, words, words.usersManagement).click();
    clicked();
    await left;
    await alive(page);
    await expect(heading(page, words.usersManagement)).toBeVisible();
    await context.close();
  });
}

test('a deactivated user comes back by the menu', async ({ page, somebody, words }) => {
  await visit(page, '/users?status=deactivated');
  await choose(page, words, thora.name, 'Activate');
  await expect(notice(page, words.activated)).toBeVisible();
  const other = await somebody();
  await visit(other, '/sign-in');
  await fillSignIn(other, words, thora.email, PASSWORD);
  await expect(heading(other, words.welcome(thora.name))).toBeVisible();
});

test('a new address of a user counts once its owner has confirmed it', async ({ page, somebody, mailbox, words }) => {
  const fresh = 'n.rahman@good-toys.example';
  await visit(page, '/users');
  await names(page).filter({ hasText: noor.name }).click();
  await expect(heading(page, noor.name)).toBeVisible();
  await field(page, words.workEmail).fill(fresh);
  await button(page, words.save).click();
  await expect(notice(page, 'The new address counts once its owner has confirmed it')).toBeVisible();
  await expect(notice(page, `Waiting for confirmation of ${fresh}.`)).toBeVisible();
  const other = await somebody();
  await signIn(other, words, noor.email);
  await visit(other, linkIn(await mailbox.next(fresh)));
  await button(other, 'Confirm email address').click();
  await expect(notice(other, 'Your email address is changed.')).toBeVisible();
  await signIn(other, words, fresh);
});
