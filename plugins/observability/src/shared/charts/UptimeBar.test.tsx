import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createClock } from '../../__fixtures__/signals';
import { monitorDays } from '../../__fixtures__/uptime';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import { UptimeBar } from './UptimeBar';
import { dayLevels, worstLevels } from './dayLevels';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();
const clock = createClock(NOW);

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

const days = monitorDays(clock, {
  0: { downSeconds: 420 },
  1: { maintenanceSeconds: 3600 },
  40: { degradedSeconds: 90 },
  88: { isMissing: true },
  89: { isMissing: true },
});

describe('UptimeBar', () => {
  freezeClock(NOW);

  it('is one stop for the keyboard, from which one goes from day to day', async () => {
    const user = userEvent.setup();
    renderInPortal(
      <UptimeBar
        name="api"
        days={days}
        outages={[
          { startedAt: '2026-11-23T14:34:00Z', reason: '<b>HTTP 500</b>' },
        ]}
      />,
    );
    const bar = await screen.findByRole('slider');
    expect(bar).toHaveAccessibleName(
      'api, 90 days: down today 7\u00a0min, 1 day degraded, 2 days without data',
    );

    await user.tab();
    expect(bar).toHaveFocus();
    expect(bar).toHaveAttribute(
      'aria-valuetext',
      'today, down, down for 7\u00a0min',
    );
    const tooltip = () => (bar.textContent ?? '').replace(/\s+/g, ' ');
    expect(tooltip()).toMatch(
      /^today · downuptime 99\.51 %down for 7 minoutage \d\d:34, 7 min: <b>HTTP 500<\/b>$/,
    );

    await user.keyboard('{ArrowLeft}');
    expect(bar).toHaveAttribute(
      'aria-valuetext',
      '22 Nov, up, maintenance for 1\u00a0h',
    );
    await user.keyboard('{Home}{ArrowLeft}');
    expect(bar).toHaveAttribute('aria-valuenow', '1');
    expect(bar).toHaveAttribute(
      'aria-valuetext',
      expect.stringContaining('no data'),
    );
    await user.keyboard('{ArrowRight}{End}{ArrowRight}');
    expect(bar).toHaveAttribute('aria-valuenow', '90');
    await user.keyboard('{Escape}');
    expect(tooltip()).toBe('');
    await user.tab();
    expect(bar).not.toHaveFocus();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('tells the days that were not up in a table for those who listen', async () => {
    renderInPortal(<UptimeBar name="api" days={days} isUnknownNow />);
    const table = await screen.findByRole('table', {
      name: 'Days of api that were not up throughout',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => (row.textContent ?? '').replace(/\s+/g, ' ')),
    ).toEqual([
      '23 Novunknowndown for 7 min',
      '14 Octdegradeddegraded for 1 min 30 s',
    ]);
    expect(screen.getByRole('slider')).toHaveAccessibleName(
      /today unknown, down today/,
    );
  });
});

describe('dayLevels', () => {
  it('never draws a time of which nothing is known as good or bad', () => {
    const levels = dayLevels(
      monitorDays(
        clock,
        {
          0: { isMissing: true, unknownSeconds: 40_000 },
          1: { isMissing: true, unknownSeconds: 0, pausedSeconds: 86_400 },
          2: { isMissing: true, unknownSeconds: 0, maintenanceSeconds: 86_400 },
          3: { unknownSeconds: 50_000 },
          4: { unknownSeconds: 600 },
          5: { isMissing: true },
          6: { downSeconds: 1, degradedSeconds: 600, unknownSeconds: 80_000 },
          7: { isMissing: true },
        },
        8,
      ),
    );
    expect(levels).toEqual([
      'none',
      'down',
      'unknown',
      'up',
      'unknown',
      'maintenance',
      'none',
      'unknown',
    ]);
    expect(dayLevels([])).toEqual([]);
  });

  it('takes the worst of several monitors, of which some are younger', () => {
    expect(
      worstLevels([
        ['up', 'up', 'down'],
        ['degraded', 'up'],
      ]),
    ).toEqual(['up', 'degraded', 'down']);
    expect(worstLevels([])).toEqual([]);
  });
});
