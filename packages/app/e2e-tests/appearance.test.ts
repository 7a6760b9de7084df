import AxeBuilder from '@axe-core/playwright';
import { Page } from '@playwright/test';
import { expect, Portal, test } from './support/portal';

const WIDTHS = [360, 390, 768, 1024, 1440, 1920];

const PAGES: [string, (page: Page, portal: Portal) => Promise<void>][] = [
  ['the list of services', (_, portal) => portal.openFleet()],
  [
    'the health of a service',
    (_, portal) => portal.openHealth('visioncrm-api'),
  ],
  [
    'the health of a system',
    (_, portal) => portal.openHealth('visioncrm', 'system'),
  ],
  [
    'the health of a database',
    (_, portal) => portal.openHealth('visioncrm-db', 'resource'),
  ],
  [
    'the uptime of a month',
    async page => {
      await page.goto(
        '/observability/uptime-report?entityRef=component:default/visioncrm-api',
      );
      await expect(
        page.getByRole('heading', { name: /^Uptime of visioncrm-api/ }),
      ).toBeVisible();
      await expect(page.getByText('API Health').first()).toBeVisible();
    },
  ],
  [
    'the overview of a service',
    async page => {
      await page.goto('/catalog/default/component/visioncrm-api');
      const card = page.getByRole('article', { name: 'Health', exact: true });
      await expect(card).toContainText('Error rate');
    },
  ],
  [
    'a service that is not set up',
    async page => {
      await page.goto('/catalog/default/component/visioncrm-docs/health');
      await expect(page.getByText('No source is named')).toBeVisible();
    },
  ],
];

test('can be read by everyone, in light and dark, on every width', async ({
  page,
  portal,
}) => {
  test.slow();
  await portal.signInAs('Engineer A');
  for (const [name, open] of PAGES) {
    await test.step(name, async () => {
      await open(page, portal);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator('body')).toHaveAttribute(
          'data-theme-mode',
          colorScheme,
        );
        expect(await accessibilityProblems(page)).toEqual([]);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        // The portal swaps its side bar for the one of phones by script, so a
        // page is as wide as it stays only some frames after the change.
        await expect
          .poll(() => sidewaysScrolling(page), { message: `at ${width}` })
          .toEqual([]);
      }
    });
  }
});

test('speaks French where one asks for it', async ({ page, portal }) => {
  await portal.signInAs('Engineer A');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('option', { name: 'Français' }).click();

  await page.goto('/observability');
  const row = page.getByRole('row', { name: 'visioncrm-api' });
  await expect(row).toContainText(/Critique.*Taux d’erreur\s*[\d,]+\s%/);
  await row.getByRole('link', { name: 'visioncrm-api' }).click();
  await expect(
    page.getByRole('article', { name: 'État' }).getByRole('heading').first(),
  ).toHaveText('Critique');
  await expect(page.getByRole('main')).toContainText(/Revenir en arrière de/);
  await expect(page.getByRole('main')).not.toContainText(
    /\b(health|shared|fleet)\.\w+\.\w+/,
  );
});

/**
 * What axe finds serious. Not ours to mend are the portal's own entry of
 * notifications, and the nameless wheel that its cards show while they load.
 */
async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude('a[href="/notifications"]')
    .exclude('.MuiCircularProgress-root')
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What is wider than the room that it has. */
function sidewaysScrolling(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main *')]
      .filter(
        element =>
          element.scrollWidth > element.clientWidth + 1 &&
          (element === document.documentElement ||
            /auto|scroll/.test(getComputedStyle(element).overflowX)),
      )
      .map(element => element.outerHTML.slice(0, 120)),
  );
}
