// Every page, light and dark, wide and narrow: accessible, without sideways scrolling, without a
// complaint of the browser.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { look } from '../fixtures/look.ts';
import { linkIn, type Mailbox } from '../fixtures/mailbox.ts';
import { OFFICE_PAGES } from '../fixtures/office-pages.ts';
import { PASSWORD, aerobic, bulk, david, emile, goodToys, joerg, mira, nearby, noor } from '../fixtures/people.ts';
import { firstStep, secondStepWordsOf, setUpTwoSteps } from '../fixtures/second-step.ts';
import { activate, alive, askForAccess, button, choose, choosePassword, enterFacts, field, fillSignIn, heading, row, summary, visit } from '../fixtures/steps.ts';
import { beginOfficeSession, beginSession } from '../fixtures/sessions.ts';
import { wordsOf } from '../fixtures/words.ts';

const words = wordsOf('en');
const step = secondStepWordsOf('en');
// Reached by a name, as portals are: devices don't take numbers, so that some pages show more then.
test.use({ setting: { host: 'localhost' } });

interface Shown {
  /** What the page is, for people */
  name: string;
  /** Its heading */
  title: string;
  /** Who looks; nobody signs in where this is missing */
  as?: { email: string };
  /** How to get there */
  open: (page: Page, mailbox: Mailbox) => Promise<unknown>;
}

const at = (path: string) => (page: Page) => visit(page, path);

/** The list of requests for access, with one that is as long as they get. */
const requests = async (page: Page): Promise<void> => {
  const message = `${'I order for the workshop. '.repeat(10)}${'x'.repeat(240)}`;
  await askForAccess(page, words, { ...goodToys, email: mira.email }, mira.name, message);
  await visit(page, '/users/requests');
  await expect(row(page, mira.name)).toBeVisible();
};

