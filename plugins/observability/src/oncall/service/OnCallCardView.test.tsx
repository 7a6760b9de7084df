import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { configure, screen, within } from '@testing-library/react';
import { apiEntity } from '../../__fixtures__/entities';
import { okReport } from '../../__fixtures__/reports';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import type { EntityReportState } from '../../api';
import { OnCallCardView } from './OnCallCardView';

const NOW = new Date('2026-10-21T12:46:00.000Z').getTime();

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

const engineerA = {
  entityRef: 'user:default/engineer-a',
  displayName: 'Engineer A',
};
const engineerB = {
  entityRef: 'user:default/engineer-b',
  displayName: 'Engineer B',
  timeZone: 'America/Montreal',
};

const production: OnCallNow[] = [
  {
    schedule: 'crm-primary',
    title: 'VisionCRM production',
    level: 'Primary',
    people: [engineerB],
    since: '2026-10-19T07:00:00.000Z',
    until: '2026-10-22T16:00:00.000Z',
    next: { people: [engineerA], at: '2026-10-22T16:00:00.000Z' },
    source: { provider: 'watchkeeper' },
  },
  {
    schedule: 'crm-primary',
    title: 'VisionCRM production',
    level: 'Backup',
    people: [],
    since: '2026-10-20T07:00:00.000Z',
    until: '2026-10-21T13:30:00.000Z',
    source: { provider: 'watchkeeper' },
  },
];

const payments: OnCallNow = {
  schedule: 'payments',
  title: 'Payments',
  level: 'Level 1',
  people: [engineerA],
  since: '2026-10-20T07:00:00.000Z',
  until: '2026-11-25T09:00:00.000Z',
  source: { provider: 'pagerduty', url: 'https://crm.pagerduty.com/s/1' },
};

function loaded(onCall: OnCallNow[]): EntityReportState {
  return {
    state: 'loaded',
    report: { ...okReport(NOW), onCall },
    refreshing: false,
    loadedAt: new Date(NOW),
    refresh: async () => {},
  };
}

function show(view: EntityReportState, language?: string) {
  renderInPortal(<OnCallCardView entity={apiEntity} view={view} />, {
    language,
  });
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

describe('OnCallCardView', () => {
  freezeClock(NOW);

  it('names who has the watch at every level, until when, who is next, and what time it is for them', async () => {
    show(loaded([...production, payments]));
    const card = await screen.findByRole('article', { name: 'On-call' });
    const person = within(card).getByRole('link', { name: 'Engineer B' });
    expect(person).toHaveAttribute('href', '/catalog/default/user/engineer-b');
    const text = textOf(card);
    expect(text).toContain('08:46 in Montreal');
    expect(text).toMatch(
      /VisionCRM production.*Engineer B.*Primarysince .*, until Thu \d\d:00, 1 day 3 h leftNext: Engineer A, Thu \d\d:00/,
    );
    expect(text).toMatch(/nobodyBackupsince .*44 min left/);
    expect(text).toMatch(/Wed 25 Nov \d\d:00/);
    expect(
      within(card).getByRole('link', { name: /^PagerDuty/ }),
    ).toHaveAttribute('href', 'https://crm.pagerduty.com/s/1');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('tells in French how a service without a schedule comes by one', async () => {
    show(loaded([]), 'fr');
    const card = await screen.findByRole('article', { name: 'Astreinte' });
    expect(textOf(card)).toContain(
      'Aucun planning n’est nommé ici, et crm n’en a pas.',
    );
    expect(textOf(card)).toContain('watchkeeper.io/on-call: <schedule>');
    expect(textOf(card)).toContain('catalog-info.yaml');
  });

  it('shows nothing of the service to those who may not see it', async () => {
    show({ state: 'forbidden', permission: 'observability.health.read' });
    const card = await screen.findByRole('article', { name: 'On-call' });
    expect(textOf(card)).toContain('observability.health.read');
    expect(document.body).not.toHaveTextContent('No schedule is named');
  });

  it('does not call a failure an empty schedule', async () => {
    show({
      state: 'failed',
      error: new Error('offline'),
      nextTryAt: new Date(NOW + 5_000),
      retry: () => {},
    });
    expect(await screen.findByText('offline.')).toBeInTheDocument();
    expect(document.body).not.toHaveTextContent('No schedule is named');
  });
});
