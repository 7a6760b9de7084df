import {
  CalendarFeed,
  CreatedCalendarFeed,
  NewCalendarFeed,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useLiveResource } from '../../api/liveResources';
import { onCallApiRef } from './OnCallApi';

/** They change when the reader changes them. */
const POLL_MS = 5 * 60_000;

/** The reader's links for calendars, and how to make and revoke them. */
export function useCalendarFeeds() {
  const { api, resource, snapshot } = useLiveResource({
    apiRef: onCallApiRef,
    key: 'on-call calendar feeds',
    throttleMs: POLL_MS,
    pollMs: POLL_MS,
    load: (client, signal): Promise<CalendarFeed[]> =>
      client.listCalendarFeeds({ signal }),
  });
  return {
    feeds: snapshot.value,
    failure: snapshot.failure,
    reload: () => resource.reload(),
    async create(feed: NewCalendarFeed): Promise<CreatedCalendarFeed> {
      const created = await api.createCalendarFeed(feed);
      resource.reload();
      return created;
    },
    async revoke(id: string): Promise<void> {
      await api.revokeCalendarFeed(id);
      resource.reload();
    },
  };
}
