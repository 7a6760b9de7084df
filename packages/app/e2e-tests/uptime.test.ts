import { readFile } from 'node:fs/promises';
import { expect, test } from './support/portal';

test('says of each monitor whether it is up, since when, and how it was for 90 days', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');
  const section = page.getByRole('article', { name: 'Uptime' });
  await expect(section).toContainText(/1 of 2 down\s*UptimeRobot/);
  await expect(section).toContainText(
    /Down since \d\d:\d\d, .*Internal Server Error/,
  );

  // One stop for the keyboard, then day by day.
  const bar = section.getByRole('slider', { name: /API Health/ });
  await bar.focus();
  const today = await bar.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowLeft');
  await expect(bar).not.toHaveAttribute('aria-valuetext', today ?? '');
  await page.keyboard.press('End');
  await expect(bar).toHaveAttribute('aria-valuetext', today ?? '');

  await section.getByRole('button', { name: /API Health/ }).click();
  await expect(section).toContainText('Outages, 90 days');
  await expect(
    section
      .getByRole('grid', { name: /Outages/ })
      .or(section.getByRole('table', { name: /Outages/ })),
  ).toContainText('38 min');
});

test('reports the uptime of a month, also as a file', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');
  await page.getByRole('link', { name: 'Monthly report' }).click();
  await expect(
    page.getByRole('heading', { name: /^Uptime of visioncrm-api/ }),
  ).toBeVisible();
  await expect(page.getByRole('main')).toContainText('API Health');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const file = await (await download).path();
  const [head, ...rows] = (await readFile(file, 'utf8')).split(/\r?\n/);
  expect(head).toMatch(/monitor/i);
  expect(rows.some(row => row.includes('API Health'))).toBe(true);
});

test('shows what users see of a service, without our reasons', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');
  await page.goto('/catalog/default/component/visioncrm-api');
  const card = page.getByRole('article', { name: 'Service status' });
  await expect(
    card.getByRole('listitem').filter({ hasText: 'API Health' }),
  ).toContainText('Down');
  await expect(
    card.getByRole('listitem').filter({ hasText: 'Database Connection' }),
  ).toContainText('Operational');
  await expect(card).not.toContainText('Internal Server Error');
});

test('keeps what UptimeRobot told last when it refuses the key, beside checks that go on', async ({
  page,
  portal,
}) => {
  // It is tried again each minute.
  test.slow();
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-web');
  const section = page.getByRole('article', { name: 'Uptime' });
  await expect(section).toContainText('Homepage');
  await portal.uptimeRobot.addFault({
    match: {},
    fault: { kind: 'status', status: 401 },
  });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(section).toContainText('UptimeRobot refused the token', {
    timeout: 90_000,
  });
  await expect(section).toContainText('Homepage');
  await expect(section).toContainText('crm-homepage');
  await expect(page.getByText('ur1001-')).toHaveCount(0);
  await portal.uptimeRobot.clearFaults();
  await expect(section).not.toContainText('refused the token', {
    timeout: 90_000,
  });
});
