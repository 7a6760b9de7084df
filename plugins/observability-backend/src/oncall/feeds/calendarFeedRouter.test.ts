import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  CreatedCalendarFeed,
  createdCalendarFeedSchema,
  Schedule,
} from '@watchkeeper/backstage-plugin-observability-common';
import ICAL from 'ical.js';
import request from 'supertest';
import { fakeClock } from '../../__testUtils__/fakeClock';
import { startPlugin, TestPolicy } from '../../__testUtils__/startPlugin';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const root = '/api/observability/v1/on-call';
const schedules = `${root}/schedules`;
const feeds = `${root}/calendar-feeds`;

const DAY_MS = 86_400_000;
/** A Wednesday. */
const NOW = Date.parse('2026-11-25T12:00:00Z');

beforeEach(() => fakeClock(NOW));
afterEach(() => jest.useRealTimers());

const setClock = (days: number) => jest.setSystemTime(NOW + days * DAY_MS);
const inDays = (days: number) => new Date(NOW + days * DAY_MS).toISOString();

/** Ann and Bob in turn by the week, Eve always behind them. */
function schedule(members = [ann, bob], overrides = {}): Schedule {
  const layer = (people: string[]) => ({
    members: people,
    rotation: {
      unit: 'week' as const,
      length: 1,
      start: '2026-11-23T09:00',
    },
  });
  return {
    name: 'crm',
    title: 'CRM; production, "EU"',
    timeZone: 'Europe/Paris',
    levels: [
      { name: 'primary', layers: [layer(members)] },
      { name: 'backup', layers: [layer(['user:default/eve'])] },
    ],
    ...overrides,
  };
}

const user = (name: string, displayName = name.toUpperCase()): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { profile: { displayName } },
});

async function start(
  options: { policy?: TestPolicy; entities?: Entity[] } = {},
) {
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue({
    success: jest.fn(),
    fail: jest.fn(),
  });
  const { server, run } = await startPlugin({
    entities: options.entities ?? [user('ann'), user('bob'), user('eve')],
    policy: options.policy,
    config: {
      app: { baseUrl: 'https://portal.example/' },
      observability: { onCall: { schedules: [] } },
    },
    features: [auditor.factory],
  });
  const as = (sent: request.Test, caller = ann) =>
    sent.set('authorization', mockCredentials.user.header(caller));
  const post = (path: string, body: object = {}, caller?: string) =>
    as(request(server).post(path), caller).send(body);
  return {
    auditor,
    run,
    post,
    get: (path: string, caller?: string) =>
      as(request(server).get(path), caller),
    put: (path: string, body: object, caller?: string) =>
      as(request(server).put(path), caller).send(body),
    remove: (path: string, caller?: string) =>
      as(request(server).delete(path), caller),
    async subscribe(
      body: object = {},
      caller?: string,
    ): Promise<CreatedCalendarFeed> {
      const answer = await post(feeds, body, caller).expect(201);
      return createdCalendarFeedSchema.parse(answer.body);
    },
    /** As a calendar asks: without signing in. */
    fetch: (feed: { url: string } | string) =>
      request(server)
        .get(typeof feed === 'string' ? feed : new URL(feed.url).pathname)
        .set('authorization', mockCredentials.none.header()),
  };
}

