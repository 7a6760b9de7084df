import { EvaluationContext } from '../health/evaluateEntity';
import { EntityInputs, SignalInputs } from '../health/EvaluationInputs';
import { StoredReport, StoredSignal } from '../health/HealthReadStore';

/** An instant of the day that tests are set in: `at('12:05')`. */
export function at(time: string): string {
  return `2026-11-24T${time}:00.000Z`;
}

export function signalInputs(
  overrides: Partial<SignalInputs> = {},
): SignalInputs {
  return {
    targetId: 1,
    provider: 'fake',
    instance: 'default',
    target: 'one',
    kind: 'errors',
    candidate: false,
    listed: null,
    observedAt: at('12:00'),
    measurements: [{ metric: 'errors.count', value: 0 }],
    hasData: true,
    ...overrides,
  };
}

export function entityInputs(
  overrides: Partial<EntityInputs> = {},
): EntityInputs {
  return {
    entityRef: 'component:default/web',
    title: 'Web',
    ownerRef: 'group:default/crm',
    thresholds: {},
    misconfigurations: [],
    misconfiguredSince: null,
    signals: [],
    restoreTests: [],
    storedStates: [],
    ...overrides,
  };
}

export function evaluationContext(
  now: string,
  overrides: Partial<EvaluationContext> = {},
): EvaluationContext {
  return {
    now,
    thresholds: {},
    intervalSeconds: () => 60,
    sourceName: ({ instance }) => `Fake (${instance})`,
    ...overrides,
  };
}

export function storedSignal(
  overrides: Partial<StoredSignal> = {},
): StoredSignal {
  return {
    targetId: 1,
    provider: 'fake',
    instance: 'default',
    target: 'one',
    kind: 'errors',
    candidate: false,
    listed: null,
    observedAt: at('12:00'),
    staleAt: at('12:03'),
    data: '{"events":3}',
    url: null,
    problem: undefined,
    previous: { status: 'ok', since: at('11:00'), reasons: [], breaches: [] },
    ...overrides,
  };
}

export function storedReport(
  overrides: Partial<StoredReport> = {},
): StoredReport {
  return {
    title: 'Web',
    kind: 'component',
    status: 'ok',
    since: at('11:00'),
    thresholds: {},
    misconfigurations: [],
    signals: [storedSignal()],
    restoreTests: [],
    ...overrides,
  };
}
