import { ScmIntegrations } from '@backstage/integration';
import { urlWithoutRef } from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { createHash } from 'node:crypto';
import { isMarkdownFile, LocationKind } from './runbookLocations';

/** Raised when runbooks are read otherwise than before: all are read anew then. */
export const READER_VERSION = 1;

/** What asks for most first. */
const KINDS: readonly LocationKind[] = ['text', 'link', 'page'];
const FILE_PREFIX = 'file:';
/** What patterns have and addresses do not. */
const PATTERN = /[*{}[\]]|[?!+@]\(/;

/** A place that runbooks are read from. */
export interface RunbookSource {
  /** Of the location: the same place is one source, whoever names it. */
  id: string;
  /** A URL or a pattern of URLs; or `file:` with a path or pattern, relative to the configuration. */
  location: string;
  kind: LocationKind;
  /** Of a page. */
  title?: string;
  /** The entities whose metadata name it. */
  entityRefs: string[];
  /** Of all that decides what is read. */
  settingsHash: string;
}

/** A location that an entity names. */
export interface EntityRunbookLocation {
  entityRef: string;
  kind: LocationKind;
  location: string;
  base?: string;
  title?: string;
}

/** All places that configuration and entities name, each once. Pure. */
export function sourcesOf(options: {
  locations: readonly string[];
  entityLocations: readonly EntityRunbookLocation[];
  integrations: ScmIntegrations;
}): RunbookSource[] {
  const { locations, entityLocations, integrations } = options;
  const sources = new Map<string, Omit<RunbookSource, 'settingsHash'>>();
  const add = (
    found: Pick<RunbookSource, 'location' | 'kind' | 'title'>,
    entityRef?: string,
  ) => {
    const id = hashOf(found.location);
    const source = sources.get(id) ?? { id, entityRefs: [], ...found };
    if (KINDS.indexOf(found.kind) < KINDS.indexOf(source.kind)) {
      source.kind = found.kind;
    }
    if (entityRef !== undefined && !source.entityRefs.includes(entityRef)) {
      source.entityRefs.push(entityRef);
    }
    sources.set(id, source);
  };

  for (const location of locations) {
    add({ location, kind: 'text' });
  }
  for (const { entityRef, base, location, kind, title } of entityLocations) {
    add(
      {
        location:
          base === undefined
            ? location
            : integrations.resolveUrl({ url: location, base }),
        kind,
        title,
      },
      entityRef,
    );
  }
  return [...sources.values()].map(source => ({
    ...source,
    entityRefs: source.entityRefs.sort(),
    settingsHash: hashOf(
      JSON.stringify([
        READER_VERSION,
        source.location,
        source.kind,
        source.title,
      ]),
    ),
  }));
}

/** How the text of a source is asked for. */
export function readingOf(
  location: string,
): 'files' | 'pattern' | 'file' | 'folder' {
  if (location.startsWith(FILE_PREFIX)) {
    return 'files';
  }
  const path = location.replace(/[?#].*$/, '');
  if (isPattern(path)) {
    return 'pattern';
  }
  return isMarkdownFile(path) ? 'file' : 'folder';
}

export function isPattern(path: string): boolean {
  return PATTERN.test(path);
}

/** The path of a `file:` location. */
export function pathOf(location: string): string {
  return location.slice(FILE_PREFIX.length);
}

/** Names an address without its branch, wherever it is met. */
export function urlHashOf(url: string): string {
  return hashOf(urlWithoutRef(url));
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