/** Reads a calendar as calendars do, with a parser that knows nothing of how it was written. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component);
    const valueOf = (name: string) =>
      component.getFirstPropertyValue(name)?.toString();
    return {
      uid: event.uid,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      summary: event.summary,
      description: event.description,
      sequence: event.sequence,
      status: valueOf('status'),
      url: valueOf('url'),
      transp: valueOf('transp'),
      stamp: valueOf('dtstamp'),
      modified: valueOf('last-modified'),
      alarms: component.getAllSubcomponents('valarm').length,
    };
  });
  const valueOf = (name: string) =>
    calendar.getFirstPropertyValue(name)?.toString();
  return { calendar, events, valueOf };
}

const nothing = 'BEGIN:VCALENDAR';

describe('the calendar of a feed', () => {
  it('holds the shifts of a schedule, in UTC, with who else has the watch and where it is shown', async () => {
    const { post, subscribe, fetch } = await start();
    await post(schedules, schedule()).expect(201);
    const feed = await subscribe({ schedule: 'crm' });
    const { status, headers, text } = await fetch(feed);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);

    const { events, valueOf } = read(text);
    // The parser leaves alone what it does not know; calendars read it as text.
    expect(valueOf('x-wr-calname')).toBe('On call: CRM\\; production\\, "EU"');
    expect(valueOf('refresh-interval')).toBe('PT1H');
    // From the first handoff on, 180 days ahead, at two levels.
    expect(events).toHaveLength(2 * 26);
    const [, first] = events;
    expect(first).toEqual({
      uid: expect.stringMatching(/^crm:primary:.*@on-call\.watchkeeper\.io$/),
      start: '2026-11-25T12:00:00.000Z',
      end: '2026-11-30T08:00:00.000Z',
      zone: 'UTC',
      summary: 'ANN (primary)',
      description: [
        'Schedule: CRM; production, "EU"',
        'Level: primary',
        'On watch: ANN',
        'Also on watch (backup): EVE',
        'https://portal.example/observability/on-call?schedule=crm',
      ].join('\n'),
      sequence: 0,
      status: 'CONFIRMED',
      url: 'https://portal.example/observability/on-call?schedule=crm',
      transp: 'TRANSPARENT',
      stamp: '2026-11-25T12:00:00Z',
      modified: '2026-11-25T12:00:00Z',
      alarms: 0,
    });
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    // The clocks change on 28 March: the handoff stays at nine.
    expect(events.map(({ end }) => end)).toEqual(
      expect.arrayContaining([
        '2027-03-22T08:00:00.000Z',
        '2027-03-29T07:00:00.000Z',
      ]),
    );
  });

  it('holds the shifts of one person in every schedule', async () => {
    const { post, subscribe, fetch } = await start();
    await post(schedules, schedule()).expect(201);
    await post(
      schedules,
      schedule([bob], { name: 'web', title: 'Web' }),
    ).expect(201);
    const { text } = await fetch(await subscribe({}, bob));
    const { events, valueOf } = read(text);
    expect(valueOf('x-wr-calname')).toBe('On call: BOB');
    expect(new Set(events.map(({ summary }) => summary))).toEqual(
      new Set([
        'On call: CRM; production, "EU", primary',
        'On call: Web, primary',
      ]),
    );
    expect(read((await fetch(await subscribe())).text).events).toHaveLength(13);
  });

  it('is the same to the byte while nothing changes, and is not sent again then', async () => {
    const { post, subscribe, fetch } = await start();
    await post(schedules, schedule()).expect(201);
    const feed = await subscribe({ schedule: 'crm' });
    const first = await fetch(feed);
    jest.setSystemTime(NOW + 11 * 3_600_000);
    const again = await fetch(feed);
    expect(again.text).toBe(first.text);
    const known = await fetch(feed).set('If-None-Match', first.headers.etag);
    expect([known.status, known.text]).toEqual([304, '']);
    await post(`${schedules}/crm/overrides`, {
      start: inDays(10),
      end: inDays(11),
      add: bob,
    }).expect(201);
    const changed = await fetch(feed).set('If-None-Match', first.headers.etag);
    expect(changed.status).toBe(200);
  });

  it('tells what moved, changed hands and is there no longer', async () => {
    const { post, put, subscribe, fetch } = await start();
    await post(schedules, schedule()).expect(201);
    const ofSchedule = await subscribe({ schedule: 'crm' });
    const ofAnn = await subscribe();
    const find = async (feed: { url: string }, instant: string) =>
      read((await fetch(feed)).text).events.find(
        event => event.start === instant && !event.uid.includes('backup'),
      );
    const handoff = '2026-12-07T08:00:00.000Z';
    const before = await find(ofSchedule, handoff);
    const annBefore = await find(ofAnn, handoff);
    expect([before, annBefore]).toMatchObject([
      { sequence: 0, status: 'CONFIRMED', summary: 'ANN (primary)' },
      { sequence: 0, status: 'CONFIRMED' },
    ]);

    // Bob takes the whole of Ann's second week.
    setClock(1);
    await post(`${schedules}/crm/overrides`, {
      start: handoff,
      end: '2026-12-14T08:00:00.000Z',
      level: 'primary',
      add: bob,
      remove: ann,
    }).expect(201);
    expect(await find(ofSchedule, handoff)).toEqual({
      ...before,
      sequence: 1,
      summary: 'BOB (primary)',
      description: before!.description.replace('ANN', 'BOB'),
      stamp: '2026-11-26T12:00:00Z',
      modified: '2026-11-26T12:00:00Z',
    });
    expect(await find(ofAnn, handoff)).toMatchObject({
      uid: annBefore!.uid,
      sequence: 1,
      status: 'CANCELLED',
      summary: 'Cancelled: On call: CRM; production, "EU", primary',
    });

    // From the next handoff on, each has the watch for two weeks.
    const edited = schedule();
    edited.levels[0].layers[0].rotation.length = 2;
    await put(`${schedules}/crm`, { schedule: edited, version: 1 }).expect(200);
    const { events } = read((await fetch(ofSchedule)).text);
    const eventAt = (instant: string) =>
      events.find(
        event => event.start === instant && event.uid.includes('primary'),
      );
    expect(eventAt('2026-12-21T08:00:00.000Z')).toMatchObject({
      status: 'CONFIRMED',
      end: '2027-01-04T08:00:00.000Z',
      summary: 'ANN (primary)',
      sequence: 1,
    });
    expect(eventAt('2026-12-28T08:00:00.000Z')).toMatchObject({
      status: 'CANCELLED',
      end: '2027-01-04T08:00:00.000Z',
      summary: 'Cancelled: BOB (primary)',
      sequence: 1,
    });
    expect(events.filter(({ uid }) => uid.includes('backup'))).toHaveLength(27);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  it('drops what is to come when the schedule ends', async () => {
    const { post, remove, subscribe, fetch } = await start();
    await post(schedules, schedule()).expect(201);
    const feed = await subscribe({ schedule: 'crm' });
    await fetch(feed);
    setClock(1);
    await remove(`${schedules}/crm`).expect(204);
    const { events } = read((await fetch(feed)).text);
    const running = events.filter(({ status }) => status === 'CONFIRMED');
    expect(running).toHaveLength(2);
    expect(running).toMatchObject([
      { end: inDays(1), sequence: 1 },
      { end: inDays(1), sequence: 1 },
    ]);
    expect(events).toHaveLength(2 * 26);
  });

  it('cannot be made to hold other properties by the names in it', async () => {
    const evil = 'Ann\r\nATTENDEE:mailto:x@x.example\r\nEND:VCALENDAR';
    const { post, subscribe, fetch } = await start({
      entities: [user('ann', evil), user('bob'), user('eve')],
    });
    await post(schedules, schedule()).expect(201);
    for (const feed of [
      await subscribe({ schedule: 'crm' }),
      await subscribe({}),
    ]) {
      const { text } = await fetch(feed);
      expect(text).not.toMatch(/^ATTENDEE/m);
      expect(read(text).events.length).toBeGreaterThan(10);
      expect(text.match(/^END:VCALENDAR/gm)).toHaveLength(1);
    }
  });
});

describe('the link of a feed', () => {
  it('is told once, and neither listed nor audited', async () => {
    const { get, subscribe, fetch, auditor } = await start();
    const feed = await subscribe({ label: '  My phone ' });
    const token = /\/calendar\/([\w-]{43})\.ics$/.exec(feed.url)?.[1];
    expect(token).toBeDefined();
    expect(feed).toMatchObject({
      label: 'My phone',
      owner: ann,
      createdAt: inDays(0),
    });
    await fetch(feed).expect(200);
    const { body } = await get(feeds).expect(200);
    const { url, ...rest } = feed;
    expect(body.items).toEqual([{ ...rest, lastUsedOn: '2026-11-25' }]);
    expect(JSON.stringify(body)).not.toContain(token);
    const [[{ request: _, ...audited }]] = auditor.createEvent.mock.calls;
    expect(JSON.stringify(audited)).not.toContain(token);
  });

  it('is made anew each time, also for a request that is sent again', async () => {
    const { post } = await start();
    const send = () =>
      post(feeds, { label: 'x' }).set('Idempotency-Key', 'key');
    const [one, other] = [await send(), await send()];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body.url).not.toBe(other.body.url);
    expect(other.headers).not.toHaveProperty('idempotent-replayed');
    expect(one.headers['cache-control']).toBe('no-store');
  });

  it('is an empty calendar for 30 days once it is revoked, and then like one that never was', async () => {
    const { post, get, remove, subscribe, fetch, run } = await start();
    await post(schedules, schedule()).expect(201);
    const feed = await subscribe({ schedule: 'crm' });
    await remove(`${feeds}/${feed.id}`).expect(204);
    await remove(`${feeds}/${feed.id}`).expect(404);
    expect((await get(feeds)).body.items).toEqual([]);
    setClock(29.9);
    const empty = await fetch(feed);
    expect([empty.status, read(empty.text).events]).toEqual([200, []]);
    setClock(30);
    const gone = await fetch(feed);
    await run('delete-expired');
    const forgotten = await fetch(feed);
    const never = await fetch(`${root}/calendar/${'A'.repeat(43)}.ics`);
    const nonsense = await fetch(`${root}/calendar/${'x'.repeat(4000)}.ics`);
    for (const each of [gone, forgotten, nonsense]) {
      expect([each.status, each.text]).toEqual([404, never.text]);
      expect(Object.keys(each.headers)).toEqual(Object.keys(never.headers));
    }
    expect(never.text).not.toContain(nothing);
  });

  it('can be asked for 60 times a minute, others all the same', async () => {
    const { subscribe, fetch } = await start();
    const [one, other] = [await subscribe(), await subscribe()];
    for (let times = 0; times < 60; times++) {
      await fetch(one).expect(200);
    }
    const refused = await fetch(one).expect(429);
    expect(refused.headers['retry-after']).toBe('60');
    expect(JSON.stringify(refused.headers)).not.toContain(
      one.url.split('/').at(-1),
    );
    await fetch(other).expect(200);
    jest.setSystemTime(NOW + 60_000);
    await fetch(one).expect(200);
  });

  it('cannot be guessed for long from one address', async () => {
    const { fetch } = await start();
    const statuses = new Map<number, number>();
    for (let times = 0; times < 605; times++) {
      const { status } = await fetch(`${root}/calendar/guess-${times}.ics`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([
      [404, 600],
      [429, 5],
    ]);
  });

  it('opens nothing else', async () => {
    const { fetch } = await start();
    for (const path of [
      feeds,
      `${feeds}/x.ics`,
      `${root}/calendar/x`,
      `${root}/calendar`,
      schedules,
    ]) {
      expect([path, (await fetch(path)).status]).toEqual([path, 401]);
    }
  });
});

describe('the list of feeds', () => {
  it('shows and revokes those of the caller, and of a schedule all to those who manage them', async () => {
    const denied = ['observability.oncall.manage'];
    const managers = await start();
    const { post, subscribe, get, remove, auditor } = managers;
    await post(schedules, schedule()).expect(201);
    const own = await subscribe({ schedule: 'crm' });
    const bobs = await subscribe({ schedule: 'crm' }, bob);
    const bobsOwn = await subscribe({}, bob);
    const idsOf = async (sent: request.Test) =>
      (await sent.expect(200)).body.items.map(({ id }: { id: string }) => id);
    await expect(idsOf(get(feeds))).resolves.toEqual([own.id]);
    const ofSchedule = await idsOf(get(`${feeds}?schedule=crm`));
    expect(new Set(ofSchedule)).toEqual(new Set([own.id, bobs.id]));
    await remove(`${feeds}/${bobsOwn.id}`).expect(404);
    await remove(`${feeds}/${bobs.id}`).expect(204);
    await expect(idsOf(get(feeds, bob))).resolves.toEqual([bobsOwn.id]);
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId, meta }]) => [
        eventId,
        meta,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['on-call-calendar-feed-create', { schedule: 'crm' }],
        ['on-call-calendar-feed-revoke', { id: bobs.id }],
      ]),
    );

    const others = await start({ policy: { denied } });
    const annsFeed = await others.subscribe();
    await others.remove(`${feeds}/${annsFeed.id}`, bob).expect(404);
    await expect(
      idsOf(others.get(`${feeds}?schedule=crm`, bob)),
    ).resolves.toEqual([]);
    await others.remove(`${feeds}/${annsFeed.id}`).expect(204);
  });

  it('takes feeds of users whom the catalog knows, and of schedules that there are', async () => {
    const { post, get } = await start();
    await post(feeds, { schedule: 'none' }).expect(404);
    await post(feeds, { label: 'x'.repeat(101) }).expect(400);
    const refused = await post(feeds, {}, 'user:default/stranger').expect(400);
    expect(refused.body.error.message).toContain('whom the catalog knows');
    for (let times = 0; times < 50; times++) {
      await post(feeds).expect(201);
    }
    await post(feeds).expect(409);
    expect((await get(feeds)).body.items).toHaveLength(50);
    const denied = ['observability.oncall.read'];
    const { post: refusedPost } = await start({ policy: { denied } });
    await refusedPost(feeds).expect(403);
  });
});
