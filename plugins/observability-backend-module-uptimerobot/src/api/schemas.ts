import { optionalPlainText } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

/*
 * What UptimeRobot answers, as far as it is used, in both generations of its
 * API. Everything beyond the ids is read leniently: one odd field must not hide
 * a monitor.
 */

const LAST_SECOND = 8_640_000_000_000;
const LONGEST_DURATION = 100 * 365 * 86_400;

const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform(value => optionalPlainText(value ?? undefined));
const number = z
  .union([z.number(), z.string().min(1)])
  .nullish()
  .catch(undefined)
  .transform(value => (value === undefined || value === null ? NaN : +value))
  .transform(value => (Number.isFinite(value) ? value : undefined));
/** Seconds, of what cannot have begun before there were monitors. */
const duration = number.transform(value =>
  value !== undefined && value >= 0 && value <= LONGEST_DURATION
    ? value
    : undefined,
);
const id = z.union([z.number().int(), z.string().min(1)]).transform(String);
const optionalId = id.optional().catch(undefined);

/** RFC 3339, or seconds since 1970. */
const instant = z
  .union([z.string(), z.number()])
  .transform(value =>
    toDate(
      typeof value === 'number' ? value * 1000 : Date.parse(String(value)),
    ),
  )
  .optional()
  .catch(undefined);

const epoch = z.coerce
  .number()
  .positive()
  // Beyond it there are no dates.
  .max(LAST_SECOND)
  .transform(seconds => new Date(seconds * 1000));

function toDate(millis: number): Date | undefined {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A list that leaves out what cannot be read. */
function lenientList<T>(item: z.ZodType<T>) {
  return z.array(z.unknown()).transform(items =>
    items.flatMap(value => {
      const parsed = item.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

const link = z.string().nullish();

export const monitorV3Schema = z.object({
  id,
  friendlyName: text,
  url: text,
  type: text,
  status: text,
  interval: number,
  currentStateDuration: duration,
  createDateTime: instant,
  sslExpiryDateTime: instant,
  lastIncidentId: optionalId,
  lastIncident: z
    .object({ reason: text, startedAt: instant })
    .optional()
    .catch(undefined),
  assignedAlertContacts: lenientList(z.object({ threshold: number }))
    .optional()
    .catch(undefined),
});
export type MonitorV3 = z.infer<typeof monitorV3Schema>;

/** A page; older versions name the list after what it holds. */
export const monitorsV3Schema = z
  .object({
    data: lenientList(monitorV3Schema).optional(),
    monitors: lenientList(monitorV3Schema).optional(),
    nextLink: link,
  })
  .refine(({ data, monitors }) => data ?? monitors, 'it holds no monitors')
  .transform(({ data, monitors, nextLink }) => ({
    items: data ?? monitors ?? [],
    nextLink: nextLink ?? undefined,
  }));

export const incidentV3Schema = z.object({
  type: text,
  reason: text,
  monitor: z.object({ id }),
  startedAt: instant.refine(value => value !== undefined),
  resolvedAt: instant,
  duration: number,
});
export type IncidentV3 = z.infer<typeof incidentV3Schema>;

export const incidentsV3Schema = z
  .object({ data: lenientList(incidentV3Schema), nextLink: link })
  .transform(({ data, nextLink }) => ({
    items: data,
    nextLink: nextLink ?? undefined,
  }));

export const windowV3Schema = z.object({
  interval: z.string(),
  date: z.string().nullish(),
  time: z.string(),
  /** Minutes. */
  duration: z.coerce.number().positive(),
  days: z.array(z.number()).optional().catch(undefined),
  autoAddMonitors: z.boolean().optional().catch(undefined),
  monitorIds: lenientList(id).optional().catch(undefined),
  status: text,
});
export type WindowV3 = z.infer<typeof windowV3Schema>;

export const windowsV3Schema = z
  .object({
    data: lenientList(windowV3Schema).optional(),
    maintenanceWindows: lenientList(windowV3Schema).optional(),
    nextLink: link,
  })
  .transform(({ data, maintenanceWindows, nextLink }) => ({
    items: data ?? maintenanceWindows ?? [],
    nextLink: nextLink ?? undefined,
  }));

export const responseTimesV3Schema = z.object({
  time_series: lenientList(
    z.object({
      timestamp: instant.refine(value => value !== undefined),
      value: z.coerce.number().nonnegative(),
    }),
  )
    .optional()
    .catch(undefined),
});

const log = z.object({
  /** 1 down, 2 up, 98 started, 99 paused. */
  type: z.coerce.number(),
  datetime: epoch,
  duration: number,
  reason: z.object({ detail: text }).optional().catch(undefined),
});
export type LogV2 = z.infer<typeof log>;

export const monitorV2Schema = z.object({
  id,
  friendly_name: text,
  url: text,
  type: number,
  status: number,
  interval: number,
  create_datetime: epoch.optional().catch(undefined),
  ssl: z
    .object({ expires: epoch.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  logs: lenientList(log).optional().catch(undefined),
  response_times: lenientList(
    z.object({ datetime: epoch, value: z.coerce.number().nonnegative() }),
  )
    .optional()
    .catch(undefined),
  alert_contacts: lenientList(z.object({ threshold: number }))
    .optional()
    .catch(undefined),
  mwindows: lenientList(
    z.object({
      /** 1 once, 2 daily, 3 weekly, 4 monthly. */
      type: z.coerce.number(),
      start_time: z.union([z.string(), z.number()]),
      /** Minutes. */
      duration: z.coerce.number().positive(),
      value: text,
      status: number,
    }),
  )
    .optional()
    .catch(undefined),
});
export type MonitorV2 = z.infer<typeof monitorV2Schema>;

/** Success or failure stand in `stat`, whatever the status is. */
export const monitorsV2Schema = z.union([
  z.object({
    stat: z.literal('ok'),
    pagination: z.object({
      offset: z.coerce.number(),
      limit: z.coerce.number(),
      total: z.coerce.number(),
    }),
    monitors: lenientList(monitorV2Schema),
  }),
  z.object({
    stat: z.string(),
    // `passed_value` echoes the key, so it is not even read.
    error: z
      .object({ type: text, parameter_name: text, message: text })
      .optional()
      .catch(undefined),
  }),
]);
export type MonitorsV2 = Extract<
  z.infer<typeof monitorsV2Schema>,
  { monitors: unknown }
>;
