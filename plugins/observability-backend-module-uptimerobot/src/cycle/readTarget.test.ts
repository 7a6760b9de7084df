import {
  evaluateSignal,
  MonitorState,
  SignalState,
  thresholdsInForce,
} from '@watchkeeper/backstage-plugin-observability-common';
import { monitorsV3Schema } from '../api/schemas';
import { fromMonitorV3 } from '../map/monitors';
import { readInstanceState } from '../state';
import { readTarget } from './readTarget';

const STATUSES: Partial<Record<MonitorState, string>> = {
  up: 'UP',
  down: 'DOWN',
  paused: 'PAUSED',
  pending: 'STARTED',
  unknown: 'HIBERNATING',
};

/** What a minute's reading of monitors in these states makes of the signal. */
function evaluate(
  states: MonitorState[],
  minute: number,
  previous?: SignalState,
  problemSinceMinute = minute,
): SignalState {
  const atMinute = (value: number) =>
    new Date(Date.UTC(2026, 10, 24, 13, value));
  const now = atMinute(minute);
  const { items } = monitorsV3Schema.parse({
    data: states.map((state, index) => ({
      id: index + 1,
      friendlyName: `Monitor ${index + 1}`,
      status: STATUSES[state],
      currentStateDuration: 600,
    })),
  });
  const { results } = readTarget(
    {
      key: 'any',
      kinds: ['uptime'],
      candidate: false,
      requested: false,
      details: {
        monitors: items.map(({ id }) => ({ by: 'id', value: id })),
      },
    },
    {
      account: {
        observedAt: now,
        monitors: items.map(item => fromMonitorV3(item, now)),
        responseTimes: [],
        wholePast: () => undefined,
        newPast: () => undefined,
      },
      state: readInstanceState(undefined),
      frequencySeconds: 60,
    },
  );
  const [reading] = results;
  if ('error' in reading) throw reading.error;
  const at = now.toISOString();
  const { problem } = reading;
  return evaluateSignal({
    kind: 'uptime',
    sourceName: 'UptimeRobot (default)',
    intervalSeconds: 60,
    thresholds: thresholdsInForce('uptime'),
    previous,
    observation: {
      observedAt: at,
      measurements: reading.measurements.map(({ since, ...measurement }) => ({
        ...measurement,
        ...(since ? { since: since.toISOString() } : {}),
      })),
    },
    lastObservedAt: at,
    ...(problem
      ? {
          problem: {
            code: problem.code,
            message: problem.message,
            since: atMinute(problemSinceMinute).toISOString(),
          },
        }
      : {}),
    now: at,
  }).state;
}

describe('a monitor that was down', () => {
  it.each<[MonitorState[], MonitorState[], string]>([
    // It is the only one.
    [['down'], ['down'], 'critical'],
    [['down'], ['paused'], 'unknown'],
    [['down'], ['pending'], 'unknown'],
    [['down'], ['unknown'], 'critical'],
    // Another is well.
    [['down', 'up'], ['paused', 'up'], 'ok'],
    [['down', 'up'], ['unknown', 'up'], 'critical'],
  ])('from %s to %s makes the signal %s', (before, after, status) => {
    const down = evaluate(before, 0);
    expect(down.status).toBe('critical');
    expect(evaluate(after, 1, down).status).toBe(status);
  });

  it('is not green for long beside a state that nobody knows', () => {
    expect(evaluate(['unknown'], 0).status).toBe('unknown');
    const seen = evaluate(['unknown', 'up'], 0);
    // As with any answer that cannot be read, three intervals are waited for.
    expect(evaluate(['unknown', 'up'], 4, seen, 0).status).toBe('unknown');
  });
});
