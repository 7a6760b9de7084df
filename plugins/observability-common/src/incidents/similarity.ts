import { SimilarityReason } from '../model';

/**
 * What is compared of two incidents. Of an incident of the past that has its
 * postmortem, trigger and factors come from there.
 *
 * @public
 */
export interface IncidentTraits {
  /** The services involved. */
  entityRefs: readonly string[];
  /** What those depend on. */
  dependencies: readonly string[];
  /** Ids of metrics that were in breach. */
  metrics: readonly string[];
  trigger?: string;
  factors: readonly string[];
  /** Title, headline, summary. */
  text: string;
}

/** How much each thing in common says, on its own. */
const WEIGHTS: Record<SimilarityReason['kind'], number> = {
  service: 0.35,
  metric: 0.25,
  factor: 0.2,
  trigger: 0.15,
  dependency: 0.15,
  words: 0.3,
};

/** Words that say nothing about what was wrong, in English and French. */
const EMPTY_WORDS = new Set(
  (
    'the and for are was were with not has have had too from since that this which while into its ' +
    'incident service services error errors problem down cannot could been all some ' +
    'les des une est sont dans pour avec pas plus sur que qui aux par ses son incident erreur erreurs'
  ).split(' '),
);

const SHORTEST_WORD = 3;
/** Fewer words in common are chance. */
const FEWEST_WORDS = 2;

/**
 * What two incidents have in common, the strongest first, and how much that says
 * (0..1). Nothing in common is no reason at all.
 *
 * @public
 */
export function compareIncidents(
  one: IncidentTraits,
  other: IncidentTraits,
): { score: number; reasons: SimilarityReason[] } {
  const reasons: SimilarityReason[] = [
    ...shared(one.entityRefs, other.entityRefs).map(reasonOf('service')),
    ...shared(one.metrics, other.metrics).map(reasonOf('metric')),
    ...shared(one.factors, other.factors).map(reasonOf('factor')),
    ...(one.trigger !== undefined &&
    one.trigger !== 'unknown' &&
    one.trigger === other.trigger
      ? [reasonOf('trigger')(one.trigger)]
      : []),
    ...shared(one.dependencies, other.dependencies).map(reasonOf('dependency')),
  ];
  const words = shared(wordsOf(one.text), wordsOf(other.text));
  if (words.length >= FEWEST_WORDS) {
    reasons.push({ kind: 'words', value: words.slice(0, 5).join(' ') });
  }
  // Each kind of reason adds to what is still open, so many weak ones come near a strong one.
  const kinds = new Set(reasons.map(({ kind }) => kind));
  const open = [...kinds].reduce((rest, kind) => rest * (1 - WEIGHTS[kind]), 1);
  return {
    score: 1 - open,
    reasons: reasons.sort((a, b) => WEIGHTS[b.kind] - WEIGHTS[a.kind]),
  };
}

function reasonOf(kind: SimilarityReason['kind']) {
  return (value: string): SimilarityReason => ({ kind, value });
}

function shared(one: readonly string[], other: readonly string[]): string[] {
  const known = new Set(other);
  return [...new Set(one)].filter(value => known.has(value));
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length >= SHORTEST_WORD && !EMPTY_WORDS.has(word));
}
