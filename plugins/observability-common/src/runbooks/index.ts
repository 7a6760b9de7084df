/**
 * Reads runbooks: the parser of Markdown, variables, the lint and the coverage.
 * An entry point of its own, since a browser has no need of a parser.
 *
 * @packageDocumentation
 */

export {
  computeCoverage,
  countCoverage,
  coverageByOwner,
} from './computeCoverage';
export type { CoveredService, CoveringRunbook } from './computeCoverage';
export {
  freshnessOf,
  lastTestOf,
  RUNBOOK_AGEING_DAYS,
  RUNBOOK_STALE_DAYS,
} from './freshness';
export { lintRunbook } from './lint/lintRunbook';
export type { LintOptions } from './lint/lintRunbook';
export { MAX_RUNBOOK_BYTES, parseRunbook } from './parse/parseRunbook';
export type {
  DeclaredVariable,
  ParsedRunbook,
  RunbookLink,
  RunbookSearchText,
  RunbookSource,
} from './parse/ParsedRunbook';
export { runbookId, urlWithoutRef } from './runbookId';
export type {
  VariableContext,
  VariableEntity,
  VariableSignal,
} from './variables/expressions';
export { resolveVariables, withVariables } from './variables/resolveVariables';

// What they take and give is part of the model; named here too, so that the
// entry point is whole by itself.
export {
  coverageCountsSchema,
  coverageRowSchema,
  ownerCoverageSchema,
  runbookFreshnessSchema,
  runbookProblemSchema,
  runbookSectionSchema,
  runbookStepSchema,
  runbookVariableSchema,
} from '../model';
export type {
  CoverageCounts,
  CoverageRow,
  OwnerCoverage,
  RunbookFreshness,
  RunbookProblem,
  RunbookSection,
  RunbookStep,
  RunbookVariable,
} from '../model';
