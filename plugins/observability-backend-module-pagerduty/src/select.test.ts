import { entityWith } from './__testUtils__/harness';
import { selectServices } from './select';

const KEY = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

function select(annotations: Record<string, string>, account = 'default') {
  const selection = selectServices(entityWith(annotations), {
    account,
    accounts: ['default', 'eu'],
  });
  return {
    ids: selection.services.map(({ id }) => id),
    misconfigurations: selection.misconfigurations,
  };
}

describe('the annotations of an entity', () => {
  it('name several services, of any account unless they say of which', () => {
    const ids = { 'pagerduty.com/service-id': ' PABC123, pdef456 ,' };
    const both = ['service:PABC123', 'service:PDEF456'];
    expect(select(ids).ids).toEqual(both);
    expect(select(ids, 'eu').ids).toEqual(both);
    const inEu = { ...ids, 'pagerduty.com/account': 'eu' };
    expect(select(inEu).ids).toEqual([]);
    expect(select(inEu, 'eu').ids).toEqual(both);
  });

  it('need no integration key beside an id, and never show one', () => {
    const [id] = select({ 'pagerduty.com/integration-key': KEY }).ids;
    expect(id).toMatch(/^key:[0-9a-f]{64}$/);
    expect(id).not.toContain(KEY);
    expect(
      select({
        'pagerduty.com/service-id': 'PABC123',
        'pagerduty.com/integration-key': KEY,
      }).ids,
    ).toEqual(['service:PABC123']);
    const broken = select({ 'pagerduty.com/integration-key': `${KEY} cut` });
    expect(broken.ids).toEqual([]);
    expect(broken.misconfigurations).toHaveLength(1);
    expect(JSON.stringify(broken)).not.toContain(KEY);
  });

  it('that cannot be used say so', () => {
    expect(
      select({ 'pagerduty.com/service-id': '../users' }).misconfigurations,
    ).toEqual([
      {
        annotation: 'pagerduty.com/service-id',
        message: expect.stringContaining('such as PABC123'),
      },
    ]);
    expect(
      select({
        'pagerduty.com/service-id': 'PABC123',
        'pagerduty.com/account': 'us',
      }),
    ).toEqual({
      ids: [],
      misconfigurations: [
        {
          annotation: 'pagerduty.com/account',
          message: 'There is no such account; expected one of default, eu',
        },
      ],
    });
    expect(select({ 'pagerduty.com/account': 'us' })).toEqual({
      ids: [],
      misconfigurations: [],
    });
  });
});
