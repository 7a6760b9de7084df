import { expect, test } from './support/portal';

test('makes a schedule, shows what an edit of it would mean, and keeps what was', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await page.goto('/observability/on-call');
  await page.getByRole('link', { name: 'New schedule' }).click();

  await page.getByRole('textbox', { name: 'Title' }).fill('Night watch');
  await page.getByRole('textbox', { name: /^Name(?! of)/ }).fill('night-watch');
  const people = page.getByRole('combobox', { name: 'Add a person' });
  await people.fill('Engineer B');
  await page.getByRole('option', { name: /Engineer B/ }).click();
  const preview = page.getByRole('article', { name: 'Preview, four weeks' });
  await expect(preview).toContainText(/\d shifts? in four weeks/);
  await expect(preview).toContainText('0 people who cannot be reached');
  await page.getByRole('button', { name: 'Create schedule' }).click();

  await expect(page).toHaveURL(/\/on-call\?schedule=night-watch$/);
  const now = page.getByRole('article', { name: 'Who has the watch now' });
  await expect(now).toContainText('Night watch');
  await expect(now).toContainText('Engineer B');

  // A second one takes turns from the next handoff on.
  await page.getByRole('link', { name: 'Edit schedule' }).click();
  await people.fill('Engineer C');
  await page.getByRole('option', { name: /Engineer C/ }).click();
  await expect(preview).toContainText(/[1-9] shifts? changes?, first on/);

  // Leaving asks first, and nothing is lost.
  await page.getByRole('link', { name: 'Services' }).click();
  await page.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByText('1 unsaved change')).toBeVisible();

  await page.getByRole('button', { name: 'Save schedule' }).click();
  await expect(page).toHaveURL(/\/on-call\?schedule=night-watch$/);
  // Who has the watch now has it to the end.
  await expect(now).toContainText('Engineer B');
  await page.getByRole('link', { name: 'Edit schedule' }).click();
  await expect(page.getByText(/What you see is in force from/)).toBeVisible();
  await expect(
    page.getByRole('row', { name: /Engineer C/ }).first(),
  ).toBeVisible();
});

test('shows a schedule of a file as it is written, and where that is', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await page.goto('/observability/on-call');
  await page.getByRole('link', { name: 'See how it is written' }).click();
  const bar = page.getByRole('region', { name: 'Where it can be changed' });
  await expect(bar).toContainText('crm.yaml');
  await expect(page.getByRole('button', { name: 'Save schedule' })).toHaveCount(
    0,
  );
  await expect(page.getByRole('textbox', { name: 'Title' })).not.toBeEditable();
});
