import { SentryHttpError } from '../errors';
import type { EndpointContext } from '../http';
import type { OrganizationModel } from '../model/SentryModel';
import type { ProjectModel } from '../model/ProjectModel';

const UNITS_MS: Record<string, number> = {
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** After `fromMs`, up to and including `toMs`. */
export interface TimeWindow {
  fromMs: number;
  toMs: number;
}

/** `24h` and the like in milliseconds. */
export function parsePeriod(text: string): number | undefined {
  const parts = /^(\d+)([smhdw]?)$/.exec(text.trim());
  if (!parts) return undefined;
  return Number(parts[1]) * UNITS_MS[parts[2]];
}

/** An instant in ISO 8601; without an offset it is UTC. Epoch seconds too. */
export function parseInstant(text: string): number | undefined {
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?/.test(text)) {
    return undefined;
  }
  // A plus sign that was not encoded arrives as a space.
  const plus = text.replace(/ (\d{2}:?\d{2})$/, '+$1');
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(plus.slice(10))
    ? plus
    : `${plus.includes('T') ? plus : `${plus}T00:00:00`}Z`;
  const timeMs = Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/** The window that `statsPeriod`, or `start` with `end`, asks for. */
export function readWindow(
  { query, now }: Pick<EndpointContext, 'query' | 'now'>,
  usualPeriod: string,
): TimeWindow {
  const period = query.get('statsPeriod');
  const start = query.get('start');
  const end = query.get('end');
  if (period || (!start && !end)) {
    const lengthMs = parsePeriod(period || usualPeriod);
    if (!lengthMs) {
      throw SentryHttpError.badRequest(`Invalid statsPeriod: '${period}'`);
    }
    return { fromMs: now - lengthMs, toMs: now };
  }
  if (!start || !end) {
    throw SentryHttpError.badRequest('start and end are both required');
  }
  const fromMs = parseInstant(start);
  const toMs = parseInstant(end);
  if (fromMs === undefined || toMs === undefined) {
    const wrong = fromMs === undefined ? start : end;
    throw SentryHttpError.badRequest(
      `${wrong} is not a valid ISO8601 date query`,
    );
  }
  if (fromMs > toMs) {
    throw SentryHttpError.badRequest('start must be before end');
  }
  // What lies ahead has not happened.
  return { fromMs: Math.min(fromMs, now), toMs: Math.min(toMs, now) };
}

export function hasWindow(query: URLSearchParams): boolean {
  return Boolean(query.get('statsPeriod') || query.get('start'));
}

/** The organisation of the path, if the token may know of it. */
export function readOrganization(context: EndpointContext): OrganizationModel {
  const { model, request, token } = context;
  const organization = model.organization(request.params.organization);
  const mayKnow =
    organization &&
    (token.organizations?.includes(organization.definition.slug) ?? true);
  if (!organization || !mayKnow) throw SentryHttpError.notFound();
  return organization;
}

/**
 * The projects that the repeated parameter names, all without it. An old
 * installation knows numbers only.
 */
export function readProjects(context: EndpointContext): ProjectModel[] {
  const { projects } = readOrganization(context);
  const wanted = context.query.getAll('project').filter(Boolean);
  if (wanted.length === 0 || wanted.includes('-1')) return projects;
  if (context.mode === 'self-hosted-old') {
    if (!wanted.every(value => /^-?\d+$/.test(value))) {
      throw SentryHttpError.badRequest(
        'Invalid project parameter. Values must be numbers.',
      );
    }
  }
  const found = projects.filter(
    ({ definition }) =>
      wanted.includes(definition.id) || wanted.includes(definition.slug),
  );
  // One that is not there cannot be told from one that may not be seen.
  if (found.length < new Set(wanted).size) throw SentryHttpError.forbidden();
  return found;
}

/** The environments that the repeated parameter names; undefined is all. */
export function readEnvironments(
  context: EndpointContext,
): Set<string> | undefined {
  const wanted = context.query.getAll('environment').filter(Boolean);
  if (wanted.length === 0) return undefined;
  const { projects } = readOrganization(context);
  const known = new Set(
    projects.flatMap(({ definition }) => Object.keys(definition.environments)),
  );
  if (!wanted.every(name => known.has(name))) throw SentryHttpError.notFound();
  return new Set(wanted);
}

/** How many rows a page has: as asked, at most and by default the maximum. */
export function readPageSize(
  query: URLSearchParams,
  name: 'per_page' | 'limit',
  maximum = 100,
): number {
  const text = query.get(name);
  if (text === null || text === '') return maximum;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > maximum) {
    throw SentryHttpError.badRequest(
      `Invalid ${name} parameter. Must be between 1 and ${maximum}.`,
    );
  }
  return size;
}

/** Microseconds and Z, as most endpoints write instants. */
export function formatInstant(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '000Z');
}

/** Whole seconds and Z, as sessions and outcomes write them. */
export function formatSeconds(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
