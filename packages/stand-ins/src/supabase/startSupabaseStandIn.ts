import { Router } from 'express';
import {
  createStandInParts,
  startStandInServer,
  type StandIn,
  type StandInControl,
} from '../shared/StandInServer';
import type { StandInClock } from '../shared/clock';
import { registerDatabase } from './endpoints/database';
import { registerMetrics } from './endpoints/metrics';
import { registerProjects } from './endpoints/projects';
import { supabaseFailure } from './errors';
import { EndpointRegistry, type SupabaseRateLimits } from './http';
import { ProjectModel } from './model/ProjectModel';
import type { SupabaseScenarioChange, SupabaseWorld } from './world/types';
import { visionCrmSupabaseWorld } from './world/visionCrm';

/**
 * The access token that is accepted when none is given.
 *
 * @public
 */
export const STAND_IN_SUPABASE_TOKEN = 'sbp_stand-in';

/** @public */
export interface SupabaseStandInOptions {
  /** 0, the default, takes any that is free. */
  port?: number;
  clock?: StandInClock;
  world?: SupabaseWorld;
  token?: string;
  /** False turns them off. */
  rateLimits?: SupabaseRateLimits | false;
}

/** @public */
export interface SupabaseStandInControl extends StandInControl {
  /** Changes the scenario from now on; answers the references of the projects concerned. */
  changeScenario(change: SupabaseScenarioChange): string[];
}

/** @public */
export interface SupabaseStandIn extends StandIn {
  readonly control: SupabaseStandInControl;
  /** Where the metrics of a project are. */
  metricsUrl(ref: string): string;
}

/**
 * Starts a server on the loopback interface that speaks Supabase's Management
 * API, and serves the metrics of each project below `/metrics/<ref>`.
 *
 * @public
 */
export async function startSupabaseStandIn(
  options: SupabaseStandInOptions = {},
): Promise<SupabaseStandIn> {
  const { port, world = visionCrmSupabaseWorld() } = options;
  const parts = createStandInParts({
    clock: options.clock,
    vendorFailure: supabaseFailure,
  });
  const now = () => parts.clock.now().getTime();
  const startMs = now();
  const projects = world
    .describe()
    .map(definition => new ProjectModel(definition, startMs));
  const control: SupabaseStandInControl = {
    ...parts.control,
    changeScenario: ({ project, change, restart }) => {
      const concerned = projects.filter(
        ({ ref, definition }) =>
          project === undefined || [ref, definition.name].includes(project),
      );
      if (concerned.length === 0) throw new Error(`No project '${project}'`);
      for (const one of concerned) {
        one.change(change ?? {}, now());
        if (restart) one.restart(now());
      }
      return concerned.map(({ ref }) => ref);
    },
  };

  const api = Router({ strict: true, caseSensitive: true });
  registerMetrics(api, { projects: () => projects, now });
  const endpoints = new EndpointRegistry({
    router: api,
    token: options.token ?? STAND_IN_SUPABASE_TOKEN,
    projects: () => projects,
    now,
    rateLimits: options.rateLimits,
  });
  registerProjects(endpoints);
  registerDatabase(endpoints);
  endpoints.finish();

  const server = await startStandInServer({
    name: 'Supabase',
    port,
    parts,
    extendControl: router => {
      router.post('/scenario', (request, response) => {
        const change = request.body as SupabaseScenarioChange;
        response.json({ projects: control.changeScenario(change) });
      });
    },
    api,
  });
  return {
    url: server.url,
    metricsUrl: ref =>
      `${server.url}/metrics/${ref}/customer/v1/privileged/metrics`,
    control,
    close: server.close,
  };
}
