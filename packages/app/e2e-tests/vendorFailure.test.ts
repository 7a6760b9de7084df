import { expect, test } from './support/portal';

test('keeps the last good data when Sentry refuses the token, says what to do, and recovers by itself', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-web');
  const errors = page.getByRole('article', { name: 'Errors' });
  await expect(errors).toContainText('QuoteSaveError');
  const before = await portal.status.innerText();

  await portal.sentry.addFault({ fault: { kind: 'status', status: 401 } });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(errors).toContainText(
    /Sentry refused the token since \d\d:\d\d, \d+\ss\./,
  );
  await expect(errors).toContainText(
    'Make a new token in Sentry and set it in the configuration of the portal, instance default.',
  );
  await expect(errors).toContainText(
    /What you see below was read at \d\d:\d\d\./,
  );
  await expect(errors).toContainText('QuoteSaveError');
  await expect(page.getByText('sntrys_')).toHaveCount(0);
  // A source that fails makes nothing better.
  await expect(portal.status).toHaveText(before);

  // One token reads all services: what was well is not known to be any more.
  await page.goto('/observability');
  const worker = page.getByRole('row', { name: 'visioncrm-worker' });
  await expect(worker).toContainText('Unknown');
  await expect(page.getByRole('row', { name: 'visioncrm-api' })).toContainText(
    'Critical',
  );
  const sources = page.getByRole('region', { name: 'Sources' });
  await expect(sources).toContainText('Sentry refused the token since');
  await sources.getByRole('button', { name: 'See sources' }).click();
  await expect(
    sources.getByRole('listitem').filter({ hasText: 'Sentry' }),
  ).toContainText(/last run .*\sago · last success .*\sago · 3 targets/);

  // It is tried again each minute, or as soon as Sentry reports an event.
  await portal.sentry.clearFaults();
  await portal.sentry.sendWebhook('visioncrm-web');
  await expect(worker).toContainText('OK', { timeout: 30_000 });
  await expect(sources).toHaveCount(0);
});

test('lets what cannot be read stand beside what can', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-api');
  const errors = page.getByRole('article', { name: 'Errors' });
  const performance = page.getByRole('article', { name: 'Performance' });
  await portal.sentry.addFault({
    match: { path: '/organizations/visioncrm/issues/' },
    fault: { kind: 'status', status: 500 },
  });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(errors).toContainText('Sentry does not answer since', {
    timeout: 30_000,
  });
  await expect(errors).toContainText(
    'See whether Sentry reports an outage, and whether the portal can reach it. It is tried again by itself.',
  );
  await expect(errors).toContainText('PrismaClientKnownRequestError');
  await expect(performance).not.toContainText('does not answer');
  await expect(performance).toContainText('POST /api/quotes');
  await expect(portal.status).toHaveText('Critical');

  // A webhook is enough to have it tried at once.
  await portal.sentry.clearFaults();
  await portal.sentry.sendWebhook('visioncrm-api');
  await expect(errors).not.toContainText('does not answer');
});

// The last of all: what happened to the service cannot be undone.
test('shows a change while one looks, without being asked', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-worker');
  await expect(portal.status).toHaveText('OK');
  await page.evaluate(() => {
    document.documentElement.dataset.sameDocument = 'yes';
  });

  await portal.sentry.changeScenario({
    project: 'visioncrm-worker',
    events: 90,
  });
  await expect(async () => {
    // Sentry sends one for each new event.
    await portal.sentry.sendWebhook('visioncrm-worker');
    await expect(portal.status).toHaveText('Critical', { timeout: 4_000 });
  }).toPass({ timeout: 30_000 });
  await expect(
    page.getByRole('row', { name: 'Errors in 5 min' }),
  ).toContainText(/\d\d+limit/);
  await expect(page.locator('html')).toHaveAttribute(
    'data-same-document',
    'yes',
  );
});
