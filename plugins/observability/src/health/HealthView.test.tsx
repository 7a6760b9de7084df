import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import {
  apiEntity,
  systemEntity,
  unconfiguredEntity,
} from '../__fixtures__/entities';
import { everythingReport } from '../__fixtures__/operationsReports';
import * as reports from '../__fixtures__/reports';
import { freezeClock } from '../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../__testUtils__/renderInPortal';
import type { EntityReportState } from '../api';
import { HealthView } from './HealthView';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();

// Asking of each element whether it is visible is slow, and all of them are.
configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function loaded(
  report: EntityReport,
  values: Partial<Extract<EntityReportState, { state: 'loaded' }>> = {},
): EntityReportState {
  return {
    state: 'loaded',
    report,
    refreshing: false,
    refresh: async () => {},
    loadedAt: new Date(NOW),
    ...values,
  };
}

function show(
  view: EntityReportState,
  options?: Parameters<typeof renderInPortal>[1],
) {
  return renderInPortal(<HealthView entity={apiEntity} view={view} />, {
    api: { getSeries: async () => [], listRestoreTests: async () => [] },
    ...options,
  });
}

/** The text of a part of the page, with plain spaces. */
function textOf(element: HTMLElement): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

function rowsOf(table: HTMLElement): string[] {
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => textOf(row));
}

