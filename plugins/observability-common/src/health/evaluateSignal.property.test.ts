import fc from 'fast-check';
import { METRIC_STATES, METRICS } from '../metrics';
import {
  Problem,
  problemCodeSchema,
  SignalKind,
  signalKindSchema,
} from '../model';
import { STATUS_RANK } from '../status';
import { isBreach, secondsBetween } from './breach';
import { evaluateSignal } from './evaluateSignal';
import {
  SignalEvaluation,
  SignalEvaluationInput,
  SignalMeasurement,
  SignalState,
} from './SignalState';
import { SOURCE_METRIC } from './sourceReason';
import { ThresholdOverrides, thresholdsInForce } from './thresholds';

// Always the same cases, so that a failure is a change of the code.
fc.configureGlobal({ seed: 20261122, numRuns: 300 });

const INTERVAL_SECONDS = 60;
const START = Date.UTC(2026, 10, 22, 12);
const AT_ONCE = ['unauthorized', 'forbidden', 'not-found', 'misconfigured'];

const instant = (seconds: number) =>
  new Date(START + seconds * 1000).toISOString();

/** What is measured, with how long before the reading it began to be so. */
type EventMeasurement = Omit<SignalMeasurement, 'since'> & {
  lastedSeconds?: number;
};

/** What happens to a signal, one thing after the other. */
interface Event {
  afterSeconds: number;
  measurements?: EventMeasurement[];
  problem?: (typeof problemCodeSchema.options)[number];
  /** The problem is one of a part; the rest is read. */
  isPartial?: boolean;
  overrides?: ThresholdOverrides;
}

function measurementsOf(kind: SignalKind): fc.Arbitrary<EventMeasurement[]> {
  const metrics = METRICS.filter(metric => metric.kind === kind);
  const measurement = fc.constantFrom(...metrics).chain(metric => {
    const subject = fc
      .constantFrom(undefined, 'a', 'b')
      .map(id => (id ? { id, name: id } : undefined));
    // Around the limits, where it matters.
    const { warning } = metric;
    const value: fc.Arbitrary<number | string> =
      typeof warning === 'number'
        ? fc
            .constantFrom(0, 0.5, 1, 1.001, 2, 20)
            .map(factor => warning * factor)
        : fc.constantFrom(...METRIC_STATES[metric.id], 'paused');
    return fc.record({
      metric: fc.constant(metric.id),
      subject,
      value,
      count: fc.constantFrom(undefined, 5, 5000),
      // A source's clock may be ahead.
      lastedSeconds: fc.constantFrom(undefined, -90, 0, 45, 150, 900),
    });
  });
  return fc.uniqueArray(measurement, {
    maxLength: 6,
    selector: ({ metric, subject }) => `${metric} ${subject?.id}`,
  });
}

function eventsOf(kind: SignalKind): fc.Arbitrary<Event[]> {
  const [metric] = METRICS.filter(candidate => candidate.kind === kind);
  const event = fc.record<Event>(
    {
      afterSeconds: fc.constantFrom(30, 60, 60, 60, 60, 120, 600),
      measurements: measurementsOf(kind),
      problem: fc.constantFrom(
        undefined,
        undefined,
        ...problemCodeSchema.options,
        'unavailable' as const,
        'unavailable' as const,
        'unavailable' as const,
      ),
      isPartial: fc.boolean(),
      overrides: fc.constantFrom<ThresholdOverrides[]>(
        {},
        { [metric.id]: { critical: null, forSeconds: 0 } },
        { [metric.id]: { warning: null, forSeconds: 240 } },
      ),
    },
    { requiredKeys: ['afterSeconds'] },
  );
  return fc.array(event, { minLength: 1, maxLength: 25 });
}

const stories = fc
  .constantFrom(...signalKindSchema.options)
  .chain(kind =>
    fc.record({ kind: fc.constant(kind), events: eventsOf(kind) }),
  );

