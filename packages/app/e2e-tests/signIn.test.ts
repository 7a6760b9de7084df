import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/portal';

test('signs in as a person of the team, and stays signed in until they sign out', async ({
  page,
}) => {
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: 'Who are you today?' }),
  ).toBeVisible();
  await expect(
    page.getByRole('list', { name: 'People of VisionCRM' }).getByRole('button'),
  ).toHaveText([/CTO/, /Engineer A/, /Engineer B/, /Engineer C/, /Contractor/]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await page.getByRole('button', { name: 'Engineer B' }).click();
  await expect(
    page.getByText('You are signed in as Engineer B.'),
  ).toBeVisible();

  await page.reload();
  await expect(
    page.getByText('You are signed in as Engineer B.'),
  ).toBeVisible();

  await page.goto('/settings');
  await page.getByRole('button', { name: 'more' }).click();
  await page.getByRole('menuitem', { name: 'Sign Out' }).click();
  const lastPerson = page.getByRole('button', { name: 'Engineer B' });
  await expect(lastPerson).toBeFocused();
  await expect(lastPerson).toContainText('Last time');

  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('link', { name: 'Catalog', exact: true }),
  ).toBeVisible();
});

test('shows the system of the demo in the catalog', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await page.goto('/');
  await page.getByRole('link', { name: 'Catalog', exact: true }).click();
  for (const name of [
    'visioncrm-web',
    'visioncrm-api',
    'visioncrm-worker',
    'visioncrm-docs',
  ]) {
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  }
});
