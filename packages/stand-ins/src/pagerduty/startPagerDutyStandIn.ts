import { Router } from 'express';
import type { StandInClock } from '../shared/clock';
import {
  createStandInParts,
  startStandInServer,
  type StandIn,
  type StandInControl,
} from '../shared/StandInServer';
import { registerReads } from './endpoints';
import { EndpointRegistry, pagerDutyFailure } from './http';
import { registerOverrides } from './overrides';
import { PagerDutyModel } from './PagerDutyModel';
import { sendWebhook, type PagerDutyWebhook } from './webhooks';
import type { PagerDutyWorld } from './world/types';
import { visionCrmPagerDutyWorld } from './world/visionCrm';

/**
 * The credentials that are accepted when none are given.
 *
 * @public
 */
export const PAGERDUTY_STAND_IN_TOKENS = {
  token: 'pd-stand-in-token',
  readOnly: 'pd-stand-in-read-only',
  clientId: 'pd-stand-in-client',
  clientSecret: 'pd-stand-in-client-secret',
  bearer: 'pd-stand-in-bearer',
};

/** @public */
export interface PagerDutyStandInOptions {
  /** 0, the default, takes any that is free. */
  port?: number;
  clock?: StandInClock;
  world?: PagerDutyWorld;
  token?: string;
  /** False turns them off. */
  rateLimits?: boolean;
}

/** @public */
export interface PagerDutyStandInControl extends StandInControl {
  /** Sends a webhook as the vendor would; answers what came back. */
  sendWebhook(
    webhook: PagerDutyWebhook,
  ): Promise<{ status: number; body: string }>;
}

/** @public */
export interface PagerDutyStandIn extends StandIn {
  readonly control: PagerDutyStandInControl;
}

/**
 * Starts a server on the loopback interface that speaks PagerDuty's REST API,
 * as far as on-call goes, and its identity service's.
 *
 * @public
 */
export async function startPagerDutyStandIn(
  options: PagerDutyStandInOptions = {},
): Promise<PagerDutyStandIn> {
  const parts = createStandInParts({
    clock: options.clock,
    vendorFailure: pagerDutyFailure,
  });
  const model = new PagerDutyModel(options.world ?? visionCrmPagerDutyWorld());
  const control: PagerDutyStandInControl = {
    ...parts.control,
    sendWebhook: webhook => sendWebhook(webhook, parts.clock.now()),
  };
  const tokens = PAGERDUTY_STAND_IN_TOKENS;
  const api = Router({ strict: true, caseSensitive: true });
  const endpoints = new EndpointRegistry({
    router: api,
    token: options.token ?? tokens.token,
    readOnlyToken: tokens.readOnly,
    bearerToken: tokens.bearer,
    now: () => parts.clock.now().getTime(),
    rateLimits: options.rateLimits ?? true,
  });
  api.post('/oauth/token', (request, response) => {
    const { grant_type, client_id, client_secret, scope } = Object(
      request.body,
    );
    if (
      grant_type !== 'client_credentials' ||
      client_id !== tokens.clientId ||
      client_secret !== tokens.clientSecret
    ) {
      response.status(401).json({ error: 'invalid_client' });
      return;
    }
    response.json({
      access_token: tokens.bearer,
      token_type: 'bearer',
      expires_in: 86_400,
      scope,
    });
  });
  registerReads(endpoints, model);
  registerOverrides(endpoints, model);
  endpoints.finish();

  const server = await startStandInServer({
    name: 'PagerDuty',
    port: options.port,
    parts,
    extendControl: router => {
      router.post('/webhooks', (request, response, next) => {
        control
          .sendWebhook(request.body as PagerDutyWebhook)
          .then(answer => response.json(answer), next);
      });
    },
    api,
  });
  return { url: server.url, control, close: server.close };
}
