import { usePermission } from '@backstage/plugin-permission-react';
import { ResponseError } from '@backstage/errors';
import {
  expandSchedule,
  Schedule,
  ScheduleDetails,
  ScheduleEdit,
  SchedulePreviewRequest,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  configure,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Link, Route, Routes } from 'react-router-dom';
import { freezeClock } from '../../__testUtils__/freezeClock';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import {
  examDay,
  openSwap,
  productionDetails,
  productionTimeline,
} from '../__fixtures__/production';
import { OnCallApi } from '../api/OnCallApi';
import { EditSchedulePage, NewSchedulePage } from './ScheduleEditorPage';

jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

// Lists ask for more as their end comes into sight; here nothing ever does.
window.IntersectionObserver = class {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
};

const NOW = Date.parse('2026-10-21T12:46:00.000Z');

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(120_000);

const entity = (kind: string, name: string, displayName?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { ...(displayName && { profile: { displayName } }) },
});

const entities = [
  entity('User', 'engineer-c', 'Engineer C'),
  entity('User', 'engineer-d', 'Engineer D'),
  entity('Group', 'crm'),
  entity('Group', 'payments', 'Payments team'),
];

const kept = (): ScheduleDetails => ({
  ...productionDetails(NOW),
  origin: { type: 'api' },
  readOnly: false,
});

