import { Router } from 'express';
import {
  createStandInParts,
  startStandInServer,
  type StandIn,
  type StandInControl,
} from '../shared/StandInServer';
import type { StandInClock } from '../shared/clock';
import { hashText, unitValue } from '../shared/random';
import { SITE_PAGES, type SitePage, type SitePageState } from './pages';

const SLOW_MS = 4_000;
const STATES: SitePageState[] = ['well', 'failing', 'slow', 'hanging'];

/** @public */
export interface VisionCrmSiteOptions {
  /** 0, the default, takes any that is free. */
  port?: number;
  clock?: StandInClock;
  /** False answers at once. */
  takesTime?: boolean;
}

/** @public */
export interface VisionCrmSiteControl extends StandInControl {
  /** Makes a page answer so from now on; without a state it follows its script again. */
  changeScenario(change: { path: string; state?: SitePageState }): void;
}

/** @public */
export interface VisionCrmSite extends StandIn {
  readonly control: VisionCrmSiteControl;
}

/**
 * Starts the site that the demo's HTTP checks ask: no vendor, but what a team
 * would watch of its own.
 *
 * @public
 */
export async function startVisionCrmSite(
  options: VisionCrmSiteOptions = {},
): Promise<VisionCrmSite> {
  const parts = createStandInParts({
    clock: options.clock,
    vendorFailure: status => ({
      body: `${status}\n`,
      contentType: 'text/plain',
    }),
  });
  const startedAt = parts.clock.now().getTime();
  const pages = new Map(SITE_PAGES.map(page => [page.path, page]));
  const forced = new Map<string, SitePageState>();
  const control: VisionCrmSiteControl = {
    ...parts.control,
    changeScenario: ({ path, state }) => {
      if (!pages.has(path)) {
        throw new Error(`A page is one of ${[...pages.keys()].join(', ')}`);
      }
      if (state === undefined) forced.delete(path);
      else if (STATES.includes(state)) forced.set(path, state);
      else throw new Error(`A state is one of ${STATES.join(', ')}`);
    },
  };

  const api = Router({ strict: true, caseSensitive: true });
  const counts = { requests: 0 };
  for (const page of SITE_PAGES) {
    api.get(page.path, (_request, response) => {
      const minutes = (parts.clock.now().getTime() - startedAt) / 60_000;
      const state = forced.get(page.path) ?? stateAt(page, minutes);
      if (state === 'hanging') return;
      const answer = () =>
        response
          .status(state === 'failing' ? 503 : 200)
          .type(page.contentType)
          .send(state === 'failing' ? page.failing : page.well);
      counts.requests += 1;
      const waitMs =
        state === 'slow' ? SLOW_MS : usualMs(page, counts.requests, options);
      if (waitMs > 0) {
        const timer = setTimeout(answer, waitMs);
        response.on('close', () => clearTimeout(timer));
      } else answer();
    });
  }
  api.use((_request, response) => {
    response.status(404).type('text/plain').send('Not found\n');
  });

  const server = await startStandInServer({
    name: 'the site of VisionCRM',
    port: options.port,
    parts,
    extendControl: router => {
      router.post('/scenario', (request, response) => {
        control.changeScenario(request.body);
        response.status(204).end();
      });
    },
    api,
  });
  return { url: server.url, control, close: server.close };
}

function stateAt({ troubles }: SitePage, minutes: number): SitePageState {
  const trouble = troubles.find(
    ({ from, to }) => from <= minutes && minutes < to,
  );
  return trouble?.state ?? 'well';
}

/** Between two thirds and twice of what is usual, mostly near it. */
function usualMs(
  { path, usualMs: usual }: SitePage,
  request: number,
  { takesTime = true }: VisionCrmSiteOptions,
): number {
  if (!takesTime) return 0;
  const value = unitValue(hashText(path), request);
  return Math.round(usual * (0.67 + 0.5 * value + 0.83 * value ** 8));
}
