import {
  AuditorService,
  DiscoveryService,
  HttpAuthService,
  HttpRouterService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { EntityAccess } from '../../access/EntityAccess';
import { CatalogDirectory } from '../CatalogDirectory';
import { OnCallService } from '../OnCallService';
import { DAY_MS, iso } from '../scheduleAnswers';
import { CALENDAR_PATH, createCalendarFeedRouter } from './calendarFeedRouter';
import { CalendarFeedService, REVOKED_DAYS } from './CalendarFeedService';
import { DatabaseCalendarFeedStore } from './DatabaseCalendarFeedStore';
import { DatabasePublishedShiftStore } from './DatabasePublishedShiftStore';
import { CANCELLED_DAYS } from './publishShifts';
import { ShiftPublisher } from './ShiftPublisher';

/** What the plugin does besides with calendar feeds. */
export interface CalendarFeeds {
  /** Forgets what no calendar is told of any more. */
  deleteExpired(now: Date): Promise<void>;
}

/** Makes calendar feeds and serves them. */
export async function createCalendarFeeds(options: {
  knex: Knex;
  onCall: OnCallService;
  directory: CatalogDirectory;
  access: EntityAccess;
  auditor: AuditorService;
  config: RootConfigService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
}): Promise<CalendarFeeds> {
  const { knex, onCall, config, discovery, httpRouter } = options;
  const store = new DatabaseCalendarFeedStore(knex);
  const published = new DatabasePublishedShiftStore(knex);
  const feeds = new CalendarFeedService({
    store,
    publisher: new ShiftPublisher({
      store: published,
      read: selection => onCall.stretches(selection),
    }),
    onCall,
    directory: options.directory,
    access: options.access,
    baseUrl: () => discovery.getExternalBaseUrl('observability'),
    appBaseUrl: config.getOptionalString('app.baseUrl'),
  });
  httpRouter.use(
    await createCalendarFeedRouter({
      feeds,
      httpAuth: options.httpAuth,
      auditor: options.auditor,
    }),
  );
  httpRouter.addAuthPolicy({ path: CALENDAR_PATH, allow: 'unauthenticated' });
  return {
    async deleteExpired(now) {
      const ago = (days: number) => iso(now.getTime() - days * DAY_MS);
      await store.deleteRevokedBefore(ago(REVOKED_DAYS));
      await published.deleteEndedBefore(ago(CANCELLED_DAYS));
    },
  };
}
