import {
  Override,
  Schedule,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';
import { dueNotices, Notice } from './dueNotices';

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const HOUR_MS = 3_600_000;

function weekly(
  members: Schedule['levels'][number]['layers'][number]['members'],
  start = '2026-03-02T09:00',
): Schedule {
  return {
    name: 'crm',
    title: 'CRM',
    timeZone: 'Europe/Paris',
    levels: [
      {
        name: 'primary',
        layers: [{ members, rotation: { unit: 'week', length: 1, start } }],
      },
    ],
  };
}

function stored(
  definition: Schedule,
  overrides: Override[] = [],
): StoredSchedule {
  return {
    name: 'crm',
    origin: { type: 'api' },
    version: 1,
    versions: [{ definition, effectiveFrom: '2026-01-01T00:00:00.000Z' }],
    overrides,
    swaps: [],
  };
}

function override(start: string, end: string, add: string, remove: string) {
  return {
    id: `${start} ${add}`,
    start,
    end,
    add,
    remove,
    createdBy: add,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Looks every ten minutes, and keeps what was told. */
function watch(
  schedules: (now: string) => StoredSchedule,
  from: string,
  to: string,
  told: Notice[] = [],
) {
  const sent: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += HOUR_MS / 6) {
    const now = new Date(at).toISOString();
    const due = dueNotices({
      schedule: schedules(now),
      now,
      told,
      nameOf: person => person.slice('user:default/'.length),
    });
    told.push(...due);
    for (const { kind, person, state, occurrence } of due) {
      const name = person.slice('user:default/'.length);
      const what = kind === 'handoff' ? occurrence.split(':')[0] : kind;
      sent.push(`${now.slice(0, 16)} ${name} ${what} ${state}`);
    }
  }
  return sent;
}

describe('dueNotices', () => {
  it('reminds a week, a day and 12 hours ahead, also where the clocks change between', () => {
    // In Paris the clocks go forward on 29 March: the week of Bob begins at 07:00Z.
    const schedule = stored(weekly([ann, bob, ann, null], '2026-03-09T09:00'));
    const reminders = watch(
      () => schedule,
      '2026-03-22T00:00:00Z',
      '2026-03-31T00:00:00Z',
      [],
    );
    expect(reminders).toEqual([
      '2026-03-22T00:00 ann week late',
      '2026-03-22T08:00 ann day sent',
      '2026-03-22T20:00 ann hours sent',
      '2026-03-23T08:00 ann in sent',
      '2026-03-23T08:00 bob out sent',
      '2026-03-30T07:00 ann week sent',
      '2026-03-30T07:00 ann out sent',
    ]);
    const autumn = stored(weekly([ann, bob], '2026-10-12T09:00'));
    expect(
      watch(() => autumn, '2026-10-19T06:50:00Z', '2026-10-26T08:10:00Z'),
    ).toEqual([
      '2026-10-19T06:50 bob week late',
      '2026-10-19T06:50 bob day late',
      '2026-10-19T06:50 bob hours late',
      '2026-10-19T07:00 bob in sent',
      '2026-10-19T07:00 ann out sent',
      '2026-10-19T08:00 ann week sent',
      '2026-10-25T08:00 ann day sent',
      '2026-10-25T20:00 ann hours sent',
      '2026-10-26T08:00 bob week sent',
      '2026-10-26T08:00 ann in sent',
      '2026-10-26T08:00 bob out sent',
    ]);
  });

  it('counts weeks in a row as one shift', () => {
    const schedule = stored(weekly([ann, bob, bob], '2026-03-02T09:00'));
    const told = watch(
      () => schedule,
      '2026-03-08T07:50:00Z',
      '2026-03-22T00:00:00Z',
    );
    expect(told.filter(line => line.includes('bob'))).toEqual([
      '2026-03-08T07:50 bob week late',
      '2026-03-08T08:00 bob day sent',
      '2026-03-08T20:00 bob hours sent',
      '2026-03-09T08:00 bob in sent',
    ]);
  });

  it('says nothing late, after nothing ran for hours, but of a handoff less than an hour ago', () => {
    const schedule = stored(weekly([ann, bob]));
    const at = (now: string) =>
      dueNotices({ schedule, now, told: [], nameOf: String }).map(
        ({ kind, person, state }) => `${kind} ${person} ${state}`,
      );
    expect(at('2026-03-16T08:50:00Z')).toEqual([
      `week ${bob} sent`,
      `handoff ${ann} sent`,
      `handoff ${bob} sent`,
    ]);
    expect(at('2026-03-16T09:10:00Z')).toEqual([`week ${bob} late`]);
  });

  it('keeps one reminder a kind for a shift that is split, and reminds who comes in', () => {
    const whole = stored(weekly([ann, bob]));
    const split = stored(weekly([ann, bob]), [
      override('2026-03-18T08:00:00Z', '2026-03-18T18:00:00Z', bob, ann),
    ]);
    const told = watch(
      now => (now < '2026-03-15T12' ? whole : split),
      '2026-03-09T07:50:00Z',
      '2026-03-19T00:00:00Z',
    ).filter(line => line >= '2026-03-09T08:10');
    expect(told).toEqual([
      '2026-03-15T08:00 ann day sent',
      '2026-03-15T12:00 bob week late',
      '2026-03-15T20:00 ann hours sent',
      '2026-03-16T08:00 bob week sent',
      '2026-03-16T08:00 ann in sent',
      '2026-03-16T08:00 bob out sent',
      '2026-03-17T08:00 bob day sent',
      '2026-03-17T20:00 bob hours sent',
      '2026-03-18T08:00 bob in sent',
      '2026-03-18T08:00 ann out sent',
      '2026-03-18T18:00 ann in sent',
      '2026-03-18T18:00 bob out sent',
    ]);
  });

  it('keeps one reminder a kind for a shift that moves', () => {
    const before = stored(weekly([ann, bob]));
    const after = stored(weekly([ann, bob], '2026-03-02T11:00'));
    const told = watch(
      now => (now < '2026-03-15T12' ? before : after),
      '2026-03-09T08:10:00Z',
      '2026-03-16T10:10:00Z',
    );
    expect(told.filter(line => / (week|day|hours) /.test(line))).toEqual([
      '2026-03-09T08:10 ann week sent',
      '2026-03-15T08:00 ann day sent',
      '2026-03-15T12:00 ann week moved',
      '2026-03-15T12:00 ann day moved',
      '2026-03-15T22:00 ann hours sent',
      '2026-03-16T10:00 bob week sent',
    ]);
  });

  it('leads to the schedule, and to the handoff note of the shift that ended', () => {
    const due = dueNotices({
      schedule: stored(weekly([ann, bob])),
      now: '2026-03-16T08:00:00.000Z',
      told: [],
      nameOf: person => (person === ann ? 'Ann' : 'Bob'),
    });
    const payloads = due.map(({ message }) => message.payload);
    expect(payloads[0]).toMatchObject({
      title: 'CRM: your watch begins in a week',
      description: 'At primary, from Mon 23 Mar 2026, 09:00 (Europe/Paris) on',
      link: '/observability/on-call?schedule=crm',
    });
    const note = `schedule=crm&handoff=${encodeURIComponent(
      'crm:primary:@0:20260309T0900:0',
    )}`;
    expect(payloads[1]).toMatchObject({
      title: 'CRM: you have the watch',
      description:
        'At primary, Mon 16 Mar 2026, 09:00 to Mon 23 Mar 2026, 09:00 (Europe/Paris). Bob had it before: read and sign the handoff note.',
      link: `/observability/on-call?${note}`,
    });
    expect(payloads[2]).toMatchObject({
      title: 'CRM: your watch is over',
      link: `/observability/on-call?${note}`,
    });
  });
});
