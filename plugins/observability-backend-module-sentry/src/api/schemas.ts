import {
  optionalFlag,
  optionalNumber,
  optionalText,
  vendorId,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

export const projectSchema = z.object({
  id: vendorId,
  slug: z.string().min(1),
  firstEvent: optionalText,
  firstTransactionEvent: optionalFlag,
  hasSessions: optionalFlag,
  hasAccess: optionalFlag,
});
/** A project as the list of an organisation's projects has it. */
export type SentryProject = z.infer<typeof projectSchema>;

const assigneeSchema = z
  .object({
    type: z.string(),
    name: optionalText,
    email: optionalText,
  })
  .nullish()
  .catch(undefined);

export const issueSchema = z.object({
  id: vendorId,
  shortId: optionalText,
  title: optionalText,
  culprit: optionalText,
  permalink: optionalText,
  level: optionalText,
  status: optionalText,
  substatus: optionalText,
  priority: optionalText,
  isUnhandled: optionalFlag,
  count: optionalNumber,
  userCount: optionalNumber,
  firstSeen: optionalText,
  lastSeen: optionalText,
  stats: z
    .record(z.string(), z.array(z.array(z.unknown())))
    .nullish()
    .catch(undefined),
  lifetime: z
    .object({ firstSeen: optionalText, lastSeen: optionalText })
    .nullish()
    .catch(undefined),
  assignedTo: assigneeSchema,
  project: z.object({ id: vendorId }),
});
/** A group of like events. Its figures are those of the window asked for. */
export type SentryIssue = z.infer<typeof issueSchema>;

export const tableSchema = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
});
/** A row has one cell for each field asked for, under the field's own name. */
export type SentryRow = z.infer<typeof tableSchema>['data'][number];

export const timeSeriesSchema = z.object({
  timeSeries: z.array(
    z.object({
      yAxis: z.string(),
      groupBy: z
        .array(z.object({ key: z.string(), value: z.unknown() }))
        .nullish(),
      meta: z.object({ isOther: optionalFlag }).nullish().catch(undefined),
      values: z.array(
        z.object({ timestamp: z.number(), value: optionalNumber }),
      ),
    }),
  ),
});

/** The older form nests by group, then by axis, and leaves out either level when there is just one. */
export const eventsStatsSchema = z.record(z.string(), z.unknown());

const groupedSchema = z.object({
  by: z.record(z.string(), z.unknown()),
  totals: z.record(z.string(), z.unknown()).nullish(),
});
/** A group of sessions or of outcomes with its totals. */
export type SentryGroup = z.infer<typeof groupedSchema>;

export const groupsSchema = z.object({
  start: optionalText,
  end: optionalText,
  intervals: z.array(z.string()).nullish().catch(undefined),
  groups: z.array(groupedSchema),
});

const authorSchema = z
  .object({ name: optionalText, email: optionalText })
  .nullish()
  .catch(undefined);

export const releaseSchema = z.object({
  version: z.string().min(1),
  dateCreated: optionalText,
  dateReleased: optionalText,
  newGroups: optionalNumber,
  authors: z.array(authorSchema).nullish().catch(undefined),
  owner: authorSchema,
  lastCommit: z.object({ author: authorSchema }).nullish().catch(undefined),
  projects: z
    .array(
      z.object({
        id: vendorId,
        slug: optionalText,
        newGroups: optionalNumber,
      }),
    )
    .nullish()
    .catch(undefined),
});
/** A release of an organisation, which may belong to several projects. */
export type SentryRelease = z.infer<typeof releaseSchema>;