/** What a reading at that second says. */
function measuredAt(
  seconds: number,
  measurements: EventMeasurement[],
): SignalMeasurement[] {
  return measurements.map(({ lastedSeconds, ...measurement }) => ({
    ...measurement,
    ...(lastedSeconds === undefined
      ? {}
      : { since: instant(seconds - lastedSeconds) }),
  }));
}

/** Evaluates a story; `around` may evaluate more than the story asks for. */
function* follow(
  { kind, events }: { kind: SignalKind; events: Event[] },
  around: (
    input: SignalEvaluationInput,
    evaluation: SignalEvaluation,
  ) => SignalState = (_, evaluation) => evaluation.state,
): Generator<{ input: SignalEvaluationInput; evaluation: SignalEvaluation }> {
  let seconds = 0;
  let previous: SignalState | undefined;
  let lastObservedAt: string | null = null;
  let overrides: ThresholdOverrides = {};
  let problem: Problem | undefined;
  for (const event of events) {
    seconds += event.afterSeconds;
    const now = instant(seconds);
    overrides = event.overrides ?? overrides;
    problem = event.problem && {
      code: event.problem,
      message: 'It failed.',
      since: problem?.code === event.problem ? problem.since : now,
    };
    // A source that fails as a whole gives no reading.
    const observation =
      event.measurements && (!event.problem || event.isPartial)
        ? {
            observedAt: now,
            measurements: measuredAt(seconds, event.measurements),
          }
        : undefined;
    lastObservedAt = observation ? now : lastObservedAt;
    const input: SignalEvaluationInput = {
      kind,
      sourceName: 'Sentry (default)',
      intervalSeconds: INTERVAL_SECONDS,
      thresholds: thresholdsInForce(kind, overrides),
      previous,
      observation,
      lastObservedAt,
      problem,
      now,
    };
    const evaluation = evaluateSignal(input);
    yield { input, evaluation };
    previous = around(input, evaluation);
  }
}

