import {
  AuditorService,
  AuthService,
  HttpAuthService,
  HttpRouterService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SignalsService } from '@backstage/plugin-signals-node';
import express from 'express';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { EntityFacts } from '../catalog/EntityFacts';
import { HealthFacts } from '../health/HealthFacts';
import { Outbox } from '../notifications/Outbox';
import { CatalogDirectory } from '../oncall/CatalogDirectory';
import { OnCallService } from '../oncall/OnCallService';
import { RunbookReports } from '../runbooks/RunbookReports';
import { registerIncidentActions } from './actions';
import { DatabaseIncidentStore } from './DatabaseIncidentStore';
import { IncidentAccess } from './IncidentAccess';
import { IncidentAudience } from './IncidentAudience';
import { IncidentChanges } from './IncidentChanges';
import { IncidentClocks } from './IncidentClocks';
import { IncidentContextReader } from './IncidentContextReader';
import { IncidentDeclarations } from './IncidentDeclarations';
import { IncidentFeed } from './IncidentFeed';
import { IncidentFigures } from './IncidentFigures';
import { IncidentMessages } from './IncidentMessages';
import { IncidentResponders } from './IncidentResponders';
import { createIncidentRouter } from './incidentRouter';
import { Incidents } from './Incidents';
import { IncidentService } from './IncidentService';
import { readIncidentSettings } from './incidentSettings';
import { IncidentSignals } from './IncidentSignals';
import { scheduleIncidentTasks } from './incidentTasks';
import { NO_POSTMORTEMS } from './PostmortemStates';
import { IncidentWriter } from './IncidentWriter';
import { SimilarIncidents } from './SimilarIncidents';

/** Incidents that are over are kept as long as others are compared with them. */
const KEPT_MS = 730 * 24 * 60 * 60 * 1000;

/** Makes all parts of incidents, serves their routes, and schedules their tasks. */
export async function createIncidents(options: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  config: RootConfigService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  logger: LoggerService;
  scheduler: SchedulerService;
  signals: SignalsService;
  knex: Knex;
  access: EntityAccess;
  outbox: Outbox;
  onCall: OnCallService;
  directory: CatalogDirectory;
  runbooks: RunbookReports;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<{
  service: IncidentService;
  deleteExpired(now: Date): Promise<void>;
}> {
  const { auth, config, knex, logger, outbox } = options;
  const store = new DatabaseIncidentStore({ knex, outbox });
  const entities = new EntityFacts(knex);
  const health = new HealthFacts(knex);
  const incidentAccess = new IncidentAccess({ store, access: options.access });
  const common = {
    ...options,
    store,
    entities,
    health,
    access: incidentAccess,
    audience: new IncidentAudience({
      auth,
      onCall: options.onCall,
      entities,
      health,
    }),
    signals: new IncidentSignals({ signals: options.signals, logger }),
    settings: readIncidentSettings(config, problem => logger.error(problem)),
    postmortems: NO_POSTMORTEMS,
  };
  const service = new IncidentService({
    ...common,
    access: options.access,
    incidentAccess,
  });
  const withService = { ...common, incidents: service };
  const writing = { ...withService, writer: new IncidentWriter(withService) };
  const similar = new SimilarIncidents(common);
  const incidents: Incidents = {
    service,
    declarations: new IncidentDeclarations(withService),
    changes: new IncidentChanges(writing),
    responders: new IncidentResponders(writing),
    messages: new IncidentMessages(writing),
    context: new IncidentContextReader({ ...common, similar }),
    similar,
    figures: new IncidentFigures(common),
  };

  options.httpRouter.use(await createIncidentRouter({ ...options, incidents }));
  registerIncidentActions({ ...options, incidents });
  await scheduleIncidentTasks({
    scheduler: options.scheduler,
    clocks: new IncidentClocks(common),
    feed: new IncidentFeed(common),
  });
  return {
    service,
    deleteExpired: async now => {
      await store.deleteBefore(new Date(now.getTime() - KEPT_MS));
    },
  };
}
