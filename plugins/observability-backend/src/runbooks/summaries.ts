import {
  RunbookMatch,
  RunbookMatchReason,
  RunbookSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { freshnessOf } from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { EntitySurroundings } from '../catalog/EntityFacts';
import { LookupField, LookupMatch, Relation } from './lookup';
import { withoutAnchor } from './links/withoutAnchor';
import { IndexedRunbook } from './RunbookIndex';

/** What a caller may see of a runbook. */
export type IsReadable = (entityRef: string) => boolean;

/** Whether a caller sees a runbook: one of its entities, or it has none. */
export function isVisible(
  { entityRefs }: { entityRefs: readonly string[] },
  isReadable: IsReadable,
): boolean {
  return entityRefs.length === 0 || entityRefs.some(isReadable);
}

/** A runbook as lists show it; entities that the caller may not read are left out. */
export function toSummary(
  runbook: IndexedRunbook,
  options: { isReadable: IsReadable; now: Date; match?: RunbookMatch },
): RunbookSummary {
  const { facts, owner, lastTested } = runbook;
  return {
    id: runbook.id,
    title: facts.title,
    url: runbook.url,
    entityRefs: runbook.entityRefs.filter(options.isReadable),
    ...(owner ? { owner } : {}),
    alerts: facts.alerts,
    ...(facts.severity ? { severity: facts.severity } : {}),
    ...(lastTested ? { lastTested } : {}),
    freshness: freshnessOf(lastTested, options.now),
    stepCount: facts.stepCount,
    problems: problemCountOf(runbook, options.now),
    ...(options.match ? { match: options.match } : {}),
  };
}

/** Problems of the text, with what changes without it: its age and its links. */
export function problemCountOf(runbook: IndexedRunbook, now: Date): number {
  const { facts, deadLinks, lastTested, owner } = runbook;
  return (
    facts.problemCount +
    (owner === undefined ? 1 : 0) +
    (freshnessOf(lastTested, now) === 'fresh' ? 0 : 1) +
    (runbook.hasText ? 0 : 1) +
    [...facts.links, ...(runbook.hasText ? [] : [runbook.url])].filter(link =>
      deadLinks.includes(withoutAnchor(link)),
    ).length
  );
}

const PARTS: Record<LookupField, RunbookMatchReason['part']> = {
  alerts: 'alert',
  title: 'title',
  fileName: 'file-name',
  symptoms: 'symptom',
  tags: 'tag',
  headings: 'heading',
  services: 'entity',
  body: 'text',
};
const RELATIONS: Record<Relation, RunbookMatchReason['part']> = {
  own: 'entity',
  system: 'system',
  dependency: 'dependency',
  owner: 'nearest',
};

/** Why a runbook answers, as pages tell it. */
export function toMatch(
  match: LookupMatch,
  context: {
    runbook: IndexedRunbook;
    /** The most that any of the answers scores. */
    bestScore: number;
    /** Whether words or an alert were asked for. */
    hasQuery: boolean;
    near?: EntitySurroundings;
    isReadable: IsReadable;
  },
): RunbookMatch {
  const { bestScore, hasQuery } = context;
  const why: RunbookMatchReason[] = [];
  if (match.field) {
    const [correction] = match.corrections;
    why.push({
      part: PARTS[match.field],
      ...(correction
        ? { term: correction.typed, found: correction.read }
        : { found: match.excerpt.slice(0, 200) }),
    });
  }
  if (match.relation) {
    const found = relatedEntity(match.relation, context);
    why.push({
      part:
        match.by === 'service' && hasQuery
          ? 'nearest'
          : RELATIONS[match.relation],
      ...(found ? { found } : {}),
    });
  }
  return {
    by: match.by,
    score: bestScore > 0 ? Math.min(1, match.score / bestScore) : 0,
    excerpt: match.excerpt,
    why,
  };
}

function relatedEntity(
  relation: Relation,
  context: {
    runbook: IndexedRunbook;
    near?: EntitySurroundings;
    isReadable: IsReadable;
  },
): string | undefined {
  const { near, runbook, isReadable } = context;
  if (!near) {
    return undefined;
  }
  const candidates = {
    own: [near.entityRef],
    system: near.system,
    dependency: near.dependencies,
    owner: near.owner ? [near.owner] : [],
  }[relation];
  return relation === 'owner'
    ? candidates[0]
    : candidates.find(
        ref => runbook.entityRefs.includes(ref) && isReadable(ref),
      );
}