describe('evaluateSignal, whatever happens', () => {
  it('changes nothing when the same reading is handed in again', () => {
    fc.assert(
      fc.property(stories, story => {
        for (const { input, evaluation } of follow(story)) {
          const again = evaluateSignal({
            ...input,
            previous: evaluation.state,
          });
          expect(again.state).toEqual(evaluation.state);
          expect(again.transitions).toEqual([]);
        }
      }),
    );
  });

  it('comes to the same state however often it is evaluated in between', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 3 }), (story, times) => {
        const plain = [...follow(story)];
        const busy = [
          ...follow(story, (input, evaluation) => {
            let { state } = evaluation;
            for (let time = 0; time < times; time++) {
              state = evaluateSignal({
                ...input,
                previous: state,
                observation: undefined,
              }).state;
            }
            return state;
          }),
        ];
        expect(busy.map(({ evaluation }) => evaluation)).toEqual(
          plain.map(({ evaluation }) => evaluation),
        );
      }),
    );
  });

  it('is never ok while its source fails at once or for long, is stale or was never read', () => {
    fc.assert(
      fc.property(stories, story => {
        const greens = [...follow(story)].filter(
          ({ evaluation }) => evaluation.state.status === 'ok',
        );
        for (const { input } of greens) {
          const { problem, lastObservedAt, now } = input;
          expect(AT_ONCE).not.toContain(problem?.code);
          expect(
            secondsBetween(problem?.since ?? now, now),
          ).toBeLessThanOrEqual(3 * INTERVAL_SECONDS);
          expect(lastObservedAt).not.toBeNull();
          expect(secondsBetween(lastObservedAt!, now)).toBeLessThanOrEqual(
            3 * INTERVAL_SECONDS,
          );
        }
      }),
    );
  });

  it('does not improve without a new reading or an edit', () => {
    fc.assert(
      fc.property(stories, story => {
        const steps = [...follow(story)];
        const quiet = steps
          .slice(1)
          .filter(
            ({ input }, index) =>
              !input.observation &&
              JSON.stringify(input.thresholds) ===
                JSON.stringify(steps[index].input.thresholds),
          );
        for (const { input, evaluation } of quiet) {
          expect(STATUS_RANK[evaluation.state.status]).toBeGreaterThanOrEqual(
            STATUS_RANK[input.previous!.status],
          );
          expect(evaluation.transitions).toEqual([]);
        }
      }),
    );
  });

  it('begins to fire only when in breach, for as long as the threshold asks', () => {
    fc.assert(
      fc.property(stories, story => {
        for (const { input, evaluation } of follow(story)) {
          const begun = evaluation.transitions
            .filter(({ from }) => from === null)
            .map(({ metric, subject }) => ({
              reason: evaluation.state.reasons.find(
                candidate =>
                  candidate.metric === metric &&
                  candidate.subject?.id === subject?.id,
              )!,
              breach: evaluation.state.breaches.find(
                candidate =>
                  candidate.metric === metric &&
                  candidate.subjectId === subject?.id,
              )!,
              forSeconds:
                input.thresholds.find(candidate => candidate.metric === metric)!
                  .forSeconds ?? 0,
            }));
          for (const { reason, breach, forSeconds } of begun) {
            expect(
              secondsBetween(reason.since, breach.lastObservedAt),
            ).toBeGreaterThanOrEqual(forSeconds);
            expect(
              isBreach(reason.metric, reason.value!, reason.threshold!),
            ).toBe(true);
          }
        }
      }),
    );
  });

  it('lets no breach begin before a good reading, or after the one that saw it', () => {
    fc.assert(
      fc.property(stories, story => {
        for (const { input, evaluation } of follow(story)) {
          for (const breach of evaluation.state.breaches) {
            const before = input.previous?.breaches.find(
              ({ metric, subjectId }) =>
                metric === breach.metric && subjectId === breach.subjectId,
            );
            for (const level of ['warningSince', 'criticalSince'] as const) {
              const since = breach[level] ?? breach.lastObservedAt;
              expect(since <= breach.lastObservedAt).toBe(true);
              // Where there was no breach of the level, the value was good.
              const goodAt =
                before && !before[level] ? before.lastObservedAt : since;
              expect(since >= goodAt).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('tells as reasons exactly what makes its status, and when that began', () => {
    fc.assert(
      fc.property(stories, story => {
        for (const { input, evaluation } of follow(story)) {
          const { status, since, reasons, breaches } = evaluation.state;
          const measured = reasons.filter(
            ({ metric }) => metric !== SOURCE_METRIC,
          );
          expect(measured).toHaveLength(
            breaches.filter(({ firing }) => firing).length,
          );
          expect(measured.some(({ level }) => level === 'critical')).toBe(
            status === 'critical',
          );
          expect(measured.length > 0).toBe(
            status === 'warning' || status === 'critical',
          );
          expect(status === 'ok' && reasons.length > 0).toBe(false);
          expect(Date.parse(since!)).toBeLessThanOrEqual(Date.parse(input.now));
          for (const reason of measured) {
            expect(reason.level !== status || since! <= reason.since).toBe(
              true,
            );
          }
        }
      }),
    );
  });

  it('tells changes that lead from what fired to what fires', () => {
    fc.assert(
      fc.property(stories, story => {
        const told = new Map<string, string | null>();
        for (const { evaluation } of follow(story)) {
          for (const { metric, subject, from, to } of evaluation.transitions) {
            const key = `${metric} ${subject?.id}`;
            expect(told.get(key) ?? null).toBe(from);
            expect(to).not.toBe(from);
            told.set(key, to);
          }
          const firing = [...told].filter(([, level]) => level !== null);
          const stored = evaluation.state.breaches
            .filter(breach => breach.firing)
            .map(({ metric, subjectId, firing: level }) => [
              `${metric} ${subjectId}`,
              level,
            ]);
          expect(firing.sort()).toEqual(stored.sort());
        }
      }),
    );
  });
});
