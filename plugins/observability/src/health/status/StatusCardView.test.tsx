import { configure, screen, within } from '@testing-library/react';
import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { createClock, wellSignals } from '../../__fixtures__/signals';
import {
  checksSignal,
  downSignal,
  refusedSignal,
  statesSignal,
} from '../../__fixtures__/uptime';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import { StatusCardView } from './StatusCardView';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();
const clock = createClock(NOW);

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

async function textFor(signals: Signal[]) {
  const { unmount } = renderInPortal(<StatusCardView signals={signals} />);
  const card = await screen.findByRole('article', { name: 'Service status' });
  const parts = within(card)
    .getAllByRole('listitem')
    .map(part => (part.textContent ?? '').replace(/\s+/g, ' '));
  const text = (card.textContent ?? '').replace(/\s+/g, ' ');
  expect(await findAccessibilityProblems()).toEqual([]);
  unmount();
  return { text, parts };
}

describe('StatusCardView', () => {
  freezeClock(NOW);

  it('tells those who use a service how it is, in plain words, and no reasons', async () => {
    const well = await textFor([checksSignal(clock)]);
    expect(well.text).toContain('All is operational');
    expect(well.parts).toEqual([
      'crm-api-healthOperational90 days ago99.97 % in 90 daystoday',
      'crm-api-loginOperational90 days ago99.97 % in 90 daystoday',
    ]);

    const down = await textFor([downSignal(clock)]);
    expect(down.text).toContain('1 of 2 down');
    expect(down.parts[0]).toMatch(/^crm-api-healthDown/);
    expect(down.text).not.toMatch(/HTTP 500|example\.com|\/api/);
  });

  it('never calls operational what nobody can tell', async () => {
    const refused = await textFor([refusedSignal(clock)]);
    expect(refused.text).toContain('Its status is not known right now');
    expect(refused.text).not.toContain('Operational');

    const states = await textFor([statesSignal(clock)]);
    expect(
      states.parts.map(part =>
        /is-(\w+?)(Operational|Degraded|Down|Maintenance|Unknown)/
          .exec(part)
          ?.slice(1)
          .join(' '),
      ),
    ).toEqual([
      'down Down',
      'degraded Degraded',
      'unknown Unknown',
      'pending Unknown',
      'maintenance Maintenance',
      'paused Unknown',
      'up Operational',
    ]);
  });

  it('is not there where nobody watches whether it is up', async () => {
    renderInPortal(
      <>
        <StatusCardView signals={wellSignals(clock)} />
        <p>beside it</p>
      </>,
    );
    expect(await screen.findByText('beside it')).toBeInTheDocument();
    expect(screen.queryByRole('article')).not.toBeInTheDocument();
  });
});
