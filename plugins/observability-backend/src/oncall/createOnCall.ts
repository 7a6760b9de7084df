import {
  AuditorService,
  AuthService,
  HttpAuthService,
  HttpRouterService,
  LoggerService,
  RootConfigService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { ProviderSchedule } from '@watchkeeper/backstage-plugin-observability-node';
import express from 'express';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { HealthReadStore } from '../health/HealthReadStore';
import { Outbox } from '../notifications/Outbox';
import { registerOnCallActions } from './actions';
import { CatalogDirectory } from './CatalogDirectory';
import { DatabaseOnCallStore } from './DatabaseOnCallStore';
import { createExternalOnCall } from './external/createExternalOnCall';
import { DatabaseExternalOnCallStore } from './external/DatabaseExternalOnCallStore';
import { ExternalOnCallStore } from './external/ExternalOnCallStore';
import { OnCallProviders } from './external/OnCallProviders';
import { createHandoff } from './handoff/createHandoff';
import { HandoffService } from './handoff/HandoffService';
import { HandoffWatcher } from './HandoffWatcher';
import { OnCallChanges } from './OnCallChanges';
import { createOnCallRouter } from './onCallRouter';
import { OnCallRecords } from './OnCallRecords';
import { OnCallService } from './OnCallService';
import { OnCallSignals } from './OnCallSignals';
import { scheduleOnCallTasks } from './onCallTasks';
import { OnCallWarner } from './OnCallWarner';
import { ChangeNotifier } from './reminders/ChangeNotifier';
import { NoticeStore } from './reminders/NoticeStore';
import { OnCallReminder } from './reminders/OnCallReminder';
import { SwapFollower } from './reminders/SwapFollower';
import { ScheduleEditor } from './ScheduleEditor';
import { ScheduleFinder } from './ScheduleFinder';
import { ScheduleSources } from './ScheduleSources';
import { ShiftRecorder } from './ShiftRecorder';

/** What on-call is made with. */
export interface OnCallOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  events: EventsService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  logger: LoggerService;
  metrics: MetricsService;
  scheduler: SchedulerService;
  signals: SignalsService;
  urlReader: UrlReaderService;
  knex: Knex;
  access: EntityAccess;
  outbox: Outbox;
  health: HealthReadStore;
  /** Other masters of on-call, which the modules have handed in. */
  providers: OnCallProviders;
  /** The pace of those that have none of their own. */
  defaultSchedule: ProviderSchedule;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}

/** What others need of it. */
export interface OnCall {
  onCall: OnCallService;
  directory: CatalogDirectory;
  externalStore: ExternalOnCallStore;
  records: OnCallRecords;
  /** Where other domains add what they know to handoff notes. */
  handoffs: Pick<HandoffService, 'addSource'>;
}

/** Makes all parts of on-call, serves its routes, and schedules its tasks. */
export async function createOnCall(options: OnCallOptions): Promise<OnCall> {
  const { actionsRegistry, auditor, auth, catalog, config, httpAuth } = options;
  const { knex, access, outbox, logger, scheduler, writeHandlers } = options;
  const store = new DatabaseOnCallStore(knex);
  const signals = new OnCallSignals({ signals: options.signals, logger });
  const recorder = new ShiftRecorder(store);
  const directory = new CatalogDirectory({ auth, catalog });
  const externalStore = new DatabaseExternalOnCallStore(knex);
  const external = await createExternalOnCall({
    ...options,
    own: store,
    store: externalStore,
    directory,
    signals,
  });
  const { schedules } = external;
  const notices = new NoticeStore({ knex, outbox });
  const swaps = new SwapFollower({ knex, store, outbox, signals });
  const changes = new OnCallChanges({
    store,
    schedules,
    external: external.overrides,
    access,
    signals,
    notifier: new ChangeNotifier({ outbox, directory }),
    swaps,
  });
  const onCall = new OnCallService({
    store: schedules,
    finder: new ScheduleFinder({
      store: schedules,
      directory,
      external: external.finder,
    }),
    directory,
    access,
  });

  options.httpRouter.use(
    await createOnCallRouter({
      onCall,
      editor: new ScheduleEditor({ store, recorder, access, signals, swaps }),
      changes,
      httpAuth,
      auditor,
      writeHandlers,
    }),
  );
  registerOnCallActions({ actionsRegistry, auditor, onCall, changes });
  await scheduleOnCallTasks({
    scheduler,
    recorder,
    swaps,
    reminder: new OnCallReminder({ store, notices, directory }),
    handoffs: new HandoffWatcher({ store: schedules, signals }),
    warner: new OnCallWarner({ knex, store, directory, outbox }),
    sources: new ScheduleSources({
      config,
      store,
      recorder,
      signals,
      reader: options.urlReader,
      logger,
    }),
  });
  const { handoffs, store: handoffStore } = await createHandoff({
    ...options,
    schedules,
    directory,
  });
  const records = new OnCallRecords({ notices, handoffs: handoffStore });
  return { onCall, directory, externalStore, records, handoffs };
}
