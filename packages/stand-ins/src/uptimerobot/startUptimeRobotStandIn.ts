import { Router } from 'express';
import {
  createStandInParts,
  startStandInServer,
  type StandIn,
  type StandInControl,
} from '../shared/StandInServer';
import type { StandInClock } from '../shared/clock';
import { registerGetMonitors } from './endpoints/v2Monitors';
import { registerAccountMethods } from './endpoints/v2Windows';
import { registerIncidents } from './endpoints/v3Incidents';
import { registerMonitors } from './endpoints/v3Monitors';
import { registerStats } from './endpoints/v3Stats';
import { registerWindows } from './endpoints/v3Windows';
import { uptimeRobotFailure } from './errors';
import { EndpointRegistry, type AcceptedKeys } from './http';
import { AccountModel } from './model/AccountModel';
import { sendWebhook, type UptimeRobotWebhook } from './webhooks';
import type {
  UptimeRobotMaintenance,
  UptimeRobotScenarioChange,
  UptimeRobotWorld,
} from './world/types';
import { visionCrmUptimeRobotWorld } from './world/visionCrm';

/** @public */
export interface UptimeRobotStandInOptions {
  /** 0, the default, takes any that is free. */
  port?: number;
  clock?: StandInClock;
  world?: UptimeRobotWorld;
  /** Requests in any sixty seconds, by key; 10 by default, as on the free plan. False turns it off. */
  rateLimit?: number | false;
  /** Epoch milliseconds; the machine's time by default. */
  rateLimitNow?: () => number;
  /** `none` plays an account without the newer generation: it refuses all keys. */
  v3Keys?: AcceptedKeys;
  /** `none` plays an account without the older generation. */
  v2Keys?: AcceptedKeys;
}

/** @public */
export interface UptimeRobotStandInControl extends StandInControl {
  /** Changes the scenario from now on; answers the ids of the monitors concerned. */
  changeScenario(change: UptimeRobotScenarioChange): number[];
  /** Starts a maintenance window now; answers its id. */
  startMaintenance(maintenance: UptimeRobotMaintenance): number;
  /** Sends a webhook as the vendor would; answers what came back. */
  sendWebhook(
    webhook: UptimeRobotWebhook,
  ): Promise<{ status: number; body: string }>;
}

/** @public */
export interface UptimeRobotStandIn extends StandIn {
  readonly control: UptimeRobotStandInControl;
}

/**
 * Starts a server on the loopback interface that speaks both generations of
 * UptimeRobot's API, below `/v2` and `/v3`.
 *
 * @public
 */
export async function startUptimeRobotStandIn(
  options: UptimeRobotStandInOptions = {},
): Promise<UptimeRobotStandIn> {
  const parts = createStandInParts({
    clock: options.clock,
    vendorFailure: uptimeRobotFailure,
  });
  const now = () => parts.clock.now().getTime();
  const account = new AccountModel(
    options.world ?? visionCrmUptimeRobotWorld(),
    now(),
  );
  const control: UptimeRobotStandInControl = {
    ...parts.control,
    changeScenario: change => account.change(change, now()),
    startMaintenance: maintenance =>
      account.startMaintenance(maintenance, now()),
    sendWebhook: webhook => sendWebhook(webhook, { account, nowMs: now() }),
  };

  const api = Router({ strict: true, caseSensitive: true });
  const endpoints = new EndpointRegistry({
    router: api,
    account,
    now,
    v3Keys: options.v3Keys ?? 'all',
    v2Keys: options.v2Keys ?? 'all',
    rateLimit: options.rateLimit ?? 10,
    rateLimitNow: options.rateLimitNow,
  });
  registerMonitors(endpoints);
  registerIncidents(endpoints);
  registerWindows(endpoints);
  registerStats(endpoints);
  registerGetMonitors(endpoints);
  registerAccountMethods(endpoints);
  endpoints.finish();

  const server = await startStandInServer({
    name: 'UptimeRobot',
    port: options.port,
    parts,
    extendControl: router => {
      router.post('/scenario', (request, response) => {
        const change = request.body as UptimeRobotScenarioChange;
        response.json({ monitors: control.changeScenario(change) });
      });
      router.post('/maintenance', (request, response) => {
        const maintenance = request.body as UptimeRobotMaintenance;
        response.json({ window: control.startMaintenance(maintenance) });
      });
      router.post('/webhooks', (request, response, next) => {
        control
          .sendWebhook(request.body as UptimeRobotWebhook)
          .then(answer => response.json(answer), next);
      });
    },
    api,
  });
  return { url: server.url, control, close: server.close };
}