async function refusal(status: number) {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({ error: { name: 'Error', message: 'The reason' } }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

function createApi(details: ScheduleDetails = kept()) {
  return {
    listOnCall: jest.fn(async () => []),
    getSchedule: jest.fn(async () => details),
    getScheduleTimeline: jest.fn(
      async (_: string, { from, to }: { from: Date; to: Date }) =>
        productionTimeline(from, to),
    ),
    previewSchedule: jest.fn(async (request: SchedulePreviewRequest) => ({
      ...expandSchedule({
        overrides: [examDay],
        swaps: [openSwap],
        ...request,
      }),
      people: [],
    })),
    createSchedule: jest.fn(async (_: Schedule, __?: object) => details),
    editSchedule: jest.fn(
      async (_: string, __: ScheduleEdit, ___?: object) => details,
    ),
    deleteSchedule: jest.fn(async () => {}),
  } satisfies Partial<OnCallApi>;
}

function show(
  api: Partial<OnCallApi> = createApi(),
  options: { path?: string; language?: string; canManage?: boolean } = {},
) {
  const { path = '/edit/crm-primary', language, canManage = true } = options;
  jest
    .mocked(usePermission)
    .mockReturnValue({ loading: false, allowed: canManage });
  renderInPortal(
    <>
      <Link to="/elsewhere">Elsewhere</Link>
      <Routes>
        <Route path="/edit/:name" element={<EditSchedulePage />} />
        <Route path="/new" element={<NewSchedulePage />} />
        <Route path="*" element={<p>Another page</p>} />
      </Routes>
    </>,
    { onCallApi: api, path, language, entities },
  );
  return userEvent.setup({ pointerEventsCheck: 0 });
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ');
}

type User = ReturnType<typeof show>;

const preview = () =>
  screen.findByRole('article', { name: 'Preview, four weeks' });
const counts = async () =>
  within(await preview())
    .getAllByRole('listitem')
    .map(textOf);
const turnsOf = (layer: string) =>
  within(screen.getByRole('grid', { name: `Turns of ${layer}` }))
    .getAllByRole('row')
    .map(textOf);

async function choose(user: User, field: RegExp, person: string) {
  const input = screen.getByRole('combobox', { name: field });
  await user.click(input);
  fireEvent.change(input, { target: { value: person } });
  await user.click(await screen.findByRole('option', { name: RegExp(person) }));
}

function write(field: HTMLElement, value: string) {
  fireEvent.change(field, { target: { value } });
}

async function act(user: User, person: string, action: string) {
  await user.click(screen.getByRole('button', { name: `${person}: more` }));
  await user.click(await screen.findByRole('menuitem', { name: action }));
}

describe('the editor of schedules', () => {
  freezeClock(NOW);

  it('shows what an edit would mean before it is saved, and names the gaps', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    await waitFor(async () =>
      expect(await counts()).toEqual([
        '0 shifts change',
        '1 gap, was 1',
        '0 people who cannot be reached, was 0',
        '1 person on two levels, Wed 28 Oct, was 1',
      ]),
    );
    // Nothing is asked or offered while nothing is changed.
    expect(api.previewSchedule).not.toHaveBeenCalled();
    expect(
      screen.getByRole('button', { name: 'Save schedule' }),
    ).toBeDisabled();
    expect(
      screen.getByRole('textbox', { name: /^Name\b(?! of)/ }),
    ).toHaveAttribute('readonly');
    expect(turnsOf('Weekly')[0]).toMatch(/Robin Test.*on watch now/);
    expect(await findAccessibilityProblems()).toEqual([]);

    await act(user, 'Engineer C', 'Remove');
    expect(
      screen.getByRole('button', { name: 'Put Engineer C back' }),
    ).toBeInTheDocument();
    await choose(user, /Add a person/, 'Engineer D');
    expect(turnsOf('Weekly')[3]).toMatch(/Engineer D.*new/);
    expect(screen.getByText('1 unsaved change')).toBeInTheDocument();
    await waitFor(async () =>
      expect((await counts())[0]).toMatch(
        /^\d shifts? changes?, first on Mon 2 Nov \d\d:00$/,
      ),
    );
    const table = within(await preview()).getByRole('table', {
      name: 'Shifts of the four weeks',
    });
    await waitFor(() =>
      expect(within(table).getAllByRole('row').map(textOf)).toContainEqual(
        expect.stringMatching(/^PrimaryEngineer DMon 2 Nov.*Engineer C$/),
      ),
    );
    const asked = api.previewSchedule.mock.calls.at(-1)?.[0];
    expect(asked).toMatchObject({
      from: '2026-10-26T08:00:00.000Z',
      schedule: { name: 'crm-primary' },
    });
    expect(
      textOf(screen.getByRole('article', { name: 'Who carries what' })),
    ).toMatch(/Engineer D\d+was 0/);
    expect(await findAccessibilityProblems()).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Save schedule' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Save with gaps?',
    });
    expect(textOf(dialog)).toMatch(/Backup: Mon 2 Nov \d\d:00 to/);
    expect(api.editSchedule).not.toHaveBeenCalled();
    await user.click(
      within(dialog).getByRole('button', { name: 'Save with gaps' }),
    );
    await screen.findByText('Another page');
    expect(api.editSchedule).toHaveBeenCalledTimes(1);
    const [name, edit, options] = api.editSchedule.mock.calls[0];
    expect(name).toBe('crm-primary');
    expect(edit.version).toBe(1);
    // The next handoff is the back end's to find.
    expect(edit).not.toHaveProperty('effectiveFrom');
    expect(edit.schedule.levels[0].layers[0].members).toEqual([
      'user:default/guest',
      'user:default/engineer-b',
      'user:default/engineer-d',
    ]);
    expect(options).toEqual({
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('changes the order and who is together, without a pointer too', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    await act(user, 'Engineer C', 'Move up');
    expect(turnsOf('Weekly').map(row => row.slice(0, 12))).toEqual([
      expect.stringContaining('Robin Test'),
      expect.stringContaining('Engineer C'),
      expect.stringContaining('Engineer B'),
    ]);
    await act(user, 'Engineer C', 'Add somebody together');
    await choose(
      user,
      /Who has the watch together with Engineer C/,
      'Engineer D',
    );
    await user.click(screen.getByRole('button', { name: 'Add empty slot' }));
    expect(turnsOf('Weekly')[3]).toContain('Nobody, on purpose');
    await waitFor(() =>
      expect(
        api.previewSchedule.mock.calls.at(-1)?.[0].schedule.levels[0].layers[0]
          .members,
      ).toEqual([
        'user:default/guest',
        ['user:default/engineer-c', 'user:default/engineer-d'],
        'user:default/engineer-b',
        null,
      ]),
    );
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(turnsOf('Weekly')).toHaveLength(3);
    expect(screen.queryByText(/unsaved/)).not.toBeInTheDocument();
  });

  it('keeps the old preview, with its age, where the new one cannot be had', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    await waitFor(async () => expect(await counts()).toHaveLength(4));
    api.previewSchedule.mockRejectedValue(new Error('no network'));
    await act(user, 'Engineer C', 'Remove');
    const card = await preview();
    await waitFor(() => expect(textOf(card)).toContain('no network'));
    expect(textOf(card)).toMatch(/What you see was worked out .* ago/);
    expect(await counts()).toHaveLength(4);
    api.previewSchedule.mockImplementation(createApi().previewSchedule);
    await user.click(within(card).getByRole('button', { name: 'Try now' }));
    await waitFor(() => expect(textOf(card)).not.toContain('no network'));
  });

  it('tells mistakes at their fields, and saves nothing until they are mended', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    const [level] = screen.getAllByRole('textbox', {
      name: /^Name of the level/,
    });
    await user.clear(level);
    await user.click(screen.getByRole('button', { name: 'Save schedule' }));
    expect(level).toHaveAccessibleDescription(
      'A name on one line, at most 63 characters.',
    );
    expect(level).toHaveFocus();
    expect(
      screen.getByText('Mend the fields that are marked first.'),
    ).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText(/^First handoff/), {
      target: { value: '' },
    });
    expect(screen.getByLabelText(/^First handoff/)).toHaveAccessibleDescription(
      /A date and a time of the calendar/,
    );
    fireEvent.change(screen.getByLabelText(/^Change starts/), {
      target: { value: '2026-10-01T09:00' },
    });
    expect(screen.getByLabelText(/^Change starts/)).toHaveAccessibleDescription(
      /The past does not change/,
    );
    expect(api.editSchedule).not.toHaveBeenCalled();
    expect(api.previewSchedule).not.toHaveBeenCalled();
  });

  it('starts a change when the reader says, and in windows', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    await user.click(screen.getByRole('button', { name: /^In force|all day/ }));
    await user.click(
      within(await screen.findByRole('listbox')).getByRole('option', {
        name: 'at some times',
      }),
    );
    const window = screen.getByRole('group', { name: 'Time 1' });
    await user.click(within(window).getByRole('button', { name: 'Fri' }));
    fireEvent.change(screen.getByLabelText(/^Change starts/), {
      target: { value: '2026-11-04T09:00' },
    });
    const chosen = new Date('2026-11-04T09:00').toISOString();
    await waitFor(() =>
      expect(api.previewSchedule.mock.calls.at(-1)?.[0]).toMatchObject({
        from: chosen,
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Save schedule' }));
    await user.click(
      await screen.findByRole('button', { name: 'Save with gaps' }),
    );
    await screen.findByText('Another page');
    expect(api.editSchedule.mock.calls[0][1]).toMatchObject({
      effectiveFrom: chosen,
      schedule: {
        levels: [
          {
            layers: [
              { windows: [{ days: ['fri'], from: '18:00', to: '09:00' }] },
            ],
          },
          {},
        ],
      },
    });
  });

  it('loses nothing where somebody else has saved meanwhile', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    const title = screen.getByRole('textbox', { name: 'Title' });
    write(title, 'VisionCRM production EU');
    const conflict = await refusal(409);
    api.editSchedule.mockImplementationOnce(async () => {
      throw conflict;
    });
    await user.click(screen.getByRole('button', { name: 'Save schedule' }));
    await user.click(
      await screen.findByRole('button', { name: 'Save with gaps' }),
    );
    await screen.findByText(
      'Somebody else has changed this schedule meanwhile',
    );
    expect(title).toHaveValue('VisionCRM production EU');

    api.getSchedule.mockResolvedValue({ ...kept(), version: 2 });
    await user.click(screen.getByRole('button', { name: 'Save mine over it' }));
    await screen.findByText('Another page');
    expect(api.editSchedule.mock.calls[1][1]).toMatchObject({
      version: 2,
      schedule: { title: 'VisionCRM production EU' },
    });
  });

  it('says why it was not saved, and tries again as the same request', async () => {
    const api = createApi();
    const user = show(api);
    await screen.findByText('Edit VisionCRM production');
    write(
      screen.getByRole('textbox', { name: 'Title' }),
      'VisionCRM production EU',
    );
    const failures = [await refusal(503), await refusal(403)];
    api.editSchedule.mockImplementation(async () => {
      const failure = failures.shift();
      if (failure) {
        throw failure;
      }
      return kept();
    });
    for (const words of [/^It was not saved: /, /^You may not change/]) {
      await user.click(screen.getByRole('button', { name: 'Save schedule' }));
      await user.click(
        await screen.findByRole('button', { name: 'Save with gaps' }),
      );
      await screen.findByText(words);
    }
    const [first, second] = api.editSchedule.mock.calls;
    expect(first[2]).toEqual(second[2]);
  });

  it('asks before changes are lost', async () => {
    const user = show();
    await screen.findByText('Edit VisionCRM production');
    const unload = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(unload()).toBe(false);
    write(
      screen.getByRole('textbox', { name: 'Title' }),
      'VisionCRM production EU',
    );
    expect(unload()).toBe(true);
    const link = screen.getByRole('link', { name: 'Elsewhere' });
    await user.click(link);
    await user.click(await screen.findByRole('button', { name: 'Stay' }));
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue(
      'VisionCRM production EU',
    );
    await user.click(link);
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await screen.findByText('Another page');
  });

  it('shows a schedule that is kept elsewhere, and leads there', async () => {
    const location = 'https://git.example/crm/blob/main/on-call.yaml';
    const api = createApi({
      ...kept(),
      readOnly: true,
      origin: { type: 'file', location },
    });
    show(api);
    await screen.findByText('VisionCRM production, as it is written');
    const bar = screen.getByRole('region', { name: 'Where it can be changed' });
    expect(textOf(bar)).toContain(location);
    expect(
      within(bar).getByRole('link', { name: /Edit it there/ }),
    ).toHaveAttribute('href', location);
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveAttribute(
      'readonly',
    );
    for (const name of [/Save/, /Discard/, /more$/, /Add/, /Delete/]) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    }
    expect((await counts())[1]).toBe('1 gap, was 1');
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('only shows what is written to those who may not manage schedules', async () => {
    show(createApi(), { canManage: false });
    const bar = await screen.findByRole('region', {
      name: 'Where it can be changed',
    });
    expect(textOf(bar)).toContain('observability.oncall.manage');
    expect(
      screen.queryByRole('button', { name: 'Save schedule' }),
    ).not.toBeInTheDocument();
  });

  it('does not offer a new schedule to those who may not create one', async () => {
    show(createApi(), { path: '/new', canManage: false });
    await screen.findByText('You may not create schedules');
    expect(document.body).toHaveTextContent('observability.oncall.manage');
  });

  it('creates a schedule, and says when its name is taken', async () => {
    const api = createApi();
    const user = show(api, { path: '/new' });
    await screen.findByRole('article', { name: 'Level 1 · Primary' });
    await choose(user, /Add a person/, 'Engineer D');
    await choose(user, /^Owner/, 'Payments');
    expect(screen.queryByText(/^Letters and digits/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Create schedule' }));
    const name = screen.getByRole('textbox', { name: /^Name\b(?! of)/ });
    expect(name).toHaveFocus();
    expect(screen.getByText(/^Letters and digits/)).toBeInTheDocument();
    write(name, 'payments');

    await waitFor(async () =>
      expect((await counts())[0]).toMatch(/^\d shifts? in four weeks$/),
    );
    const taken = await refusal(409);
    api.createSchedule.mockImplementationOnce(async () => {
      throw taken;
    });
    await user.click(screen.getByRole('button', { name: 'Create schedule' }));
    await screen.findByText(/^This name was used before/);
    write(name, 'payments-eu');
    await user.click(screen.getByRole('button', { name: 'Create schedule' }));
    await screen.findByText('Another page');
    expect(api.createSchedule.mock.calls[1][0]).toMatchObject({
      name: 'payments-eu',
      owner: 'group:default/payments',
      levels: [
        {
          name: 'Primary',
          layers: [
            {
              members: ['user:default/engineer-d'],
              rotation: { unit: 'week', length: 1, start: '2026-10-19T09:00' },
            },
          ],
        },
      ],
    });
  });

  it('deletes a schedule only for who types its name', async () => {
    const api = createApi();
    const user = show(api);
    await user.click(
      await screen.findByRole('button', { name: 'Delete schedule' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Delete VisionCRM production?',
    });
    const remove = within(dialog).getByRole('button', { name: 'Delete' });
    expect(remove).toBeDisabled();
    write(within(dialog).getByRole('textbox'), 'crm-primary');
    await user.click(remove);
    await screen.findByText('Another page');
    expect(api.deleteSchedule).toHaveBeenCalledWith('crm-primary');
  });

  it('says that there is no such schedule', async () => {
    const api = createApi();
    const missing = await refusal(404);
    api.getSchedule.mockRejectedValue(missing);
    show(api);
    expect(
      await screen.findByText(/^There is no such schedule/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Save schedule' }),
    ).not.toBeInTheDocument();
  });

  it('speaks French', async () => {
    show(createApi(), { language: 'fr' });
    await screen.findByText('Modifier VisionCRM production');
    await screen.findByText(/^trou, avant 1/);
    expect(await findAccessibilityProblems()).toEqual([]);
  });
});
