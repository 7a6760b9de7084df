import {
  AuditorService,
  HttpAuthService,
  HttpRouterService,
  LoggerService,
  RootConfigService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { ThresholdOverrides } from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { EntityFacts } from '../catalog/EntityFacts';
import { configurationFolder } from '../files/configurationFolder';
import { Outbox } from '../notifications/Outbox';
import { registerRunbookActions } from './actions';
import { CoverageService } from './coverage/CoverageService';
import { CoverageStore } from './coverage/CoverageStore';
import { DatabaseLinkStore } from './links/DatabaseLinkStore';
import { LinkChecker } from './links/LinkChecker';
import { createProbeLink } from './links/probeLink';
import { RunbookReminder } from './reminders/RunbookReminder';
import { RunbookDetails } from './RunbookDetails';
import { RunbookImages } from './RunbookImages';
import { RunbookIndex } from './RunbookIndex';
import { RunbookReports } from './RunbookReports';
import { createRunbookRouter } from './runbookRouter';
import { RunbookService } from './RunbookService';
import { readRunbookSettings } from './runbookSettings';
import { RunbookSignals } from './RunbookSignals';
import { scheduleRunbookTasks } from './runbookTasks';
import { DatabaseRunbookRunStore } from './runs/DatabaseRunbookRunStore';
import { RunbookRuns } from './runs/RunbookRuns';
import { RunbookCollector } from './sources/RunbookCollector';
import { DatabaseRunbookStore } from './store/DatabaseRunbookStore';

/** Runs and days are kept this long. */
const KEPT_DAYS = 400;
const DAY_MS = 24 * 3_600_000;

/** What runbooks are made with. */
export interface RunbooksOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
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
  /** Of the configuration. */
  thresholds: ThresholdOverrides;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}

/** What others need of them. */
export interface Runbooks {
  reports: RunbookReports;
  /** Deletes what is past its time. */
  deleteExpired(now: Date): Promise<void>;
}

/** Makes all parts of runbooks, serves their routes, and schedules their tasks. */
export async function createRunbooks(
  options: RunbooksOptions,
): Promise<Runbooks> {
  const { config, logger, knex, access, outbox, urlReader } = options;
  const { httpAuth, auditor, writeHandlers } = options;
  const settings = readRunbookSettings(config, problem =>
    logger.error(problem),
  );
  const integrations = ScmIntegrations.fromConfig(config);
  const folder = configurationFolder(process.cwd());
  const store = new DatabaseRunbookStore(knex);
  const runStore = new DatabaseRunbookRunStore(knex);
  const linkStore = new DatabaseLinkStore(knex);
  const coverageStore = new CoverageStore(knex);
  const entities = new EntityFacts(knex);
  const signals = new RunbookSignals({ signals: options.signals, logger });
  const index = new RunbookIndex({
    store,
    runs: runStore,
    links: linkStore,
    entities,
  });
  const details = new RunbookDetails({
    store,
    runs: runStore,
    catalog: options.catalog,
    entities,
  });
  const runbooks = new RunbookService({ index, details, entities, access });
  const runs = new RunbookRuns({
    store: runStore,
    runbooks,
    index,
    access,
    signals,
  });
  const coverage = new CoverageService({
    index,
    store: coverageStore,
    entities,
    access,
    thresholds: options.thresholds,
  });

  options.httpRouter.use(
    await createRunbookRouter({
      runbooks,
      runs,
      coverage,
      images: new RunbookImages({
        runbooks,
        details,
        reader: urlReader,
        integrations,
        folder,
      }),
      httpAuth,
      auditor,
      writeHandlers,
    }),
  );
  registerRunbookActions({
    actionsRegistry: options.actionsRegistry,
    auditor,
    runbooks,
    runs,
  });
  await scheduleRunbookTasks({
    scheduler: options.scheduler,
    coverage,
    collector: new RunbookCollector({
      store,
      signals,
      reading: { reader: urlReader, integrations, folder },
      ...settings,
      logger,
    }),
    links: new LinkChecker({
      index,
      store: linkStore,
      probe: createProbeLink({ reader: urlReader, integrations }),
    }),
    reminder: new RunbookReminder({
      knex,
      index,
      runs: runStore,
      links: linkStore,
      outbox,
    }),
  });
  return {
    reports: new RunbookReports({ index, access }),
    deleteExpired: async now => {
      const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
      await runStore.deleteBefore(before);
      await coverageStore.deleteBefore(before.toISOString().slice(0, 10));
    },
  };
}
