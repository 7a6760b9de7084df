import { incidentOf } from './__testUtils__/incident';
import { findTimeConflicts } from './timestamps';

const now = '2026-11-22T15:00:00.000Z';

describe('times that people put right', () => {
  it('takes an incident that was written down after it was over', () => {
    expect(
      findTimeConflicts(
        incidentOf({
          acknowledgedAt: '2026-11-22T13:34:00.000Z',
          mitigatedAt: '2026-11-22T13:40:00.000Z',
          resolvedAt: '2026-11-22T13:50:00.000Z',
          declaredAt: '2026-11-22T14:55:00.000Z',
        }),
        now,
      ),
    ).toEqual([]);
  });

  it.each([
    ['startedAt', '2026-11-22T13:33:01.000Z', 'detectedAt'],
    ['mitigatedAt', '2026-11-22T13:00:00.000Z', 'mitigatedAt'],
    ['resolvedAt', '2026-11-22T13:31:00.000Z', 'resolvedAt'],
    ['acknowledgedAt', '2026-11-22T13:32:30.000Z', 'acknowledgedAt'],
    ['declaredAt', '2026-11-22T13:32:30.000Z', 'declaredAt'],
    ['resolvedAt', '2026-11-22T15:00:01.000Z', 'resolvedAt'],
  ] as const)('refuses %s at %s, naming %s', (field, time, named) => {
    const conflicts = findTimeConflicts(incidentOf({ [field]: time }), now);
    expect(conflicts.map(conflict => conflict.field)).toEqual([named]);
    expect(conflicts[0].message).toContain(`"${named}"`);
  });
});
