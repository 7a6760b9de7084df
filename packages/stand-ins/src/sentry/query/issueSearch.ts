import type { EndpointContext } from '../http';
import { SentryHttpError } from '../errors';
import type { ErrorStream, IssueModel } from '../model/streams';
import { firstTimeOf, lastTimeOf } from '../model/events';
import { EVENT_KEYS, matchesEvent } from './eventTerms';
import { parseInstant, parsePeriod } from './parameters';
import {
  compare,
  evaluate,
  invalid,
  matchesText,
  parseSearch,
  termsOf,
  usesBooleans,
  type SearchExpression,
  type SearchTerm,
} from './searchQuery';

const SUBSTATUSES = [
  'new',
  'ongoing',
  'escalating',
  'regressed',
  'archived_until_escalating',
  'archived_until_condition_met',
  'archived_forever',
];

const STATES = [
  'unresolved',
  'resolved',
  'ignored',
  'archived',
  'muted',
  'assigned',
  'unassigned',
  'for_review',
  'linked',
  'unlinked',
  ...SUBSTATUSES,
];

/** A search of issues: which issues, and which of their events count. */
export class IssueSearch {
  readonly #context: EndpointContext;
  readonly #expression: SearchExpression;
  readonly #eventTerms: SearchTerm[];

  constructor(context: EndpointContext, text: string) {
    if (usesBooleans(text)) {
      throw SentryHttpError.badRequest(
        'Error parsing search query: Boolean statements containing "OR" or "AND" are not supported in this search',
      );
    }
    this.#context = context;
    this.#expression = parseSearch(text);
    const terms = termsOf(this.#expression);
    this.#eventTerms = terms.filter(
      ({ key }) => key === undefined || EVENT_KEYS.has(key),
    );
    for (const term of terms) this.#check(term);
  }

  /** Whether figures restricted to the search differ from the plain ones. */
  get restrictsEvents(): boolean {
    return this.#eventTerms.length > 0;
  }

  matchesIssue(issue: IssueModel, streams: ErrorStream[]): boolean {
    return evaluate(this.#expression, term =>
      term.key === undefined || EVENT_KEYS.has(term.key)
        ? streams.some(stream => matchesEvent(stream, term))
        : this.#matchesIssueTerm(issue, term),
    );
  }

  matchesEvent(stream: ErrorStream): boolean {
    return this.#eventTerms.every(
      term => matchesEvent(stream, term) !== term.negated,
    );
  }

  #check(term: SearchTerm): void {
    if (term.key === 'is') {
      for (const value of term.values) {
        if (!STATES.includes(value)) {
          throw invalid(
            `Invalid value for "is" search, valid values are ${JSON.stringify(
              STATES,
            )}`,
          );
        }
      }
    }
    if (term.key === 'lastSeen' || term.key === 'firstSeen') {
      if (!readTime(term, this.#context.now)) {
        throw invalid(`${term.key}: Invalid date: ${term.values[0]}`);
      }
    }
    if (term.key === 'timesSeen' && Number.isNaN(Number(term.values[0]))) {
      throw invalid(`${term.key}: Invalid number`);
    }
  }

  #matchesIssueTerm(issue: IssueModel, term: SearchTerm): boolean {
    const { definition, project } = issue;
    const { model, now } = this.#context;
    const { status, substatus } = model.issueState(issue);
    const any = (...values: (string | null | undefined)[]) =>
      term.values.some(wanted =>
        values.some(value => matchesText(value, wanted)),
      );

    switch (term.key) {
      case 'is':
        return term.values.every(value => {
          if (value === 'archived' || value === 'muted') {
            return status === 'ignored';
          }
          if (value === 'assigned') return Boolean(definition.assignedTo);
          if (value === 'unassigned') return !definition.assignedTo;
          if (value === 'for_review') return substatus === 'new';
          if (value === 'linked') return false;
          if (value === 'unlinked') return true;
          if (SUBSTATUSES.includes(value)) return substatus === value;
          // Those being deleted are still found, and dropped from the page.
          return (
            status === value ||
            (value === 'unresolved' && status === 'pending_deletion')
          );
        });
      case 'lastSeen':
        return matchesTime(lastTimeOf(issue.streams, now), term, now);
      case 'firstSeen':
        return matchesTime(firstTimeOf(issue.streams, now), term, now);
      case 'firstRelease':
      case 'first-release':
        return any(firstReleaseOf(issue, now));
      case 'timesSeen': {
        const seen = issue.streams.reduce(
          (sum, stream) => sum + stream.occurrences.countUntil(now),
          0,
        );
        return compare(seen, term.comparison, Number(term.values[0]));
      }
      case 'assigned':
      case 'assigned_to': {
        const person = definition.assignedTo;
        if (!person) return term.values.includes('none');
        return any(
          person.name,
          person.email,
          person.type === 'team' ? `#${person.name}` : undefined,
        );
      }
      case 'project':
      case 'project.name':
      case 'project.id':
        return any(project.definition.slug, project.definition.id);
      case 'issue':
        return any(definition.shortId);
      case 'issue.id':
        return any(definition.id);
      case 'issue.priority':
      case 'priority':
        return any(definition.priority);
      case 'issue.category':
      case 'issue.type':
        return any('error');
      case 'platform':
        return any(project.definition.platform);
      case 'has':
        return term.values.some(value => EVENT_KEYS.has(value));
      default:
        // Anything else is a tag, and no event has one of that name.
        return false;
    }
  }
}

/** The release in which an issue first happened. */
export function firstReleaseOf(
  issue: IssueModel,
  now: number,
): string | undefined {
  let firstMs = Number.POSITIVE_INFINITY;
  let release: string | undefined;
  for (const stream of issue.streams) {
    const timeMs = firstTimeOf([stream], now);
    if (timeMs !== undefined && timeMs < firstMs) {
      firstMs = timeMs;
      release = stream.release;
    }
  }
  return release;
}

function matchesTime(
  timeMs: number | undefined,
  term: SearchTerm,
  now: number,
): boolean {
  const wanted = readTime(term, now);
  if (timeMs === undefined || !wanted) return false;
  return compare(timeMs, wanted.comparison, wanted.timeMs);
}

/** `>2026-01-01T00:00:00`, `-5m` (within the last five minutes), `+5m` (before). */
function readTime(term: SearchTerm, now: number) {
  const text = term.values[0];
  const relative = /^([+-])(\d+[smhdw])$/.exec(text);
  if (relative) {
    const timeMs = now - parsePeriod(relative[2])!;
    return relative[1] === '-'
      ? ({ comparison: '>=', timeMs } as const)
      : ({ comparison: '<=', timeMs } as const);
  }
  const timeMs = parseInstant(text);
  return timeMs === undefined
    ? undefined
    : { comparison: term.comparison, timeMs };
}
