import type { ErrorStream } from '../model/streams';
import { matchesText, type SearchTerm } from './searchQuery';

/** Keys that speak of single events: they narrow what is counted. */
export const EVENT_KEYS = new Set([
  'level',
  'release',
  'environment',
  'message',
  'title',
  'transaction',
  'error.type',
  'error.unhandled',
  'event.type',
]);

/** Whether the events of a stream fit a term about events. */
export function matchesEvent(stream: ErrorStream, term: SearchTerm): boolean {
  const { definition } = stream.issue;
  const any = (value: string | null | undefined) =>
    term.values.some(wanted => matchesText(value, wanted));
  switch (term.key) {
    case undefined:
    case 'message': {
      const text = `${definition.title} ${definition.culprit ?? ''}`;
      return term.values.some(wanted =>
        matchesText(text, wanted, { anywhere: true }),
      );
    }
    case 'title':
      return any(definition.title);
    case 'level':
      return any(definition.level);
    case 'release':
      return term.values.some(wanted =>
        wanted === 'latest'
          ? stream.release ===
            stream.project.definition.releases.at(-1)?.version
          : matchesText(stream.release, wanted),
      );
    case 'environment':
      return any(stream.environment);
    case 'transaction':
      return any(definition.transaction ?? definition.culprit);
    case 'error.type':
      return any(String(definition.metadata?.type ?? ''));
    case 'error.unhandled':
      return any(String(Number(definition.unhandled ?? false)));
    default:
      return any(definition.type ?? 'error');
  }
}
