import { Entity } from '@backstage/catalog-model';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import { apiEntity, unconfiguredEntity } from '../../__fixtures__/entities';
import {
  allWellReport,
  everythingReport,
} from '../../__fixtures__/operationsReports';
import * as reports from '../../__fixtures__/reports';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import type { EntityReportState } from '../../api';
import { HealthCardView } from './HealthCardView';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function loaded(report: EntityReport): EntityReportState {
  return {
    state: 'loaded',
    report,
    refreshing: false,
    refresh: jest.fn().mockResolvedValue(undefined),
    loadedAt: new Date(NOW),
  };
}

async function show(view: EntityReportState, entity = apiEntity) {
  const { unmount } = renderInPortal(
    <HealthCardView entity={entity} view={view} />,
  );
  const card = await screen.findByRole('article', { name: 'Health' });
  const text = (card.textContent ?? '').replace(/\s+/g, ' ');
  return { card, text, unmount };
}

describe('HealthCardView', () => {
  freezeClock(NOW);

  it('stays short while all is well', async () => {
    const { card, text } = await show(loaded(reports.okReport(NOW)));
    expect(text).toBe(
      'Health40 s agoOKfor 12 daysErrors, 24 h31p95, 2 h438 msOpen Health',
    );
    expect(
      within(card).getByRole('link', { name: 'Open Health' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/visioncrm-api/health',
    );
    expect(
      within(card).getByRole('img', { name: 'Errors per hour over 24 h' }),
    ).toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('shows all its signals in one glance', async () => {
    const well = await show(loaded(allWellReport(NOW)));
    expect(well.text).toContain(
      'Uptime, 30 d99.99 %Errors, 24 h31p95, 2 h438 msDatabaseMemory 71 %',
    );
    expect(
      within(well.card).getByRole('img', {
        name: 'Uptime over 30 days: no outage',
      }),
    ).toBeInTheDocument();
    well.unmount();

    const ill = await show(loaded(everythingReport(NOW)));
    // Of the monitor that was down most, and what is past its limit.
    expect(ill.text).toContain('Uptime, 30 d99.92 %');
    expect(ill.text).toContain('DatabaseCPU 74 %');
    expect(ill.text).toContain(
      'Availability, crm-api-healthdownHTTP 500; expects 200',
    );
    expect(
      within(ill.card).getByRole('img', {
        name: 'Uptime over 30 days: 1 day with an outage',
      }),
    ).toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('gives three reasons at most, worst first, then how many more', async () => {
    const report = reports.fullReport(NOW);
    const [errors, ...others] = report.signals;
    const { card, text } = await show(
      loaded({
        ...report,
        signals: [
          {
            ...errors,
            reasons: [
              ...errors.reasons,
              {
                metric: 'errors.count',
                value: 120,
                unit: 'count',
                threshold: 50,
                level: 'critical',
                message: 'Errors in 5 min: 120, above 50.',
                since: errors.reasons[0].since,
              },
            ],
          },
          ...others,
        ],
      }),
    );
    const reasons = within(card).getAllByRole('listitem');
    expect(reasons.map(item => item.textContent?.replace(/\s+/g, ' '))).toEqual(
      [
        'CriticalError rate1.84 %limit 1 %since 14:32',
        'CriticalErrors in 5 min120limit 50since 14:32',
        'CriticalRelease regression, 2026.11.22-2+212 %limit +50 % vs previoussince 14:33',
        '1 more reason',
      ],
    );
    expect(text).toContain('SEV-2INC-42 Quotes cannot be created');
    expect(text).toContain('engineer-bprimary, until Tue 08:41');
    expect(
      within(card).getByRole('link', { name: /Runbook: Error rate spike/ }),
    ).toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('tells once of a source that fails all its signals, and has it asked again', async () => {
    const user = userEvent.setup();
    const report = reports.failingReport(NOW);
    const failing = report.signals[0];
    const view = loaded({
      ...report,
      signals: report.signals.map(signal => ({
        ...signal,
        status: 'unknown',
        observedAt: failing.observedAt,
        problem: failing.problem,
      })),
    });
    const { text } = await show(view);
    expect(text).toContain('Unknownsince 14:13, 28 min');
    expect(text.match(/Sentry refused the token/g)).toHaveLength(1);
    expect(text).not.toContain('All else is OK');

    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(await screen.findByText(/Asked the sources/)).toBeInTheDocument();
    expect(view.state === 'loaded' && view.refresh).toHaveBeenCalledTimes(1);
  });

  it('says that all else is well when one source of several fails', async () => {
    const { text } = await show(loaded(reports.failingReport(NOW)));
    expect(text).toContain('40 s to 29 min ago');
    expect(text).toContain('since 14:13, 28 min. All else is OK.');
    expect(text).toContain('Errors below: data of 14:12.');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('has a shape for every other state', async () => {
    const states: [EntityReportState, RegExp, Entity?][] = [
      [
        loaded(reports.warningReport(NOW)),
        /WarningResponse time p951 420 mslimit 1 000 ms for 10 min/,
      ],
      [loaded(reports.staleReport(NOW)), /Sentry, errors not readout of date/],
      [
        loaded(reports.pendingReport(NOW)),
        /Unknownfirst data within 1 minErrorsSentry, not read yet/,
      ],
      [
        loaded(reports.notConfiguredReport(NOW)),
        /sentry\.io\/project-slug: visioncrm-api.*Edit catalog-info\.yaml/,
        unconfiguredEntity,
      ],
      [
        loaded(reports.notConfiguredReport(NOW)),
        /^HealthUnknown First data within 1 min\./,
      ],
      [
        { state: 'forbidden', permission: 'observability.health.read' },
        /You may not see the health of this component.*The owner, crm, can grant it/,
      ],
      [
        {
          state: 'failed',
          error: Object.assign(new Error('gone'), { name: 'NotFoundError' }),
          retry: () => {},
          nextTryAt: new Date(NOW + 20_000),
        },
        /Watchkeeper does not know this component yet\..*Next try in 20 s\.Try now/,
      ],
      [{ state: 'loading' }, /^Health$/],
    ];
    for (const [view, expected, entity] of states) {
      const { text, unmount } = await show(view, entity);
      expect(text).toMatch(expected);
      expect(await findAccessibilityProblems()).toEqual([]);
      unmount();
    }
  });
});
