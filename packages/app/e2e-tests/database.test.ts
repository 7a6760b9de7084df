import { expect, test } from './support/portal';

test('shows how a database is, what is slow in it, and whether it could be restored', async ({
  page,
  portal,
}) => {
  await portal.signInAs('Engineer A');
  await portal.openHealth('visioncrm-db', 'resource');
  const section = page.getByRole('article', { name: 'Database' });
  await expect(section).toContainText(/CPU\s*7\d\s%/);
  await expect(section).toContainText(/warning 70\s%, critical 80\s%/);
  await expect(section).toContainText(/of 100/);
  await expect(section).toContainText('LEFT JOIN "Contact"');
  await expect(section).toContainText('Backups: 4 of 5');
  await expect(section).toContainText('RLS Disabled in Public');

  // A person vouches for a restore; a second thought about the date is refused.
  await section.getByRole('button', { name: 'Record a restore test' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record a restore test' });
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: /\w/ })).toHaveCount(
    1,
  );
  await dialog.getByText('The data came back').click();
  await dialog.getByRole('textbox').last().fill('Into a fresh project');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(section).toContainText('Backups: 5 of 5');
  await expect(section).toContainText(/passed, recorded by .*engineer.a/i);
});
