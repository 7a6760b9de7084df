import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NewCalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';
import {
  findAccessibilityProblems,
  renderInPortal,
} from '../../__testUtils__/renderInPortal';
import { feed } from '../__fixtures__/papers';
import { OnCallApi } from '../api/OnCallApi';
import { CalendarFeedsDialog } from './CalendarFeedsDialog';

const URL_OF_FEED = 'https://portal.example/calendar/secret.ics';

configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

function createApi() {
  return {
    listCalendarFeeds: jest.fn(async () => [feed]),
    createCalendarFeed: jest.fn(async (wanted: NewCalendarFeed) => ({
      ...feed,
      ...wanted,
      id: 'feed-2',
      url: URL_OF_FEED,
    })),
    revokeCalendarFeed: jest.fn(async (_: string) => {}),
  } satisfies Partial<OnCallApi>;
}

function show(api: Partial<OnCallApi>, language?: string) {
  renderInPortal(
    <CalendarFeedsDialog
      schedules={[{ schedule: 'crm', title: 'VisionCRM production' }]}
      onClose={() => {}}
    />,
    { onCallApi: api, language },
  );
  return userEvent.setup({ pointerEventsCheck: 0 });
}

describe('the dialog of calendar feeds', () => {
  it('shows a new link once, with what it grants', async () => {
    const api = createApi();
    const user = show(api);
    expect(await screen.findByText(/last used .*20 Oct/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /What it holds/ }));
    await user.click(
      within(screen.getByRole('listbox')).getByRole('option', {
        name: /All shifts of VisionCRM/,
      }),
    );
    await user.type(
      screen.getByRole('textbox', { name: /Name/ }),
      ' Team wall ',
    );
    await user.click(screen.getByRole('button', { name: 'Make a link' }));
    expect(await screen.findByText(URL_OF_FEED)).toBeInTheDocument();
    expect(api.createCalendarFeed).toHaveBeenCalledWith({
      schedule: 'crm',
      label: 'Team wall',
    });
    expect(document.body).toHaveTextContent(
      /Whoever has this address sees all shifts of the schedule/,
    );
    await waitFor(() => expect(api.listCalendarFeeds).toHaveBeenCalledTimes(2));
    expect(await findAccessibilityProblems()).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Make another link' }));
    expect(screen.queryByText(URL_OF_FEED)).not.toBeInTheDocument();
  });

  it('revokes a link only when asked twice, and says when that failed', async () => {
    const api = createApi();
    const user = show(api);
    await user.click(
      await screen.findByRole('button', { name: 'Revoke Phone' }),
    );
    expect(api.revokeCalendarFeed).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Keep' }));

    api.revokeCalendarFeed.mockRejectedValueOnce(new Error('offline'));
    api.listCalendarFeeds.mockResolvedValue([]);
    for (const outcome of [/That did not work: offline/, /None yet/]) {
      await user.click(screen.getByRole('button', { name: 'Revoke Phone' }));
      const confirm = screen.getByRole('group', { name: 'Phone' });
      expect(confirm).toHaveTextContent('cannot be undone');
      await user.click(within(confirm).getByRole('button', { name: 'Revoke' }));
      expect(await screen.findByText(outcome)).toBeInTheDocument();
    }
    expect(api.revokeCalendarFeed).toHaveBeenLastCalledWith('feed-1');
  });

  it('says that the links cannot be read, in French', async () => {
    const api = createApi();
    api.listCalendarFeeds.mockRejectedValue(new Error('hors ligne'));
    show(api, 'fr');
    expect(
      await screen.findByText(
        /Vos liens ne peuvent pas être lus pour le moment : hors ligne/,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText('Aucun pour le moment.')).not.toBeInTheDocument();
  });
});
