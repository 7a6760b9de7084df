import { z } from 'zod/v4';
import {
  fairnessSchema,
  instantSchema,
  onCallNowSchema,
  onCallPersonSchema,
  overrideSchema,
  scheduleSchema,
  scheduleShiftsSchema,
  scheduleVersionSchema,
  scheduleWarningSchema,
  shiftSchema,
  swapSchema,
  userRefSchema,
} from '../model';

const MAX_REASON_LENGTH = 200;

/** Where a schedule is kept.
 * @public
 */
export const scheduleOriginSchema = z.object({
  /** Only one of `api` can be edited here. */
  type: z.enum(['api', 'config', 'file', 'external']),
  /** The file, the key of the configuration, or the source of an external one. */
  location: z.string().optional(),
  /** Of an external one, who is its master: `pagerduty`. */
  provider: z.string().optional(),
  /** Of an external one, its page there. */
  url: z.string().optional(),
  /** Of an external one, when it was read last. */
  observedAt: z.string().optional(),
  /** Of an external one, whether overrides are written back to it. */
  acceptsOverrides: z.boolean().optional(),
});
/** See {@link scheduleOriginSchema}.
 * @public
 */
export type ScheduleOrigin = z.infer<typeof scheduleOriginSchema>;

/** Schema of {@link ScheduleProblem}.
 * @public
 */
export const scheduleProblemSchema = z.object({
  /** The schedule, where it is known which. */
  schedule: z.string().optional(),
  /** The file or the key of the configuration. */
  location: z.string(),
  /** What is wrong, in English. */
  message: z.string(),
  since: z.string(),
});
/** A definition, or a file of them, that cannot be used; what was good last stays in force.
 * @public
 */
export type ScheduleProblem = z.infer<typeof scheduleProblemSchema>;

/** Schema of {@link ScheduleSummary}.
 * @public
 */
export const scheduleSummarySchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Reference of a group. */
  owner: z.string().optional(),
  timeZone: z.string(),
  /** Names, in the order of escalation. */
  levels: z.array(z.string()),
  origin: scheduleOriginSchema,
  /** Whether it can be edited only where it is kept. */
  readOnly: z.boolean(),
});
/** A schedule as lists show it.
 * @public
 */
export type ScheduleSummary = z.infer<typeof scheduleSummarySchema>;

/** Schema of {@link ScheduleList}.
 * @public
 */
export const scheduleListSchema = z.object({
  items: z.array(scheduleSummarySchema),
  problems: z.array(scheduleProblemSchema),
});
/** All schedules by name, and what could not be read.
 * @public
 */
export type ScheduleList = z.infer<typeof scheduleListSchema>;

/** Schema of {@link ScheduleDetails}.
 * @public
 */
export const scheduleDetailsSchema = z.object({
  /** In force now. */
  schedule: scheduleSchema,
  /** Sent back by whoever edits it; somebody else's edit meanwhile is a 409. */
  version: z.number(),
  /** Since when `schedule` is in force. */
  effectiveFrom: z.string(),
  /** What will be in force later, where there is such an edit. */
  upcoming: scheduleVersionSchema.optional(),
  origin: scheduleOriginSchema,
  readOnly: z.boolean(),
  /** Everybody who is named in it. */
  people: z.array(onCallPersonSchema),
  /** Those that are not over. */
  overrides: z.array(overrideSchema),
  /** Those that are not over, open or taken. */
  swaps: z.array(swapSchema),
  /** Of the coming 30 days. */
  warnings: z.array(scheduleWarningSchema),
  problems: z.array(scheduleProblemSchema),
});
/** A schedule with all that is coming.
 * @public
 */
export type ScheduleDetails = z.infer<typeof scheduleDetailsSchema>;

/** Schema of {@link OnCallList}.
 * @public
 */
export const onCallListSchema = z.object({ items: z.array(onCallNowSchema) });
/** Who has the watch, a row for each level of each schedule.
 * @public
 */
export type OnCallList = z.infer<typeof onCallListSchema>;

/** Schema of {@link UserShift}.
 * @public
 */
export const userShiftSchema = shiftSchema.extend({
  schedule: z.string(),
  title: z.string(),
});
/** A shift of one person, and in which schedule.
 * @public
 */
export type UserShift = z.infer<typeof userShiftSchema>;

/** Schema of {@link UserShiftList}.
 * @public
 */
export const userShiftListSchema = z.object({
  items: z.array(userShiftSchema),
});
/** The coming shifts of one person, the next one first.
 * @public
 */
export type UserShiftList = z.infer<typeof userShiftListSchema>;

/** Schema of {@link ScheduleTimeline}.
 * @public
 */
