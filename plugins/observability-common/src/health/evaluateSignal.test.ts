import { Problem, ProblemCode, SignalKind } from '../model';
import { evaluateSignal } from './evaluateSignal';
import {
  SignalEvaluation,
  SignalEvaluationInput,
  SignalMeasurement,
  SignalState,
} from './SignalState';
import { ThresholdOverrides, thresholdsInForce } from './thresholds';

const INTERVAL_SECONDS = 60;

/** `12:<minute>`, so that a test reads like a clock. */
function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
}

/** A signal that is evaluated again and again, as the back end does it. */
class Follower {
  readonly #kind: SignalKind;
  overrides: ThresholdOverrides = {};
  problem?: Problem;
  state?: SignalState;
  lastObservedAt: string | null = null;

  constructor(kind: SignalKind) {
    this.#kind = kind;
  }

  /** A reading at that minute, evaluated at once. */
  reads(minute: number, ...measurements: SignalMeasurement[]) {
    this.lastObservedAt = at(minute);
    return this.evaluates(minute, {
      observation: { observedAt: at(minute), measurements },
    });
  }

  /** An evaluation; without an observation only time has passed. */
  evaluates(
    minute: number,
    more: Pick<SignalEvaluationInput, 'observation'> = {},
  ): SignalEvaluation {
    const evaluation = evaluateSignal({
      kind: this.#kind,
      sourceName: 'Sentry (default)',
      intervalSeconds: INTERVAL_SECONDS,
      thresholds: thresholdsInForce(this.#kind, this.overrides),
      previous: this.state,
      lastObservedAt: this.lastObservedAt,
      problem: this.problem,
      now: at(minute),
      ...more,
    });
    this.state = evaluation.state;
    return evaluation;
  }
}

const errors = (value: number): SignalMeasurement => ({
  metric: 'errors.count',
  value,
});
const p95 = (value: number): SignalMeasurement => ({
  metric: 'performance.p95Ms',
  value,
});
const newIssues = (version: string, value: number): SignalMeasurement => ({
  metric: 'releases.newIssues',
  subject: { id: version, name: version },
  value,
});

function problem(code: ProblemCode, minute: number): Problem {
  return { code, message: `It said ${code}`, since: at(minute) };
}

describe('evaluateSignal', () => {
  describe('limits', () => {
    it.each([
      ['errors', 'errors.count', 10, 'ok'],
      ['errors', 'errors.count', 11, 'warning'],
      ['errors', 'errors.count', 50, 'warning'],
      ['errors', 'errors.count', 51, 'critical'],
      ['errors', 'errors.rate', 0.001, 'ok'],
      ['errors', 'errors.rate', 0.0011, 'warning'],
      ['errors', 'errors.rate', 0.0101, 'critical'],
      ['releases', 'releases.newIssues', 5, 'ok'],
      ['releases', 'releases.newIssues', 6, 'warning'],
      ['releases', 'releases.regression', 0.5, 'warning'],
      ['releases', 'releases.regression', 0.51, 'critical'],
      ['uptime', 'uptime.certificateDays', 14, 'ok'],
      ['uptime', 'uptime.certificateDays', 13, 'warning'],
      ['uptime', 'uptime.certificateDays', 3, 'warning'],
      ['uptime', 'uptime.certificateDays', 2, 'critical'],
      ['uptime', 'uptime.state', 'up', 'ok'],
      ['uptime', 'uptime.state', 'degraded', 'warning'],
      ['uptime', 'uptime.state', 'down', 'critical'],
      ['database', 'database.backup', 'failed', 'warning'],
      ['database', 'database.backup', 'missing', 'critical'],
      ['database', 'database.connections', 0.81, 'warning'],
    ] as const)('%s: %s at %s is %s', (kind, metric, value, status) => {
      const { state } = new Follower(kind).reads(0, { metric, value });
      expect(state.status).toBe(status);
      expect(state.since).toBe(at(0));
      expect(state.reasons).toHaveLength(status === 'ok' ? 0 : 1);
    });

    it('takes the worst of several metrics and tells all that are wrong', () => {
      const { state } = new Follower('errors').reads(
        0,
        { metric: 'errors.rate', value: 0.005, count: 4000 },
        errors(63),
      );
      expect(state.status).toBe('critical');
      expect(state.reasons).toEqual([
        {
          metric: 'errors.count',
          value: 63,
          unit: 'count',
          threshold: 50,
          level: 'critical',
          message: '63 errors in 5\u00a0min, limit 50',
          since: at(0),
        },
        {
          metric: 'errors.rate',
          value: 0.005,
          unit: 'fraction',
          threshold: 0.001,
          level: 'warning',
          message: 'Error rate 0.5\u00a0%, limit 0.1\u00a0%',
          since: at(0),
        },
      ]);
    });

    it('tells each change of a metric once', () => {
      const signal = new Follower('errors');
      const changes = [20, 60, 60, 20, 20, 1, 1].flatMap((value, minute) =>
        signal
          .reads(minute, errors(value))
          .transitions.map(({ from, to, at: when, message }) => ({
            from,
            to,
            when,
            message,
          })),
      );
      expect(changes).toEqual([
        {
          from: null,
          to: 'warning',
          when: at(0),
          message: '20 errors in 5\u00a0min, limit 10',
        },
        {
          from: 'warning',
          to: 'critical',
          when: at(1),
          message: '60 errors in 5\u00a0min, limit 50',
        },
        {
          from: 'critical',
          to: 'warning',
          when: at(4),
          message: '20 errors in 5\u00a0min, limit 10',
        },
        {
          from: 'warning',
          to: null,
          when: at(6),
          message: '1 error in 5\u00a0min, within the limits again',
        },
      ]);
    });
  });

  describe('how long a breach must last', () => {
    it('fires at the first breach that comes that much later, and began with the first', () => {
      const signal = new Follower('performance');
      for (let minute = 0; minute < 10; minute++) {
        expect(signal.reads(minute, p95(1420)).state.status).toBe('ok');
      }
      const { state } = signal.reads(10, p95(1420));
      expect(state.status).toBe('warning');
      expect(state.since).toBe(at(0));
      expect(state.reasons[0]).toMatchObject({
        since: at(0),
        message:
          'p95 1\u202f420\u00a0ms for 10\u00a0min, limit 1\u202f000\u00a0ms for 10\u00a0min',
      });
    });

    it('does not fire by the mere passing of time', () => {
      const signal = new Follower('performance');
      signal.reads(0, p95(1420));
      signal.reads(9, p95(1420));
      expect(signal.evaluates(11).state.status).toBe('ok');
    });

    it('survives one good reading, but does not fire on it', () => {
      const signal = new Follower('performance');
      for (let minute = 0; minute < 10; minute++) {
        signal.reads(minute, p95(1420));
      }
      expect(signal.reads(10, p95(300)).state.status).toBe('ok');
      const { state } = signal.reads(11, p95(1420));
      expect(state.status).toBe('warning');
      expect(state.since).toBe(at(0));
    });

    it('begins anew after two good readings', () => {
      const signal = new Follower('performance');
      for (let minute = 0; minute < 8; minute++) {
        signal.reads(minute, p95(1420));
      }
      signal.reads(8, p95(300));
      signal.reads(9, p95(300));
      for (let minute = 10; minute < 20; minute++) {
        expect(signal.reads(minute, p95(1420)).state.status).toBe('ok');
      }
      expect(signal.reads(20, p95(1420)).state.since).toBe(at(10));
    });
  });

  describe('how a breach ends', () => {
    it('still fires after the first good reading and ends with the second', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(20));
      const first = signal.reads(1, errors(2));
      expect(first.state.status).toBe('warning');
      expect(first.state.since).toBe(at(0));
      expect(first.transitions).toEqual([]);
      expect(first.state.reasons[0].message).toBe(
        '2 errors in 5\u00a0min, limit 10; within it once, a second time ends this',
      );
      const second = signal.reads(2, errors(2));
      expect(second.state).toMatchObject({
        status: 'ok',
        since: at(2),
        reasons: [],
      });
    });

    it('needs the good readings in a row', () => {
      const signal = new Follower('errors');
      [20, 2, 20, 2, 20, 2].forEach((value, minute) => {
        expect(signal.reads(minute, errors(value)).state).toMatchObject({
          status: 'warning',
          since: at(0),
        });
      });
    });

    it('is not ended by readings that do not measure it', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(20));
      for (let minute = 1; minute < 10; minute++) {
        const { state } = signal.reads(minute);
        expect(state).toMatchObject({ status: 'warning', since: at(0) });
      }
    });