const PAGES: Shown[] = [
  { name: 'sign-in', title: 'Sign in', open: at('/sign-in') },
  { name: 'sign-in signed out', title: 'Sign in', open: at('/sign-in?done=signed_out') },
  {
    name: 'sign-in refused',
    title: 'Sign in',
    open: async (page) => {
      await visit(page, '/sign-in');
      await fillSignIn(page, words, noor.email, 'not the password');
      await expect(summary(page)).toBeVisible();
    },
  },
  { name: 'sign-in of a company', title: 'Sign in to Good Toys', open: at('/c/good-toys') },
  { name: 'forgot password', title: 'Forgot password', open: at('/forgot-password') },
  { name: 'one-time code', title: 'Use a one-time code', open: at('/code') },
  { name: 'forgot password sent', title: 'Check your email', open: at('/forgot-password?done=requested') },
  { name: 'set password', title: 'Set your password', open: (page, mailbox) => visit(page, linkIn(mailbox.earlier(emile.email))) },
  {
    name: 'set password refused',
    title: 'Set your password',
    open: async (page, mailbox) => {
      await visit(page, linkIn(mailbox.earlier(emile.email)));
      await field(page, words.newPassword).fill('short');
      await button(page, words.setPassword).click();
      await expect(summary(page)).toBeVisible();
    },
  },
  { name: 'link refused', title: "This link can't be used", open: at('/set-password') },
  { name: 'confirm email refused', title: "This link can't be used", open: at('/confirm-email') },
  {
    name: 'confirm email',
    title: 'Confirm your new email address',
    as: noor,
    open: async (page, mailbox) => {
      await visit(page, '/profile/email');
      await field(page, 'New email address').fill('noor@good-toys.example');
      await field(page, words.currentPassword).fill(PASSWORD);
      await button(page, 'Send link').click();
      await visit(page, linkIn(await mailbox.next('noor@good-toys.example')));
    },
  },
  { name: 'activate', title: 'Activate your account', open: at('/activate') },
  {
    name: 'activate without match',
    title: 'Activate your account',
    open: async (page) => {
      await enterFacts(page, words, { ...aerobic, invoice: 'IN00001' });
      await expect(summary(page)).toBeVisible();
    },
  },
  { name: 'activate you', title: 'About you', open: (page) => enterFacts(page, words, aerobic) },
  {
    name: 'activate code',
    title: 'Enter the code',
    open: async (page) => {
      await enterFacts(page, words, aerobic);
      await choosePassword(page, words);
    },
  },
  { name: 'activate not under way', title: 'No activation is under way', open: at('/activate/result') },
  { name: 'activate already active', title: 'Your account is active already', open: (page) => enterFacts(page, words, { ...goodToys, email: david.email }) },
  { name: 'activate ask administrator', title: 'Ask your administrator for access', open: (page) => enterFacts(page, words, nearby) },
  { name: 'activate ask for access', title: 'Ask your administrator for access', open: (page) => enterFacts(page, words, { ...goodToys, email: mira.email }) },
  { name: 'activate access requested', title: 'Your request is on its way', open: at('/activate/result?done=access_requested') },
  { name: 'company activated', title: 'Users management', open: (page, mailbox) => activate(page, words, mailbox, aerobic) },
  { name: 'business user', title: `Welcome, ${bulk.name}`, open: (page, mailbox) => activate(page, words, mailbox, bulk) },
  { name: 'not found', title: 'Page not found', open: at('/nowhere') },
  { name: 'inbox', title: 'Demo inbox', open: at('/inbox') },
  {
    name: 'inbox mail',
    title: 'Your account at Adventure Works',
    open: async (page) => {
      await visit(page, '/inbox');
      await page.getByRole('link', { name: 'Your account at Adventure Works', exact: true }).first().click();
    },
  },
  { name: 'overview', title: `Welcome, ${david.name}`, as: david, open: at('/') },
  { name: 'overview of a user', title: `Welcome, ${noor.name}`, as: noor, open: at('/') },
  { name: 'profile', title: 'Profile', as: noor, open: at('/profile') },
  { name: 'profile password', title: 'Change password', as: noor, open: at('/profile/password') },
  { name: 'profile email', title: 'Change email', as: noor, open: at('/profile/email') },
  { name: 'profile sessions', title: 'Signed-in browsers', as: noor, open: at('/profile/sessions') },
  { name: 'profile second step', title: 'Two-step sign-in', as: noor, open: at('/profile/second-step') },
  {
    name: 'profile second step set up',
    title: step.begin,
    as: noor,
    open: async (page) => {
      await visit(page, '/profile/second-step');
      await button(page, step.begin).click();
    },
  },
  {
    name: 'profile second step on',
    title: step.twoStep,
    as: noor,
    open: async (page) => {
      await visit(page, '/profile/second-step');
      await setUpTwoSteps(page, step);
    },
  },
  {
    name: 'sign-in second step',
    title: step.secondStep,
    as: noor,
    open: async (page) => {
      await visit(page, '/profile/second-step');
      await setUpTwoSteps(page, step);
      await expect(page.locator('main')).toContainText(step.isOn);
      await alive(page);
      await button(page, words.signOut).click();
      await expect(heading(page, 'Sign in')).toBeVisible();
      await firstStep(page, 'en', noor.email);
    },
  },
  { name: 'sign-in second step over', title: step.again, open: at('/sign-in/second-step') },
  { name: 'profile activity', title: 'My activity', as: noor, open: at('/profile/activity') },
  {
    name: 'profile refused',
    title: 'Profile',
    as: david,
    open: async (page) => {
      await visit(page, '/profile');
      await field(page, words.fullName).fill('');
      await button(page, words.save).click();
      await expect(summary(page)).toBeVisible();
    },
  },
  { name: 'company activity', title: 'Activity', as: david, open: at('/company/activity') },
  { name: 'company activity filtered', title: 'Activity', as: david, open: at('/company/activity?person=david&kind=-signing_in&from=2020-01-01') },
  { name: 'company activity none', title: 'Activity', as: david, open: at('/company/activity?to=1999-12-31') },
  { name: 'company activity refused', title: "You can't open this", as: noor, open: at('/company/activity') },
  { name: 'confirm password', title: 'Type your password again', as: david, open: at('/confirm-password?next=/company/activity.csv') },
  {
    name: 'places',
    title: 'Profile',
    as: david,
    open: async (page) => {
      await visit(page, '/profile');
      await heading(page, 'Profile').focus();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: words.goTo })).toBeVisible();
    },
  },
  { name: 'users', title: 'Users management', as: david, open: at('/users') },
  { name: 'roles', title: 'Users management', as: david, open: at('/users/roles') },
  { name: 'role new', title: 'New role', as: david, open: at('/users/roles/new?copy=approver') },
  { name: 'role built in', title: 'Buyer', as: david, open: at('/users/roles/buyer') },
  {
    name: 'role refused',
    title: 'New role',
    as: david,
    open: async (page) => {
      await visit(page, '/users/roles/new');
      await button(page, words.createRole).click();
      await expect(summary(page)).toBeVisible();
    },
  },
  { name: 'users filtered', title: 'Users management', as: david, open: at('/users?q=good&role=buyer&sort=-name') },
  { name: 'users none', title: 'Users management', as: david, open: at('/users?q=nobody') },
  {
    name: 'users menu',
    title: 'Users management',
    as: david,
    open: async (page) => {
      await visit(page, '/users');
      await button(page, words.actionsFor(noor.name)).click();
      await expect(button(page, words.deactivate)).toBeVisible();
    },
  },
  {
    name: 'users ticked',
    title: 'Users management',
    as: david,
    open: async (page) => {
      await visit(page, '/users');
      await page.getByRole('checkbox', { name: words.select(noor.name), exact: true }).check();
      await expect(button(page, words.addRole)).toBeVisible();
    },
  },
  {
    name: 'users result',
    title: 'Activate users',
    as: david,
    open: async (page) => {
      await visit(page, '/users');
      await page.getByRole('checkbox', { name: words.selectPage, exact: true }).check();
      await button(page, words.activateTicked).click();
    },
  },
  { name: 'users matching', title: '4 matching users', as: david, open: at('/users/matching?status=active') },
  {
    name: 'users matching, question',
    title: '4 matching users',
    as: david,
    open: async (page) => {
      await visit(page, '/users/matching?status=active');
      await button(page, words.deactivateAsk).click();
    },
  },
  {
    name: 'users matching, result',
    title: 'Activate users',
    as: david,
    open: async (page) => {
      await visit(page, '/users/matching');
      await button(page, words.activateTicked).click();
    },
  },
  { name: 'users import', title: 'Import users', as: david, open: at('/users/import') },
  {
    name: 'users import checked',
    title: 'Import users',
    as: david,
    open: async (page) => {
      await visit(page, '/users/import');
      await field(page, words.importRows).fill('name,email,roles\nOtto,otto@good-toys.example,buyer\nAda,ada,boss');
      await button(page, words.checkRows).click();
      await expect(page.getByRole('heading', { name: words.rowsToCorrect })).toBeVisible();
    },
  },
  { name: 'users contacts', title: 'Users management', as: david, open: at('/users/contacts') },
  { name: 'users contact', title: 'Add user from ERP', as: david, open: at('/users/contacts/KT900096') },
  { name: 'users requests none', title: 'Users management', as: david, open: at('/users/requests') },
  { name: 'users requests', title: 'Users management', as: david, open: requests },
  {
    name: 'users request',
    title: 'Grant access',
    as: david,
    open: async (page) => {
      await requests(page);
      await row(page, mira.name).getByRole('link', { name: words.grantAccess }).click();
    },
  },
  {
    name: 'users request declined',
    title: 'Decline request',
    as: david,
    open: async (page) => {
      await requests(page);
      await row(page, mira.name).getByRole('link', { name: words.declineRequest }).click();
    },
  },
  { name: 'users invitations', title: 'Users management', as: david, open: at('/users/invitations') },
  { name: 'users review', title: 'Users management', as: david, open: at('/users/review') },
  { name: 'users differences', title: 'Users management', as: david, open: at('/users/differences') },
  { name: 'users settings', title: 'Settings', as: david, open: at('/users/settings') },
  { name: 'users new', title: 'Request new user', as: david, open: at('/users/new') },
  {
    name: 'users new refused',
    title: 'Request new user',
    as: david,
    open: async (page) => {
      await visit(page, '/users/new');
      await page.getByRole('checkbox', { name: words.buyer, exact: true }).uncheck();
      await button(page, words.sendInvitation).click();
      await expect(summary(page)).toBeVisible();
    },
  },
  {
    name: 'users user',
    title: joerg.name,
    as: david,
    open: async (page) => {
      await visit(page, '/users');
      await row(page, joerg.name).getByRole('link', { name: joerg.name }).click();
    },
  },
  {
    name: 'users deactivated',
    title: 'Users management',
    as: david,
    open: async (page) => {
      await visit(page, '/users');
      await choose(page, words, joerg.name, words.deactivate);
      await expect(button(page, words.undo)).toBeVisible();
    },
  },
  { name: 'users refused', title: "You can't open this", as: noor, open: at('/users') },
];

interface Asked {
  name: string;
  title: string;
  enter: (page: Page, portal: string, mailbox: Mailbox) => Promise<unknown>;
}

const asked: Asked[] = [
  ...PAGES.map(({ name, title, as, open }) => ({
    name,
    title,
    enter: async (page: Page, portal: string, mailbox: Mailbox) => {
      if (as) await beginSession(page, portal, as.email);
      await open(page, mailbox);
    },
  })),
  ...OFFICE_PAGES.map(({ name, title, as, open }) => ({
    name,
    title,
    enter: async (page: Page, portal: string) => {
      if (as) await beginOfficeSession(page, portal, as);
      await open(page);
    },
  })),
];

for (const { name, title, enter } of asked) {
  test(`${name} @script`, async ({ page, portal, mailbox }, info) => {
    await enter(page, portal.url, mailbox);
    await expect(heading(page, title)).toBeVisible();
    await look(page, name);
    expect(info.errors, 'what is wrong with the page').toEqual([]);
  });
}
