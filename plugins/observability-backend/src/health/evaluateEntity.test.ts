import {
  at,
  entityInputs,
  evaluationContext,
  signalInputs,
} from '../__testUtils__/inputs';
import { EntityEvaluation, evaluateEntity } from './evaluateEntity';
import { EntityInputs, SignalInputs } from './EvaluationInputs';

/** What the next evaluation is given of this one. */
function next(
  inputs: EntityInputs,
  evaluation: EntityEvaluation,
  signals: Partial<SignalInputs>[],
): EntityInputs {
  return {
    ...inputs,
    signals: inputs.signals.map((signal, index) => ({
      ...signal,
      previous: evaluation.signals[index].state,
      ...signals[index],
    })),
    previous: {
      status: evaluation.health.status,
      since: evaluation.health.since,
      episodeId: null,
      fingerprint: '',
    },
  };
}

const count = (value: number, observedAt: string): Partial<SignalInputs> => ({
  observedAt,
  measurements: [{ metric: 'errors.count', value }],
});

describe('evaluateEntity', () => {
  it('has no status where nothing is configured', () => {
    const { health, transition, signals } = evaluateEntity(
      entityInputs(),
      evaluationContext(at('12:00')),
    );
    expect(health).toEqual({
      status: null,
      rank: 0,
      since: null,
      reasons: [],
      reasonCount: 0,
      signalCounts: { ok: 0, warning: 0, critical: 0, unknown: 0 },
      errors: undefined,
    });
    expect(transition).toBeUndefined();
    expect(signals).toEqual([]);
  });

  it('is not well for a source that answers and never had anything to say', () => {
    const silent = signalInputs({
      targetId: 2,
      kind: 'performance',
      observedAt: at('12:00'),
      measurements: [],
      hasData: false,
    });
    const alone = evaluateEntity(
      entityInputs({ signals: [silent] }),
      evaluationContext(at('12:00')),
    );
    expect(alone.health).toMatchObject({ status: 'unknown', reasonCount: 0 });

    // Beside one that speaks it is unknown, and does not make the service so.
    const beside = evaluateEntity(
      entityInputs({ signals: [signalInputs(count(2, at('12:00'))), silent] }),
      evaluationContext(at('12:00')),
    );
    expect(beside.signals.map(({ state }) => state.status)).toEqual([
      'ok',
      'unknown',
    ]);
    expect(beside.health.status).toBe('ok');
  });

  it('is as bad as the worst signal, says why with values, and tells each change', () => {
    const inputs = entityInputs({
      signals: [
        signalInputs(count(20, at('12:00'))),
        signalInputs({
          targetId: 2,
          target: 'two',
          ...count(60, at('12:00')),
        }),
        signalInputs({
          targetId: 3,
          target: 'three',
          observedAt: null,
          measurements: [],
        }),
      ],
    });
    const { health, transition, transitions } = evaluateEntity(
      inputs,
      evaluationContext(at('12:00')),
    );
    expect(health).toMatchObject({
      status: 'critical',
      rank: 4,
      since: at('12:00'),
      reasonCount: 2,
      signalCounts: { ok: 0, warning: 1, critical: 1, unknown: 1 },
    });
    expect(health.reasons).toEqual([
      expect.objectContaining({
        level: 'critical',
        value: 60,
        threshold: 50,
        message: expect.stringMatching(/60.*50/),
      }),
      expect.objectContaining({ level: 'warning', value: 20, threshold: 10 }),
    ]);
    expect(transition).toEqual({
      signalId: null,
      metric: null,
      from: null,
      to: 'critical',
      at: at('12:00'),
      message: health.reasons[0].message,
    });
    // A signal that is met for the first time did not change; its breach did.
    expect(
      transitions.map(({ signalId, metric, from, to }) => [
        signalId,
        metric,
        from,
        to,
      ]),
    ).toEqual([
      ['errors:fake:default:one', 'errors.count', null, 'warning'],
      ['errors:fake:default:two', 'errors.count', null, 'critical'],
    ]);
  });

  it('uses the thresholds of the entity over those of the configuration', () => {
    const evaluated = (thresholds: EntityInputs['thresholds']) =>
      evaluateEntity(
        entityInputs({
          thresholds,
          signals: [signalInputs(count(20, at('12:00')))],
        }),
        evaluationContext(at('12:00'), {
          thresholds: { 'errors.count': { warning: 100, critical: 200 } },
        }),
      ).health.status;
    expect(evaluated({})).toBe('ok');
    expect(evaluated({ 'errors.count': { warning: 5, critical: 10 } })).toBe(
      'critical',
    );
  });

  it('dates what gets worse to when it began, what gets better to now, and neither before the last change', () => {
    const slow = (
      value: number,
      observedAt: string,
    ): Partial<SignalInputs> => ({
      observedAt,
      measurements: [{ metric: 'performance.p95Ms', value }],
    });
    const at1200 = entityInputs({
      signals: [
        signalInputs({ kind: 'performance', ...slow(2000, at('12:00')) }),
      ],
    });
    const context = (now: string) =>
      evaluationContext(now, { intervalSeconds: () => 300 });
    const first = evaluateEntity(at1200, context(at('12:00')));
    expect(first.health.status).toBe('ok');

    // Slow for ten minutes: it has been since the first of them.
    const at1210 = next(at1200, first, [slow(2000, at('12:10'))]);
    const second = evaluateEntity(at1210, context(at('12:10')));
    expect(second.health).toMatchObject({
      status: 'warning',
      since: at('12:00'),
    });
    expect(second.transition).toMatchObject({ at: at('12:00') });

    const third = evaluateEntity(
      next(at1210, second, [slow(100, at('12:15'))]),
      context(at('12:15')),
    );
    expect(third.transition).toBeUndefined();
    const at1220 = next(next(at1210, second, [slow(100, at('12:15'))]), third, [
      slow(100, at('12:20')),
    ]);
    const fourth = evaluateEntity(at1220, context(at('12:20')));
    expect(fourth.transition).toMatchObject({
      from: 'warning',
      to: 'ok',
      at: at('12:20'),
    });
    expect(fourth.health.since).toBe(at('12:20'));
  });

  it('never dates a change before the one that came before it', () => {
    const evaluation = evaluateEntity(
      entityInputs({
        signals: [signalInputs(count(60, at('12:00')))],
        previous: {
          status: 'ok',
          since: at('12:04'),
          episodeId: null,
          fingerprint: '',
        },
      }),
      evaluationContext(at('12:05')),
    );
    expect(evaluation.health.since).toBe(at('12:00'));
    expect(evaluation.transition).toMatchObject({ at: at('12:04') });
  });

  it('keeps since when it has been bad while its reasons come and go', () => {
    const inputs = entityInputs({
      signals: [
        signalInputs(count(20, at('12:00'))),
        signalInputs({ targetId: 2, target: 'two', ...count(20, at('12:00')) }),
      ],
    });
    const first = evaluateEntity(inputs, evaluationContext(at('12:00')));
    const second = evaluateEntity(
      next(inputs, first, [count(0, at('12:01')), count(20, at('12:01'))]),
      evaluationContext(at('12:01')),
    );
    expect(second.transition).toBeUndefined();
    expect(second.health).toMatchObject({
      status: 'warning',
      since: at('12:00'),
      reasonCount: 2,
    });
  });

  it('is unknown where an annotation cannot be read, unless something known is worse', () => {
    const misconfigured = {
      misconfigurations: [
        { annotation: 'fake.test/ids', message: '"bad" is no id' },
      ],
      misconfiguredSince: at('10:00'),
    };
    const alone = evaluateEntity(
      entityInputs(misconfigured),
      evaluationContext(at('12:00')),
    );
    expect(alone.health).toMatchObject({
      status: 'unknown',
      since: at('10:00'),
      reasons: [
        {
          metric: 'source',
          subject: { id: 'fake.test/ids', name: 'fake.test/ids' },
          value: 'misconfigured',
          level: 'unknown',
          message: 'fake.test/ids: "bad" is no id',
          since: at('10:00'),
        },
      ],
    });
    const worse = evaluateEntity(
      entityInputs({
        ...misconfigured,
        signals: [signalInputs(count(60, at('12:00')))],
      }),
      evaluationContext(at('12:00')),
    );
    expect(worse.health).toMatchObject({ status: 'critical', reasonCount: 2 });
    expect(worse.health.reasons[1]).toMatchObject({ since: at('10:00') });
  });

  it('keeps three reasons of many, and sums up errors from the newest hour back', () => {
    const signals = [1, 2, 3, 4].map(index =>
      signalInputs({
        targetId: index,
        target: `t${index}`,
        summary: {
          events: index,
          trend: Array.from({ length: index }, () => index),
        },
        ...count(20, at('12:00')),
      }),
    );
    const { health } = evaluateEntity(
      entityInputs({ signals }),
      evaluationContext(at('12:00')),
    );
    expect(health.reasons).toHaveLength(3);
    expect(health.reasonCount).toBe(4);
    expect(health.errors).toEqual({ events: 10, trend: [4, 7, 9, 10] });
  });
});
