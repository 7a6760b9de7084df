import {
  computeCoverage,
  countCoverage,
  coverageByOwner,
  CoveredService,
  CoveringRunbook,
} from './computeCoverage';

const now = new Date('2026-11-25T12:00:00Z');
const web = 'component:default/web';

function service(overrides: Partial<CoveredService>): CoveredService {
  return { entityRef: web, title: 'Web', alerts: ['SiteDown'], ...overrides };
}

function runbook(overrides: Partial<CoveringRunbook>): CoveringRunbook {
  return {
    id: 'down',
    title: 'Site down',
    alerts: ['SiteDown'],
    entityRefs: [web],
    stepCount: 8,
    lastTested: '2026-11-13T00:00:00.000Z',
    ...overrides,
  };
}

function rows(
  services: Partial<CoveredService>[],
  runbooks: Partial<CoveringRunbook>[],
) {
  return computeCoverage({
    services: services.map(service),
    runbooks: runbooks.map(runbook),
    now,
  });
}

describe('computeCoverage', () => {
  it('says which runbook answers an alert, and when it was tested', () => {
    expect(rows([{ owner: 'group:default/crm' }], [{}])).toEqual([
      {
        alert: 'SiteDown',
        metric: 'uptime.state',
        entityRef: web,
        entityTitle: 'Web',
        owner: 'group:default/crm',
        state: 'ok',
        runbook: {
          id: 'down',
          title: 'Site down',
          stepCount: 8,
          lastTested: '2026-11-13T00:00:00.000Z',
        },
      },
    ]);
  });

  it.each<[CoveringRunbook['alerts'][number], string]>([
    ['uptime.state', 'SiteDown'],
    ['SiteDown', 'uptime.state'],
    ['site-down', 'SITE DOWN'],
    ['Signup drop!', 'SignupDrop'],
  ])('takes %s and %s for one alert', (inUse, answered) => {
    expect(
      rows([{ alerts: [inUse] }], [{ alerts: [answered] }]).map(
        ({ state }) => state,
      ),
    ).toEqual(['ok']);
  });

  it('has one row for metrics that share an alert, under the name of the alert', () => {
    expect(
      rows(
        [
          {
            alerts: [
              'database.connectionCount',
              'DatabaseConnectionsHigh',
              'database.connections',
            ],
          },
        ],
        [],
      ),
    ).toMatchObject([
      {
        alert: 'DatabaseConnectionsHigh',
        metric: 'database.connectionCount',
        state: 'missing',
      },
    ]);
  });

  it.each([
    ['missing', { alerts: ['Other'] }],
    ['missing', { entityRefs: ['component:default/other'] }],
    ['dead-link', { deadLink: 'https://wiki.example/x' }],
    ['no-steps', { stepCount: 0 }],
    ['never-tested', { lastTested: undefined }],
    ['stale', { lastTested: '2026-05-29T12:00:00Z' }],
    ['ok', { lastTested: '2026-05-29T12:00:01Z' }],
    ['ok', { entityRefs: [] }],
  ])('is %s with %j', (state, overrides) => {
    expect(rows([{}], [overrides])).toMatchObject([{ state }]);
  });

  it('names the address of a dead link', () => {
    expect(
      rows([{}], [{ deadLink: 'https://wiki.example/x' }])[0],
    ).toMatchObject({ link: 'https://wiki.example/x' });
  });

  it('goes by the runbook in the best state, then by that of the service, then by the one tested last', () => {
    const id = (runbooks: Partial<CoveringRunbook>[]) =>
      rows([{}], runbooks)[0].runbook?.id;
    expect(
      id([
        { id: 'a', stepCount: 0 },
        { id: 'b', entityRefs: [] },
      ]),
    ).toBe('b');
    expect(id([{ id: 'a', entityRefs: [] }, { id: 'b' }])).toBe('b');
    expect(
      id([{ id: 'a', lastTested: '2026-11-01T00:00:00Z' }, { id: 'b' }]),
    ).toBe('b');
    expect(id([{ id: 'b' }, { id: 'a' }])).toBe('a');
  });

  it('puts what needs work first, and counts it in all and by team', () => {
    const found = rows(
      [
        { alerts: ['SiteDown', 'Nothing'], owner: 'group:default/web' },
        {
          entityRef: 'component:default/api',
          alerts: ['errors.rate'],
          owner: 'group:default/api',
        },
        { entityRef: 'component:default/lost', alerts: ['SiteDown'] },
      ],
      [{}, { id: 'r', alerts: ['ErrorRate'], entityRefs: [], stepCount: 0 }],
    );
    expect(
      found.map(({ state, alert, entityRef }) => [state, alert, entityRef]),
    ).toEqual([
      ['missing', 'Nothing', web],
      ['missing', 'SiteDown', 'component:default/lost'],
      ['no-steps', 'ErrorRate', 'component:default/api'],
      ['ok', 'SiteDown', web],
    ]);
    expect(countCoverage(found)).toEqual({
      ok: 1,
      missing: 2,
      'dead-link': 0,
      'no-steps': 1,
      stale: 0,
      'never-tested': 0,
    });
    expect(
      coverageByOwner(found).map(({ owner, counts }) => [
        owner,
        counts.ok,
        counts.missing,
      ]),
    ).toEqual([
      ['group:default/api', 0, 0],
      ['group:default/web', 1, 1],
      [undefined, 0, 1],
    ]);
  });
});
