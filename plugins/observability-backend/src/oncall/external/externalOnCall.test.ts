import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  MisconfiguredOnCallInstance,
  observabilityOnCallExtensionPoint,
  OnCallCollectRequest,
  OnCallOverrideRequest,
  OnCallProvider,
  OnCallReading,
  OnCallSelection,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import request from 'supertest';
import { fakeClock } from '../../__testUtils__/fakeClock';
import { startPlugin } from '../../__testUtils__/startPlugin';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const ANNOTATION = 'pager.example.com/service';
const NAME = 'pager~default~P1';

const at = (day: number, hour = 9) =>
  new Date(Date.UTC(2026, 10, day, hour)).toISOString();

/** A master of on-call that says what it is told to. */
class ScriptedOnCall implements OnCallProvider {
  readonly provider = 'pager';
  readonly title = 'Pager';
  readonly annotations = [ANNOTATION];
  readonly webhook = { topic: 'observability-pager', verify: () => true };
  readonly requests: OnCallCollectRequest[] = [];
  override?: OnCallProvider['override'];
  failure?: Error;
  reading: OnCallReading = reading();

  constructor(readonly instance = 'default') {}

  select({ metadata }: Entity): OnCallSelection {
    const id = metadata.annotations?.[ANNOTATION];
    return {
      services: id
        ? [{ id, annotation: ANNOTATION, label: `the service ${id}` }]
        : [],
      misconfigurations: [],
    };
  }

  async collect(asked: OnCallCollectRequest): Promise<OnCallReading> {
    this.requests.push(asked);
    if (this.failure) {
      throw this.failure;
    }
    return this.reading;
  }
}

function reading(): OnCallReading {
  const ana = { id: 'PANA', name: 'Ana at Pager', email: 'Ana@Example.com' };
  const guest = { id: 'PGUEST', name: 'Guest\n', email: 'guest@example.com' };
  return {
    schedules: [
      {
        id: 'P1',
        title: 'CRM escalation',
        url: 'https://pager.example.com/P1',
        timeZone: 'Europe/Paris',
        levels: ['Level 1', 'Level 2'],
        services: ['S1'],
        shifts: [
          {
            level: 'Level 1',
            start: new Date(at(23)),
            end: new Date(at(30)),
            people: [ana],
            layer: 'Weekly',
          },
          {
            level: 'Level 1',
            start: new Date(at(30)),
            end: new Date(at(37)),
            people: [guest],
          },
          { level: 'Level 2', people: [guest] },
        ],
      },
    ],
    unknownServices: ['S9'],
  };
}

function entity(
  kind: string,
  name: string,
  rest: Partial<Entity> & { annotations?: Record<string, string> } = {},
): Entity {
  const { annotations, ...fields } = rest;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    ...fields,
  };
}

const ENTITIES = [
  entity('User', 'ana', {
    spec: { profile: { displayName: 'Ana', email: 'ana@example.com' } },
  }),
  entity('User', 'mock', {
    spec: { profile: { displayName: 'Mock', email: 'mock@example.com' } },
  }),
  entity('Component', 'crm', { annotations: { [ANNOTATION]: 'S1' } }),
  entity('Component', 'lost', { annotations: { [ANNOTATION]: 'S9' } }),
];

async function start(
  providers: ScriptedOnCall[],
  options: {
    misconfigured?: MisconfiguredOnCallInstance;
    denied?: string[];
  } = {},
) {
  const plugin = await startPlugin({
    entities: ENTITIES,
    policy: { denied: options.denied },
    features: [
      createBackendModule({
        pluginId: 'observability',
        moduleId: 'pager',
        register(reg) {
          reg.registerInit({
            deps: { onCall: observabilityOnCallExtensionPoint },
            async init({ onCall }) {
              onCall.addProvider(providers);
              if (options.misconfigured) {
                onCall.addMisconfiguredInstance(options.misconfigured);
              }
            },
          });
        },
      }),
    ],
  });
  const get = async (path: string) => {
    const response = await request(plugin.server).get(
      `/api/observability/v1${path}`,
    );
    return response.status === 200
      ? response.body
      : { status: response.status, body: response.body };
  };
  const post = (path: string, body: object) =>
    request(plugin.server)
      .post(`/api/observability/v1${path}`)
      .set('Authorization', mockCredentials.user.header())
      .send(body);
  const collect = (instance = 'default') =>
    plugin.run(`collect-on-call-pager-${instance}`);
  return { ...plugin, get, post, collect };
}

jest.setTimeout(60_000);