    it.each([
      ['too few requests', { metric: 'errors.rate', value: 0, count: 99 }],
      ['no number', { metric: 'errors.rate', value: NaN, count: 500 }],
      ['an unknown word', { metric: 'errors.rate', value: 'low', count: 500 }],
    ])('is not ended by a measurement of %s', (_, measurement) => {
      const signal = new Follower('errors');
      const bad = { metric: 'errors.rate', value: 0.02, count: 500 };
      expect(signal.reads(0, bad).state.status).toBe('critical');
      signal.reads(1, measurement);
      expect(signal.reads(2, measurement).state.status).toBe('critical');
    });

    it('does not judge a state that it does not know', () => {
      const signal = new Follower('uptime');
      const state = (value: string) => ({ metric: 'uptime.state', value });
      expect(signal.reads(0, state('paused')).state.status).toBe('unknown');
      expect(signal.reads(1, state('down')).state.status).toBe('critical');
      expect(signal.reads(2, state('maintenance')).state.status).toBe(
        'critical',
      );
    });

    it('is unknown while nobody looks, and what was down does not go on', () => {
      const signal = new Follower('uptime');
      const down = {
        metric: 'uptime.state',
        subject: { id: '1', name: 'Web' },
        value: 'down',
      };
      const paused = { metric: 'uptime.state', value: 'paused' };
      expect(signal.reads(0, down).state.status).toBe('critical');
      const { state, transitions } = signal.reads(1, paused);
      expect(state).toMatchObject({ status: 'unknown', reasons: [] });
      expect(transitions).toMatchObject([{ from: 'critical', to: null }]);
      expect(signal.evaluates(2).state.status).toBe('unknown');
      expect(signal.reads(3, { ...down, value: 'up' }).state.status).toBe('ok');
    });

