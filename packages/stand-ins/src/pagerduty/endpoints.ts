import { EndpointRegistry, pageOf, PagerDutyError } from './http';
import type { OnCallEntry, PagerDutyModel } from './PagerDutyModel';
import {
  policyReference,
  policyView,
  scheduleReference,
  scheduleView,
  serviceView,
  userReference,
  userView,
} from './views';
import { toZoned } from './wallClock';

const ACCOUNT_ZONE = 'Europe/Paris';
const LONGEST_LOOK_MS = 90 * 86_400_000;

/** Reads: who is on call, services, escalation policies and people. */
export function registerReads(
  endpoints: EndpointRegistry,
  model: PagerDutyModel,
): void {
  endpoints.add('get', '/oncalls', ({ query, response, nowMs }) => {
    const since = instantOf(query, 'since') ?? nowMs;
    const until = instantOf(query, 'until') ?? Math.max(since, nowMs);
    if (until < since || until > nowMs + LONGEST_LOOK_MS) {
      throw new PagerDutyError(400, 2005, 'Invalid Date Range');
    }
    const entries = model
      .onCalls(since, until)
      .filter(entry => isAsked(query, entry));
    const { page, pagination } = pageOf(
      query,
      query.get('earliest') === 'true' ? earliestOf(entries) : entries,
    );
    const zone = query.get('time_zone') ?? ACCOUNT_ZONE;
    const include = query.getAll('include[]');
    response.json({
      oncalls: page.map(entry => onCallView(entry, { model, zone, include })),
      ...pagination,
    });
  });

  endpoints.add('get', '/services', ({ query, response }) => {
    const text = query.get('query')?.toLocaleLowerCase('en');
    const found = model.world.services.filter(
      ({ name, integrationKeys }) =>
        !text ||
        name.toLocaleLowerCase('en').includes(text) ||
        integrationKeys.includes(text),
    );
    const { page, pagination } = pageOf(query, found);
    const include = query.getAll('include[]');
    response.json({
      services: page.map(service => serviceView(service, model, include)),
      ...pagination,
    });
  });

  endpoints.add('get', '/services/:id', ({ request, query, response }) => {
    const service = model.service(request.params.id);
    if (!service) throw notFound();
    const include = query.getAll('include[]');
    response.json({ service: serviceView(service, model, include) });
  });

  endpoints.add('get', '/escalation_policies', ({ query, response }) => {
    const { page, pagination } = pageOf(query, model.world.policies);
    response.json({
      escalation_policies: page.map(policy => policyView(policy, model)),
      ...pagination,
    });
  });

  endpoints.add('get', '/users', ({ query, response }) => {
    const text = query.get('query')?.toLocaleLowerCase('en') ?? '';
    const found = model.world.users.filter(({ name, email }) =>
      `${name} ${email}`.toLocaleLowerCase('en').includes(text),
    );
    const { page, pagination } = pageOf(query, found);
    response.json({ users: page.map(userView), ...pagination });
  });

  endpoints.add('get', '/v3/schedules/:id', ({ request, response }) => {
    const schedule = model.schedule(request.params.id);
    if (!schedule) throw notFound();
    if (schedule.family === 'layers') {
      throw new PagerDutyError(400, 2001, 'Invalid Input Provided', [
        'This schedule is made of layers',
      ]);
    }
    const { name, timeZone } = schedule;
    response.json({
      schedule: {
        ...scheduleReference(schedule),
        type: 'schedule_v3',
        name,
        time_zone: timeZone,
      },
    });
  });
}

function onCallView(
  entry: OnCallEntry,
  options: { model: PagerDutyModel; zone: string; include: readonly string[] },
) {
  const { policy, level, user, schedule, startMs, endMs } = entry;
  const { model, zone, include } = options;
  const zoned = (instantMs: number | undefined) =>
    instantMs === undefined ? null : toZoned(instantMs, zone);
  return {
    user: include.includes('users') ? userView(user) : userReference(user),
    schedule: schedule
      ? scheduleView(schedule, include.includes('schedules'))
      : null,
    escalation_policy: include.includes('escalation_policies')
      ? policyView(policy, model)
      : policyReference(policy),
    escalation_level: level,
    start: zoned(startMs),
    end: zoned(endMs),
  };
}

function isAsked(query: URLSearchParams, entry: OnCallEntry): boolean {
  const isIn = (name: string, id: string | undefined) => {
    const ids = query.getAll(name);
    return ids.length === 0 || ids.includes(id ?? 'null');
  };
  return (
    isIn('escalation_policy_ids[]', entry.policy.id) &&
    isIn('user_ids[]', entry.user.id) &&
    isIn('schedule_ids[]', entry.schedule?.id)
  );
}

/** Of each person at each level, the first. */
function earliestOf(entries: readonly OnCallEntry[]): OnCallEntry[] {
  const first = new Map<string, OnCallEntry>();
  for (const entry of entries) {
    const key = `${entry.policy.id} ${entry.level} ${entry.user.id}`;
    const known = first.get(key);
    if (!known || (entry.startMs ?? 0) < (known.startMs ?? 0)) {
      first.set(key, entry);
    }
  }
  return [...first.values()];
}

function instantOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) {
    throw new PagerDutyError(400, 2004, `Invalid ${name}`);
  }
  return instant;
}

export function notFound(): PagerDutyError {
  return new PagerDutyError(404, 2100, 'Not Found');
}
