import { ResponseError } from '@backstage/errors';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  NewRestoreTest,
  RestoreTest,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  databaseSignal,
  pausedDatabaseSignal,
  plainDatabaseSignal,
  restoreTest,
} from '../../__fixtures__/database';
import { seriesOf } from '../../__fixtures__/series';
import { createClock } from '../../__fixtures__/signals';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import type { SeriesRequest } from '../../api';
import { SignalOf } from '../signals';
import { DatabaseSection } from './DatabaseSection';
import { toInputValue } from '../../shared/form/inputTime';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();
const ENTITY = 'component:default/visioncrm-api';
const clock = createClock(NOW);

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function show(signals: SignalOf<'database'>[]) {
  let tests: RestoreTest[] = [restoreTest(clock)];
  const api = {
    getSeries: jest.fn(async (_: string, request: SeriesRequest) =>
      seriesOf(request, NOW),
    ),
    listRestoreTests: jest.fn(async () => tests),
    recordRestoreTest: jest.fn(async (_: string, test: NewRestoreTest) => {
      const recorded = {
        ...test,
        id: '2',
        recordedBy: 'user:default/engineer-c',
        recordedAt: new Date(NOW).toISOString(),
      };
      tests = [recorded, ...tests];
      return recorded;
    }),
  };
  renderInPortal(
    <DatabaseSection
      entityRef={ENTITY}
      signals={signals}
      control={{ isPending: false, refresh: () => {} }}
    />,
    { api },
  );
  return api;
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

describe('DatabaseSection', () => {
  freezeClock(NOW);

  it('holds what is used against its limits, and shows what is slow and whether it could be restored', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    const api = show([databaseSignal(clock)]);
    const section = await screen.findByRole('article', { name: 'Database' });
    const words = textOf(section);
    expect(words).toContain('Supabase · visioncrm-prod');
    expect(words).toContain('PostgreSQL 15.8 · 1 min ago');
    expect(words).toContain('CPU74 %warning 70 %, critical 80 % for 10 min');
    expect(words).toContain('Connections71 of 100warning 80');
    expect(words).toContain('Found in memory99.4 %');
    expect(words).toContain('Size8.2 GB');
    expect(words).toContain('longest transaction 1 min 24 s');
    expect(
      await screen.findAllByRole('img', { name: /over 24 h$/ }),
    ).toHaveLength(4);
    expect(api.getSeries).toHaveBeenCalledTimes(4);

    const queries = screen.getByRole('grid', {
      name: /Slow queries \(mean over 1\ss\)/,
    });
    expect(
      within(queries)
        .getAllByRole('row')
        .slice(1)
        .map(row => textOf(row)),
    ).toEqual([
      expect.stringMatching(
        /Advice: index on "Quote"\("status"\).*240 800 rows in all.*1 2041\.82 s6\.41 s36\.5 min$/,
      ),
      expect.stringMatching(/4181\.12 s2\.34 s7\.8 min$/),
    ]);
    const [copy] = within(queries).getAllByRole('button', {
      name: 'Copy the statement',
    });
    await user.click(copy);
    expect(writeText).toHaveBeenCalledWith(
      expect.stringMatching(/^SELECT \* FROM "Quote"/),
    );

    expect(words).toContain('Backups: 4 of 5');
    expect(words).toContain('not passedRestore test41 days ago');
    expect(words).toContain('Auth healthy');
    expect(words).toContain('Enable row level security, or drop the table.');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('says what cannot be known and why, and claims nothing of it', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    show([plainDatabaseSignal(clock), pausedDatabaseSignal(clock)]);
    const section = await screen.findByRole('article', { name: 'Database' });
    const words = textOf(section);
    expect(words).toContain(
      'Slow queries: not enabled. The extension pg_stat_statements is missing',
    );
    expect(words).toContain('CPU and memory: not supported here.');
    expect(words).toContain(
      'not part of the plan. The free plan has no backups.',
    );
    expect(words).toContain(
      'Paused It answers nothing until somebody resumes it in Supabase',
    );
    expect(words).toContain('Standby A copy that follows another server');
    expect(words).not.toContain('Read-only');
    expect(words).not.toContain('No statement takes');

    expect(screen.queryByText(/quote_6_idx/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all 7' }));
    expect(screen.getByText(/quote_6_idx/)).toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('marks a database that takes no writes', async () => {
    const signal = databaseSignal(clock);
    show([
      { ...signal, data: signal.data && { ...signal.data, readOnly: true } },
    ]);
    const section = await screen.findByRole('article', { name: 'Database' });
    expect(textOf(section)).toContain('Read-only It takes no writes.');
  });

  it('puts a restore test on record that says when and how it went', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    const api = show([databaseSignal(clock)]);
    expect(
      await screen.findByText(/^Last restore/, { exact: false }),
    ).toHaveTextContent(/13 Oct.*, passed, recorded by engineer-b/);
    await user.click(
      screen.getByRole('button', { name: 'Record a restore test' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Record a restore test',
    });
    expect(await findAccessibilityProblems()).toEqual([]);

    const time = within(dialog).getByLabelText(/^When it was restored, in/);
    await user.clear(time);
    await user.click(within(dialog).getByRole('button', { name: 'Record' }));
    expect(textOf(dialog)).toContain('Say when the backup was restored.');
    expect(textOf(dialog)).toContain('Say how it went.');
    expect(time).toBeInvalid();

    await user.type(time, toInputValue(new Date(NOW + 3_600_000)));
    expect(textOf(dialog)).toContain('That is in the future.');
    await user.clear(time);
    await user.type(time, toInputValue(new Date(NOW - 3_600_000)));
    await user.click(within(dialog).getByRole('radio', { name: 'It failed' }));
    await user.type(
      within(dialog).getByRole('textbox', { name: /^Note/ }),
      ' No space left ',
    );
    api.recordRestoreTest.mockRejectedValueOnce(
      await ResponseError.fromResponse(new Response('{}', { status: 403 })),
    );
    await user.click(within(dialog).getByRole('button', { name: 'Record' }));
    expect(
      await within(dialog).findByText(/You may not record restore tests/),
    ).toBeInTheDocument();

    await user.click(within(dialog).getByRole('button', { name: 'Record' }));
    expect(
      await screen.findByText('The restore test is on record.'),
    ).toHaveAttribute('role', 'status');
    expect(dialog).not.toBeInTheDocument();
    expect(api.recordRestoreTest).toHaveBeenLastCalledWith(ENTITY, {
      at: '2026-11-23T13:41:00.000Z',
      result: 'failed',
      note: 'No space left',
      signal: 'database:supabase:default:abcdefghijklmnopqrst',
    });
    await waitFor(() =>
      expect(textOf(document.body)).toContain(
        'failed, recorded by engineer-c. No space left',
      ),
    );
  });
});
