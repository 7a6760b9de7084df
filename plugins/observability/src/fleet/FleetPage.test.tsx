import { ResponseError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  act,
  configure,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  EntityHealth,
  EntityHealthList,
  SourceHealth,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useLocation } from 'react-router-dom';
import {
  createFleet,
  createSources,
  EMPTY_LIST,
  withoutLaterColumns,
} from '../__fixtures__/fleet';
import { listFleet } from '../__fixtures__/listFleet';
import { findAccessibilityProblems } from '../__testUtils__/renderInPortal';
import { EntityHealthListRequest, observabilityApiRef } from '../api';
import { FleetPage } from './FleetPage';

const NOW = Date.parse('2026-11-22T13:41:00.000Z');
/** Three pages of services. */
const FLEET = createFleet(NOW, { size: 60 });
/** The first page's worst. */
const FEW = [...FLEET.slice(0, 9), FLEET[12]];
const [REFUSING] = createSources(NOW).filter(source => source.problem);

// Asking of each element whether it is visible is slow, and all of them are.
configure({ defaultHidden: true });
jest.setTimeout(60_000);

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{pathname + search}</output>;
}

type Answer = (request: EntityHealthListRequest) => Promise<EntityHealthList>;

function answerWith(
  fleet: EntityHealth[] = FLEET,
  sources: SourceHealth[] = [],
): Answer {
  return async request => listFleet(fleet, sources, request);
}

// Whether a pointer may reach an element takes long to find out, and is the same everywhere.
const pointer = userEvent.setup({ pointerEventsCheck: 0 });

