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
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import express from 'express';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { Outbox } from '../notifications/Outbox';
import { registerOnCallActions } from './actions';
import { CatalogDirectory } from './CatalogDirectory';
import { DatabaseOnCallStore } from './DatabaseOnCallStore';
import { HandoffWatcher } from './HandoffWatcher';
import { OnCallChanges } from './OnCallChanges';
import { createOnCallRouter } from './onCallRouter';
import { OnCallService } from './OnCallService';
import { OnCallSignals } from './OnCallSignals';
import { scheduleOnCallTasks } from './onCallTasks';
import { OnCallWarner } from './OnCallWarner';
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
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  logger: LoggerService;
  scheduler: SchedulerService;
  signals: SignalsService;
  urlReader: UrlReaderService;
  knex: Knex;
  access: EntityAccess;
  outbox: Outbox;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}

/** What others need of it. */
export interface OnCall {
  onCall: OnCallService;
  directory: CatalogDirectory;
}

/** Makes all parts of on-call, serves its routes, and schedules its tasks. */
export async function createOnCall(options: OnCallOptions): Promise<OnCall> {
  const { actionsRegistry, auditor, auth, catalog, config, httpAuth } = options;
  const { knex, access, outbox, logger, scheduler, writeHandlers } = options;
  const store = new DatabaseOnCallStore(knex);
  const signals = new OnCallSignals({ signals: options.signals, logger });
  const recorder = new ShiftRecorder(store);
  const directory = new CatalogDirectory({ auth, catalog });
  const changes = new OnCallChanges({ store, access, signals });
  const onCall = new OnCallService({
    store,
    finder: new ScheduleFinder({ store, directory }),
    directory,
    access,
  });

  options.httpRouter.use(
    await createOnCallRouter({
      onCall,
      editor: new ScheduleEditor({ store, recorder, access, signals }),
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
    handoffs: new HandoffWatcher({ store, signals }),
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
  return { onCall, directory };
}
