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
import { createIncidentRouter } from './incidentRouter';
import { Incidents } from './Incidents';
import { IncidentService } from './IncidentService';
import { readIncidentSettings } from './incidentSettings';
import { IncidentSignals } from './IncidentSignals';
import { IncidentStore } from './IncidentStore';
import { scheduleIncidentTasks } from './incidentTasks';
import { PostmortemStates } from './PostmortemStates';
import { SimilarIncidents } from './SimilarIncidents';

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
  postmortems: PostmortemStates;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<Incidents & { store: IncidentStore }> {
  const { auth, config, knex, logger, outbox, postmortems } = options;
  const store = new DatabaseIncidentStore({ knex, outbox });
  const facts = new HealthFacts(knex);
  const incidentAccess = new IncidentAccess({ store, access: options.access });
  const common = {
    ...options,
    store,
    facts,
    access: incidentAccess,
    audience: new IncidentAudience({ auth, onCall: options.onCall, facts }),
    signals: new IncidentSignals({ signals: options.signals, logger }),
    settings: readIncidentSettings(config, problem => logger.error(problem)),
    postmortems,
  };
  const service = new IncidentService({
    ...common,
    access: options.access,
    incidentAccess,
  });
  const withService = { ...common, incidents: service };
  const similar = new SimilarIncidents(common);
  const incidents: Incidents = {
    service,
    declarations: new IncidentDeclarations(withService),
    changes: new IncidentChanges(withService),
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
  return { ...incidents, store };
}