export const scheduleTimelineSchema = scheduleShiftsSchema.extend({
  /** Everybody who is named in it. */
  people: z.array(onCallPersonSchema),
  /** Those that touch the time that was asked for. */
  overrides: z.array(overrideSchema),
  /** Those that touch the time that was asked for, in any state. */
  swaps: z.array(swapSchema),
  /** Of an external schedule: there is nothing to tell of what comes later. */
  knownUntil: z.string().optional(),
});
/** A stretch of a schedule, with the changes that people made by hand.
 * @public
 */
export type ScheduleTimeline = z.infer<typeof scheduleTimelineSchema>;

/** Schema of {@link SchedulePreviewRequest}.
 * @public
 */
export const schedulePreviewRequestSchema = z.object({
  schedule: scheduleSchema,
  /** Instead of those of the saved schedule of that name. */
  overrides: z.array(overrideSchema).max(1000).optional(),
  /** Instead of those of the saved schedule of that name. */
  swaps: z.array(swapSchema).max(1000).optional(),
  from: instantSchema,
  to: instantSchema,
});
/** A definition that is not saved, and the time to work it out for.
 * @public
 */
export type SchedulePreviewRequest = z.infer<
  typeof schedulePreviewRequestSchema
>;

/** Schema of {@link SchedulePreview}.
 * @public
 */
export const schedulePreviewSchema = scheduleShiftsSchema.extend({
  people: z.array(onCallPersonSchema),
  /** Against the saved schedule of that name, where there is one. */
  difference: z
    .object({
      added: z.array(shiftSchema),
      removed: z.array(shiftSchema),
      changed: z.array(z.object({ before: shiftSchema, after: shiftSchema })),
      count: z.number(),
      /** When other people have the watch for the first time. */
      firstAt: z.string().optional(),
    })
    .optional(),
});
/** What a definition would mean.
 * @public
 */
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;

/** Schema of {@link ScheduleEdit}.
 * @public
 */
export const scheduleEditSchema = z.object({
  schedule: scheduleSchema,
  /** The `version` that the edit began with. */
  version: z.int(),
  /** Not before now; else the next handoff. */
  effectiveFrom: instantSchema.optional(),
});
/** A new definition of a schedule.
 * @public
 */
export type ScheduleEdit = z.infer<typeof scheduleEditSchema>;

/** Schema of {@link NewOverride}.
 * @public
 */
export const newOverrideSchema = z
  .object({
    /** Not in the past. */
    start: instantSchema,
    end: instantSchema,
    /** Without it, all levels. */
    level: z.string().max(63).optional(),
    add: userRefSchema.optional(),
    remove: userRefSchema.optional(),
    reason: z.string().trim().max(MAX_REASON_LENGTH).optional(),
  })
  .superRefine(refuseEmptyTimes)
  .refine(({ add, remove }) => add ?? remove, {
    path: ['add'],
    message: 'name somebody to "add" or to "remove"',
  });
/** A change by hand to who has the watch.
 * @public
 */
export type NewOverride = z.infer<typeof newOverrideSchema>;

/** Schema of {@link NewSwap}.
 * @public
 */
export const newSwapSchema = z
  .object({
    level: z.string().min(1).max(63),
    /** Not in the past. */
    start: instantSchema,
    end: instantSchema,
    /** Who has the watch then; else the caller. */
    from: userRefSchema.optional(),
    /** Who is asked; else anybody may take it. */
    to: userRefSchema.optional(),
  })
  .superRefine(refuseEmptyTimes);
/** A shift, or a part of one, that somebody wants covered.
 * @public
 */
export type NewSwap = z.infer<typeof newSwapSchema>;

/** Schema of {@link SwapTake}.
 * @public
 */
export const swapTakeSchema = z.object({
  /** Else the caller. Somebody else can be named by those who manage schedules. */
  to: userRefSchema.optional(),
});
/** Who takes a shift.
 * @public
 */
export type SwapTake = z.infer<typeof swapTakeSchema>;

/** Schema of {@link FairnessReport}.
 * @public
 */
export const fairnessReportSchema = z.object({
  schedule: z.string(),
  timeZone: z.string(),
  from: z.string(),
  to: z.string(),
  items: z.array(fairnessSchema),
  people: z.array(onCallPersonSchema),
});
/** What a schedule asked of each person, the most hours first.
 * @public
 */
export type FairnessReport = z.infer<typeof fairnessReportSchema>;

function refuseEmptyTimes(
  { start, end }: { start: string; end: string },
  context: z.RefinementCtx,
) {
  if (Date.parse(start) >= Date.parse(end)) {
    context.addIssue({
      code: 'custom',
      path: ['end'],
      message: 'must be later than "start"',
    });
  }
}
