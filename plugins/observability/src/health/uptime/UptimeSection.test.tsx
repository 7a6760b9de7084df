import { ResponseError } from '@backstage/errors';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { seriesOf } from '../../__fixtures__/series';
import { createClock } from '../../__fixtures__/signals';
import {
  downSignal,
  refusedSignal,
  statesSignal,
} from '../../__fixtures__/uptime';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import type { SeriesRequest } from '../../api';
import { SignalOf } from '../signals';
import { UptimeSection } from './UptimeSection';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();
const ENTITY = 'component:default/visioncrm-api';
const clock = createClock(NOW);

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function show(
  signals: SignalOf<'uptime'>[],
  options: {
    getSeries?: (request: SeriesRequest) => Promise<unknown>;
    language?: string;
  } = {},
) {
  const subjects = signals.flatMap(({ data }) =>
    (data?.monitors ?? []).map(({ id }) => id),
  );
  const {
    getSeries = async request => seriesOf(request, NOW, subjects),
    language,
  } = options;
  const api = {
    getSeries: jest.fn(
      (_: string, request: SeriesRequest) =>
        getSeries(request) as Promise<ReturnType<typeof seriesOf>>,
    ),
  };
  const { unmount } = renderInPortal(
    <UptimeSection
      entityRef={ENTITY}
      signals={signals}
      control={{ isPending: false, refresh: () => {} }}
    />,
    { api, language },
  );
  return { api, unmount };
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

/** The row of a monitor. */
function rowOf(name: string | RegExp): HTMLElement {
  const row = screen.getByRole('button', { name }).closest('li');
  if (!row) {
    throw new Error(`There is no row of ${name}`);
  }
  return row;
}

describe('UptimeSection', () => {
  freezeClock(NOW);

  it('says what is down, since when, why, and how soon that was noticed', async () => {
    const { api } = show([downSignal(clock), refusedSignal(clock)]);
    const section = await screen.findByRole('article', { name: 'Uptime' });
    expect(textOf(section)).toContain(
      '1 of 2 downHTTP checks · every 5 min, down after 1 min, so noticed within 6 min · 20 s ago',
    );
    const down = textOf(rowOf(/crm-api-health/));
    expect(down).toMatch(
      /Down since \d\d:34, 7 min\. HTTP 500; expects 200 and {"status":"ok"}\. Before: up 49 days\.$/,
    );
    expect(down).toContain('/api/health');
    expect(down).toContain('99.94 %');
    expect(down).toContain('no answer');

    // The other source fails: its monitors are as they were last known, and today is unknown.
    expect(textOf(section)).toMatch(
      /4 monitors unknownUptimeRobot.* · last read/,
    );
    expect(textOf(section)).toContain('UptimeRobot refused the token since');
    expect(textOf(rowOf('Homepage'))).toContain(
      'last known up · app.visioncrm.example.com',
    );
    expect(within(rowOf('Homepage')).getByRole('slider')).toHaveAccessibleName(
      /today unknown/,
    );
    expect(textOf(rowOf('Database connection'))).toMatch(
      /99\.94 %since 27 Aug/,
    );

    expect(
      await screen.findAllByRole('img', { name: /^Response time of/ }),
    ).toHaveLength(6);
    // One reading a source, however many monitors it has.
    expect(api.getSeries).toHaveBeenCalledTimes(2);
    expect(
      screen.getByRole('link', { name: 'Monthly report' }),
    ).toHaveAttribute(
      'href',
      '/observability/uptime-report?entityRef=component%3Adefault%2Fvisioncrm-api',
    );
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('has a mark and a word for every state, and never takes one for up', async () => {
    show([statesSignal(clock)]);
    await screen.findByRole('article', { name: 'Uptime' });
    const words = {
      down: /^Down.*flapping.*expired.*Down since \d\d:41, 2 h\. Connection refused\./,
      degraded:
        /^Degraded.*4 200 ms.*Warning|^Degraded.*12 days.*Degraded since/,
      unknown:
        /^Unknown.*Unknown since \d\d:41, 2 h\. The check could not run\./,
      pending: /^Not checked yet.*no data.*not measured.*Not checked yet\. ?$/,
      maintenance: /^Maintenance.*Maintenance since/,
      paused: /^Paused.*9 days ago.*Paused since 14 Nov/,
    };
    for (const [state, expected] of Object.entries(words)) {
      const row = rowOf(new RegExp(`is-${state}`));
      expect(textOf(row)).toMatch(expected);
      expect(
        within(row).getByRole('button', { name: new RegExp(`is-${state}`) }),
      ).not.toHaveAccessibleName(/, Up$/);
    }
    expect(screen.getByRole('button', { name: /is-up/ })).toHaveAccessibleName(
      /, ?Up$/,
    );
    expect(document.body).toHaveTextContent(
      '1 of 7 down, 1 in maintenance, 1 paused',
    );
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('opens a monitor from the keyboard to its history, and draws the span one chooses', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const { api } = show([downSignal(clock)]);
    const button = await screen.findByRole('button', {
      name: /crm-api-health/,
    });
    button.focus();
    await user.keyboard('{Enter}');
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const details = document.getElementById(
      button.getAttribute('aria-controls') ?? '',
    );
    if (!details) {
      throw new Error('The button opens nothing');
    }
    expect(textOf(details)).toMatch(
      /^Uptime24 h99\.51 %7 days99\.93 %30 days99\.92 %90 days99\.94 %365 days99\.91 %since 7 May/,
    );
    const chart = await within(details).findByRole('img', {
      name: /^Response time of crm-api-health: p95 at most \d+\sms; at the end p95 \d+\sms, p50 \d+\sms$/,
    });
    expect(chart).toBeInTheDocument();
    const outages = within(details).getByRole('grid', {
      name: 'Outages of crm-api-health',
    });
    expect(
      within(outages)
        .getAllByRole('row')
        .slice(1)
        .map(row => textOf(row)),
    ).toEqual([
      expect.stringMatching(/goes on7 minHTTP 500; expects 200/),
      expect.stringMatching(/^4 Oct.*4 Oct.*38 minConnection refused$/),
    ]);

    await user.click(within(details).getByRole('radio', { name: '30 days' }));
    await waitFor(() => expect(api.getSeries).toHaveBeenCalledTimes(2));
    expect(api.getSeries.mock.calls[1][1]).toMatchObject({
      subject: 'crm-api-health',
      resolution: 'day',
      from: new Date('2026-10-24T00:00:00.000Z'),
    });
    expect(await findAccessibilityProblems()).toEqual([]);
    await user.click(button);
    expect(details).not.toBeInTheDocument();
  });

  it('says so where response times are awaited, not known, or cannot be loaded', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const open = async () =>
      user.click(await screen.findByRole('button', { name: /crm-api-login/ }));

    const waiting = show([downSignal(clock)], {
      getSeries: () => new Promise(() => {}),
    });
    await open();
    expect(
      await screen.findByText('Loading the response times'),
    ).toBeInTheDocument();
    waiting.unmount();

    const empty = show([downSignal(clock)], { getSeries: async () => [] });
    await open();
    expect(
      await screen.findByText('No response times are known of this span.'),
    ).toBeInTheDocument();
    empty.unmount();

    const { api } = show([downSignal(clock)], {
      getSeries: async () => {
        throw await ResponseError.fromResponse(
          new Response('{}', { status: 503 }),
        );
      },
    });
    await open();
    expect(
      await screen.findByText('The response times could not be loaded.'),
    ).toBeInTheDocument();
    const asked = api.getSeries.mock.calls.length;
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(api.getSeries.mock.calls.length).toBe(asked + 1);
  });

  it('speaks French', async () => {
    show([downSignal(clock)], { language: 'fr' });
    const section = await screen.findByRole('article', {
      name: 'Disponibilité',
    });
    await waitFor(() => expect(textOf(section)).toContain('1 sur 2 en panne'));
    expect(textOf(section)).toContain('donc remarqué en 6 min au plus');
    expect(textOf(section)).not.toMatch(/\b(health|shared)\.\w+/);
  });
});
