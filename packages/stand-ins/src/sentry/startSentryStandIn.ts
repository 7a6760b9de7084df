import { Router } from 'express';
import {
  createStandInParts,
  startStandInServer,
  type StandIn,
  type StandInControl,
} from '../shared/StandInServer';
import type { StandInClock } from '../shared/clock';
import { registerAlerts } from './endpoints/alerts';
import { registerEvents } from './endpoints/events';
import { registerEventSeries } from './endpoints/eventSeries';
import { registerIssueDetail } from './endpoints/issueDetail';
import { registerIssues } from './endpoints/issues';
import { registerOrganizations } from './endpoints/organizations';
import { registerOutcomes } from './endpoints/outcomes';
import { registerReleases } from './endpoints/releases';
import { registerSessions } from './endpoints/sessions';
import { sendWebhook, type SentryWebhook } from './webhooks';
import { sentryFailure } from './errors';
import {
  EndpointRegistry,
  type SentryMode,
  type SentryRateLimits,
  type SentryToken,
} from './http';
import { SentryModel } from './model/SentryModel';
import { visionCrmSentryWorld } from './world/visionCrm';
import type { SentryScenarioChange, SentryWorld } from './world/types';

/**
 * The token that is accepted when none is given.
 *
 * @public
 */
export const STAND_IN_SENTRY_TOKEN = 'sntrys_stand-in';

/** @public */
export interface SentryStandInOptions {
  /** 0, the default, takes any that is free. */
  port?: number;
  clock?: StandInClock;
  mode?: SentryMode;
  world?: SentryWorld;
  token?: string;
  /** Further tokens, with less reach. */
  tokens?: SentryToken[];
  /** False turns them off; self-hosted modes have none. */
  rateLimits?: SentryRateLimits | false;
  /** Serves everything below this path, such as `/sentry`. */
  basePath?: string;
}

/** @public */
export interface SentryStandInControl extends StandInControl {
  /** Changes the scenario from now on; answers the slugs of the projects concerned. */
  changeScenario(change: SentryScenarioChange): string[];
  /** Sends a webhook as the vendor would; answers what came back. */
  sendWebhook(
    webhook: SentryWebhook,
  ): Promise<{ status: number; body: string }>;
}

/** @public */
export interface SentryStandIn extends StandIn {
  readonly control: SentryStandInControl;
}

/**
 * Starts a server on the loopback interface that speaks Sentry's API.
 *
 * @public
 */
export async function startSentryStandIn(
  options: SentryStandInOptions = {},
): Promise<SentryStandIn> {
  const { mode = 'saas', basePath, port } = options;
  const isCurrent = mode !== 'self-hosted-old';
  const parts = createStandInParts({
    clock: options.clock,
    vendorFailure: sentryFailure,
  });
  const model = new SentryModel(
    options.world ?? visionCrmSentryWorld(),
    parts.clock.now(),
  );
  // Known when the server listens, before anyone can ask for a webhook.
  let baseUrl = '';
  const control: SentryStandInControl = {
    ...parts.control,
    changeScenario: change => model.change(change, parts.clock.now()),
    sendWebhook: webhook =>
      sendWebhook(webhook, {
        model,
        mode,
        baseUrl,
        now: parts.clock.now(),
      }),
  };

  const api = Router({ strict: true, caseSensitive: true });
  const endpoints = new EndpointRegistry({
    router: api,
    tokens: [
      { token: options.token ?? STAND_IN_SENTRY_TOKEN },
      ...(options.tokens ?? []),
    ],
    model,
    mode,
    now: () => parts.clock.now().getTime(),
    rateLimits: options.rateLimits,
  });
  registerOrganizations(endpoints);
  registerIssues(endpoints);
  registerIssueDetail(endpoints);
  registerEvents(endpoints);
  registerEventSeries(endpoints, { hasTimeseries: isCurrent });
  registerSessions(endpoints);
  registerReleases(endpoints);
  registerOutcomes(endpoints);
  registerAlerts(endpoints, { hasDetectors: isCurrent });
  endpoints.finish();

  const server = await startStandInServer({
    name: 'Sentry',
    port,
    basePath,
    parts,
    extendControl: router => {
      router.post('/scenario', (request, response) => {
        const change = request.body as SentryScenarioChange;
        response.json({ projects: control.changeScenario(change) });
      });
      router.post('/webhooks', (request, response, next) => {
        control
          .sendWebhook(request.body as SentryWebhook)
          .then(answer => response.json(answer), next);
      });
    },
    api,
  });
  baseUrl = server.url;
  return { url: server.url, control, close: server.close };
}
