import {
  AuditorService,
  HttpAuthService,
  HttpRouterService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express from 'express';
import { Knex } from 'knex';
import { EntityAccess } from '../../access/EntityAccess';
import { HealthReadStore } from '../../health/HealthReadStore';
import { CatalogDirectory } from '../CatalogDirectory';
import { ScheduleReader } from '../OnCallStore';
import { ChecklistService } from './ChecklistService';
import { createHandoffRouter } from './handoffRouter';
import { HandoffService } from './HandoffService';
import { HandoffStore } from './HandoffStore';
import { createHealthSource } from './healthSource';
import { readChecklist } from './readChecklist';
import { createScheduleSource } from './scheduleSource';
import { ServicesOfSchedule } from './ServicesOfSchedule';
import { ShiftCallers } from './ShiftCallers';
import { ShiftLookup } from './ShiftLookup';

/** Makes checklists and handoff notes, and serves their routes. */
export async function createHandoff(options: {
  auditor: AuditorService;
  catalog: CatalogService;
  config: RootConfigService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  logger: LoggerService;
  knex: Knex;
  access: EntityAccess;
  health: HealthReadStore;
  schedules: Pick<ScheduleReader, 'load' | 'recorded'>;
  directory: CatalogDirectory;
  writeHandlers: express.RequestHandler[];
}): Promise<{ handoffs: HandoffService; store: HandoffStore }> {
  const { access, catalog, config, directory, health, knex, logger } = options;
  const store = new HandoffStore(knex);
  const shared = {
    store,
    shifts: new ShiftLookup(options.schedules),
    callers: new ShiftCallers({ access, directory }),
  };
  const checklists = new ChecklistService({
    ...shared,
    items: readChecklist(config, problem => logger.error(problem)),
  });
  const handoffs = new HandoffService({
    ...shared,
    services: new ServicesOfSchedule({ health, catalog, access }),
    sources: [
      createHealthSource({ knex, health, access }),
      createScheduleSource(directory),
    ],
  });
  options.httpRouter.use(
    await createHandoffRouter({ ...options, checklists, handoffs }),
  );
  return { handoffs, store };
}
