import { defineConfig, devices } from '@playwright/test';

/**
 * Browser tests against a portal of their own, which the global setup starts;
 * packages/app/e2e-tests/support/portal.ts tells how a test is written. `npm test` builds
 * the front end before and finds the browser.
 */
export default defineConfig({
  testDir: './packages/app/e2e-tests',
  testMatch: '**/*.test.ts',
  globalSetup: './scripts/lib/browserTests.mjs',
  outputDir: 'test-results',
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: 'e2e-test-report' }],
    ['json', { outputFile: 'test-results/results.json' }],
  ],
  forbidOnly: Boolean(process.env.CI),
  // All tests share one portal and its scripted scenario.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
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
});
