import { metricsOfAlert } from '@watchkeeper/backstage-plugin-observability-common';
import {
  parseRunbook,
  ParsedRunbook,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { toStorable } from '../../database/database';
import { countTextProblems } from '../details/describeProblems';
import { RunbookRecord } from '../store/RunbookRecord';
import { hashOf, RunbookSource } from './RunbookSource';
import { SourceDocument } from './SourceReading';

/** What is stored of a file. Pure. */
export function toRunbookRecord(
  document: SourceDocument,
  options: {
    now: string;
    isKnown: boolean;
    idOf: (parsed: ParsedRunbook) => { id: string; isTaken: boolean };
  },
): RunbookRecord {
  const text = toStorable(document.text);
  const parsed = parseRunbook({ text, url: document.url });
  const { id, isTaken } = options.idOf(parsed);
  const { title, alerts, services, severity, owner } = parsed;
  const { symptoms, tags, lastTested, testedBy, declaredVariables } = parsed;
  const links = parsed.links
    .filter(({ kind }) => kind === 'http')
    .map(({ url }) => url);
  return {
    id,
    url: document.url,
    path: document.path,
    editUrl: document.editUrl,
    facts: {
      title,
      alerts,
      services,
      ...(severity ? { severity } : {}),
      ...(owner ? { owner } : {}),
      symptoms,
      tags,
      ...(lastTested ? { lastTested } : {}),
      ...(testedBy ? { testedBy } : {}),
      declaredVariables,
      stepCount: parsed.steps.length,
      problemCount:
        countTextProblems(parsed, new Date(options.now)) + (isTaken ? 1 : 0),
      links,
    },
    search: parsed.searchText,
    text,
    contentHash: hashOf(text),
    readAt: options.now,
    ...(options.isKnown ? { changedAt: options.now } : {}),
  };
}

/** What is stored of a page that people open in the browser: its title and its address. */
export function toPageRecord(
  source: Pick<RunbookSource, 'location' | 'title'>,
  options: { id: string; now: string },
): RunbookRecord {
  const title = source.title ?? titleOfPage(source.location);
  // A page says nothing that can be read but its name.
  const alerts = [
    ...new Set(metricsOfAlert(title).map(({ alertName }) => alertName)),
  ];
  return {
    id: options.id,
    url: source.location,
    facts: {
      title,
      alerts,
      services: [],
      symptoms: [],
      tags: [],
      declaredVariables: [],
      stepCount: 0,
      problemCount: 0,
      links: [],
    },
    search: {
      fileName: title,
      alerts,
      title,
      symptoms: [],
      tags: [],
      headings: [],
      body: '',
    },
    contentHash: hashOf(`${source.location} ${title}`),
    readAt: options.now,
  };
}

function titleOfPage(location: string): string {
  const { hostname, pathname } = new URL(location);
  const last = pathname.split('/').filter(Boolean).at(-1);
  let name = last ?? '';
  try {
    name = decodeURIComponent(name);
  } catch {
    // It stays as it is written.
  }
  const words = toStorable(name)
    .replace(/\.[a-z]{2,5}$/i, '')
    .replace(/[-_+\s]+/g, ' ')
    .trim();
  return words ? words.slice(0, 200) : hostname;
}
