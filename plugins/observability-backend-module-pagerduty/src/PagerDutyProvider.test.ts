import {
  createStandInClock,
  PagerDutyStandIn,
  PagerDutyWorld,
  startPagerDutyStandIn,
  visionCrmPagerDutyWorld,
} from '@watchkeeper/stand-ins';
import { collect, createProvider, entityWith } from './__testUtils__/harness';

const NOW = new Date('2026-10-24T12:00:00Z');
const KEY = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const WORKER = entityWith({ 'pagerduty.com/service-id': 'PSWORK1' });
const BY_KEY = entityWith({ 'pagerduty.com/integration-key': KEY });

function world(): PagerDutyWorld {
  const crm = visionCrmPagerDutyWorld();
  crm.schedules[0].firstDay = '2026-10-05';
  return crm;
}

describe('PagerDutyProvider', () => {
  let standIn: PagerDutyStandIn;

  async function start(of: PagerDutyWorld = world()): Promise<void> {
    standIn = await startPagerDutyStandIn({
      clock: createStandInClock({ now: NOW }),
      world: of,
    });
  }
  afterEach(() => standIn.close());

  const paths = () =>
    standIn.control.requests().map(({ path }) => path.split('?')[0]);

  it('tells every level of the escalation policy, with whole turns in UTC', async () => {
    await start();
    const { schedules, unknownServices } = await collect(
      createProvider(standIn.url),
      { entities: [WORKER], now: NOW },
    );
    expect(unknownServices).toEqual([]);
    expect(schedules).toHaveLength(1);
    const [{ shifts, ...schedule }] = schedules;
    expect(schedule).toEqual({
      id: 'PPJOBS1',
      title: 'VisionCRM jobs',
      url: 'https://visioncrm.pagerduty.com/escalation_policies/PPJOBS1',
      timeZone: 'Europe/Paris',
      levels: ['Level 1', 'Level 2'],
      services: ['service:PSWORK1'],
    });
    const first = shifts.filter(({ level }) => level === 'Level 1');
    // The clocks were set back on that Sunday: 169 hours.
    expect(first[0]).toEqual({
      level: 'Level 1',
      start: new Date('2026-10-19T08:00:00Z'),
      end: new Date('2026-10-26T09:00:00Z'),
      people: [
        {
          id: 'PENGB01',
          name: 'Engineer B',
          email: 'Engineer-B@visioncrm.example',
        },
      ],
      layer: 'Jobs, weekly',
    });
    expect(first).toHaveLength(6);
    for (const [index, shift] of first.slice(1).entries()) {
      expect(shift.start).toEqual(first[index].end);
    }
    // Who is put on the policy without a schedule is always there.
    expect(shifts.filter(({ level }) => level === 'Level 2')).toEqual([
      {
        level: 'Level 2',
        people: [
          { id: 'PCTO001', name: 'CTO', email: 'cto@visioncrm.example' },
        ],
      },
    ]);
  });

  it('tells a gap as a gap, and a person once who is there twice', async () => {
    const crm = world();
    const [jobs] = crm.schedules;
    crm.schedules.push({ ...jobs, id: 'PSECOND', name: 'Second' });
    crm.schedules.push({ ...jobs, id: 'PEMPTY1', users: [] });
    crm.policies[0].levels = [
      { schedules: ['PJOBS01', 'PSECOND'] },
      { schedules: ['PEMPTY1'] },
    ];
    await start(crm);
    const { schedules } = await collect(createProvider(standIn.url), {
      entities: [WORKER],
      now: NOW,
    });
    expect(schedules[0].levels).toEqual(['Level 1', 'Level 2']);
    const { shifts } = schedules[0];
    expect(shifts.every(({ level }) => level === 'Level 1')).toBe(true);
    expect(shifts.every(({ people }) => people.length === 1)).toBe(true);
    expect(shifts[0].layer).toBe('Jobs, weekly, Second');
  });

  it('asks once for all services, and for the services themselves only now and then', async () => {
    const crm = world();
    for (let index = 0; index < 120; index++) {
      crm.policies.push({
        id: `PPOL${index}`,
        name: `Policy ${index}`,
        levels: [{ users: ['PCTO001'] }],
      });
      crm.services.push({
        id: `PSRV${index}`,
        name: `Service ${index}`,
        policy: `PPOL${index}`,
        integrationKeys: [],
      });
    }
    await start(crm);
    const entities = crm.services.map(({ id }) =>
      entityWith({ 'pagerduty.com/service-id': id }),
    );
    const provider = createProvider(standIn.url);
    const first = await collect(provider, { entities, now: NOW });
    expect(first.schedules).toHaveLength(121);
    expect(paths().filter(path => path === '/services')).toHaveLength(2);
    // Of 121 policies, 50 at once.
    expect(paths().filter(path => path === '/oncalls')).toHaveLength(3);

    standIn.control.clearRequests();
    const second = await collect(provider, {
      entities,
      now: new Date(NOW.getTime() + 60_000),
      state: first.state,
    });
    expect(second.schedules).toEqual(first.schedules);
    expect(paths()).toEqual(['/oncalls', '/oncalls', '/oncalls']);

    standIn.control.clearRequests();
    await collect(provider, {
      entities,
      now: new Date(NOW.getTime() + 6 * 60_000),
      state: second.state,
    });
    expect(paths()).toContain('/services');
  });

  it('finds a service by its integration key, which is kept nowhere', async () => {
    await start();
    const provider = createProvider(standIn.url);
    const [selected] = provider.select(BY_KEY).services;
    const reading = await collect(provider, { entities: [BY_KEY], now: NOW });
    expect(reading.schedules[0].services).toEqual([selected.id]);
    expect(
      JSON.stringify([reading, selected.id, selected.label]),
    ).not.toContain(KEY);

    // Found once, it is read by its id.
    standIn.control.clearRequests();
    await collect(provider, {
      entities: [BY_KEY],
      now: new Date(NOW.getTime() + 6 * 60_000),
      state: reading.state,
    });
    expect(paths()).toEqual(['/services/PSWORK1', '/oncalls']);
  });

  it('says which services PagerDuty does not have, without asking for them each time', async () => {
    await start();
    const provider = createProvider(standIn.url);
    const entities = [
      WORKER,
      entityWith({ 'pagerduty.com/service-id': 'PGONE01' }),
      entityWith({ 'pagerduty.com/integration-key': 'f'.repeat(32) }),
    ];
    const reading = await collect(provider, { entities, now: NOW });
    expect(reading.schedules).toHaveLength(1);
    expect(reading.unknownServices).toEqual([
      'service:PGONE01',
      expect.stringMatching(/^key:[0-9a-f]{64}$/),
    ]);
    standIn.control.clearRequests();
    await collect(provider, { entities, now: NOW, state: reading.state });
    expect(paths()).toEqual(['/oncalls']);
  });

  it('asks for nothing where no entity names a service', async () => {
    await start();
    await expect(
      collect(createProvider(standIn.url), { entities: [], now: NOW }),
    ).resolves.toMatchObject({ schedules: [], unknownServices: [] });
    expect(paths()).toEqual([]);
  });

  it('takes no answer for whole in which an entry cannot be read', async () => {
    await start();
    standIn.control.addFault({
      match: { path: '/oncalls' },
      fault: {
        kind: 'status',
        status: 200,
        body: { oncalls: [{ user: {}, escalation_level: 1 }], more: false },
      },
    });
    await expect(
      collect(createProvider(standIn.url), { entities: [WORKER], now: NOW }),
    ).rejects.toMatchObject({ code: 'malformed' });
  });
});