    it('begins to judge at the minimum of requests', () => {
      const measured = { metric: 'errors.rate', value: 0.02, count: 100 };
      const { state } = new Follower('errors').reads(0, measured);
      expect(state.status).toBe('critical');
    });
  });

  describe('after a hole of more than three intervals', () => {
    it('ends with a single good reading', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(20));
      expect(signal.reads(4, errors(2)).state.status).toBe('ok');
    });

    it('is no hole at exactly three intervals', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(20));
      expect(signal.reads(3, errors(2)).state.status).toBe('warning');
    });

    it('goes on firing when still bad, from the new reading on, without telling a change', () => {
      const signal = new Follower('performance');
      for (let minute = 0; minute <= 10; minute++) {
        signal.reads(minute, p95(1420));
      }
      const { state, transitions } = signal.reads(30, p95(1420));
      expect(transitions).toEqual([]);
      expect(state.reasons[0]).toMatchObject({ since: at(30) });
      // The service has been in that status since before; nobody saw it well.
      expect(state).toMatchObject({ status: 'warning', since: at(0) });
      expect(signal.evaluates(31).state.status).toBe('warning');
      expect(signal.reads(31, p95(300)).state.status).toBe('warning');
      expect(signal.reads(32, p95(300)).state.status).toBe('ok');
    });

    it('waits anew for what had not fired yet', () => {
      const signal = new Follower('performance');
      for (let minute = 0; minute < 10; minute++) {
        signal.reads(minute, p95(1420));
      }
      expect(signal.reads(20, p95(1420)).state.status).toBe('ok');
      for (let minute = 21; minute < 30; minute++) {
        expect(signal.reads(minute, p95(1420)).state.status).toBe('ok');
      }
      expect(signal.reads(30, p95(1420)).state.since).toBe(at(20));
    });
  });

  describe('what the source knows the beginning of', () => {
    const cpu = (value: number, since?: string): SignalMeasurement => ({
      metric: 'database.cpu',
      value,
      ...(since ? { since } : {}),
    });

    it('began then, so that its time counts from there', () => {
      const database = new Follower('database');
      const { state } = database.reads(12, cpu(0.75, at(2)));
      expect(state).toMatchObject({ status: 'warning', since: at(2) });
      expect(state.reasons[0]).toMatchObject({ since: at(2) });

      const waiting = new Follower('database');
      expect(waiting.reads(12, cpu(0.75, at(3))).state.status).toBe('ok');
      expect(waiting.reads(13, cpu(0.75)).state).toMatchObject({
        status: 'warning',
        since: at(3),
      });
    });

    it('did not begin before it was seen to be good, nor after it was seen', () => {
      const database = new Follower('database');
      database.reads(10, cpu(0.2));
      database.reads(11, cpu(0.75, at(1)));
      expect(database.state?.breaches[0].warningSince).toBe(at(10));

      const ahead = new Follower('database');
      ahead.reads(11, cpu(0.75, at(30)));
      expect(ahead.state?.breaches[0].warningSince).toBe(at(11));

      const undated = new Follower('database');
      undated.reads(11, cpu(0.75, 'a while ago'));
      expect(undated.state?.breaches[0].warningSince).toBe(at(11));
    });

    it('keeps the beginning that was seen, and after a hole takes the later of the two', () => {
      const database = new Follower('database');
      database.reads(1, cpu(0.75));
      database.reads(2, cpu(0.75, at(0)));
      expect(database.state?.breaches[0].warningSince).toBe(at(1));
      database.reads(20, cpu(0.75, at(0)));
      expect(database.state?.breaches[0].warningSince).toBe(at(1));
      database.reads(40, cpu(0.75, at(36)));
      expect(database.state?.breaches[0].warningSince).toBe(at(36));
    });
  });

  describe('subjects', () => {
    it('follows each by itself and names it', () => {
      const { state } = new Follower('releases').reads(
        0,
        newIssues('1.1', 7),
        newIssues('1.0', 9),
        newIssues('0.9', 1),
      );
      expect(state.reasons.map(({ subject }) => subject?.id)).toEqual([
        '1.0',
        '1.1',
      ]);
      expect(state.reasons[1].message).toBe(
        'Release 1.1: 7 new issues in its first hour, limit 5',
      );
    });

    it('forgets one that is missing while others are measured', () => {
      const signal = new Follower('releases');
      signal.reads(0, newIssues('1.1', 7));
      const { state, transitions } = signal.reads(1, newIssues('1.2', 0));
      expect(state.status).toBe('ok');
      expect(state.breaches.map(({ subjectId }) => subjectId)).toEqual(['1.2']);
      expect(transitions).toEqual([
        {
          metric: 'releases.newIssues',
          subject: { id: '1.1', name: '1.1' },
          from: 'warning',
          to: null,
          at: at(1),
          value: 7,
          message:
            'Release 1.1: 7 new issues in its first hour, no longer measured',
        },
      ]);
    });

    it('keeps all of them when the metric was not measured at all', () => {
      const signal = new Follower('releases');
      signal.reads(0, newIssues('1.1', 7));
      const other = { metric: 'releases.regression', value: 0 };
      expect(signal.reads(1, other).state.status).toBe('warning');
    });

    it('keeps one that was measured over too few sessions to judge', () => {
      const signal = new Follower('releases');
      const regression = (version: string, value: number, count: number) => ({
        metric: 'releases.regression',
        subject: { id: version, name: version },
        value,
        count,
      });
      signal.reads(0, regression('1.1', 0.9, 400));
      const { state } = signal.reads(
        1,
        regression('1.1', 0, 4),
        regression('1.2', 0, 400),
      );
      expect(state.status).toBe('critical');
    });
  });

  describe('readings out of turn', () => {
    it('ignores an older one, also about subjects that are gone since', () => {
      const signal = new Follower('releases');
      signal.reads(0, newIssues('1.1', 7));
      const { state } = signal.reads(1, newIssues('1.2', 0));
      const late = signal.evaluates(2, {
        observation: {
          observedAt: at(0),
          measurements: [newIssues('1.1', 7)],
        },
      });
      expect(late.state).toEqual(state);
      expect(late.transitions).toEqual([]);
    });

    it('does not count one that is delivered twice as the second good one', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(20));
      signal.reads(1, errors(2));
      expect(signal.reads(1, errors(2)).state.status).toBe('warning');
    });
  });

  describe('edited thresholds', () => {
    const cases: {
      what: string;
      overrides: ThresholdOverrides;
      status: string;
    }[] = [
      {
        what: 'a higher limit ends what it no longer covers',
        overrides: { 'errors.count': { warning: 30, critical: 90 } },
        status: 'ok',
      },
      {
        what: 'a lower limit fires at once',
        overrides: { 'errors.count': { critical: 15 } },
        status: 'critical',
      },
      {
        what: 'a level that is switched off ends',
        overrides: { 'errors.count': { warning: null } },
        status: 'ok',
      },
      {
        what: 'a longer time leaves alone what fires already',
        overrides: { 'errors.count': { forSeconds: 3600 } },
        status: 'warning',
      },
    ];
    it.each(cases)('$what, without a new reading', ({ overrides, status }) => {
      const signal = new Follower('errors');
      expect(signal.reads(0, errors(20)).state.status).toBe('warning');
      signal.overrides = overrides;
      expect(signal.evaluates(1).state.status).toBe(status);
      // Nothing is left over for the next evaluation.
      expect(signal.evaluates(2).transitions).toEqual([]);
    });

    it('fires from when the value was read, and says why it ends', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(8));
      signal.overrides = { 'errors.count': { warning: 5 } };
      expect(signal.evaluates(1).state).toMatchObject({
        status: 'warning',
        since: at(0),
      });
      signal.overrides = {};
      expect(signal.evaluates(2).transitions[0].message).toBe(
        '8 errors in 5\u00a0min, the limits were changed',
      );
    });

    it('fires when a shorter time has already passed', () => {
      const signal = new Follower('performance');
      for (let minute = 0; minute <= 5; minute++) {
        signal.reads(minute, p95(1420));
      }
      signal.overrides = { 'performance.p95Ms': { forSeconds: 300 } };
      expect(signal.evaluates(6).state).toMatchObject({
        status: 'warning',
        since: at(0),
      });
    });
  });

  describe('corrected values', () => {
    const backup = (value: string) => ({ metric: 'database.backup', value });

    it('count at once, though nothing was read since', () => {
      const database = new Follower('database');
      expect(database.reads(0, backup('failed')).state.status).toBe('warning');
      const corrected = database.evaluates(1, {
        observation: { observedAt: at(0), measurements: [backup('passed')] },
      });
      expect(corrected.state.status).toBe('ok');
      expect(corrected.transitions).toEqual([
        expect.objectContaining({
          from: 'warning',
          to: null,
          message: 'All checks of the backups passed, within the limits again',
        }),
      ]);

      const back = database.evaluates(2, {
        observation: { observedAt: at(0), measurements: [backup('missing')] },
      });
      expect(back.state).toMatchObject({ status: 'critical', since: at(0) });
      expect(database.reads(3, backup('passed')).state.status).toBe('critical');
      expect(database.reads(4, backup('passed')).state.status).toBe('ok');
    });
  });

  describe('since', () => {
    it('is kept while other reasons of the same level come and go', () => {
      const signal = new Follower('errors');
      const rate = (value: number) => ({ metric: 'errors.rate', value });
      signal.reads(0, errors(20), rate(0));
      signal.reads(1, errors(20), rate(0.002));
      signal.reads(2, errors(1), rate(0.002));
      const { state } = signal.reads(3, errors(1), rate(0.002));
      expect(state.reasons.map(({ metric }) => metric)).toEqual([
        'errors.rate',
      ]);
      expect(state).toMatchObject({ status: 'warning', since: at(0) });
    });

    it('moves back when a breach fires that began earlier', () => {
      const signal = new Follower('database');
      const cpu = { metric: 'database.cpu', value: 0.75 };
      const slow = { metric: 'database.slowQueryMs', value: 2000 };
      signal.reads(0, cpu);
      signal.reads(3, cpu, slow);
      expect(signal.state?.since).toBe(at(3));
      for (const minute of [6, 9, 12]) {
        signal.reads(minute, cpu, slow);
      }
      expect(signal.state).toMatchObject({ status: 'warning', since: at(0) });
    });
  });

  describe('sources that fail', () => {
    it('is unknown without a reason until the first answer', () => {
      const signal = new Follower('errors');
      expect(signal.evaluates(0).state).toEqual({
        status: 'unknown',
        since: at(0),
        reasons: [],
        breaches: [],
      });
      expect(signal.evaluates(9).state.since).toBe(at(0));
      expect(signal.reads(10).state).toMatchObject({
        status: 'ok',
        since: at(10),
      });
    });

    it('is unknown again when all that was read of it is gone', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(1));
      signal.lastObservedAt = null;
      expect(signal.evaluates(1).state).toMatchObject({
        status: 'unknown',
        since: at(1),
        reasons: [],
      });
    });

    it('says why where the first answer is a failure', () => {
      const signal = new Follower('errors');
      signal.problem = problem('timeout', 0);
      expect(signal.evaluates(0).state.reasons).toEqual([
        expect.objectContaining({ metric: 'source', value: 'timeout' }),
      ]);
    });

    it.each([
      'unauthorized',
      'forbidden',
      'not-found',
      'misconfigured',
    ] as const)('is unknown at once when %s', code => {
      const signal = new Follower('errors');
      signal.reads(0, errors(1));
      signal.problem = problem(code, 1);
      const { state, transitions } = signal.evaluates(1);
      expect(state).toMatchObject({ status: 'unknown', since: at(1) });
      expect(state.reasons).toEqual([
        {
          metric: 'source',
          value: code,
          unit: 'state',
          threshold: null,
          level: 'unknown',
          message: expect.stringMatching(
            `^Sentry \\(default\\) .+: It said ${code}\\. Last read 2026-11-22 12:00 UTC\\.$`,
          ),
          since: at(1),
        },
      ]);
      expect(transitions).toEqual([]);
    });

    it.each(['rate-limited', 'unavailable', 'timeout', 'malformed'] as const)(
      'waits three intervals when %s',
      code => {
        const signal = new Follower('errors');
        signal.reads(0, errors(1));
        signal.problem = problem(code, 1);
        expect(signal.evaluates(3).state).toMatchObject({
          status: 'ok',
          reasons: [],
        });
        expect(signal.evaluates(4).state).toMatchObject({
          status: 'unknown',
          since: at(4),
          reasons: [{ value: code, since: at(1) }],
        });
      },
    );

    it('is unknown at once when a part fails that waiting does not mend, though the rest is read', () => {
      const database = new Follower('database');
      database.problem = problem('forbidden', 1);
      const { state } = database.reads(1, {
        metric: 'database.cpu',
        value: 0.2,
      });
      expect(state).toMatchObject({ status: 'unknown', since: at(1) });
      expect(state.reasons).toEqual([
        expect.objectContaining({ metric: 'source', value: 'forbidden' }),
      ]);
    });

    it('is unknown when a part has failed for three intervals, and well again when it is read', () => {
      const database = new Follower('database');
      const cpu = { metric: 'database.cpu', value: 0.2 };
      database.problem = problem('timeout', 0);
      for (const minute of [0, 1, 2, 3]) {
        expect(database.reads(minute, cpu).state.status).toBe('ok');
      }
      expect(database.reads(4, cpu).state.status).toBe('unknown');
      expect(database.evaluates(4).state.status).toBe('unknown');
      database.problem = undefined;
      expect(database.reads(5, cpu).state).toMatchObject({
        status: 'ok',
        reasons: [],
      });
    });

    it('keeps what fires while the part that it was measured on fails', () => {
      const database = new Follower('database');
      database.reads(0, { metric: 'database.disk', value: 0.95 });
      database.problem = problem('forbidden', 1);
      const cpu = { metric: 'database.cpu', value: 0.2 };
      database.reads(1, cpu);
      const { state, transitions } = database.reads(2, cpu);
      expect(state.status).toBe('critical');
      expect(state.reasons.map(({ metric }) => metric)).toEqual([
        'database.disk',
        'source',
      ]);
      expect(transitions).toEqual([]);
    });

    it('is unknown when nothing came for three intervals, though nothing failed', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(1));
      expect(signal.evaluates(3).state.status).toBe('ok');
      expect(signal.evaluates(5).state).toMatchObject({
        status: 'unknown',
        reasons: [
          {
            value: 'stale',
            since: at(3),
            message:
              'Sentry (default) gave nothing new for three intervals. Last read 2026-11-22 12:00 UTC.',
          },
        ],
      });
    });

    it('never improves a status: what fired goes on, with the failure told after it', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(20));
      signal.problem = problem('unauthorized', 1);
      const { state, transitions } = signal.evaluates(600);
      expect(state).toMatchObject({ status: 'warning', since: at(0) });
      expect(state.reasons.map(({ metric }) => metric)).toEqual([
        'errors.count',
        'source',
      ]);
      expect(transitions).toEqual([]);
    });

    it('is well again only with a new reading', () => {
      const signal = new Follower('errors');
      signal.reads(0, errors(1));
      signal.problem = problem('unauthorized', 1);
      signal.evaluates(1);
      signal.problem = undefined;
      expect(signal.evaluates(2).state).toMatchObject({
        status: 'unknown',
        since: at(1),
        reasons: [{ metric: 'source' }],
      });
      expect(signal.reads(3, errors(1)).state).toMatchObject({
        status: 'ok',
        since: at(3),
        reasons: [],
      });
    });
  });
});
