import { defineConfig } from '@playwright/test';
import type { PortalOptions } from './fixtures/test.ts';

const everywhere = [
  'access.spec.ts',
  'accounts.spec.ts',
  'activation.spec.ts',
  'activity.spec.ts',
  'differences.spec.ts',
  'erp-down.spec.ts',
  'journey.spec.ts',
  'many.spec.ts',
  'office-audit.spec.ts',
  'office-customers.spec.ts',
  'office-dashboard.spec.ts',
  'office-erp.spec.ts',
  'office-journey.spec.ts',
  'office-mail.spec.ts',
  'office-passkeys.spec.ts',
  'office-people.spec.ts',
  'office-shop.spec.ts',
  'office-staff.spec.ts',
  'office-templates.spec.ts',
  'office-users.spec.ts',
  'review.spec.ts',
  'roles.spec.ts',
  'second-step.spec.ts',
  'several.spec.ts',
  'users.spec.ts',
];
// The ways through the whole portal. On PostgreSQL they go in both languages and without script; of the other tests one language
// with script will do there: what differs is below the pages.
const journeys = ['activation.spec.ts', 'journey.spec.ts', 'office-journey.spec.ts'];
// Tests whose point is what a page does while it is alive.
const living = /@script/;
const german = /German/;

export default defineConfig<PortalOptions>({
  testDir: 'specs',
  globalSetup: './fixtures/seed.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  // Compilers may share the processors, so a second try may pass: it stands in the report as flaky, and is to be mended.
  retries: 1,
  workers: Number(process.env.CC_E2E_WORKERS ?? 2),
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['html', { outputFolder: 'report', open: 'never' }]],
  use: {
    browserName: 'chromium',
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    video: 'off',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'app', testMatch: [...everywhere, 'live.spec.ts', 'mails.spec.ts', 'pages.spec.ts', 'shortcuts.spec.ts'] },
    { name: 'keyboard', testMatch: 'keyboard.spec.ts' },
    // Only where the program was built with the feature.
    ...(process.env.CC_GALLERY ? [{ name: 'gallery', testMatch: 'gallery.spec.ts' }] : []),
    { name: 'no-js', testMatch: everywhere, grepInvert: [living, german], use: { javaScriptEnabled: false } },
    { name: 'no-js-german', testMatch: everywhere, grep: german, grepInvert: living, use: { javaScriptEnabled: false } },
    ...(process.env.CC_TEST_POSTGRES_URL
      ? [
          {
            name: 'app-postgres',
            testMatch: [...everywhere, 'live.spec.ts'],
            grepInvert: german,
            use: { database: 'postgres' as const },
          },
          { name: 'keyboard-postgres', testMatch: 'keyboard.spec.ts', use: { database: 'postgres' as const } },
          { name: 'app-postgres-german', testMatch: journeys, grep: german, use: { database: 'postgres' as const } },
          {
            name: 'no-js-postgres',
            testMatch: journeys,
            use: { database: 'postgres' as const, javaScriptEnabled: false },
          },
        ]
      : []),
  ],
});