describe('HealthView', () => {
  freezeClock(NOW);

  it('says what is wrong, worst first, with value, limit and time, and what changed before', async () => {
    show(loaded(reports.criticalReport(NOW)));

    const reasons = await screen.findByRole('grid', { name: 'What is wrong' });
    expect(rowsOf(reasons)).toEqual([
      expect.stringMatching(/^CriticalError rate1\.84 %limit 1 %.* · 9 min$/),
      expect.stringMatching(
        /^CriticalRelease regression, 2026\.11\.22-2\+212 %limit \+50 % vs previous.* · 8 min$/,
      ),
      expect.stringMatching(
        /^WarningResponse time p951 420 mslimit 1 000 ms for 10 min.* · 13 min$/,
      ),
    ]);
    const status = screen.getByRole('article', { name: 'Status' });
    expect(textOf(status)).toContain('2 critical, 1 warning');
    expect(textOf(status)).toContain('7 min before it went wrong');

    expect(
      textOf(screen.getByRole('region', { name: 'Release to roll back' })),
    ).toBe(
      'Roll back 2026.11.22-2Errors per session 3.1× the release before; the limit is 1.5×.',
    );
    const signals = screen.getByRole('navigation', { name: 'Signals' });
    for (const link of within(signals).getAllByRole('link')) {
      const target = document.querySelector(link.getAttribute('href')!);
      expect(target).toBeInTheDocument();
    }
    // Later capabilities add these; until they have something to say they take no room.
    expect(screen.queryByText('On-call')).not.toBeInTheDocument();
    expect(screen.queryByText('Do next')).not.toBeInTheDocument();
  });

  it('shows incident, next step, people, runbooks and postmortems when there are any', async () => {
    show(loaded(reports.fullReport(NOW)));

    const incident = await screen.findByRole('region', {
      name: 'Open incident',
    });
    expect(textOf(incident)).toContain('SEV-2Quotes cannot be createdINC-42');
    expect(screen.getByRole('link', { name: /Open runbook/ })).toHaveAttribute(
      'href',
      'https://git.example.com/crm/api/docs/runbooks/error-rate.md',
    );
    for (const title of ['On-call', 'Runbooks', 'Postmortems']) {
      expect(screen.getByRole('article', { name: title })).toBeInTheDocument();
    }
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('shows every kind of signal on one page, each with its number', async () => {
    show(loaded(everythingReport(NOW)));
    const signals = await screen.findByRole('navigation', { name: 'Signals' });
    const cells = within(signals)
      .getAllByRole('link')
      .map(link => textOf(link));
    expect(cells[3]).toMatch(/^Uptime20 s agoCritical1 of 2 down · 2 sources$/);
    expect(cells[4]).toMatch(/^Database1 min agoWarningBackup failed$/);
    for (const link of within(signals).getAllByRole('link')) {
      expect(
        document.querySelector(link.getAttribute('href')!),
      ).toBeInTheDocument();
    }
    const rows = rowsOf(screen.getByRole('grid', { name: 'What is wrong' }));
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^CriticalAvailability, crm-api-healthdownHTTP 500; expects 200/,
        ),
        expect.stringMatching(
          /^WarningDatabase backupfailed41 days ago, due every 30 days/,
        ),
        expect.stringMatching(
          /^WarningDatabase CPU74 %limit 70 % for 10 min, critical at 80 %/,
        ),
      ]),
    );
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('sorts and filters issues, and keeps that in the address', async () => {
    const user = userEvent.setup();
    show(loaded(reports.criticalReport(NOW)), {
      path: '/?issueSort=-users&tab=health',
    });

    const titles = () =>
      within(screen.getByRole('grid', { name: 'Issues' }))
        .getAllByRole('rowheader')
        .map(cell => textOf(cell).split(' ')[0]);
    await screen.findByRole('grid', { name: 'Issues' });
    expect(titles()).toEqual([
      'P2024:',
      'TypeError:',
      'Slow',
      'SMTPError:',
      'ZodError:',
    ]);
    expect(screen.getByText('5 of 23 unresolved issues')).toBeInTheDocument();

    const head = (name: string) =>
      within(screen.getByRole('grid', { name: 'Issues' })).getByRole(
        'columnheader',
        { name },
      );
    const option = (name: string) =>
      within(screen.getByRole('listbox')).getByRole('option', { name });
    await user.click(head('Assignee'));
    expect(titles()).toEqual([
      'ZodError:',
      'SMTPError:',
      'TypeError:',
      'Slow',
      'P2024:',
    ]);
    await user.click(head('Events'));
    await user.click(head('Events'));
    expect(titles()[0]).toBe('ZodError:');

    await user.type(
      screen.getByRole('searchbox', { name: 'Search issues' }),
      'quotes post',
    );
    expect(titles()).toEqual(['SMTPError:', 'P2024:']);
    await user.click(screen.getByRole('button', { name: /Level/ }));
    await user.click(option('Info'));
    expect(
      screen.getByText('No issue matches the filters.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await user.click(screen.getByRole('button', { name: /Assignee/ }));
    await user.click(option('nobody'));
    expect(titles()).toEqual(['P2024:']);
  });

  it('keeps the last good data of a source that fails, greyed, and says what to do', async () => {
    const user = userEvent.setup();
    const refresh = jest
      .fn()
      .mockRejectedValueOnce(new Error('asked 10 s ago'))
      .mockResolvedValueOnce(undefined);
    show(loaded(reports.failingReport(NOW), { refresh }));

    const errors = await screen.findByRole('article', { name: 'Errors' });
    expect(textOf(errors)).toMatch(
      /Sentry refused the token since .*, 28 min\./,
    );
    expect(textOf(errors)).toContain(
      'Make a new token in Sentry and set it in the configuration of the portal, instance default.',
    );
    expect(textOf(errors)).toMatch(
      /What you see below was read at .*\. Next try in [34] min\./,
    );
    expect(textOf(errors)).toContain('SMTPError');
    expect(rowsOf(screen.getByRole('grid', { name: 'What is wrong' }))).toEqual(
      [
        expect.stringMatching(
          /^UnknownSentry, errors not readtoken refuseddata of /,
        ),
      ],
    );
    const performance = screen.getByRole('article', { name: 'Performance' });
    expect(textOf(performance)).toMatch(/^PerformanceOK/);
    expect(await findAccessibilityProblems()).toEqual([]);

    await user.click(within(errors).getByRole('button', { name: 'Try now' }));
    expect(
      await screen.findByText('The sources could not be asked: asked 10 s ago'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/Asked the sources/)).toBeInTheDocument();
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('heads each of several sources, and says when there are no request counts', async () => {
    show(loaded(reports.severalSourcesReport(NOW)));

    const errors = await screen.findByRole('article', { name: 'Errors' });
    expect(textOf(errors)).toContain('2 sources');
    expect(textOf(errors)).toContain(
      'Sentry does not know visioncrm/visioncrm-jobs since',
    );
    expect(textOf(errors)).toContain('no request counts');
    expect(textOf(errors)).toContain('It has not been read before');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('greys data that is out of date, and waits openly for the first reading', async () => {
    const { unmount } = show(loaded(reports.staleReport(NOW)));
    const errors = await screen.findByRole('article', { name: 'Errors' });
    expect(textOf(errors)).toMatch(/Not read since .*, 29 min: what you see/);
    expect(screen.queryByText('OK')).not.toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
    unmount();

    show(loaded(reports.pendingReport(NOW)));
    expect(
      await screen.findByText('first data within 1 min'),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Unknown').length).toBeGreaterThan(3);
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('takes no errors for good news', async () => {
    show(loaded(reports.noErrorsReport(NOW)));
    expect(await screen.findByText('No errors in 24 h')).toBeInTheDocument();
    expect(
      screen.getByText('There were 12 in the 24 h before.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('grid', { name: 'What is wrong' }),
    ).not.toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('offers the annotation with the values of this entity, to copy and to edit', async () => {
    const user = userEvent.setup();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    const view = loaded(reports.notConfiguredReport(NOW));
    const { unmount } = show(view);
    // It is named already; the back end has yet to notice.
    expect(
      await screen.findByText(/First data within 1 min/),
    ).toBeInTheDocument();
    expect(textOf(document.body)).not.toContain('No source is named');
    unmount();

    renderInPortal(<HealthView entity={unconfiguredEntity} view={view} />);
    await user.click(
      await screen.findByRole('button', { name: 'Copy the annotations' }),
    );
    expect(writeText).toHaveBeenCalledWith(
      [
        'sentry.io/project-slug: visioncrm-api',
        'uptimerobot.com/monitors: "<id>"',
        'watchkeeper.io/http-checks: visioncrm-api',
        'supabase.com/project-ref: <ref>',
        'watchkeeper.io/postgres: visioncrm-api',
        '',
      ].join('\n'),
    );
    expect(screen.getByRole('status')).toHaveTextContent('Copied');
    expect(
      screen.getByRole('link', { name: /Edit catalog-info.yaml/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example.com/crm/api/edit/main/catalog-info.yaml',
    );
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('names annotations that cannot be read, above what can', async () => {
    show(loaded(reports.misconfiguredReport(NOW)));
    expect(
      await screen.findByText('watchkeeper.io/thresholds'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Not a JSON object/)).toBeInTheDocument();
    expect(screen.getByRole('article', { name: 'Errors' })).toBeInTheDocument();
  });

  it('tells of a system by its members', async () => {
    renderInPortal(
      <HealthView
        entity={systemEntity}
        view={loaded(reports.systemReport(NOW))}
      />,
    );
    const members = await screen.findByRole('grid', { name: 'Members' });
    expect(rowsOf(members)).toEqual([
      expect.stringMatching(
        /^Criticalvisioncrm-apiError rate 1\.84 % · Response time p95 1 420 ms \+1/,
      ),
      expect.stringMatching(/^OKVisionCRM in the browser/),
      expect.stringMatching(/^Not configuredvisioncrm-db/),
    ]);
    expect(
      within(members).getByRole('link', { name: 'visioncrm-api' }),
    ).toHaveAttribute('href', '/catalog/default/component/visioncrm-api');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('shows nothing of a service to who may not see it, but who can help', async () => {
    show({ state: 'forbidden', permission: 'observability.health.read' });
    expect(
      await screen.findByText('You may not see the health of this component'),
    ).toBeInTheDocument();
    expect(screen.getByText('observability.health.read')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'crm' })).toHaveAttribute(
      'href',
      '/catalog/default/group/crm',
    );
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('does not blame the service for our own failure, and tries again', async () => {
    const user = userEvent.setup();
    const retry = jest.fn();
    const error = Object.assign(new Error('Request failed'), {
      statusCode: 503,
    });
    const nextTryAt = new Date(Date.now() + 20_500);
    const { unmount } = show({ state: 'failed', error, retry, nextTryAt });

    expect(
      await screen.findByText(/This says nothing about the service itself/),
    ).toBeInTheDocument();
    expect(textOf(document.body)).toMatch(
      /Error 503\. Next try in (19|2\d) s\./,
    );
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(retry).toHaveBeenCalledTimes(1);
    expect(await findAccessibilityProblems()).toEqual([]);
    unmount();

    show(
      loaded(reports.okReport(NOW), {
        loadedAt: new Date(NOW - 130_000),
        failure: { error, nextTryAt },
      }),
    );
    expect(
      await screen.findByText(/Reading it again failed/),
    ).toHaveTextContent('confirmed 2 min ago');
    expect(screen.getByRole('article', { name: 'Errors' })).toBeInTheDocument();
  });

  it('keeps the shape of the page while loading, and does not flicker', async () => {
    show({ state: 'loading' });
    expect(
      screen.queryByRole('status', { name: 'Loading health' }),
    ).not.toBeInTheDocument();
    expect(
      await screen.findByRole('status', { name: 'Loading health' }),
    ).toHaveAttribute('aria-busy', 'true');
  });

  it('leaves text from outside text, and links only to the web', async () => {
    show(loaded(reports.hostileReport(NOW)));

    await screen.findByRole('grid', { name: 'Issues' });
    expect(document.querySelector('img, script')).not.toBeInTheDocument();
    expect(screen.queryByText('bold')).not.toBeInTheDocument();
    for (const link of screen.getAllByRole('link')) {
      expect(link.getAttribute('href')).toMatch(/^(https?:|mailto:|#|\/)/);
    }
    for (const link of document.querySelectorAll('a[target]')) {
      expect(link.getAttribute('rel')).toContain('noopener');
    }
    // A vendor's text is not a message of ours: nothing in it is filled in.
    expect(textOf(document.body)).toContain('{{t}} $t(health.title)');
    expect(window).not.toHaveProperty('hacked');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('speaks French', async () => {
    show(loaded(reports.criticalReport(NOW)), { language: 'fr' });

    const reasons = await screen.findByRole('grid', {
      name: 'Ce qui ne va pas',
    });
    expect(rowsOf(reasons)[0]).toMatch(
      /^CritiqueTaux d’erreur1,84 %limite 1 %/,
    );
    await waitFor(() =>
      expect(textOf(document.body)).toContain('Lu il y a 40 s'),
    );
    expect(textOf(document.body)).not.toMatch(/\b(health|shared)\.\w+\.\w+/);
  });
});
