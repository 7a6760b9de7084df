import { z } from 'zod/v4';
import { runbookRunOutcomeSchema } from './RunbookOutcome';
import { runbookSummarySchema } from './RunbookSummary';
import { instantSchema } from './Signal';

/** Schema of {@link RunbookCommandPart}.
 * @public
 */
export const runbookCommandPartSchema = z.object({
  /** As the runbook writes it. */
  text: z.string(),
  /** The name of the variable that stands here; otherwise it is plain text. */
  variable: z.string().optional(),
});
/** A piece of a command. All pieces together are the command, to the letter.
 * @public */
export type RunbookCommandPart = z.infer<typeof runbookCommandPartSchema>;

/** Schema of {@link RunbookCommand}.
 * @public
 */
export const runbookCommandSchema = z.object({
  /** What the runbook calls its language, such as `bash`, `sql`, `promql`. */
  language: z.string().optional(),
  /** As the runbook writes it; nothing is filled in. */
  text: z.string(),
  parts: z.array(runbookCommandPartSchema),
  /** Names of its variables that have no value yet. */
  unresolved: z.array(z.string()),
  /** Line of the file that it begins at, from 1. */
  line: z.number(),
});
/** A command to copy. Nothing runs it.
 * @public */
export type RunbookCommand = z.infer<typeof runbookCommandSchema>;

/** Schema of {@link RunbookStep}.
 * @public
 */
export const runbookStepSchema = z.object({
  /** From 0. */
  index: z.number(),
  /** Its first sentence, as plain text on one line. */
  title: z.string(),
  /** All of it as Markdown, to the letter, without the mark of the list. */
  markdown: z.string(),
  commands: z.array(runbookCommandSchema),
  /** What one should see once it is done, as Markdown. */
  expected: z.string().optional(),
  /** What to do when one sees something else, as Markdown. */
  otherwise: z.string().optional(),
  /** Index of the step that `otherwise` sends one to. */
  otherwiseStep: z.number().optional(),
  /** Title of the section that it stands in. */
  section: z.string().optional(),
  /** Line of the file that it begins at, from 1. */
  line: z.number(),
});
/** One thing to do.
 * @public */
export type RunbookStep = z.infer<typeof runbookStepSchema>;

/** Schema of {@link RunbookSection}.
 * @public
 */
export const runbookSectionSchema = z.object({
  /** Plain text; what stands before the first heading has none. */
  title: z.string().optional(),
  /** 1 to 6, as the heading's; 0 without one. */
  depth: z.number(),
  /** What stands under the heading, without its subsections and without what became steps. */
  markdown: z.string(),
  /** Indices of the steps that were taken from it. */
  steps: z.array(z.number()),
  /** Line of the file that it begins at, from 1. */
  line: z.number(),
});
/** The text under one heading. Title, sections and steps together are the whole runbook.
 * @public */
export type RunbookSection = z.infer<typeof runbookSectionSchema>;

/** Schema of {@link RunbookProblem}.
 * @public
 */
export const runbookProblemSchema = z.object({
  code: z.enum([
    'invalid-front-matter',
    'too-large',
    'no-owner',
    'no-alert',
    'no-steps',
    'to-do',
    'dead-link',
    'no-command-or-result',
    'no-expected-result',
    'never-tested',
    'ageing',
    'stale',
  ]),
  severity: z.enum(['error', 'warning']),
  /** In English, on one line. */
  message: z.string(),
  /** Of the file, from 1. */
  line: z.number().optional(),
  /** From 1. */
  column: z.number().optional(),
  /** Index of the step that it is about. */
  step: z.number().optional(),
  /** The link that is dead, as the runbook writes it. */
  link: z.string().optional(),
});
/** Something that makes a runbook harder to follow or to trust.
 * @public */
export type RunbookProblem = z.infer<typeof runbookProblemSchema>;

/** Schema of {@link RunbookVariable}.
 * @public
 */
export const runbookVariableSchema = z.object({
  name: z.string(),
  /** Absent while nothing fills it; what a person types stays in the browser. */
  value: z.string().optional(),
  source: z.enum(['runbook', 'entity', 'annotation', 'signal']).optional(),
  /** Which field, annotation or signal. */
  sourceName: z.string().optional(),
  /** Whether a shell would read more into the value than a word. */
  unsafe: z.boolean(),
  /** Indices of the steps whose commands need it. */
  neededBy: z.array(z.number()),
  /** Values to take with one click, the most likely first. Never taken by itself. */
  suggestions: z.array(z.object({ value: z.string(), reason: z.string() })),
});
/** A word in the commands of a runbook that something must be put in for.
 * @public */
export type RunbookVariable = z.infer<typeof runbookVariableSchema>;

/** Schema of {@link RunbookTrust}.
 * @public
 */
export const runbookTrustSchema = z.object({
  testedBy: z.string().optional(),
  /** The last run that is finished. */
  lastUsed: z
    .object({
      runId: z.string(),
      at: instantSchema,
      by: z.string(),
      outcome: runbookRunOutcomeSchema,
      durationSeconds: z.number(),
      entityRef: z.string().optional(),
      incidentId: z.string().optional(),
    })
    .optional(),
  /** Runs that are finished. */
  runs: z.number(),
  /** Those of them that worked or worked partly. */
  helped: z.number(),
  changedAt: instantSchema.optional(),
  changedBy: z.string().optional(),
  /** Whether the text changed since the last test; absent where one of the two is not known. */
  changedSinceTest: z.boolean().optional(),
});
/** What speaks for and against following a runbook.
 * @public */
export type RunbookTrust = z.infer<typeof runbookTrustSchema>;

/** Schema of {@link Runbook}.
 * @public
 */
export const runbookSchema = runbookSummarySchema
  .omit({ problems: true, match: true })
  .extend({
    /** Path in its repository or folder, for people to read. */
    path: z.string().optional(),
    /** Where it is edited, where there is such a page. */
    editUrl: z.string().optional(),
    symptoms: z.array(z.string()),
    tags: z.array(z.string()),
    /** The whole text without its front matter; shortcodes are admonitions or text. */
    markdown: z.string(),
    sections: z.array(runbookSectionSchema),
    steps: z.array(runbookStepSchema),
    problems: z.array(runbookProblemSchema),
    variables: z.array(runbookVariableSchema),
    trust: runbookTrustSchema,
    /** When the text was read last from where it is kept. */
    readAt: instantSchema,
    /** Why it cannot be read at present, in English; the text is then the last good one. */
    sourceProblem: z.string().optional(),
    /** Changes with the text. */
    contentHash: z.string(),
  });
/** A runbook with all that its page draws.
 * @public */
export type Runbook = z.infer<typeof runbookSchema>;
