import { usePermission } from '@backstage/plugin-permission-react';
import { configure, screen, within } from '@testing-library/react';
import { ScheduleDetails } from '@watchkeeper/backstage-plugin-observability-common';
import userEvent from '@testing-library/user-event';
import { freezeClock } from '../../__testUtils__/freezeClock';
import { renderInPortal } from '../../__testUtils__/renderInPortal';
import {
  production,
  productionDetails,
  productionNow,
  productionTimeline,
} from '../__fixtures__/production';
import { OnCallPage } from './OnCallPage';

jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

const NOW = Date.parse('2026-10-21T12:46:00.000Z');

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

/** The schedule as it is when another system keeps it. */
const external: Partial<ScheduleDetails> = {
  origin: {
    type: 'external',
    provider: 'pagerduty',
    url: 'https://acme.pagerduty.com/schedules/PX1',
    observedAt: '2026-10-21T12:36:00.000Z',
    acceptsOverrides: false,
  },
  problems: [
    {
      location: 'pagerduty',
      message: 'PagerDuty does not answer.',
      since: '2026-10-21T12:40:00.000Z',
    },
  ],
};

/** Shows the page to somebody who holds these permissions. */
async function show(held: string[], details: Partial<ScheduleDetails> = {}) {
  jest.mocked(usePermission).mockImplementation(({ permission }) => ({
    loading: false,
    allowed: held.includes(permission.name),
  }));
  renderInPortal(<OnCallPage />, {
    onCallApi: {
      listOnCall: async () => productionNow(NOW),
      listMyShifts: async () => [],
      listSchedules: async () => ({
        items: [
          {
            name: production.name,
            title: 'VisionCRM production',
            owner: production.owner,
            timeZone: production.timeZone,
            levels: ['Primary', 'Backup'],
            origin: { type: 'config' as const },
            readOnly: true,
          },
        ],
        problems: [],
      }),
      getSchedule: async () => ({ ...productionDetails(NOW), ...details }),
      getScheduleTimeline: async (_, { from, to }) =>
        productionTimeline(from, to),
    },
  });
  const chart = await screen.findByRole('group', {
    name: 'The schedule as lanes',
  });
  await userEvent
    .setup({ pointerEventsCheck: 0 })
    .click(
      within(chart).getByRole('button', { name: /^Primary: Chief Officer/ }),
    );
  return screen.findByRole('dialog', { name: 'The chosen shift' });
}

function actionsIn(element: HTMLElement) {
  return within(element)
    .getAllByRole('button')
    .map(button => button.textContent)
    .filter(name => name && name !== 'Dismiss');
}

describe('what the page of on-call offers', () => {
  freezeClock(NOW);

  it('is nothing but looking, with the reason, without the permission', async () => {
    const details = await show([]);
    expect(actionsIn(details)).toEqual([]);
    expect(document.body).toHaveTextContent('observability.oncall.override');
    for (const name of [/Override/, /Add override/, /Take this shift/]) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    }
  });

  it('is the shifts of others only to take, for who may override', async () => {
    const details = await show(['observability.oncall.override']);
    expect(actionsIn(details)).toEqual(['Take this shift']);
    expect(document.body).not.toHaveTextContent(
      'You can look but not change anything',
    );
  });

  it('is everything for who manages schedules', async () => {
    const details = await show([
      'observability.oncall.override',
      'observability.oncall.manage',
    ]);
    expect(actionsIn(details)).toEqual(['Change', 'Remove']);
  });

  it('is nothing where another system keeps the schedule and takes no changes; it says since when that cannot be read', async () => {
    const all = [
      'observability.oncall.override',
      'observability.oncall.manage',
    ];
    const details = await show(all, external);
    expect(actionsIn(details)).toEqual([]);
    const card = screen.getByRole('article', { name: /VisionCRM production/ });
    expect(card).toHaveTextContent(/PagerDuty.*· read 10 min/);
    expect(card).toHaveTextContent(
      /cannot be read since \d\d:40: PagerDuty does not answer\. What was read last is shown\./,
    );
    expect(
      within(card).getByRole('link', { name: /^PagerDuty/ }),
    ).toHaveAttribute('href', 'https://acme.pagerduty.com/schedules/PX1');
  });
});
