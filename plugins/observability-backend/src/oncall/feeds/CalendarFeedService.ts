import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  CalendarFeed,
  CalendarFeedsQuery,
  CreatedCalendarFeed,
  NewCalendarFeed,
  onCallManagePermission,
  onCallReadPermission,
} from '@watchkeeper/backstage-plugin-observability-common';
import { plainText } from '@watchkeeper/backstage-plugin-observability-node';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { EntityAccess } from '../../access/EntityAccess';
import { userRefOf } from '../../access/callerRef';
import { CatalogDirectory } from '../CatalogDirectory';
import { OnCallService } from '../OnCallService';
import { DAY_MS, iso } from '../scheduleAnswers';
import { CalendarFeedStore } from './CalendarFeedStore';
import { describeShifts } from './describeShifts';
import { CalendarSubject, ShiftPublisher } from './ShiftPublisher';
import { writeCalendar } from './writeCalendar';

/** A revoked feed is an empty calendar for so long: calendars drop what they hold, which they do not where it is gone. */
export const REVOKED_DAYS = 30;
const TOKEN_BYTES = 32;
const MAXIMUM_FEEDS = 50;

/** Links by which calendars follow shifts. */
export class CalendarFeedService {
  readonly #store: CalendarFeedStore;
  readonly #publisher: ShiftPublisher;
  readonly #onCall: OnCallService;
  readonly #directory: CatalogDirectory;
  readonly #access: EntityAccess;
  readonly #baseUrl: () => Promise<string>;
  readonly #appBaseUrl: string | undefined;
  readonly #now: () => Date;

  constructor(options: {
    store: CalendarFeedStore;
    publisher: ShiftPublisher;
    onCall: OnCallService;
    directory: CatalogDirectory;
    access: EntityAccess;
    /** Where calendars find the plugin's API. */
    baseUrl: () => Promise<string>;
    /** Where people find the portal. */
    appBaseUrl?: string;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#publisher = options.publisher;
    this.#onCall = options.onCall;
    this.#directory = options.directory;
    this.#access = options.access;
    this.#baseUrl = options.baseUrl;
    this.#appBaseUrl = options.appBaseUrl;
    this.#now = options.now ?? (() => new Date());
  }

  /** The caller's feeds; of a schedule also those of others, where the caller manages schedules. */
  async list(
    query: CalendarFeedsQuery,
    credentials: BackstageCredentials,
  ): Promise<CalendarFeed[]> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const owner = userRefOf(credentials);
    const { schedule } = query;
    if (schedule !== undefined && (await this.#isManager(credentials))) {
      return this.#store.list({ schedule });
    }
    return owner === undefined ? [] : this.#store.list({ owner, schedule });
  }

  /** Makes a feed. Its link is in the answer, and nowhere else ever again. */
  async create(
    { schedule, label }: NewCalendarFeed,
    credentials: BackstageCredentials,
  ): Promise<CreatedCalendarFeed> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const owner = userRefOf(credentials);
    if (owner === undefined || !(await this.#isKnown(owner))) {
      throw new InputError(
        'A calendar feed belongs to a user whom the catalog knows: sign in as one',
      );
    }
    let title = '';
    if (schedule !== undefined) {
      const { schedule: definition } = await this.#onCall.schedule(
        schedule,
        credentials,
      );
      title = definition.title ?? definition.name;
    }
    if ((await this.#store.list({ owner })).length >= MAXIMUM_FEEDS) {
      throw new ConflictError(
        `You have ${MAXIMUM_FEEDS} calendar feeds: revoke those that no calendar reads`,
      );
    }
    const feed: CalendarFeed = {
      id: randomUUID(),
      ...(schedule === undefined ? {} : { schedule }),
      label: plainText(label) || title || 'My shifts',
      owner,
      createdAt: iso(this.#now()),
    };
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await this.#store.add(feed, hashOfToken(token));
    const baseUrl = await this.#baseUrl();
    return { ...feed, url: `${baseUrl}/v1/on-call/calendar/${token}.ics` };
  }

  /** Revokes a feed of the caller, or one of a schedule where the caller manages schedules. */
  async revoke(id: string, credentials: BackstageCredentials): Promise<void> {
    await this.#access.assertPermission(credentials, onCallReadPermission);
    const feed = await this.#store.feed(id);
    const isAllowed =
      feed &&
      (feed.owner === userRefOf(credentials) ||
        (feed.schedule !== undefined && (await this.#isManager(credentials))));
    if (!isAllowed || !(await this.#store.revoke(id, iso(this.#now())))) {
      throw new NotFoundError(`You have no calendar feed ${id}`);
    }
  }

  /**
   * The calendar of a link's secret; none where there is no such feed. Whoever
   * made it and has left gets an empty one, and so do calendars of a feed that
   * was revoked of late.
   */
  async calendar(token: string): Promise<string | undefined> {
    const feed = await this.#store.byToken(hashOfToken(token));
    const now = this.#now();
    if (!feed || isGone(feed.revokedAt, now)) {
      return undefined;
    }
    if (feed.revokedAt !== undefined || !(await this.#isKnown(feed.owner))) {
      return writeCalendar({ name: 'On call', entries: [] });
    }
    await this.#store.use(feed.id, iso(now).slice(0, 10));
    const subject: CalendarSubject =
      feed.schedule === undefined
        ? { person: feed.owner }
        : { schedule: feed.schedule };
    const content = await this.#publisher.publish(subject);
    const { people } = await this.#directory.people(
      [
        feed.owner,
        ...content.events.flatMap(event => event.people),
        ...content.schedules.flatMap(({ shifts }) =>
          shifts.flatMap(shift => shift.people),
        ),
      ],
      new Map(
        content.schedules.flatMap(({ externalNames }) => [...externalNames]),
      ),
    );
    const named =
      feed.schedule === undefined
        ? people.get(feed.owner)?.displayName
        : content.schedules[0]?.title ?? feed.schedule;
    return writeCalendar({
      name: `On call: ${plainText(named)}`,
      entries: describeShifts(content, {
        subject,
        people,
        appBaseUrl: this.#appBaseUrl,
      }),
    });
  }

  #isManager(credentials: BackstageCredentials): Promise<boolean> {
    return this.#access.isAllowed(credentials, onCallManagePermission);
  }

  async #isKnown(userRef: string): Promise<boolean> {
    return (await this.#directory.people([userRef])).known.has(userRef);
  }
}

/** What is kept of a secret, and what stands for it wherever it must not be told. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function isGone(revokedAt: string | undefined, now: Date): boolean {
  return (
    revokedAt !== undefined &&
    revokedAt <= iso(now.getTime() - REVOKED_DAYS * DAY_MS)
  );
}
