import { z } from 'zod/v4';
import { isTimeZone } from '../oncall/TimeZone';
import { parseWallClock } from '../oncall/wallClock';
import { instantSchema } from './Signal';

/** The longest name of a schedule, a level or a layer. */
const MAX_NAME_LENGTH = 63;
const MAX_TEXT_LENGTH = 200;

/** The most turns of each unit that may pass before the next person has the watch. */
const MAX_ROTATION_LENGTH = { hour: 8760, day: 366, week: 53, month: 24 };

const nameSchema = z
  .string()
  .regex(
    /^[a-zA-Z0-9]+([-_.][a-zA-Z0-9]+)*$/,
    'must be letters and digits, with single "-", "_" or "." between them',
  )
  .max(MAX_NAME_LENGTH, `must be at most ${MAX_NAME_LENGTH} characters long`);

const labelSchema = z
  .string()
  .regex(
    /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u,
    'must be text on one line that neither begins nor ends with a space',
  )
  .max(MAX_NAME_LENGTH, `must be at most ${MAX_NAME_LENGTH} characters long`);

/**
 * A user of the catalog. References are compared in lower case, as the catalog
 * compares them.
 *
 * @public
 */
export const userRefSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^user:[a-z0-9._-]{1,253}\/[^\s/:]{1,253}$/,
    'must name a user of the catalog, such as "user:default/ana"',
  );

const groupRefSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^group:[a-z0-9._-]{1,253}\/[^\s/:]{1,253}$/,
    'must name a group of the catalog, such as "group:default/crm"',
  );

const wallClockSchema = z
  .string()
  .refine(
    value => parseWallClock(value) !== undefined,
    'must be a date and time of 1970 to 2100 that the calendar has, such as "2026-11-30T09:00"',
  );

const timeOfDaySchema = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d$/,
    'must be a time of day from "00:00" to "23:59"',
  );

// What people write is read strictly: a misspelt `windows` must not be a layer
// that is always there.

/** Days of the week, Monday first.
 * @public */
export const weekdaySchema = z.enum([
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
]);
/** A day of the week.
 * @public */
export type Weekday = z.infer<typeof weekdaySchema>;

/** Schema of {@link LayerWindow}.
 * @public */
export const layerWindowSchema = z.strictObject({
  /** Without it, every day. */
  days: z
    .array(weekdaySchema)
    .min(1, 'must name a day; without days, the window is there every day')
    .max(7)
    .optional(),
  from: timeOfDaySchema,
  to: timeOfDaySchema,
});
/**
 * A part of the day in which a layer is in force. One that ends before it starts
 * reaches into the next day and belongs to the day on which it starts; one that
 * ends when it starts is 24 hours long.
 *
 * @public
 */
export type LayerWindow = z.infer<typeof layerWindowSchema>;

/** Schema of {@link Rotation}.
 * @public */
export const rotationSchema = z
  .strictObject({
    unit: z.enum(['hour', 'day', 'week', 'month']),
    /** How many units a turn lasts. */
    length: z.int('must be a whole number').min(1, 'must be at least 1'),
    /** The first handoff, `YYYY-MM-DDTHH:mm` on the clocks of the schedule's zone: member 0 begins. */
    start: wallClockSchema,
  })
  .superRefine(({ unit, length }, context) => {
    if (length > MAX_ROTATION_LENGTH[unit]) {
      context.addIssue({
        code: 'custom',
        path: ['length'],
        message: `must be at most ${MAX_ROTATION_LENGTH[unit]} for the unit "${unit}"`,
      });
    }
  });
/**
 * How the watch goes around. Hours are elapsed time; days, weeks and months
 * follow the clocks on the wall.
 *
 * @public
 */
export type Rotation = z.infer<typeof rotationSchema>;

/** Schema of {@link Layer}.
 * @public */
export const layerSchema = z
  .strictObject({
    /** Part of the keys of its shifts, so that layers can be added before it. */
    name: labelSchema.optional(),
    /** In turn. A list inside the list has the watch together; `null` is a gap on purpose. */
    members: z
      .array(
        z.union([
          userRefSchema,
          z.array(userRefSchema).min(1, 'must name somebody').max(20),
          z.null(),
        ]),
      )
      .max(200),
    rotation: rotationSchema,
    /** Without them, in force at any time. */
    windows: z
      .array(layerWindowSchema)
      .min(1, 'must hold a window; without windows, the layer is always there')
      .max(50)
      .optional(),
    /** It covers nothing before this instant. */
    from: instantSchema.optional(),
    /** It covers nothing at or after this instant. */
    until: instantSchema.optional(),
  })
  .superRefine(({ from, until }, context) => {
    if (from && until && Date.parse(from) >= Date.parse(until)) {
      context.addIssue({
        code: 'custom',
        path: ['until'],
        message: 'must be later than "from"',
      });
    }
  });
/** A rotation of people, in force always or in windows.
 * @public */
export type Layer = z.infer<typeof layerSchema>;

/** Schema of {@link Level}.
 * @public */
export const levelSchema = z
  .strictObject({
    name: labelSchema,
    /** The first layer that covers an instant answers for the level. */
    layers: z.array(layerSchema).min(1, 'must hold a layer').max(20),
  })
  .superRefine(({ layers }, context) =>
    refuseRepeatedNames(layers, ['layers'], context),
  );
/** One step of the escalation, such as primary or backup.
 * @public */
export type Level = z.infer<typeof levelSchema>;

/** Schema of {@link Schedule}.
 * @public */
export const scheduleSchema = z
  .strictObject({
    name: nameSchema,
    title: z.string().max(MAX_TEXT_LENGTH).optional(),
    /** A group of the catalog. */
    owner: groupRefSchema.optional(),
    /** An IANA name, such as `Europe/Paris`. */
    timeZone: z
      .string()
      .refine(
        isTimeZone,
        'must be a time zone of the IANA database, such as "Europe/Paris"',
      ),
    /** In the order of escalation. */
    levels: z.array(levelSchema).min(1, 'must hold a level').max(10),
  })
  .superRefine(({ levels }, context) =>
    refuseRepeatedNames(levels, ['levels'], context),
  );
/** Who has the watch when, as people write it.
 * @public */
export type Schedule = z.infer<typeof scheduleSchema>;

/** Schema of {@link ScheduleVersion}.
 * @public */
export const scheduleVersionSchema = z.object({
  definition: scheduleSchema,
  /** It answers from this instant on, until the next version does. */
  effectiveFrom: instantSchema,
});
/** A definition and the time from which it is in force.
 * @public */
export type ScheduleVersion = z.infer<typeof scheduleVersionSchema>;

function refuseRepeatedNames(
  named: { name?: string }[],
  path: string[],
  context: z.RefinementCtx,
) {
  const seen = new Set<string>();
  named.forEach(({ name }, index) => {
    if (name === undefined) {
      return;
    }
    if (seen.has(name)) {
      context.addIssue({
        code: 'custom',
        path: [...path, index, 'name'],
        message: `must be unique, "${name}" is there already`,
      });
    }
    seen.add(name);
  });
}
