import fc from 'fast-check';
import { Incident, IncidentState, incidentStateSchema } from '../model';
import { incidentOf } from './__testUtils__/incident';
import { isOpenIncident, movesOf } from './lifecycle';
import { moveIncident } from './moveIncident';
import { DEFAULT_INCIDENT_SETTINGS as settings } from './settings';
import { findTimeConflicts } from './timestamps';

const now = '2026-11-22T14:00:00.000Z';

function codes(
  incident: Incident,
  to: IncidentState,
  postmortemPublished?: boolean,
) {
  return movesOf(incident, { settings, now, postmortemPublished })
    .find(({ state }) => state === to)
    ?.gates.map(({ code }) => code);
}

describe('where an incident can go', () => {
  it.each([
    ['triage', 'investigating'],
    ['investigating', 'mitigating'],
    ['mitigating', 'monitoring'],
    ['monitoring', 'resolved'],
    ['resolved', 'closed'],
  ] as const)('offers after %s first %s', (state, next) => {
    expect(movesOf(incidentOf({ state }), { settings, now })[0].state).toBe(
      next,
    );
  });

  it('closes nothing that is not resolved', () => {
    for (const state of incidentStateSchema.options) {
      const canClose = codes(incidentOf({ state }), 'closed') !== undefined;
      expect(canClose).toBe(state === 'resolved');
    }
  });

  it('warns on leaving triage without a lead, and of a severity nobody confirmed', () => {
    const incident = incidentOf({
      roles: { responders: [] },
      severityConfirmed: false,
    });
    expect(codes(incident, 'investigating')).toEqual(['commander', 'severity']);
    expect(codes(incidentOf(), 'investigating')).toEqual([]);
  });

  it('warns that nobody verified it in production, also where states are left out', () => {
    const mitigating = incidentOf({ state: 'mitigating' });
    expect(codes(mitigating, 'monitoring')).toEqual(['verified-in-production']);
    expect(codes(incidentOf(), 'resolved')).toEqual([
      'skipped-states',
      'verified-in-production',
    ]);
    expect(
      codes({ ...mitigating, verifiedInProduction: true }, 'monitoring'),
    ).toEqual([]);
  });

  it.each([
    ['2026-11-22T14:00:01.000Z', ['monitoring-period']],
    ['2026-11-22T14:00:00.000Z', []],
  ])('asks for a quiet time that ends at %s with %j', (until, expected) => {
    const monitoring = incidentOf({
      state: 'monitoring',
      monitoringUntil: until,
      verifiedInProduction: true,
    });
    expect(codes(monitoring, 'resolved')).toEqual(expected);
  });

  it.each([
    ['SEV-1', undefined, ['postmortem-published']],
    ['SEV-2', false, ['postmortem-published']],
    ['SEV-2', true, []],
    ['SEV-3', undefined, []],
  ] as const)(
    'closes a %s with a postmortem published %j by passing %j',
    (severity, published, expected) => {
      const resolved = incidentOf({ state: 'resolved', severity });
      expect(codes(resolved, 'closed', published)).toEqual(expected);
    },
  );

  it('asks why it is cancelled or opened again, and opens no duplicate again', () => {
    const reasonFor = (incident: Incident, to: IncidentState) =>
      movesOf(incident, { settings, now }).find(({ state }) => state === to)
        ?.reasonNeeded;
    expect(reasonFor(incidentOf(), 'cancelled')).toBe(true);
    expect(reasonFor(incidentOf({ state: 'resolved' }), 'mitigating')).toBe(
      true,
    );
    expect(reasonFor(incidentOf({ state: 'cancelled' }), 'triage')).toBe(true);
    expect(
      movesOf(
        incidentOf({ state: 'cancelled', mergedInto: { id: 'a', number: 1 } }),
        { settings, now },
      ),
    ).toEqual([]);
  });
});

describe('an incident that moves', () => {
  const options = { settings, timeZone: 'Europe/Paris' };

  it('has been acknowledged, mitigated and resolved by the states that mean so', () => {
    const investigating = moveIncident(incidentOf(), 'investigating', {
      ...options,
      at: '2026-11-22T13:37:00.000Z',
    });
    expect(investigating.acknowledgedAt).toBe('2026-11-22T13:37:00.000Z');

    const monitoring = moveIncident(
      { ...investigating, verifiedInProduction: true },
      'monitoring',
      { ...options, at: '2026-11-22T13:53:00.000Z' },
    );
    expect(monitoring).toMatchObject({
      mitigatedAt: '2026-11-22T13:53:00.000Z',
      monitoringUntil: '2026-11-22T14:08:00.000Z',
      verifiedInProduction: true,
    });

    const resolved = moveIncident(monitoring, 'resolved', {
      ...options,
      at: '2026-11-22T14:10:00.000Z',
    });
    expect(resolved).toMatchObject({
      mitigatedAt: '2026-11-22T13:53:00.000Z',
      resolvedAt: '2026-11-22T14:10:00.000Z',
      postmortemDueAt: '2026-11-24T14:10:00.000Z',
    });
    expect(resolved.nextUpdateDueAt).toBeUndefined();

    const again = moveIncident(resolved, 'mitigating', {
      ...options,
      at: '2026-11-22T14:20:00.000Z',
    });
    expect(again).toMatchObject({
      verifiedInProduction: false,
      acknowledgedAt: '2026-11-22T13:37:00.000Z',
    });
    expect(again.mitigatedAt).toBeUndefined();
    expect(again.resolvedAt).toBeUndefined();
    expect(again.postmortemDueAt).toBeUndefined();
    expect(again.nextUpdateDueAt).toBe('2026-11-22T14:05:00.000Z');
  });

  it('never has times that contradict one another, whichever way it goes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 0, max: 86_400 })), {
          maxLength: 25,
        }),
        steps => {
          let incident = incidentOf();
          let time = Date.parse(incident.declaredAt);
          for (const [choice, seconds] of steps) {
            time += seconds * 1000;
            const at = new Date(time).toISOString();
            const moves = movesOf(incident, { settings, now: at });
            if (moves.length === 0) {
              return;
            }
            const { state } = moves[choice % moves.length];
            incident = moveIncident(incident, state, { ...options, at });
            expect(findTimeConflicts(incident, at)).toEqual([]);
            expect(incident.resolvedAt !== undefined).toBe(
              state === 'resolved' || state === 'closed',
            );
            expect(incident.nextUpdateDueAt !== undefined).toBe(
              isOpenIncident(state),
            );
          }
        },
      ),
    );
  });
});
