import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/portal';

test('shows nothing of a service to who may not see it, and names the permission', async ({
  page,
  portal,
}) => {
  portal.expectErrors(/status of 403 .*\/api\/observability\//);
  await portal.signInAs('Contractor');

  for (const [path, title] of [
    [
      '/catalog/default/component/visioncrm-api/health',
      'You may not see the health of this component',
    ],
    [
      '/catalog/default/component/visioncrm-api',
      'You may not see the health of this component',
    ],
    ['/observability', 'You may not see the health of services'],
  ]) {
    await page.goto(path);
    // The card of who is on call says the same.
    const notices = page.getByRole('article').filter({ hasText: title });
    await expect(notices.first()).toContainText(
      'It needs the permission observability.health.read.',
    );
    await expect(page.getByText(/Critical|Error rate/)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Refresh' })).toHaveCount(
      path.endsWith('visioncrm-api') ? 1 : 0,
    );
    const { violations } = await new AxeBuilder({ page })
      .include('main')
      .analyze();
    expect(violations).toEqual([]);
  }
});
