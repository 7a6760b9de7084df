import { incidentOf } from './__testUtils__/incident';
import { clockAt } from './clocks';
import { acknowledgeDueAt, deadlinesOf } from './deadlines';
import { DEFAULT_INCIDENT_SETTINGS as settings } from './settings';

describe('by when somebody has to be on it', () => {
  it.each([
    // A Friday morning, a Friday evening past midnight in Paris, a Saturday.
    ['SEV-1', '2026-11-20T08:00:00.000Z', '2026-11-20T08:05:00.000Z'],
    ['SEV-2', '2026-11-20T08:00:00.000Z', '2026-11-20T08:30:00.000Z'],
    ['SEV-3', '2026-11-20T08:00:00.000Z', '2026-11-23T09:00:00.000Z'],
    ['SEV-3', '2026-11-19T23:30:00.000Z', '2026-11-23T09:00:00.000Z'],
    ['SEV-3', '2026-11-18T23:30:00.000Z', '2026-11-20T09:00:00.000Z'],
    ['SEV-3', '2026-11-21T08:00:00.000Z', '2026-11-23T09:00:00.000Z'],
    // The clocks go forward on the Sunday in between: ten o'clock is then 08:00 UTC.
    ['SEV-3', '2026-03-27T12:00:00.000Z', '2026-03-30T08:00:00.000Z'],
    ['SEV-4', '2026-11-20T08:00:00.000Z', undefined],
  ] as const)('%s declared at %s: %s', (severity, declaredAt, expected) => {
    expect(
      acknowledgeDueAt({
        severity,
        declaredAt,
        settings,
        timeZone: 'Europe/Paris',
      }),
    ).toBe(expected);
  });
});

describe('what an incident asks for', () => {
  const options = { settings, timeZone: 'Europe/Paris' };

  it('counts triage and investigation from declaring, and updates from the last one', () => {
    expect(deadlinesOf(incidentOf(), options)).toEqual({
      acknowledgeDueAt: '2026-11-22T14:05:00.000Z',
      triageDueAt: '2026-11-22T13:40:00.000Z',
      investigationDueAt: '2026-11-22T13:50:00.000Z',
      nextUpdateDueAt: '2026-11-22T14:05:00.000Z',
      postmortemDueAt: undefined,
    });
    expect(
      deadlinesOf(
        incidentOf({ lastUpdateAt: '2026-11-22T13:50:00.000Z' }),
        options,
      ).nextUpdateDueAt,
    ).toBe('2026-11-22T14:20:00.000Z');
  });

  it('hurries nobody for a thing that can wait for the next business day', () => {
    const { triageDueAt, investigationDueAt, nextUpdateDueAt } = deadlinesOf(
      incidentOf({ severity: 'SEV-3' }),
      options,
    );
    expect([triageDueAt, investigationDueAt, nextUpdateDueAt]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a clock', () => {
  const limit = {
    from: '2026-11-22T13:35:00.000Z',
    dueAt: '2026-11-22T14:05:00.000Z',
  };

  it.each([
    ['2026-11-22T13:50:00.000Z', 'running', 900],
    ['2026-11-22T13:50:01.000Z', 'late', 899],
    ['2026-11-22T14:05:00.000Z', 'late', 0],
    ['2026-11-22T14:05:01.000Z', 'overdue', -1],
  ])('is at %s %s', (now, state, remainingSeconds) => {
    expect(clockAt({ ...limit, now })).toEqual({
      state,
      remainingSeconds,
      allowedSeconds: 1800,
    });
  });

  it.each([
    ['2026-11-22T14:05:00.000Z', 'met'],
    ['2026-11-22T14:06:00.000Z', 'missed'],
  ])('stops at %s as %s', (doneAt, state) => {
    const clock = clockAt({
      ...limit,
      doneAt,
      now: '2026-11-23T00:00:00.000Z',
    });
    expect(clock.state).toBe(state);
  });
});
