import { Page } from '@playwright/test';
import { expect, test } from './support/portal';

const VERSION = /\d{4}\.\d\d\.\d\d-\d/;

test('says on one page what is wrong with a service, against which limit, and what changed before', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');

  await expect(portal.status).toHaveText('Critical');
  const summary = page.getByRole('article', { name: 'Status' });
  const reason = (name: string | RegExp) =>
    summary.getByRole('row', { name }).getByRole('gridcell');
  await expect(reason('Error rate')).toHaveText([
    'Critical',
    /^[1-9]\.\d+\s%$/,
    /^limit 1\s%$/,
    /^\d\d:\d\d · \d+\s(s|min)$/,
  ]);
  await expect(reason(/^Release regression/)).toHaveText([
    'Critical',
    /^\+\d[\d\s]*%$/,
    /^limit \+50\s% vs previous$/,
    /^\d\d:\d\d/,
  ]);

  // What changed: the release that came before, and the way to it.
  await expect(summary).toContainText(
    /Changed.*min before it went wrong · by engineer-c/,
  );
  const release = summary.locator('a[target]').filter({ hasText: VERSION });
  await expect(release).toHaveAttribute('href', /^http.*\/releases\//);
  const [version = ''] = VERSION.exec(await release.innerText()) ?? [];

  // What to do about it.
  const rollBack = page.getByRole('region', { name: 'Release to roll back' });
  await expect(rollBack).toContainText(`Roll back ${version}`);
  await expect(rollBack).toContainText(
    /the release before; the limit is 1\.5×/,
  );
  await expect(
    page
      .getByRole('grid', { name: 'Releases' })
      .getByRole('row', { name: version })
      .getByRole('gridcell')
      .last(),
  ).toContainText('Roll back');

  // Each signal has its section.
  const signals = page.getByRole('navigation', { name: 'Signals' });
  await expect(signals.getByRole('link')).toHaveText([
    /^Errors.*Critical.*% of requests$/,
    /^Performance.*p95 [\d\s]+ms$/,
    /^Releases.*Critical.*roll back$/,
    /^Uptime.*Critical.*1 of 2 down · 2 sources$/,
  ]);
  await signals.getByRole('link', { name: /^Releases/ }).click();
  await expect(page).toHaveURL(/#health-releases$/);
  await expect(rollBack).toBeInViewport();

  // Links lead out safely, and nothing was asked of a vendor from here.
  const links = await page
    .getByRole('main')
    .locator('a[target]')
    .evaluateAll(anchors =>
      anchors.map(anchor => ({
        href: anchor.getAttribute('href') ?? '',
        rel: anchor.getAttribute('rel') ?? '',
      })),
    );
  expect(links.length).toBeGreaterThan(10);
  for (const { href, rel } of links) {
    expect(href).toMatch(/^https?:\/\//);
    expect(rel.split(' ')).toContain('noopener');
  }
  const host = new URL(page.url()).host;
  expect(portal.requests.length).toBeGreaterThan(10);
  expect(portal.requests.filter(url => url.host !== host)).toEqual([]);
});

test('sorts, filters and searches the issues, and takes their titles for text alone', async ({
  page,
  portal,
}) => {
  await page.addInitScript(() => {
    window.alert = () => {
      document.documentElement.dataset.hacked = 'yes';
    };
  });
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');
  const issues = page.getByRole('grid', { name: 'Issues' });
  const titles = issues.getByRole('rowheader');

  await page.getByRole('button', { name: /^Show all \d+$/ }).click();
  await expect(page.getByRole('button', { name: 'Show fewer' })).toBeVisible();
  expect(await titles.count()).toBeGreaterThan(10);
  await issues.getByRole('columnheader', { name: 'Users' }).click();
  await expect(page).toHaveURL(/issueSort=-users/);
  const users = await numbersOf(page, 'users');
  expect(users).toEqual([...users].sort((a, b) => b - a));
  expect(users[0]).toBeGreaterThan(users[users.length - 1]);

  await choose(page, 'Level', 'Info');
  await expect(titles).toHaveText([/^ZodError/]);
  await choose(page, 'Level', 'All levels');
  await choose(page, 'Assignee', 'engineer-c');
  await expect(titles.filter({ hasText: 'Slow query: Contact' })).toHaveCount(
    1,
  );
  for (const name of await issues
    .locator('td[data-column="assignee"]')
    .allInnerTexts()) {
    expect(name).toBe('engineer-c');
  }
  await choose(page, 'Assignee', 'All assignees');

  await page.getByRole('searchbox', { name: 'Search issues' }).fill('VAT');
  const hostile =
    'ValidationError: <img src=x onerror=alert(1)> **is** not a [VAT number](javascript:alert(1))';
  await expect(titles.filter({ hasText: hostile })).toHaveCount(1);
  await expect(issues.locator('img, script, strong, em')).toHaveCount(0);
  await expect(titles.getByRole('link', { name: hostile })).toHaveAttribute(
    'href',
    /^https:\/\//,
  );

  // The view is in the address, so it can be sent on.
  await page.reload();
  await expect(
    page.getByRole('searchbox', { name: 'Search issues' }),
  ).toHaveValue('VAT');
  await expect(titles.filter({ hasText: hostile })).toHaveCount(1);
  await expect(page.locator('html')).not.toHaveAttribute('data-hacked');
  expect(portal.requests.filter(url => url.pathname.endsWith('/x'))).toEqual(
    [],
  );
});

test('shows the health on the overview and in the About card, and asks for it once a page', async ({
  page,
  portal,
}) => {
  // A signal would have the page ask again, rightly.
  await page.routeWebSocket(/\/api\/signals/, () => {});
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');
  const reports = () =>
    portal.requests.filter(url => url.pathname.endsWith('/report')).length;
  expect(reports()).toBe(1);

  await page.goto('/catalog/default/component/visioncrm-api');
  const card = page.getByRole('article', { name: 'Health', exact: true });
  await expect(card).toContainText('Critical');
  await expect(card.getByRole('listitem')).toContainText([
    /^CriticalAvailability, API Health\s*down.*since/,
    /^CriticalError rate\s*[\d.]+\s%\s*limit 1\s%\s*since/,
  ]);
  await expect(card).toContainText(/Uptime, 30\sd\s*99\.\d+\s%/);
  await expect(card).toContainText(/Errors, 24 h\s*[\d\s]+p95/);
  const about = page.getByRole('article').filter({ hasText: 'About' });
  await expect(
    about.getByRole('link', { name: 'Health' }),
  ).toHaveAccessibleName(/^Critical/);
  expect(reports()).toBe(2);

  await card.getByRole('link', { name: 'Open Health' }).click();
  await expect(portal.status).toHaveText('Critical');
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(card).toContainText('Critical');
  expect(reports()).toBe(2);
});

test('rolls the health of a system up from its members', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm', 'system');
  await expect(portal.status).toHaveText('Critical');
  const members = page.getByRole('grid', { name: 'Members' });
  await expect(members.getByRole('rowheader').first()).toHaveText(
    'visioncrm-api',
  );
  await expect(
    members.getByRole('row', { name: 'visioncrm-api' }),
  ).toContainText(/Critical.*Availability down/);
  await expect(
    members.getByRole('row', { name: 'visioncrm-db' }),
  ).toContainText(/Warning.*Slow query/);
  await expect(
    members.getByRole('row', { name: 'visioncrm-docs' }),
  ).toContainText('Not configured');
  await members.getByRole('link', { name: 'visioncrm-web' }).click();
  await expect(page).toHaveURL(/\/catalog\/default\/component\/visioncrm-web/);
});

test('shows who has not set up a service what to write where', async ({
  page,
  portal,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await portal.signInAs('Engineer A');
  await page.goto('/catalog/default/component/visioncrm-docs/health');
  const panel = page.getByRole('article').filter({ hasText: 'Not configured' });
  await expect(panel).toContainText(
    'No source is named in this component yet. Add the ones you use to entities.yaml:',
  );
  const copy = panel.getByRole('button', { name: 'Copy the annotation' });
  await copy.click();
  await expect(copy).toHaveText('Copied');
  expect(
    (await page.evaluate(() => navigator.clipboard.readText())).split('\n'),
  ).toEqual(
    expect.arrayContaining([
      'sentry.io/project-slug: visioncrm-docs',
      'uptimerobot.com/monitors: "<id>"',
      'watchkeeper.io/http-checks: visioncrm-docs',
    ]),
  );
});

async function numbersOf(page: Page, column: string): Promise<number[]> {
  const texts = await page
    .getByRole('grid', { name: 'Issues' })
    .locator(`td[data-column="${column}"]`)
    .allInnerTexts();
  return texts.map(text => Number(text.replace(/\s/g, '')));
}

async function choose(page: Page, filter: string, option: string) {
  const errors = page.getByRole('article', { name: 'Errors' });
  await errors.getByRole('button', { name: new RegExp(`${filter}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
