import { screen } from '@testing-library/react';
import { ErrorsData } from '@watchkeeper/backstage-plugin-observability-common';
import {
  createClock,
  ERROR_THRESHOLDS,
  sentrySignal,
} from '../../__fixtures__/signals';
import { renderInPortal } from '../../__testUtils__/renderInPortal';
import { SignalOf } from '../signals';
import { EventTrend } from './EventTrend';

const NOW = Date.parse('2026-11-23T14:41:00.000Z');
const MINUTE_MS = 60_000;
const clock = createClock(NOW);

/** One bar for each count, the newest last; errors are a reason since a while. */
async function show(counts: number[], stepMs: number, sinceMs: number) {
  const data: ErrorsData = {
    window: '24h',
    events: 0,
    previousEvents: 0,
    users: 0,
    issues: [],
    trend: counts.map((count, index) => ({
      at: clock.ago((counts.length - index) * stepMs),
      count,
    })),
  };
  const signal: SignalOf<'errors'> = {
    ...sentrySignal('errors', clock.ago(0)),
    kind: 'errors',
    status: 'warning',
    thresholds: ERROR_THRESHOLDS,
    reasons: [
      {
        metric: 'errors.count',
        unit: 'count',
        value: 30,
        threshold: 10,
        level: 'warning',
        message: 'Errors in 5 min: 30, above 10.',
        since: clock.ago(sinceMs),
      },
    ],
    data,
  };
  renderInPortal(<EventTrend signal={signal} data={data} markers={[]} />);
  const chart = await screen.findByRole('img');
  return [...chart.querySelectorAll('rect')].map(bar =>
    bar.classList.contains('warning') ? 'coloured' : 'plain',
  );
}

describe('EventTrend', () => {
  it('draws the limit where a bar is as long as the window that it is for', async () => {
    const bars = await show([2, 14, 30], 5 * MINUTE_MS, 8 * MINUTE_MS);
    expect(screen.getByText('limit 10 in 5 min')).toBeInTheDocument();
    expect(bars).toEqual(['plain', 'coloured', 'coloured']);
  });

  it('holds an hour against the hours before, not against a limit for minutes', async () => {
    const bars = await show(
      [9, 12, 14, 103, 66],
      60 * MINUTE_MS,
      57 * MINUTE_MS,
    );
    expect(screen.getByText('Events per hour')).toBeInTheDocument();
    expect(screen.queryByText(/^limit/)).not.toBeInTheDocument();
    // Seen in the last hour, it began at the end of the one before.
    expect(bars).toEqual(['plain', 'plain', 'plain', 'coloured', 'coloured']);
  });
});
