import {
  entityReportSchema,
  MemberHealth,
  Reason,
} from '@watchkeeper/backstage-plugin-observability-common';
import { errorsData } from '../__testUtils__/ScriptedProvider';
import { at, storedReport, storedSignal } from '../__testUtils__/inputs';
import { buildReport, firstReasonAt } from './buildReport';
import { StoredReport } from './HealthReadStore';

const reason: Reason = {
  metric: 'errors.count',
  value: 60,
  unit: 'count',
  threshold: 50,
  level: 'critical',
  message: '60 errors',
  since: at('11:50'),
};

function build(
  stored: StoredReport,
  options: { now?: string; members?: MemberHealth[] } = {},
) {
  return buildReport({
    entityRef: 'component:default/web',
    stored,
    thresholds: { 'errors.count': { warning: 20 } },
    changes: [],
    members: options.members,
    now: new Date(options.now ?? at('12:01')),
  });
}

describe('buildReport', () => {
  it('says all of a signal that is stored, in the public shape', () => {
    const problem = {
      code: 'rate-limited' as const,
      message: 'Wait',
      since: at('12:00'),
      retryAt: at('12:05'),
    };
    const report = build(
      storedReport({
        status: 'critical',
        since: at('11:50'),
        thresholds: { 'errors.count': { critical: 40 } },
        misconfigurations: [{ annotation: 'a/b', message: 'No.' }],
        signals: [
          storedSignal({
            data: JSON.stringify(errorsData({ events: 3 })),
            url: 'https://vendor.test/one',
            problem,
            previous: {
              status: 'critical',
              since: at('11:50'),
              reasons: [reason],
              breaches: [],
            },
          }),
        ],
      }),
    );
    expect(report).toEqual({
      entityRef: 'component:default/web',
      generatedAt: at('12:01'),
      status: 'critical',
      since: at('11:50'),
      signals: [
        {
          id: 'errors:fake:default:one',
          kind: 'errors',
          source: {
            provider: 'fake',
            instance: 'default',
            target: 'one',
            url: 'https://vendor.test/one',
          },
          status: 'critical',
          since: at('11:50'),
          reasons: [reason],
          thresholds: expect.arrayContaining([
            {
              metric: 'errors.count',
              unit: 'count',
              warning: 20,
              critical: 40,
            },
          ]),
          observedAt: at('12:00'),
          stale: false,
          problem,
          data: errorsData({ events: 3 }),
        },
      ],
      misconfigurations: [{ annotation: 'a/b', message: 'No.' }],
      changes: [],
      onCall: [],
      runbooks: [],
      uncovered: [],
      incidents: [],
      postmortems: [],
    });
    expect(entityReportSchema.parse(report)).toEqual(report);
  });

  it('shows nothing green that nobody has confirmed', () => {
    const pending = build(
      storedReport({
        status: 'unknown',
        signals: [
          storedSignal({
            observedAt: null,
            staleAt: null,
            data: null,
            previous: undefined,
          }),
        ],
      }),
    );
    expect(pending.signals[0]).toMatchObject({
      status: 'unknown',
      since: null,
      stale: false,
      observedAt: null,
    });
    expect(pending.signals[0]).not.toHaveProperty('data');

    // In the time between going stale and the sweep that says so.
    const stale = build(storedReport(), { now: at('12:04') });
    expect(stale).toMatchObject({ status: 'unknown', since: at('12:03') });
    expect(stale.signals[0]).toMatchObject({
      status: 'unknown',
      since: at('12:03'),
      stale: true,
    });
    const bad = build(
      storedReport({
        status: 'critical',
        signals: [
          storedSignal({
            previous: {
              status: 'critical',
              since: at('11:50'),
              reasons: [reason],
              breaches: [],
            },
          }),
        ],
      }),
      { now: at('12:04') },
    );
    expect(bad).toMatchObject({ status: 'critical' });
    expect(bad.signals[0]).toMatchObject({ status: 'critical', stale: true });
  });

  it('rolls a System, Domain or Group up from its members', () => {
    const member = (
      status: MemberHealth['status'],
      since: string | null,
    ): MemberHealth => ({
      entityRef: 'component:default/x',
      title: 'X',
      status,
      since,
      reasons: [],
      reasonCount: 0,
    });
    const system = storedReport({
      kind: 'system',
      status: null,
      since: null,
      signals: [],
    });
    const members = [
      member('ok', at('09:00')),
      member('warning', at('10:00')),
      member('warning', at('09:30')),
      member(null, null),
    ];
    expect(build(system, { members })).toMatchObject({
      status: 'warning',
      since: at('09:30'),
      members,
    });
    expect(build(system, { members: [] })).toMatchObject({
      status: null,
      since: null,
      members: [],
    });
    expect(
      build({ ...system, status: 'critical', since: at('11:00') }, { members }),
    ).toMatchObject({ status: 'critical', since: at('11:00') });
  });

  it('finds when it began to be wrong, not when somebody lost sight of it', () => {
    const withReasons = (...reasons: Reason[]) =>
      storedSignal({
        previous: { status: 'critical', since: null, reasons, breaches: [] },
      });
    expect(
      firstReasonAt(
        storedReport({
          signals: [
            withReasons(reason, { ...reason, since: at('11:40') }),
            withReasons({ ...reason, level: 'unknown', since: at('11:00') }),
          ],
        }),
      ),
    ).toBe(at('11:40'));
    expect(firstReasonAt(storedReport())).toBeUndefined();
  });
});
