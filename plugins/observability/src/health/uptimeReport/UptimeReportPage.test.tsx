import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { monthReport } from '../../__fixtures__/operationsReports';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import { monthsUntil } from './months';
import { UptimeReportPage } from './UptimeReportPage';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();
const ENTITY = 'component:default/visioncrm-api';

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function show(search = `?entityRef=${ENTITY}`) {
  const api = {
    getUptimeReport: jest.fn(async (_: string, month: string) =>
      monthReport(NOW, month),
    ),
    getUptimeReportFile: jest.fn(async () => new Blob(['monitor,uptime'])),
  };
  renderInPortal(<UptimeReportPage />, { api, path: `/${search}` });
  return api;
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

describe('UptimeReportPage', () => {
  freezeClock(NOW);

  it('sums up a month, says when it is not over, and turns to another', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const api = show();
    const table = await screen.findByRole('grid', { name: 'All monitors' });
    expect(
      screen.getByRole('heading', {
        name: 'Uptime of visioncrm-api, November 2026',
      }),
    ).toBeInTheDocument();
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => textOf(row)),
    ).toEqual([
      'crm-api-health99.931 %123 min1 h––',
      'crm-api-login100 %0–1 h––',
    ]);
    expect(document.body).toHaveTextContent(
      /The month is not over: the numbers reach to 23 Nov 2026, \d\d:41\./,
    );
    expect(
      textOf(screen.getByRole('grid', { name: 'Outages of crm-api-health' })),
    ).toMatch(/21 Nov 2026, .*23 minHTTP 503; expects 200/);
    expect(await findAccessibilityProblems()).toEqual([]);

    await user.click(screen.getByRole('button', { name: /Month/ }));
    await user.click(
      within(screen.getByRole('listbox')).getByRole('option', {
        name: 'October 2026',
      }),
    );
    await waitFor(() =>
      expect(api.getUptimeReport).toHaveBeenLastCalledWith(
        ENTITY,
        '2026-10',
        expect.anything(),
      ),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'Uptime of visioncrm-api, October 2026',
      }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(document.body).not.toHaveTextContent('The month is not over'),
    );
  });

  it('hands over the file that the reader may read', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const saved: string[] = [];
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function saveLink(this: HTMLAnchorElement) {
        saved.push(`${this.download} ${this.href}`);
      });
    URL.createObjectURL = () => 'blob:made-here';
    URL.revokeObjectURL = () => {};
    const api = show(`?entityRef=${ENTITY}&month=2026-10`);
    const button = await screen.findByRole('button', { name: 'Download CSV' });
    await waitFor(() => expect(button).toBeEnabled());
    await user.click(button);
    expect(
      await screen.findByText('The file was downloaded.'),
    ).toBeInTheDocument();
    expect(api.getUptimeReportFile).toHaveBeenCalledWith(ENTITY, '2026-10');
    expect(saved).toEqual(['uptime-visioncrm-api-2026-10.csv blob:made-here']);

    api.getUptimeReportFile.mockRejectedValueOnce(new Error('too large'));
    await user.click(button);
    expect(
      await screen.findByText('The file could not be made: too large'),
    ).toBeInTheDocument();
  });

  it('says so when the address names no service', async () => {
    show('');
    expect(
      await screen.findByText('The address names no service.'),
    ).toBeInTheDocument();
  });
});

describe('monthsUntil', () => {
  it('goes back as far as days are kept, across the turn of the year', () => {
    const months = monthsUntil(new Date('2026-01-31T23:59:00Z'));
    expect(months).toHaveLength(13);
    expect(months.slice(0, 2)).toEqual(['2026-01', '2025-12']);
    expect(months[12]).toBe('2025-01');
  });
});
