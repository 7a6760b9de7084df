import { expect, test } from './support/portal';

const WORST_FIRST = ['Critical', 'Warning', 'Unknown', 'OK', 'Not configured'];

test('lists all services, worst first, each with why and since when', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openFleet();

  const rows = page
    .getByRole('grid', { name: 'Services' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') });
  await expect(rows).toHaveCount(6);
  const statuses = await rows.locator('[data-column="status"]').allInnerTexts();
  const ranks = statuses.map(status => WORST_FIRST.indexOf(status.trim()));
  expect(ranks).toEqual([...ranks].sort());
  expect(ranks[0]).toBe(0);
  await expect(rows.first().getByRole('gridcell')).toHaveText(
    [
      'Critical',
      /^API Health\s*down\s*Error rate\s*[\d.]+\s%\s*limit 1\s%/,
      /^\d+\s(s|min)$/,
      // Uptime of 30 days, errors of 24 hours, its database, who has the watch.
      /^99\.\d+\s%$/,
      /^[\d\s]+$/,
      'no data',
      // The guide's rotation.
      /^Engineer [ABC]$/,
    ],
    { useInnerText: true },
  );
  await expect(
    rows.filter({ hasText: 'visioncrm-docs' }).getByRole('gridcell').first(),
  ).toHaveText('Not configured');
});

test('narrows the list, keeps that in the address, and finds it again on the way back', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openFleet();
  const names = page
    .getByRole('grid', { name: 'Services' })
    .getByRole('rowheader');
  await expect(names).toHaveCount(6);

  await page.getByRole('button', { name: /^Not configured \d$/ }).click();
  await expect(page).toHaveURL(/status=unconfigured/);
  await expect(names).toHaveText([/^visioncrm-docs/]);
  await page.getByRole('button', { name: /^Not configured \d$/ }).click();
  await expect(names).toHaveCount(6);
  await page.getByRole('searchbox').fill('postgresql');
  await expect(page).toHaveURL(/q=postgresql/);
  await expect(names).toHaveText([/^visioncrm-db/]);
  await page.getByRole('button', { name: 'Owner' }).click();
  await page.getByRole('option', { name: 'crm' }).click();
  await expect(page).toHaveURL(/owner=group%3Adefault%2Fcrm/);
  await expect(names).toHaveText([/^visioncrm-db/]);
  await page.getByRole('searchbox').fill('nothing of the kind');
  await expect(page.getByText('No service matches the filters.')).toBeVisible();

  // An address that was sent on, there, away and back.
  await portal.openFleet('?status=critical,warning&q=error');
  await expect(names).toHaveText([/^visioncrm-api/, /^visioncrm-web/]);
  await names.getByRole('link', { name: 'visioncrm-web' }).click();
  await expect(page).toHaveURL(/component\/visioncrm-web\/health$/);
  await expect(portal.status).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(
    /status=critical%2Cwarning&q=error|status=critical,warning&q=error/,
  );
  await expect(names).toHaveText([/^visioncrm-api/, /^visioncrm-web/]);
  await expect(page.getByRole('searchbox')).toHaveValue('error');
  await page.goForward();
  await expect(portal.status).toBeVisible();
});

test('is walked through by keyboard, down to the health of a service', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openFleet();
  const row = page.getByRole('row', { name: 'visioncrm-api' });
  await page.getByRole('searchbox').focus();
  for (const name of ['Owner', 'System', 'Status']) {
    await page.keyboard.press('Tab');
    await expect(
      page.getByRole('button', { name: new RegExp(`${name}$`) }),
    ).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await expect(row).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(
    page.getByRole('row', { name: 'visioncrm-public-api' }),
  ).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/component\/visioncrm-api\/health$/);
  await expect(portal.status).toHaveText('Critical');
});
