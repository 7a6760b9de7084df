import { JsonObject } from '@backstage/types';
import {
  OnCallServiceSelection,
  optionalText,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { PagerDutyApi } from './api/PagerDutyApi';
import { PagerDutyService } from './api/schemas';

/** Which escalation policy a service has, and how many levels that has, changes seldom. */
const KEPT_MS = 5 * 60_000;
/** Below so many, asking for each is cheaper than the list. */
const FEW_SERVICES = 3;

const policySchema = z.object({
  id: z.string(),
  title: z.string(),
  url: optionalText,
  levels: z.number(),
});
/** An escalation policy, as it is remembered. */
export type KnownPolicy = z.infer<typeof policySchema>;

const stateSchema = z.object({
  version: z.literal(1),
  readAt: z.string(),
  policies: z.array(policySchema),
  /** By selected service: its id and its policy's, or nothing where it is not there. */
  services: z.record(
    z.string(),
    z.object({ serviceId: z.string(), policyId: z.string() }).nullable(),
  ),
});
/** What is known of services; no secret is in it. */
export type KnownServices = z.infer<typeof stateSchema>;

/**
 * Finds the escalation policies of the services that entities name. They are
 * remembered for a while, so that most readings ask who is on call, and nothing
 * else.
 */
export async function resolveServices(options: {
  api: PagerDutyApi;
  selected: readonly OnCallServiceSelection[];
  state: JsonObject | undefined;
  now: Date;
}): Promise<KnownServices> {
  const { api, selected, now } = options;
  const before = stateSchema.safeParse(options.state);
  const known = before.success ? before.data : undefined;
  if (
    known &&
    now.getTime() - Date.parse(known.readAt) < KEPT_MS &&
    selected.every(({ id }) => known.services[id] !== undefined)
  ) {
    return known;
  }

  const services = new Map<string, PagerDutyService | undefined>();
  const ids = selected.flatMap(selection => {
    const id = serviceIdOf(selection, known);
    return id === undefined ? [] : [id];
  });
  const unique = [...new Set(ids)];
  if (unique.length > FEW_SERVICES) {
    for (const service of await api.listServices()) {
      services.set(service.id, service);
    }
  }
  for (const id of unique) {
    if (!services.has(id)) {
      services.set(id, await api.service(id));
    }
  }

  const next: KnownServices = {
    version: 1,
    readAt: now.toISOString(),
    policies: [],
    services: {},
  };
  const policies = new Map<string, KnownPolicy>();
  for (const selection of selected) {
    const id = serviceIdOf(selection, known);
    const key = selection.details?.integrationKey;
    let service = id === undefined ? undefined : services.get(id);
    if (!service && typeof key === 'string') {
      service = await api.serviceOfKey(key);
    }
    if (service) {
      const policy = toPolicy(service);
      policies.set(policy.id, policy);
    }
    next.services[selection.id] = service
      ? { serviceId: service.id, policyId: service.escalation_policy.id }
      : null;
  }
  return { ...next, policies: [...policies.values()] };
}

/** As the annotation says it, or as the key was found last. */
function serviceIdOf(
  { id, details }: OnCallServiceSelection,
  known: KnownServices | undefined,
): string | undefined {
  const serviceId = details?.serviceId;
  return typeof serviceId === 'string'
    ? serviceId
    : known?.services[id]?.serviceId;
}

function toPolicy({
  escalation_policy: policy,
}: PagerDutyService): KnownPolicy {
  return {
    id: policy.id,
    title: policy.name ?? policy.summary ?? policy.id,
    url: policy.html_url,
    levels: policy.escalation_rules?.length ?? 1,
  };
}
