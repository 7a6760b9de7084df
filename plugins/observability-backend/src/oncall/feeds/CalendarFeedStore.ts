import { CalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';

/** A feed, also one that is revoked. */
export interface StoredCalendarFeed extends CalendarFeed {
  revokedAt?: string;
}

/** Keeps calendar feeds, and of their secrets only what tells that one is right. */
export interface CalendarFeedStore {
  add(feed: CalendarFeed, tokenHash: string): Promise<void>;
  /** The feeds that are not revoked, the newest first. */
  list(selection: {
    owner?: string;
    schedule?: string;
  }): Promise<CalendarFeed[]>;
  /** A feed that is not revoked. */
  feed(id: string): Promise<CalendarFeed | undefined>;
  /** False where somebody else has revoked it meanwhile. */
  revoke(id: string, now: string): Promise<boolean>;
  /** The feed of a secret, also a revoked one. */
  byToken(tokenHash: string): Promise<StoredCalendarFeed | undefined>;
  /** A calendar asked for it on a day. */
  use(id: string, day: string): Promise<void>;
  /** Forgets the feeds that were revoked before; returns how many. */
  deleteRevokedBefore(instant: string): Promise<number>;
}
