import { createStandInClock } from '../shared/clock';
import { startVisionCrmSite, type VisionCrmSite } from '.';

describe('the site of VisionCRM', () => {
  let site: VisionCrmSite;

  beforeEach(async () => {
    site = await startVisionCrmSite({
      clock: createStandInClock({ now: new Date('2026-11-24T13:40:00Z') }),
      takesTime: false,
    });
  });
  afterEach(() => site.close());

  const ask = async (path: string) => {
    const response = await fetch(`${site.url}${path}`);
    return `${response.status} ${(await response.text()).trim()}`;
  };
  const change = (body: object) =>
    fetch(`${site.url}/__control/scenario`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is in trouble with its API alone, and recovers', async () => {
    expect(await ask('/')).toMatch(/^200 .*Sign in to VisionCRM/);
    expect(await ask('/api/health')).toBe('503 {"status":"error"}');
    expect(await ask('/api/health/database')).toMatch(/^200 \{"status":"ok"/);
    expect(await ask('/api/health/email')).toMatch(/^200 \{"status":"ok"/);
    expect(await ask('/elsewhere')).toBe('404 Not found');
    site.control.clock.advance(50 * 60_000);
    expect(await ask('/api/health')).toBe('200 {"status":"ok"}');
  });

  it('can be broken and mended', async () => {
    expect((await change({ path: '/', state: 'failing' })).status).toBe(204);
    expect(await ask('/')).toMatch(/^503 .*Something went wrong/);
    await change({ path: '/' });
    expect(await ask('/')).toMatch(/^200 /);
    site.control.changeScenario({ path: '/api/health', state: 'well' });
    expect(await ask('/api/health')).toBe('200 {"status":"ok"}');

    await change({ path: '/', state: 'hanging' });
    site.control.clearRequests();
    const giveUp = new AbortController();
    const hanging = fetch(site.url, { signal: giveUp.signal });
    while (!site.control.requests().some(({ path }) => path === '/')) {
      await new Promise(setImmediate);
    }
    giveUp.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });

    for (const wrong of [
      { path: '/nowhere', state: 'failing' },
      { path: '/', state: 'gone' },
    ]) {
      expect((await change(wrong)).status).toBe(400);
    }
  });
});
