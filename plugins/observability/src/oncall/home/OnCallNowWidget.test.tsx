import { ResponseError } from '@backstage/errors';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import { production, productionNow, READER } from '../__fixtures__/production';
import { OnCallApi } from '../api/OnCallApi';
import { OnCallNowWidget } from './OnCallNowWidget';

const NOW = Date.parse('2026-10-21T12:46:00.000Z');

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function createApi() {
  const [primary, backup] = productionNow(NOW);
  return {
    listOnCall: jest.fn(async () => [
      {
        ...primary,
        schedule: 'pagerduty~main~PX1',
        title: 'Another team',
        people: [
          {
            entityRef: 'urn:watchkeeper:person:pagerduty:main:PU1',
            displayName: 'Somebody Else',
            external: true,
          },
        ],
        source: { provider: 'pagerduty' },
      },
      primary,
      { ...backup, people: [] },
    ]),
    listMyShifts: jest.fn(async () => [
      {
        key: 'next',
        schedule: production.name,
        title: 'VisionCRM production',
        level: 'Primary',
        start: '2026-11-09T08:00:00.000Z',
        end: '2026-11-16T08:00:00.000Z',
        people: [READER],
        source: { type: 'rotation' as const },
      },
    ]),
    listSchedules: jest.fn(async () => ({
      items: [
        {
          name: production.name,
          title: 'VisionCRM production',
          owner: READER,
          timeZone: production.timeZone,
          levels: ['Primary', 'Backup'],
          origin: { type: 'config' as const },
          readOnly: true,
        },
      ],
      problems: [],
    })),
  } satisfies Partial<OnCallApi>;
}

function show(api: Partial<OnCallApi>, language?: string) {
  renderInPortal(<OnCallNowWidget />, { onCallApi: api, language });
}

async function forbidden() {
  return ResponseError.fromResponse(
    new Response('{}', { status: 403, statusText: 'Forbidden' }),
  );
}

describe('the widget of who is on call', () => {
  freezeClock(NOW);

  it('tells the reader of their own watch, then that of their team, then of others', async () => {
    show(createApi());
    expect(await screen.findByText('My team')).toBeInTheDocument();
    expect(document.body).toHaveTextContent(
      /You have the watch: VisionCRM production · Primary, until Mon \d\d:00/,
    );
    expect(document.body).toHaveTextContent(
      /Your next: Mon 9 Nov \d\d:00, VisionCRM production · Primary/,
    );
    const links = screen.getAllByRole('link').map(link => link.textContent);
    expect(links.indexOf('VisionCRM production')).toBeLessThan(
      links.indexOf('Another team'),
    );
    const backup = screen.getByText('Backup').closest('li') as HTMLElement;
    expect(within(backup).getByText('nobody')).toBeInTheDocument();
    // Whoever is not in the catalog has no page there.
    expect(screen.getByText('Somebody Else').closest('a')).toBeNull();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('is still told whose watch it is where the schedules cannot be read', async () => {
    const api = createApi();
    api.listSchedules.mockRejectedValue(new Error('offline'));
    api.listMyShifts.mockRejectedValue(new Error('offline'));
    show(api);
    expect(await screen.findByText('Somebody Else')).toBeInTheDocument();
    expect(screen.queryByText('My team')).not.toBeInTheDocument();
  });

  it('says that there is no schedule, that it may not be seen, or that it failed', async () => {
    const api = createApi();
    api.listOnCall.mockRejectedValueOnce(new Error('offline'));
    api.listOnCall.mockResolvedValue([]);
    api.listSchedules.mockResolvedValue({ items: [], problems: [] });
    show(api);
    expect(
      await screen.findByText('Who is on call cannot be read just now.'),
    ).toBeInTheDocument();
    await userEvent
      .setup({ pointerEventsCheck: 0 })
      .click(screen.getByRole('button', { name: 'Try now' }));
    expect(
      await screen.findByText('Nobody: no schedule is in force.'),
    ).toBeInTheDocument();
  });

  it('names the missing permission, in French', async () => {
    const api = createApi();
    api.listOnCall.mockRejectedValue(await forbidden());
    show(api, 'fr');
    expect(
      await screen.findByText('Vous ne pouvez pas voir l’astreinte'),
    ).toBeInTheDocument();
    expect(document.body).toHaveTextContent('observability.oncall.read');
    expect(document.body).not.toHaveTextContent('Somebody Else');
  });
});