function show(
  answer: Answer = answerWith(),
  options: { search?: string; language?: string } = {},
) {
  const { search = '', language = 'en' } = options;
  // Styles tell tests nothing, and matching them makes every look-up slow.
  for (const style of document.head.querySelectorAll('style')) {
    style.remove();
  }
  const api = {
    listEntityHealth: jest.fn(answer),
    getEntityReport: jest.fn(),
    getSeries: jest.fn(),
    refreshEntity: jest.fn(),
  };
  renderInTestApp(
    <>
      <FleetPage />
      <Address />
    </>,
    {
      apis: [[observabilityApiRef, api]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/observability${search}`],
      config: {
        app: {
          extensions: [
            {
              'api:app/app-language': {
                config: {
                  defaultLanguage: language,
                  availableLanguages: ['en', 'fr'],
                },
              },
            },
          ],
        },
      },
    },
  );
  return api;
}

function failure(status: number): ResponseError {
  const error: ResponseError = Object.create(ResponseError.prototype);
  return Object.assign(error, {
    statusCode: status,
    message: `Answered ${status}`,
  });
}

/** The text of the page's parts, with plain spaces. */
function textsOf(elements: HTMLElement[]): string[] {
  return elements.map(element =>
    (element.textContent ?? '').replace(/\s+/g, ' '),
  );
}

async function rows(): Promise<string[]> {
  const [, ...body] = within(await screen.findByRole('grid')).getAllByRole(
    'row',
  );
  return textsOf(body);
}

/** A choice of the open list; there is a hidden native one beside it. */
function option(name: string): HTMLElement {
  return within(screen.getByRole('listbox')).getByRole('option', { name });
}

function address(): string {
  return screen.getByLabelText('address').textContent ?? '';
}

describe('FleetPage', () => {
  beforeEach(() => {
    // Only the clock stands still; timers run.
    jest.useFakeTimers({
      now: NOW,
      doNotFake: [
        'cancelAnimationFrame',
        'clearImmediate',
        'clearInterval',
        'clearTimeout',
        'nextTick',
        'performance',
        'queueMicrotask',
        'requestAnimationFrame',
        'setImmediate',
        'setInterval',
        'setTimeout',
      ],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    // The portal remembers the language there.
    localStorage.clear();
  });

  it('lists services worst first, each with why, since when, and the way to its health', async () => {
    const api = show(answerWith(FEW));
    const [worst, second, ...rest] = await rows();
    expect(worst).toContain('Critical');
    expect(worst).toContain('visioncrm-api');
    expect(worst).toContain('Error rate1.84 %limit 1 %');
    expect(worst).toContain('Release 2026.11.22-2roll back+5');
    expect(worst).toContain('5 more reasons');
    expect(worst).toContain('9 min');
    expect(worst).toContain('99.92 %');
    expect(worst).toContain('1 240');
    expect(worst).toContain('engineer-b');
    expect(worst).toContain('1 open');
    expect(second).toContain('/hooks/stripedown');
    const all = rest.join('\n');
    expect(all).toContain('Certificate12 days leftat least 14 days');
    expect(all).toContain('p951 180 mslimit 1 000 ms');
    expect(all).toContain('data-export');
    expect(all).toContain('nobody');
    expect(all).toContain('token refusedUptimeRobot (default)');
    expect(rest).toHaveLength(8);

    expect(screen.getByText('10 services, 8 need attention')).toBeVisible();
    expect(screen.getByText('1 to 10 of 10')).toBeVisible();
    expect(screen.getByRole('link', { name: 'visioncrm-db' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/visioncrm-db/health',
    );
    expect(api.listEntityHealth).toHaveBeenCalledTimes(1);
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('has no column that no service fills', async () => {
    show(answerWith(withoutLaterColumns(FEW)));
    await rows();
    expect(textsOf(screen.getAllByRole('columnheader'))).toEqual([
      'Status',
      'Service',
      'Owner',
      'Reasons',
      'For',
      'Errors, 24 h',
    ]);
  });

  it('shows the days of each service, and how near its database is to a limit', async () => {
    show(answerWith(FEW));
    await screen.findByRole('link', { name: 'visioncrm-db' });
    const cellsOf = (name: string) =>
      within(
        screen
          .getByRole('link', { name })
          .closest('[role="row"]') as HTMLElement,
      )
        .getAllByRole('gridcell')
        .map(cell => (cell.textContent ?? '').replace(/\s+/g, ' '));
    expect(cellsOf('visioncrm-db')).toEqual(
      expect.arrayContaining(['99.98 % up', 'WarningCPU 74 %']),
    );
    expect(cellsOf('identity-sessions')).toEqual(
      expect.arrayContaining(['100 % up', 'WarningConnections 84 %']),
    );
    expect(cellsOf('billing-webhooks')).toEqual(
      expect.arrayContaining(['99.61 % up', 'no data']),
    );
    expect(
      screen.getAllByRole('img', { name: /^\d+ days? with an outage$/ }).length,
    ).toBeGreaterThan(0);
    expect(
      screen.getAllByRole('img', { name: 'no outage' }).length,
    ).toBeGreaterThan(0);
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('keeps its filters in the address', async () => {
    const api = show(answerWith(), { search: '?status=critical' });
    expect(await rows()).toHaveLength(2);
    expect(screen.getByText('1 to 2 of 2')).toBeVisible();
    await pointer.click(screen.getByRole('button', { name: 'Warning 6' }));
    expect(address()).toBe('/observability?status=critical%2Cwarning');
    await waitFor(async () => expect(await rows()).toHaveLength(8));

    await pointer.click(screen.getByRole('button', { name: 'all System' }));
    await pointer.click(option('visioncrm'));
    expect(address()).toContain('system=system%3Adefault%2Fvisioncrm');
    await waitFor(async () => expect(await rows()).toHaveLength(4));
    expect(
      screen.getByText('6 services match, 4 need attention'),
    ).toBeVisible();

    // Typing asks once, when one pauses.
    await pointer.type(screen.getByRole('searchbox'), 'quote');
    await waitFor(() => expect(address()).toContain('q=quote'));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(api.listEntityHealth.mock.calls.map(([{ text }]) => text)).toEqual([
      '',
      '',
      '',
      'quote',
    ]);

    await pointer.type(screen.getByRole('searchbox'), ' of nothing');
    expect(
      await screen.findByText('No service matches the filters.'),
    ).toBeVisible();
    await pointer.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(address()).toBe('/observability');
    expect(screen.getByRole('searchbox')).toHaveValue('');
    await waitFor(async () => expect(await rows()).toHaveLength(25));
  });

  it('turns pages, and starts over when the list changes', async () => {
    const api = show(answerWith(withoutLaterColumns(FLEET)));
    await rows();
    expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled();
    await pointer.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('26 to 50 of 60')).toBeVisible();
    await pointer.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('51 to 60 of 60')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
    await pointer.click(screen.getByRole('button', { name: 'Previous' }));
    expect(await screen.findByText('26 to 50 of 60')).toBeVisible();
    expect(address()).toBe('/observability?cursor=25&from=26');

    await pointer.click(screen.getByRole('button', { name: /Rows a page/ }));
    await pointer.click(option('100 rows'));
    expect(await screen.findByText('1 to 60 of 60')).toBeVisible();
    expect(address()).toBe('/observability?limit=100');
    expect(api.listEntityHealth).toHaveBeenLastCalledWith(
      expect.objectContaining({ limit: 100, cursor: undefined }),
      expect.anything(),
    );
  });

  it.each([
    ['that the back end refuses', failure(400)],
    ['behind the end of the list', undefined],
  ])('goes to the first page from one %s', async (_, error) => {
    show(
      async request => {
        if (request.cursor && error) {
          throw error;
        }
        return listFleet(FEW, [], request);
      },
      { search: '?cursor=9000&from=9001' },
    );
    expect(await screen.findByText('1 to 10 of 10')).toBeVisible();
    expect(address()).toBe('/observability');
  });

  it('says which source cannot be read, and shows all sources on demand', async () => {
    show(answerWith(FEW, createSources(NOW)));
    await rows();
    const strip = screen.getByRole('region', { name: 'Sources' });
    expect(textsOf([strip])[0]).toMatch(
      /^UptimeRobot refused the token since \d\d:\d\d\. 4 services have unknown or old data\. All other sources answer\./,
    );
    await pointer.click(screen.getByRole('button', { name: 'See sources' }));
    const [failing, well] = textsOf(within(strip).getAllByRole('listitem'));
    expect(failing).toContain(
      'UptimeRobot (default)last run 20 s ago · last success 29 min ago · 160 targets',
    );
    expect(failing).toContain('api_key not found (401)');
    expect(failing).toContain('Next try in 40 s.');
    expect(well).toContain('Sentry (default)last run 40 s ago · 184 targets');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('counts sources where several cannot be read', async () => {
    show(answerWith(FEW, [REFUSING, { ...REFUSING, instance: 'second' }]));
    await rows();
    expect(
      textsOf([screen.getByRole('region', { name: 'Sources' })])[0],
    ).toMatch(
      /^2 sources cannot be read\. 4 services have unknown or old data\. See/,
    );
  });

  it('takes its shape while the first answer is awaited', async () => {
    show(() => new Promise(() => {}));
    expect(await screen.findByText('Loading services')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Services' })).toBeVisible();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('tells how a service comes to be here when none has a source', async () => {
    const writeText = jest.fn(async () => {});
    show(answerWith(FLEET.slice(-4)));
    expect(
      await screen.findByText('No service has a source yet'),
    ).toBeVisible();
    expect(await rows()).toEqual([
      ...Array.from({ length: 4 }, () =>
        expect.stringContaining('No source named'),
      ),
    ]);
    jest.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText);
    await pointer.click(
      screen.getByRole('button', { name: 'Copy the annotation' }),
    );
    expect(writeText).toHaveBeenCalledWith('sentry.io/project-slug: ');
  });

  it('says so when there is nothing to list', async () => {
    show(async () => EMPTY_LIST);
    expect(
      await screen.findByText('There are no services to show'),
    ).toBeVisible();
    expect(screen.queryByRole('grid')).not.toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    show(async () => {
      throw failure(403);
    });
    expect(
      await screen.findByText('You may not see the health of services'),
    ).toBeVisible();
    expect(screen.getByText('observability.health.read')).toBeVisible();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('tries again after a failure, which is not the services’', async () => {
    let isBroken = true;
    show(async request => {
      if (isBroken) {
        throw failure(503);
      }
      return listFleet(FEW, [], request);
    });
    const alert = await screen.findByRole('alert');
    expect(textsOf([alert])[0]).toContain(
      'This says nothing about the services themselves.',
    );
    expect(textsOf([alert])[0]).toMatch(/Answered 503 · Next try in \d s\./);
    isBroken = false;
    await pointer.click(screen.getByRole('button', { name: 'Try now' }));
    expect(await rows()).toHaveLength(10);

    // Later failures leave the list, and tell how old it is.
    isBroken = true;
    jest.setSystemTime(NOW + 30_000);
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(textsOf([await screen.findByRole('alert')])[0]).toMatch(
      /^Reading the list again failed; it was confirmed 30 s ago\./,
    );
    expect(await rows()).toHaveLength(10);
  });

  it('draws what changed when the list is read again, and leaves the rest as it is', async () => {
    let fleet = FEW;
    show(request => answerWith(fleet)(request));
    await rows();
    const [, first, second] = screen.getAllByRole('row');
    const untouched = within(second).getByRole('link', {
      name: 'billing-webhooks',
    });
    fleet = createFleet(NOW, { size: 60 }).slice(0, 9);
    fleet[0] = { ...fleet[0], status: 'warning', title: 'CRM API', onCall: [] };
    jest.setSystemTime(NOW + 30_000);
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await waitFor(() => expect(textsOf([first])[0]).toContain('CRM API'));
    expect(textsOf([first])[0]).toContain('Warning');
    expect(textsOf([first])[0]).not.toContain('engineer-b');
    expect(await rows()).toHaveLength(9);
    expect(untouched).toBeInTheDocument();
    expect(textsOf([second])[0]).toContain('engineer-d');
  });

  it('speaks French', async () => {
    show(answerWith(FEW, createSources(NOW)), { language: 'fr' });
    const [worst] = await rows();
    expect(worst).toContain('Critique');
    expect(worst).toContain('Taux d’erreur1,84 %limite 1 %');
    expect(
      screen.getByText('10 services, 8 demandent attention'),
    ).toBeVisible();
  });

  it('draws text from outside as text', async () => {
    const markup = '<img src=x onerror="window.hacked = true">';
    show(
      answerWith([
        {
          ...FLEET[0],
          title: markup,
          reasons: [
            { ...FLEET[0].reasons[0], metric: 'constructor', message: markup },
            {
              ...FLEET[0].reasons[0],
              metric: 'uptime.state',
              value: 'toString',
              subject: { id: '1', name: markup },
            },
          ],
        },
      ]),
    );
    const [row] = await rows();
    expect(row.split(markup)).toHaveLength(4);
    expect(document.images).toHaveLength(0);
  });

  it('opens the health of a service from the keyboard', async () => {
    show(answerWith(FEW));
    await rows();
    const [, first] = screen.getAllByRole('row');
    act(() => first.focus());
    fireEvent.keyDown(first, { key: 'Enter' });
    fireEvent.keyUp(first, { key: 'Enter' });
    await waitFor(() =>
      expect(address()).toBe('/catalog/default/component/visioncrm-api/health'),
    );
  });
});
