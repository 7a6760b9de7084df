import { CompoundEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { resolutionSchema } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { EntityHealthFilter } from './HealthReadStore';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_SPAN_MS = 400 * DAY_MS;
/** What is answered when no span is asked for. */
const DEFAULT_SPAN_MS = { raw: HOUR_MS, hour: DAY_MS, day: 90 * DAY_MS };

/** `a,b` as well as `?x=a&x=b`. */
const listParameter = z
  .union([z.string(), z.array(z.string())])
  .transform(value =>
    [value]
      .flat()
      .flatMap(text => text.split(','))
      .map(text => text.trim())
      .filter(Boolean),
  );

const entityPathSchema = z.object({
  kind: z.string().min(1).max(63),
  namespace: z.string().min(1).max(63),
  name: z.string().min(1).max(63),
});

const listQuerySchema = z.object({
  status: listParameter
    .pipe(
      z.array(z.enum(['ok', 'warning', 'critical', 'unknown', 'unconfigured'])),
    )
    .optional(),
  owner: listParameter.optional(),
  system: listParameter.optional(),
  q: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z.string().max(2000).optional(),
});

const seriesQuerySchema = z.object({
  metric: z.string().min(1).max(100),
  signal: z.string().max(1000).optional(),
  subject: z.string().max(500).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  resolution: resolutionSchema.default('hour'),
});

export function parseEntityPath(params: unknown): CompoundEntityRef {
  return parse(entityPathSchema, params);
}

export function parseListQuery(query: unknown): {
  filter: EntityHealthFilter;
  limit: number;
  cursor?: string;
} {
  const { status, owner, system, q, limit, cursor } = parse(
    listQuerySchema,
    query,
  );
  return {
    filter: { statuses: status, owners: owner, systems: system, text: q },
    limit,
    cursor,
  };
}

export function parseSeriesQuery(query: unknown, now: Date) {
  const { from, to, ...rest } = parse(seriesQuerySchema, query);
  const end = to ? new Date(to) : now;
  const start = from
    ? new Date(from)
    : new Date(end.getTime() - DEFAULT_SPAN_MS[rest.resolution]);
  if (start >= end) {
    throw new InputError(`"from" must be before "to"`);
  }
  if (end.getTime() - start.getTime() > LONGEST_SPAN_MS) {
    throw new InputError('The span is longer than 400 days; ask for a part');
  }
  return { ...rest, from: start, to: end };
}

/** Throws `InputError` that names each parameter that is wrong, and how. */
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(issue => `"${issue.path.join('.')}": ${issue.message}`)
        .join('; '),
    );
  }
  return parsed.data;
}
