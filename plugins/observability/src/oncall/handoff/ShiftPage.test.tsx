import { ResponseError } from '@backstage/errors';
import {
  configure,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  HandoffNote,
  HandoffNoteEdit,
  HandoffSigning,
  ShiftChecklistEdit,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Route, Routes } from 'react-router-dom';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import { checklist, note, shift } from '../__fixtures__/papers';
import { OnCallApi } from '../api/OnCallApi';
import { ShiftPage } from './ShiftPage';

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

async function refusal(status: number) {
  return ResponseError.fromResponse(new Response('{}', { status }));
}

function createApi() {
  return {
    getShiftChecklist: jest.fn(async (_: string) => checklist),
    editShiftChecklist: jest.fn(async (_: string, __: ShiftChecklistEdit) => ({
      ...checklist,
      items: checklist.items.map(item => ({ ...item, done: true })),
    })),
    getHandoffNote: jest.fn(async (_: string): Promise<HandoffNote> => note),
    editHandoffNote: jest.fn(async (_: string, __: HandoffNoteEdit) => note),
    signHandoffNote: jest.fn(async (_: string, __: HandoffSigning) => note),
  } satisfies Partial<OnCallApi>;
}

function show(api: Partial<OnCallApi>, language?: string) {
  renderInPortal(
    <Routes>
      <Route path="shifts/:key" element={<ShiftPage />} />
    </Routes>,
    {
      onCallApi: api,
      language,
      path: `/shifts/${encodeURIComponent(shift.key)}`,
    },
  );
  return userEvent.setup({ pointerEventsCheck: 0 });
}

async function findNote() {
  return screen.findByRole('article', { name: /Handoff note/ });
}

describe('the page of a shift', () => {
  it('lists what is to be done, who did it when, and keeps one tick at a time', async () => {
    const api = createApi();
    const user = show(api);
    const card = await screen.findByRole('article', { name: 'Checklist' });
    // The key may hold anything; it reaches the back end as it is.
    expect(api.getShiftChecklist.mock.calls[0][0]).toBe(shift.key);
    expect(
      within(card)
        .getAllByRole('heading', { level: 3 })
        .map(({ textContent }) => textContent),
    ).toEqual(['Before your shift', 'During your shift', 'After your shift']);
    expect(card).toHaveTextContent(/by Robin Test, Mon 19 Oct \d\d:\d0/);
    expect(card).toHaveTextContent('1 of 13 done');

    api.editShiftChecklist.mockRejectedValueOnce(new Error('offline'));
    const item = within(card).getByRole('checkbox', {
      name: 'Hand over to whoever comes next',
    });
    await user.click(item);
    expect(
      await within(card).findByText(/did not work: offline/),
    ).toBeInTheDocument();
    expect(item).not.toBeChecked();
    await user.click(item);
    await waitFor(() => expect(item).toBeChecked());
    expect(api.editShiftChecklist).toHaveBeenLastCalledWith(shift.key, {
      items: [{ id: 'hand-off', done: true }],
    });
    expect(await findAccessibilityProblems()).toEqual([]);
  });

  it('shows the note without what could harm, and the facts behind it', async () => {
    show(createApi());
    const card = await findNote();
    expect(
      within(card).getByRole('link', { name: /the dashboard/ }),
    ).toHaveAttribute('href', 'https://status.example/api');
    expect(card.innerHTML).not.toMatch(
      /javascript:|tracker\.example|<img src="x/,
    );
    expect(card).toHaveTextContent('Nobody has saved or signed it yet');
    expect(card).toHaveTextContent(/Then Engineer B, Mon 26 Oct/);
    expect(card).toHaveTextContent(/Services that are not well 1/);
    expect(within(card).queryByText('Open swaps')).not.toBeInTheDocument();
  });

  it('signs what was read, for the own side only, and tells when both have', async () => {
    const api = createApi();
    const user = show(api);
    const card = await findNote();
    expect(
      within(card).queryByRole('button', { name: 'Sign: taken over' }),
    ).not.toBeInTheDocument();
    api.getHandoffNote.mockResolvedValue({
      ...note,
      version: 1,
      isFrozen: true,
      maySign: [],
      signatures: [
        {
          role: 'leaving',
          by: 'user:default/guest',
          at: '2026-10-26T08:00:00Z',
        },
        {
          role: 'arriving',
          by: 'user:default/engineer-b',
          at: '2026-10-26T08:05:00Z',
        },
      ],
    });
    await user.click(
      within(card).getByRole('button', { name: 'Sign: handed over' }),
    );
    expect(api.signHandoffNote).toHaveBeenCalledWith(shift.key, {
      version: 0,
      role: 'leaving',
    });
    expect(await within(card).findByText(/Signed by both/)).toBeInTheDocument();
    expect(card).toHaveTextContent(/signed by Engineer B/);
    expect(
      within(card).queryByRole('button', { name: 'Edit' }),
    ).not.toBeInTheDocument();
  });

  it('loses nothing when two people write at once', async () => {
    const api = createApi();
    const user = show(api);
    const card = await findNote();
    await user.click(within(card).getByRole('button', { name: 'Edit' }));
    const field = within(card).getByRole('textbox', { name: 'Note' });
    fireEvent.change(field, { target: { value: 'my words' } });
    api.editHandoffNote.mockRejectedValueOnce(await refusal(409));
    api.getHandoffNote.mockResolvedValue({
      ...note,
      version: 4,
      text: 'their words',
    });
    await user.click(within(card).getByRole('button', { name: 'Save note' }));
    const conflict = await within(card).findByRole('group', {
      name: /saved this note meanwhile/,
    });
    expect(conflict).toHaveTextContent('their words');
    expect(conflict).toHaveTextContent('my words');
    await user.click(
      within(conflict).getByRole('button', { name: 'Go on with mine' }),
    );
    await user.click(within(card).getByRole('radio', { name: 'Preview' }));
    expect(card).toHaveTextContent('my words');
    await user.click(within(card).getByRole('button', { name: 'Save note' }));
    await waitFor(() =>
      expect(api.editHandoffNote).toHaveBeenLastCalledWith(shift.key, {
        text: 'my words',
        version: 4,
      }),
    );
  });

  it('speaks French where the portal has not worded the items itself', async () => {
    show(createApi(), 'fr');
    expect(
      await screen.findByRole('checkbox', {
        name: 'Passez le relais à la personne suivante',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('checkbox', {
        name: 'Water the plants of the war room',
      }),
    ).toBeInTheDocument();
  });

  it('shows one part where the other cannot be read', async () => {
    const api = createApi();
    api.getHandoffNote.mockRejectedValue(new Error('offline'));
    show(api);
    expect(
      await screen.findByRole('article', { name: 'Checklist' }),
    ).toBeInTheDocument();
    expect(await screen.findByText(/just now: offline/)).toBeInTheDocument();
  });

  it('says where a shift is no longer there', async () => {
    const api = createApi();
    api.getHandoffNote.mockRejectedValue(await refusal(404));
    api.getShiftChecklist.mockRejectedValue(await refusal(404));
    show(api);
    expect(
      await screen.findByText('This shift is not there'),
    ).toBeInTheDocument();
  });
});