describe('schedules of another master', () => {
  let onCall: ScriptedOnCall;

  beforeEach(() => {
    fakeClock(NOW);
    onCall = new ScriptedOnCall();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('answer wherever the portal’s own do', async () => {
    const { get, collect } = await start([onCall]);
    await collect();
    expect(onCall.requests[0]).toMatchObject({
      services: expect.arrayContaining([
        expect.objectContaining({ id: 'S1' }),
        expect.objectContaining({ id: 'S9' }),
      ]),
      from: new Date(NOW - 86_400_000),
      to: new Date(NOW + 30 * 86_400_000),
    });

    const guest = {
      entityRef: 'urn:watchkeeper:person:pager:default:PGUEST',
      displayName: 'Guest',
      external: true,
    };
    const ana = { entityRef: 'user:default/ana', displayName: 'Ana' };
    const rows = [
      {
        schedule: NAME,
        title: 'CRM escalation',
        level: 'Level 1',
        people: [ana],
        since: at(23),
        until: at(30),
        next: { people: [guest], at: at(30) },
        source: {
          provider: 'pager',
          url: 'https://pager.example.com/P1',
          observedAt: new Date(NOW).toISOString(),
        },
      },
      expect.objectContaining({ level: 'Level 2', people: [guest] }),
    ];
    await expect(get('/on-call')).resolves.toEqual({ items: rows });
    await expect(
      get('/on-call?entityRef=component:default/crm'),
    ).resolves.toEqual({ items: rows });
    await expect(get(`/on-call/schedules/${NAME}/now`)).resolves.toEqual({
      items: rows,
    });
    await expect(
      get('/on-call/shifts?user=user:default/ana'),
    ).resolves.toMatchObject({
      items: [{ schedule: NAME, start: at(23), people: [ana.entityRef] }],
    });
    await expect(get('/on-call/schedules')).resolves.toEqual({
      items: [
        {
          name: NAME,
          title: 'CRM escalation',
          timeZone: 'Europe/Paris',
          levels: ['Level 1', 'Level 2'],
          origin: {
            type: 'external',
            location: 'Pager (default)',
            provider: 'pager',
            url: 'https://pager.example.com/P1',
            observedAt: new Date(NOW).toISOString(),
            acceptsOverrides: false,
          },
          readOnly: true,
        },
      ],
      problems: [],
    });
    await expect(get(`/on-call/schedules/${NAME}`)).resolves.toMatchObject({
      readOnly: true,
      people: expect.arrayContaining([guest, ana]),
      warnings: [{ code: 'gap', level: 'Level 1', at: at(37) }],
    });
    const timeline = await get(
      `/on-call/schedules/${NAME}/shifts?from=${at(20)}&to=${at(60)}`,
    );
    expect(timeline).toMatchObject({
      knownUntil: new Date(NOW + 30 * 86_400_000).toISOString(),
      people: expect.arrayContaining([guest, ana]),
    });
    expect(
      timeline.shifts.map((shift: { source: object }) => shift.source),
    ).toEqual([
      { type: 'external', layer: 'Weekly' },
      { type: 'external' },
      { type: 'external' },
    ]);
    await expect(
      get(`/on-call/schedules/${NAME}/fairness?from=${at(23)}&to=${at(37)}`),
    ).resolves.toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ person: ana.entityRef, hours: 168 }),
      ]),
      people: expect.arrayContaining([guest]),
    });
    expect(JSON.stringify(timeline)).not.toContain('@');
  });

  it('show on the pages of services, with what an annotation names in vain', async () => {
    const { get, collect, follow } = await start([onCall]);
    await follow();
    await expect(
      get('/entities/component/default/lost/report'),
    ).resolves.toMatchObject({ onCall: [], misconfigurations: [] });
    await collect();
    await expect(
      get('/entities/component/default/crm/report'),
    ).resolves.toMatchObject({
      onCall: [
        { level: 'Level 1', people: [{ displayName: 'Ana' }] },
        { level: 'Level 2' },
      ],
    });
    await expect(
      get('/entities/component/default/lost/report'),
    ).resolves.toMatchObject({
      onCall: [],
      misconfigurations: [
        {
          annotation: ANNOTATION,
          message: 'Pager (default) does not know the service S9',
        },
      ],
    });
  });

  it('keep the last good data while the source fails, and say why and since when', async () => {
    const { get, collect } = await start([onCall]);
    await collect();
    onCall.failure = new ProviderError({
      code: 'unauthorized',
      message: 'The token is refused.',
    });
    jest.setSystemTime(NOW + 3_600_000);
    await expect(collect()).rejects.toThrow('Could not read on-call from');
    const problem = {
      message: 'The token is refused.',
      since: new Date(NOW + 3_600_000).toISOString(),
    };
    const { items } = await get('/on-call');
    expect(items[0]).toMatchObject({
      people: [{ displayName: 'Ana' }],
      source: { observedAt: new Date(NOW).toISOString(), problem },
    });
    await expect(get('/on-call/schedules')).resolves.toMatchObject({
      problems: [{ location: 'Pager (default)', ...problem }],
    });
    await expect(get(`/on-call/schedules/${NAME}`)).resolves.toMatchObject({
      problems: [{ location: 'Pager (default)', ...problem }],
    });

    // Nothing of what is not meant for people gets to them.
    onCall.failure = new Error('connect ECONNREFUSED token=secret');
    await expect(collect()).rejects.toThrow();
    expect(JSON.stringify(await get('/on-call/schedules'))).not.toContain(
      'secret',
    );
  });

  it('of an instance that cannot be configured show why', async () => {
    const { get, collect, follow } = await start([], {
      misconfigured: {
        provider: 'pager',
        title: 'Pager',
        instance: 'default',
        message: "'observability.pager' wants a token",
        select: named => onCall.select(named),
      },
    });
    await follow();
    await expect(collect()).rejects.toThrow();
    await expect(
      get('/entities/component/default/crm/report'),
    ).resolves.toMatchObject({
      misconfigurations: [
        {
          annotation: ANNOTATION,
          message:
            "Pager (default) does not say who is on call for the service S1: 'observability.pager' wants a token",
        },
      ],
    });
  });

  it('are read at once when a webhook arrives', async () => {
    const { events, scheduler } = await start([onCall]);
    await events.publish({ topic: 'observability-pager', eventPayload: {} });
    expect(scheduler.triggerTask).toHaveBeenCalledWith(
      'observability-collect-on-call-pager-default',
    );
  });

  describe('take overrides', () => {
    const change = {
      start: at(25),
      end: at(26),
      level: 'Level 1',
      add: 'user:default/mock',
      remove: 'user:default/ana',
    };

    it('that are written back, and read anew', async () => {
      const written: OnCallOverrideRequest[] = [];
      onCall.override = async asked => {
        written.push(asked);
        return { id: 'POVERRIDE' };
      };
      const { get, post, collect, scheduler } = await start([onCall]);
      await collect();
      const response = await post(
        `/on-call/schedules/${NAME}/overrides`,
        change,
      );
      expect(response.status).toBe(201);
      expect(response.body).toMatchObject({ ...change, id: 'POVERRIDE' });
      expect(written).toEqual([
        expect.objectContaining({
          scheduleId: 'P1',
          level: 'Level 1',
          start: new Date(at(25)),
          end: new Date(at(26)),
          add: { name: 'Mock', email: 'mock@example.com' },
          remove: { name: 'Ana', email: 'ana@example.com' },
        }),
      ]);
      expect(scheduler.triggerTask).toHaveBeenCalledWith(
        'observability-collect-on-call-pager-default',
      );
      await expect(get('/on-call/schedules')).resolves.toMatchObject({
        items: [{ origin: { acceptsOverrides: true } }],
      });
      // Here, nothing of it is kept.
      await expect(get(`/on-call/schedules/${NAME}`)).resolves.toMatchObject({
        overrides: [],
      });
    });

    it('only from those who may, and tell the source’s own reason', async () => {
      const override = jest.fn(async () => {
        throw new ProviderError({
          code: 'misconfigured',
          message: 'Pager answered: the end must be in the future',
        });
      });
      onCall.override = override;
      const { post, collect } = await start([onCall], {
        denied: ['observability.oncall.manage'],
      });
      await collect();
      const path = `/on-call/schedules/${NAME}/overrides`;
      const others = await post(path, { ...change, add: 'user:default/ana' });
      expect(others.status).toBe(403);
      expect(override).not.toHaveBeenCalled();

      const refused = await post(path, change);
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toBe(
        'Pager answered: the end must be in the future',
      );
    });

    it('only where the source does', async () => {
      const { post, collect } = await start([onCall]);
      await collect();
      const response = await post(
        `/on-call/schedules/${NAME}/overrides`,
        change,
      );
      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain(
        'Pager (default) is the master of this schedule',
      );
      const swap = await post(`/on-call/schedules/${NAME}/swaps`, {
        level: 'Level 1',
        start: at(25),
        end: at(26),
        from: 'user:default/ana',
      });
      expect(swap.status).toBe(400);
    });
  });
});
