import { ResponseError } from '@backstage/errors';
import { NewOverride } from '@watchkeeper/backstage-plugin-observability-common';
import {
  act,
  configure,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import {
  production,
  productionDetails,
  productionNow,
  productionTimeline,
  READER,
} from '../__fixtures__/production';
import { OnCallApi } from '../api/OnCallApi';
import { OnCallPage } from './OnCallPage';

const NOW = Date.parse('2026-10-21T12:46:00.000Z');

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function createApi() {
  return {
    listOnCall: jest.fn(async () => productionNow(NOW)),
    listMyShifts: jest.fn(async () =>
      productionTimeline(new Date(NOW), new Date(NOW + 60 * 86_400_000))
        .shifts.filter(({ people }) => people.includes(READER))
        .slice(0, 5)
        .map(shift => ({
          ...shift,
          schedule: production.name,
          title: 'VisionCRM production',
        })),
    ),
    listSchedules: jest.fn(async () => ({
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
      problems: [
        {
          schedule: 'payments',
          location: 'on-call/payments.yaml',
          message: 'levels: must hold a level',
          since: new Date(NOW - 3_600_000).toISOString(),
        },
      ],
    })),
    getSchedule: jest.fn(async () => productionDetails(NOW)),
    getScheduleTimeline: jest.fn(
      async (_: string, { from, to }: { from: Date; to: Date }) =>
        productionTimeline(from, to),
    ),
    createOverride: jest.fn(async (_: string, __: NewOverride) => {}),
    deleteOverride: jest.fn(async () => {}),
    createSwap: jest.fn(async () => {}),
    takeSwap: jest.fn(async () => {}),
    cancelSwap: jest.fn(async () => {}),
  } satisfies Partial<OnCallApi>;
}

function show(api: Partial<OnCallApi> = createApi(), language?: string) {
  renderInPortal(<OnCallPage />, { onCallApi: api, language });
  return userEvent.setup({ pointerEventsCheck: 0 });
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

async function findChart() {
  return screen.findByRole('group', { name: 'The schedule as lanes' });
}

async function findDetails() {
  return screen.findByRole('dialog', { name: 'The chosen shift' });
}

describe('OnCallPage', () => {
  freezeClock(NOW);

  it('tells what will go wrong, who has the watch, and when the reader has it', async () => {
    show();
    const chart = await findChart();

    const warnings = screen.getByRole('article', { name: 'Warnings' });
    expect(within(warnings).getAllByRole('listitem').map(textOf)).toEqual([
      expect.stringMatching(
        /^in 11 days ?Backup is empty from Mon 2 Nov \d\d:00\. Nobody has the watch then\.Add override$/,
      ),
      expect.stringMatching(
        /^in 6 days ?Chief Officer has the watch at two levels at once/,
      ),
      expect.stringMatching(/^in 11 days ?The layer .* of Backup ends/),
      expect.stringMatching(/One person is alone in the layer .* of Backup/),
    ]);
    expect(document.body).toHaveTextContent(
      'payments: levels: must hold a level',
    );

    const mine = screen.getByRole('article', { name: 'My next shifts' });
    expect(within(mine).getAllByRole('listitem').map(textOf)[0]).toMatch(
      /^Now, until Mon 26 Oct \d\d:00VisionCRM production · Primary(09:00 – 09:00 in Paris)?4 days 19 h left$/,
    );

    const now = screen.getByRole('article', { name: 'Who has the watch now' });
    expect(textOf(now)).toMatch(
      /PrimaryRobin Test.*until Mon \d\d:00then Engineer B/,
    );
    expect(textOf(now)).toMatch(
      /BackupChief Officer ?until Mon 2 Nov \d\d:00then nobody/,
    );

    expect(within(chart).getAllByRole('button').length).toBeGreaterThan(4);
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('can be walked with the keyboard, shows why somebody has the watch, and overrides what is to come', async () => {
    const api = createApi();
    const user = show(api);
    const chart = await findChart();
    const bars = within(chart).getAllByRole('button');
    // Only one bar of the chart is a tab stop: the one that is running.
    expect(bars.filter(bar => bar.tabIndex === 0)).toHaveLength(1);
    const running = within(chart).getByRole('button', {
      name: /^Primary: Robin Test/,
    });
    expect(running.tabIndex).toBe(0);

    act(() => running.focus());
    await user.keyboard('{ArrowRight}{ArrowRight}');
    const exam = document.activeElement as HTMLElement;
    expect(exam).toHaveAccessibleName(
      /^Primary: Chief Officer, Wed 28 Oct \d\d:00 to Thu 29 Oct \d\d:00, override/,
    );
    await user.keyboard('{Enter}');
    const details = await findDetails();
    expect(textOf(details)).toMatch(
      /^OverridePrimary.*Chief Officer ?replaces.*Engineer B.*ReasonExam day.*UnderneathEngineer B, layer Weekly/,
    );
    expect(textOf(details)).toContain(
      'Chief Officer is then Primary and Backup at once.',
    );
    expect(await findAccessibilityProblems()).toEqual([]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(exam));

    await user.keyboard('{Enter}');
    await user.click(
      within(await findDetails()).getByRole('button', { name: 'Remove' }),
    );
    expect(api.deleteOverride).toHaveBeenCalledWith(
      'crm-primary',
      'override-1',
    );

    act(() => exam.focus());
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveAccessibleName(
      /^Backup: Chief Officer/,
    );
    await user.keyboard('{End}');
    expect(document.activeElement).toHaveAccessibleName(/^Backup: nobody.*gap/);
    await user.keyboard('o');
    const dialog = await screen.findByRole('dialog', { name: 'Override' });
    await user.click(within(dialog).getByRole('button', { name: 'Override' }));
    expect(api.createOverride).not.toHaveBeenCalled();
    expect(textOf(dialog)).toContain('Choose who has the watch.');

    await user.click(
      within(dialog).getByRole('button', { name: /Who has the watch/ }),
    );
    await user.click(
      within(screen.getByRole('listbox')).getByRole('option', {
        name: 'Engineer C',
      }),
    );
    expect(textOf(dialog)).toContain(
      'Engineer C then has the watch at Primary as well.',
    );
    await user.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'CTO leaves',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Override' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.createOverride).toHaveBeenCalledWith('crm-primary', {
      level: 'Backup',
      start: '2026-11-02T08:00:00.000Z',
      end: expect.stringMatching(/^2026-11-0\dT/),
      add: 'user:default/engineer-c',
      reason: 'CTO leaves',
    });
    // What the override alters is read again.
    expect(api.getScheduleTimeline.mock.calls.length).toBeGreaterThan(1);
  });

  it('opens the form with what was marked on a lane, and not for a click or the past', async () => {
    const api = createApi();
    const user = show(api);
    const chart = await findChart();
    const [bar] = within(chart).getAllByRole('button');
    const lane = bar.parentElement as HTMLElement;
    // 14 days of which one has 25 hours in Paris; a day of 100 pixels elsewhere.
    jest
      .spyOn(lane, 'getBoundingClientRect')
      .mockReturnValue(new DOMRect(0, 0, 1400, 36));
    const point = (type: string, clientX: number) =>
      fireEvent(lane, new MouseEvent(type, { clientX, bubbles: true }));
    const drag = (from: number, to: number) => {
      point('pointerdown', from);
      point('pointermove', (from + to) / 2);
      point('pointerup', to);
    };
    drag(300, 303);
    drag(0, 40);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

    drag(400, 300);
    const dialog = await screen.findByRole('dialog', { name: 'Override' });
    const [from, until] = ['From', 'Until'].map(name =>
      within(dialog).getByLabelText<HTMLInputElement>(new RegExp(`^${name}`)),
    );
    expect(from.value).toMatch(/^2026-10-2[34]T/);
    expect(new Date(until.value).getTime()).toBeGreaterThan(
      new Date(from.value).getTime() + 20 * 3_600_000,
    );

    fireEvent.change(from, { target: { value: '2026-10-20T10:00' } });
    await user.click(within(dialog).getByRole('button', { name: 'Override' }));
    expect(textOf(dialog)).toContain('The past does not change');
    fireEvent.change(from, { target: { value: '2026-12-20T10:00' } });
    expect(textOf(dialog)).toContain('The end must be after the start.');
    fireEvent.change(from, { target: { value: '2026-10-23T10:00' } });
    fireEvent.change(until, { target: { value: '2027-01-20T10:00' } });
    expect(textOf(dialog)).toContain('Show that time in the schedule first');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(api.createOverride).not.toHaveBeenCalled();
  });

  it('keeps the form open with the reason when an override is refused', async () => {
    const api = createApi();
    api.createOverride.mockRejectedValue(
      await ResponseError.fromResponse(
        new Response('{}', { status: 403, statusText: 'Forbidden' }),
      ),
    );
    const user = show(api);
    await findChart();
    await user.click(screen.getByRole('button', { name: 'Add override' }));
    const dialog = await screen.findByRole('dialog', { name: 'Override' });
    await user.click(
      within(dialog).getByRole('button', { name: /Who has the watch/ }),
    );
    const options = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(options.map(textOf)).toEqual([
      'Robin Test',
      'Engineer B',
      'Engineer C',
      'Chief Officer',
      'Nobody',
    ]);
    await user.click(options[0]);
    await user.click(within(dialog).getByRole('button', { name: 'Override' }));
    expect(
      await within(dialog).findByText(/You may not change this/),
    ).toBeInTheDocument();
  });

  it('lets the reader ask for cover and take what others ask for', async () => {
    const api = createApi();
    const user = show(api);
    const chart = await findChart();
    const swaps = screen.getByRole('article', { name: 'Asked for cover' });
    expect(textOf(swaps)).toMatch(/Engineer B asks for cover/);
    await user.click(
      within(swaps).getByRole('button', { name: 'Take this shift' }),
    );
    expect(api.takeSwap).toHaveBeenCalledWith('swap-1');

    // One that has begun can be overridden; asking others comes too late.
    await user.click(
      within(chart).getByRole('button', { name: /^Primary: Robin Test/ }),
    );
    expect(
      within(await findDetails()).queryByRole('button', {
        name: 'Ask for cover',
      }),
    ).not.toBeInTheDocument();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Later' }));
    await user.click(
      await waitFor(() =>
        within(
          screen.getByRole('group', { name: 'The schedule as lanes' }),
        ).getByRole('button', { name: /^Primary: Robin Test, Mon 9 Nov/ }),
      ),
    );
    await user.click(
      within(await findDetails()).getByRole('button', {
        name: 'Ask for cover',
      }),
    );
    expect(api.createSwap).toHaveBeenCalledWith('crm-primary', {
      level: 'Primary',
      start: '2026-11-09T08:00:00.000Z',
      end: '2026-11-16T08:00:00.000Z',
    });
    expect(await screen.findByText('Done.')).toBeInTheDocument();
  });

  it('changes an override from now on, over what lies underneath', async () => {
    const api = createApi();
    const user = show(api);
    const chart = await findChart();
    await user.click(
      within(chart).getByRole('button', { name: /^Primary: Chief Officer/ }),
    );
    await user.click(
      within(await findDetails()).getByRole('button', { name: 'Change' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Change override',
    });
    expect(textOf(dialog)).toContain('Instead of Engineer B');
    await user.click(
      within(dialog).getByRole('button', { name: /Who has the watch/ }),
    );
    await user.click(
      within(screen.getByRole('listbox')).getByRole('option', {
        name: 'Engineer C',
      }),
    );
    expect(textOf(dialog)).not.toContain('as well');
    await user.click(within(dialog).getByRole('button', { name: 'Change' }));
    await waitFor(() =>
      expect(api.deleteOverride).toHaveBeenCalledWith(
        'crm-primary',
        'override-1',
      ),
    );
    expect(api.createOverride).toHaveBeenCalledWith('crm-primary', {
      level: 'Primary',
      start: '2026-10-28T08:00:00.000Z',
      end: '2026-10-29T08:00:00.000Z',
      add: 'user:default/engineer-c',
      remove: 'user:default/engineer-b',
      reason: 'Exam day',
    });
  });

  it('lists the shifts by day for a phone, of one level or of the reader, with a sheet for each', async () => {
    const user = show();
    await findChart();
    const levels = screen.getByRole('radiogroup', {
      name: 'Whose shifts are listed',
    });
    await user.click(within(levels).getByRole('radio', { name: /^Backup/ }));
    const list = levels.parentElement as HTMLElement;
    expect(within(list).getAllByRole('listitem').map(textOf)).toEqual([
      expect.stringMatching(
        /^Wed 21Chief Officer now – Mon \d\d:00rotation, 1$/,
      ),
      expect.stringMatching(/^Mon 26Chief Officer \d\d:00 – Mon 2 Nov/),
      expect.stringMatching(/^Mon 2nobody \d\d:00 – .*gap$/),
    ]);
    await user.click(within(levels).getByRole('radio', { name: 'Mine' }));
    const [mine] = within(list).getAllByRole('listitem');
    expect(textOf(mine)).toMatch(/^Wed 21Robin Test now – Mon \d\d:00Primary/);
    await user.click(within(mine).getByRole('button'));
    const sheet = await screen.findByRole('dialog', {
      name: 'Shift · Primary',
    });
    expect(
      within(sheet).getByRole('button', { name: 'Override' }),
    ).toBeInTheDocument();
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('turns through time and says the same in a table', async () => {
    const api = createApi();
    const user = show(api);
    await findChart();
    const backup = screen.getByRole('table', { name: 'Backup' });
    expect(within(backup).getAllByRole('row').slice(1).map(textOf)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^nobodyMon 2 Nov \d\d:00 – .*gap$/),
      ]),
    );
    await user.click(screen.getByRole('button', { name: 'Later' }));
    await waitFor(() =>
      expect(api.getScheduleTimeline).toHaveBeenLastCalledWith(
        'crm-primary',
        {
          from: new Date(2026, 10, 4),
          to: new Date(2026, 10, 18),
        },
        expect.anything(),
      ),
    );
    await user.click(screen.getByRole('radio', { name: '3 months' }));
    await user.click(screen.getByRole('button', { name: 'Today' }));
    await waitFor(() =>
      expect(api.getScheduleTimeline).toHaveBeenLastCalledWith(
        'crm-primary',
        { from: new Date(2026, 9, 21), to: new Date(2027, 0, 20) },
        expect.anything(),
      ),
    );
  });

  it('names the missing permission, in French', async () => {
    const api = createApi();
    api.listOnCall.mockRejectedValue(
      await ResponseError.fromResponse(
        new Response('{}', { status: 403, statusText: 'Forbidden' }),
      ),
    );
    show(api, 'fr');
    expect(
      await screen.findByText('Vous ne pouvez pas voir l’astreinte'),
    ).toBeInTheDocument();
    expect(document.body).toHaveTextContent('observability.oncall.read');
    expect(document.body).not.toHaveTextContent('Chief Officer');
  });

  it('does not take a failure for an empty list, and tells how to write the first schedule', async () => {
    const api = createApi();
    api.listSchedules.mockRejectedValueOnce(new Error('offline'));
    const user = show(api);
    expect(
      await screen.findByText('Who is on call cannot be read just now.'),
    ).toBeInTheDocument();
    expect(document.body).not.toHaveTextContent('no schedule');
    api.listSchedules.mockResolvedValue({ items: [], problems: [] });
    api.listOnCall.mockResolvedValue([]);
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(
      await screen.findByText('There is no schedule yet'),
    ).toBeInTheDocument();
    expect(document.body).toHaveTextContent('observability.onCall.schedules');
  });
});
