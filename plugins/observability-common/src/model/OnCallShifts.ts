import { z } from 'zod/v4';
import { userRefSchema } from './OnCall';
import { instantSchema } from './Signal';

/** Schema of {@link Override}.
 * @public */
export const overrideSchema = z.object({
  id: z.string(),
  start: instantSchema,
  end: instantSchema,
  /** Without it, it acts on all levels. */
  level: z.string().optional(),
  /** Alone, this person joins. */
  add: userRefSchema.optional(),
  /** Alone, this person leaves. With `add`, that one stands in where this one has the watch. */
  remove: userRefSchema.optional(),
  reason: z.string().optional(),
  createdBy: z.string(),
  /** Of two that contradict each other, the later one wins. */
  createdAt: instantSchema,
});
/** A change by hand to who has the watch, for a time.
 * @public */
export type Override = z.infer<typeof overrideSchema>;

/** How an exchange of a shift stands.
 * @public */
export const swapStateSchema = z.enum([
  'open',
  'taken',
  'cancelled',
  'expired',
]);
/** See {@link swapStateSchema}.
 * @public */
export type SwapState = z.infer<typeof swapStateSchema>;

/** Schema of {@link Swap}.
 * @public */
export const swapSchema = z.object({
  id: z.string(),
  schedule: z.string(),
  level: z.string(),
  start: instantSchema,
  end: instantSchema,
  from: userRefSchema,
  /** Whoever takes it, or is asked to. */
  to: userRefSchema.optional(),
  state: swapStateSchema,
  /** Of two that contradict each other, the later one wins. */
  createdAt: instantSchema,
});
/** A shift that somebody asks others to take. Nothing changes until it is taken.
 * @public */
export type Swap = z.infer<typeof swapSchema>;

/** Schema of {@link Shift}.
 * @public */
export const shiftSchema = z.object({
  /** Names the shift in calendars and links; stays while the turn that it belongs to stays. */
  key: z.string(),
  start: z.string(),
  end: z.string(),
  level: z.string(),
  /** References of catalog users, or ids of people whom only another master knows; never empty. */
  people: z.array(z.string()),
  source: z.object({
    type: z.enum(['rotation', 'override', 'swap', 'external']),
    /** The layer whose turn it is, or what another master calls it. */
    layer: z.string().optional(),
    /** Of the override or the swap. */
    id: z.string().optional(),
  }),
});
/** A time in which the same people have the watch at one level; half open.
 * @public */
export type Shift = z.infer<typeof shiftSchema>;

/** Schema of {@link CoverageGap}.
 * @public */
export const coverageGapSchema = z.object({
  start: z.string(),
  end: z.string(),
  level: z.string(),
});
/** A time in which nobody has the watch at one level; half open.
 * @public */
export type CoverageGap = z.infer<typeof coverageGapSchema>;

/** What a schedule can be warned of.
 * @public */
export const scheduleWarningCodeSchema = z.enum([
  'empty-layer',
  'gap',
  'handoff-in-gap',
  'handoff-in-overlap',
  'layer-ends',
  'left-owner-group',
  'one-person-layer',
  'override-without-effect',
  'swap-without-effect',
  'two-levels',
  'unknown-person',
]);
/** See {@link scheduleWarningCodeSchema}.
 * @public */
export type ScheduleWarningCode = z.infer<typeof scheduleWarningCodeSchema>;

/** Schema of {@link ScheduleWarning}.
 * @public */
export const scheduleWarningSchema = z.object({
  code: scheduleWarningCodeSchema,
  /** In English. */
  message: z.string(),
  /** When it matters first. */
  at: z.string().optional(),
  level: z.string().optional(),
  layer: z.string().optional(),
  /** A reference, where it is about somebody. */
  person: z.string().optional(),
});
/** Something about a schedule that people should look at.
 * @public */
export type ScheduleWarning = z.infer<typeof scheduleWarningSchema>;

/** Schema of {@link ScheduleShifts}.
 * @public */
export const scheduleShiftsSchema = z.object({
  /** By start, then by level. Whole: the first and the last may reach beyond what was asked for. */
  shifts: z.array(shiftSchema),
  /** By start, then by level; within what was asked for. */
  gaps: z.array(coverageGapSchema),
  warnings: z.array(scheduleWarningSchema),
});
/** A stretch of a schedule, worked out.
 * @public */
export type ScheduleShifts = z.infer<typeof scheduleShiftsSchema>;

/** Schema of {@link Fairness}.
 * @public */
export const fairnessSchema = z.object({
  /** Reference of a catalog user. */
  person: z.string(),
  /** Elapsed. Two levels at once count once. */
  hours: z.number(),
  /** How often this person had the watch at 03:00 on the clocks of the schedule. */
  nights: z.number(),
  /** Weekends of which any part was theirs. */
  weekends: z.number(),
  shifts: z.number(),
  /** Of all people's hours, 0..1. */
  share: z.number(),
});
/** What the watch asked of one person over a time.
 * @public */
export type Fairness = z.infer<typeof fairnessSchema>;
