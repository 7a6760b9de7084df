import { z } from 'zod/v4';
import { statusSchema } from '../status';
import { instantSchema } from './Signal';
import { onCallPersonSchema } from './Summaries';

/** The longest handoff note, in characters. */
const MAX_NOTE_LENGTH = 20_000;

/** When in a shift an item of its checklist is due.
 * @public */
export const checklistPhaseSchema = z.enum(['before', 'during', 'after']);
/** See {@link checklistPhaseSchema}.
 * @public
 */
export type ChecklistPhase = z.infer<typeof checklistPhaseSchema>;

/** Schema of {@link ChecklistItem}.
 * @public
 */
export const checklistItemSchema = z.object({
  /** Stays while the wording changes. */
  id: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'must be lower-case letters and digits, with single "-" between them',
    )
    .max(63),
  phase: checklistPhaseSchema,
  /** One line. */
  text: z.string().trim().min(1).max(200),
});
/** Something to be done before, during or after a shift.
 * @public
 */
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** Schema of {@link ShiftInQuestion}.
 * @public
 */
export const shiftInQuestionSchema = z.object({
  key: z.string(),
  schedule: z.string(),
  /** Of the schedule. */
  title: z.string(),
  level: z.string(),
  start: z.string(),
  end: z.string(),
  people: z.array(onCallPersonSchema),
});
/** The shift that a checklist or a handoff note belongs to.
 * @public
 */
export type ShiftInQuestion = z.infer<typeof shiftInQuestionSchema>;

/** Schema of {@link ShiftChecklist}.
 * @public
 */
export const shiftChecklistSchema = z.object({
  shift: shiftInQuestionSchema,
  /** In the order in which they are shown. */
  items: z.array(
    checklistItemSchema.extend({
      done: z.boolean(),
      /** Who ticked it, or took the tick away; a user or a service. */
      changedBy: z.string().optional(),
      changedAt: z.string().optional(),
    }),
  ),
  /** Whether the caller may tick. */
  mayEdit: z.boolean(),
});
/** What is to be done around a shift, and who did it when.
 * @public
 */
export type ShiftChecklist = z.infer<typeof shiftChecklistSchema>;

/** Schema of {@link ShiftChecklistEdit}.
 * @public
 */
export const shiftChecklistEditSchema = z.object({
  /** Only these change; all others stay as they are. */
  items: z
    .array(z.object({ id: z.string().min(1).max(63), done: z.boolean() }))
    .min(1)
    .max(100),
});
/** Items to be ticked, or not any more.
 * @public
 */
export type ShiftChecklistEdit = z.infer<typeof shiftChecklistEditSchema>;

/** Schema of {@link HandoffFact}.
 * @public
 */
export const handoffFactSchema = z.object({
  /** All of it in one line of English. */
  text: z.string(),
  at: instantSchema.optional(),
  until: instantSchema.optional(),
  entityRef: z.string().optional(),
  /** Of the entity, or of whatever else it is about. */
  title: z.string().optional(),
  status: statusSchema.optional(),
  /** References of users. */
  people: z.array(z.string()).optional(),
  url: z.string().optional(),
});
/** One thing that whoever comes should know.
 * @public
 */
export type HandoffFact = z.infer<typeof handoffFactSchema>;

/** Schema of {@link HandoffSection}.
 * @public
 */
export const handoffSectionSchema = z.object({
  /**
   * `unhealthy`, `changes`, `overrides`, `swaps`, `restore-tests`, and what other
   * parts of the portal add, such as `incidents` and `actions`.
   */
  id: z.string(),
  /** In English. */
  title: z.string(),
  /** What matters most first; not more than a note can hold. */
  items: z.array(handoffFactSchema),
  /** How many there are, also those that are left out of `items`. */
  count: z.number(),
});
/** Facts of one kind.
 * @public
 */
export type HandoffSection = z.infer<typeof handoffSectionSchema>;

/** Schema of {@link HandoffRole}.
 * @public
 */
export const handoffRoleSchema = z.enum(['leaving', 'arriving']);
/** On which side of a handoff somebody is.
 * @public
 */
export type HandoffRole = z.infer<typeof handoffRoleSchema>;

/** Schema of {@link HandoffSignature}.
 * @public
 */
export const handoffSignatureSchema = z.object({
  role: handoffRoleSchema,
  /** Reference of a user. */
  by: z.string(),
  at: z.string(),
});
/** Somebody has read a handoff note, and answers for their side of it.
 * @public
 */
export type HandoffSignature = z.infer<typeof handoffSignatureSchema>;

/** Schema of {@link HandoffNote}.
 * @public
 */
export const handoffNoteSchema = z.object({
  shift: shiftInQuestionSchema,
  /** Who comes, and when; absent where nobody does within 60 days. */
  next: z
    .object({
      key: z.string(),
      start: z.string(),
      end: z.string(),
      people: z.array(onCallPersonSchema),
    })
    .optional(),
  /** 0 until somebody has saved it; sent back by whoever saves or signs it. */
  version: z.number(),
  /** Markdown. Until somebody has saved it, a draft that is written from `facts`. */
  text: z.string(),
  /** What the caller may know, as of now; empty once the note is frozen. */
  facts: z.array(handoffSectionSchema),
  editedBy: z.string().optional(),
  editedAt: z.string().optional(),
  signatures: z.array(handoffSignatureSchema),
  /** Signed by both sides; it does not change any more. */
  isFrozen: z.boolean(),
  mayEdit: z.boolean(),
  /** For which sides the caller may sign, of those that are not signed yet. */
  maySign: z.array(handoffRoleSchema),
});
/** What whoever leaves tells whoever comes.
 * @public
 */
export type HandoffNote = z.infer<typeof handoffNoteSchema>;

/** Schema of {@link HandoffNoteEdit}.
 * @public
 */
export const handoffNoteEditSchema = z.object({
  text: z.string().max(MAX_NOTE_LENGTH),
  /** The `version` that the edit began with. */
  version: z.int().min(0),
});
/** A new wording of a handoff note. Signatures were for the old one, and go.
 * @public
 */
export type HandoffNoteEdit = z.infer<typeof handoffNoteEditSchema>;

/** Schema of {@link HandoffSigning}.
 * @public
 */
export const handoffSigningSchema = z.object({
  /** The `version` that was read; a note that nobody has saved is saved as it is drafted. */
  version: z.int().min(0),
  /** Else the side on which the caller is. */
  role: handoffRoleSchema.optional(),
});
/** A signature under a handoff note.
 * @public
 */
export type HandoffSigning = z.infer<typeof handoffSigningSchema>;
