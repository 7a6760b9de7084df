import { startForTest } from '../__testUtils__/client';

const organization = '/api/0/organizations/visioncrm';

describe('modes of the stand-in of Sentry', () => {
  it('an old installation lacks what came later', async () => {
    const { standIn, fetchPath, get } = await startForTest({
      mode: 'self-hosted-old',
    });
    const statusOf = async (path: string) =>
      (await fetchPath(`${organization}/${path}`)).status;

    expect(await statusOf('events-timeseries/?dataset=errors')).toBe(404);
    expect(await statusOf('detectors/')).toBe(404);
    expect(await statusOf('workflows/')).toBe(404);
    expect(await statusOf('alert-rules/')).toBe(200);
    expect(await statusOf('combined-rules/')).toBe(200);
    expect(await statusOf('events-stats/?statsPeriod=1h')).toBe(200);

    const spans = await fetchPath(
      `${organization}/events/?dataset=spans&field=count()`,
    );
    expect(spans.status).toBe(400);
    expect(await spans.json()).toEqual({
      detail: expect.stringMatching(/^dataset must be one of: discover, /),
    });
    const { data } = await get<{ data: Record<string, unknown>[] }>(
      'events/?field=transaction&field=tpm()&field=p95(transaction.duration)&field=failure_rate()&query=event.type:transaction&sort=-p95(transaction.duration)&statsPeriod=10m&project=4507100000000002',
    );
    expect(data[0]).toEqual({
      transaction: 'POST /api/quotes',
      'tpm()': expect.any(Number),
      'p95(transaction.duration)': expect.any(Number),
      'failure_rate()': expect.any(Number),
    });

    const slug = await fetchPath(
      `${organization}/issues/?project=visioncrm-api`,
    );
    expect(slug.status).toBe(400);
    expect(await slug.json()).toEqual({
      detail: 'Invalid project parameter. Values must be numbers.',
    });
    const [issue] = await get<{ permalink: string; id: string }[]>(
      'issues/?project=4507100000000002&limit=1',
    );
    expect(issue.permalink).toBe(
      `${standIn.url}/organizations/visioncrm/issues/${issue.id}/`,
    );
    expect(issue).not.toHaveProperty('derivedData');
    await standIn.close();
  });

  it('a current installation has everything, at its own address', async () => {
    const { standIn, fetchPath, get } = await startForTest({
      mode: 'self-hosted',
      basePath: '/sentry',
    });
    expect(standIn.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sentry$/);
    for (const path of [
      'events-timeseries/?dataset=spans',
      'detectors/',
      'issues/?project=visioncrm-api',
    ]) {
      expect((await fetchPath(`${organization}/${path}`)).status).toBe(200);
    }
    const [issue] = await get<{ permalink: string; id: string }[]>(
      'issues/?limit=1',
    );
    expect(issue.permalink).toBe(
      `${standIn.url}/organizations/visioncrm/issues/${issue.id}/`,
    );
    const page = await fetchPath(`${organization}/projects/?per_page=1`);
    expect(page.headers.get('link')).toContain(
      `<${standIn.url}${organization}/projects/?per_page=1&cursor=`,
    );
    const outside = await fetch(
      `${new URL(standIn.url).origin}${organization}/projects/`,
    );
    expect(outside.status).toBe(404);
    await standIn.close();
  });

  it('the vendor’s own service links to the organisation’s own host', async () => {
    const { standIn, get } = await startForTest();
    const [issue] = await get<{ permalink: string; id: string }[]>(
      'issues/?limit=1',
    );
    expect(issue.permalink).toBe(
      `https://visioncrm.sentry.io/issues/${issue.id}/`,
    );
    await standIn.close();
  });
});
