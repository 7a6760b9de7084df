import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  parseAnnotationList,
  RUNBOOKS_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';
import { toStorable } from '../../database/database';

/** One runbook, wherever it is kept. */
export const RUNBOOK_URL_ANNOTATION = 'backstage.io/runbook-url';

const FOLDER_PREFIX = 'dir:';
const URL_PREFIX = 'url:';
const LONGEST_LOCATION = 2000;
const MAXIMUM_LOCATIONS = 50;
const MARKDOWN_FILE = /\.(?:md|mdx|markdown)$/i;

/**
 * `text`: Markdown to read. `page`: something that people open in the browser.
 * `link`: a Markdown file to read, or to open where the portal may not read it.
 */
export type LocationKind = 'text' | 'link' | 'page';

/** Where the metadata of an entity says that runbooks are. */
export interface RunbookLocation {
  kind: LocationKind;
  /** A URL, or with `base` a path that is relative to it. */
  location: string;
  base?: string;
  title?: string;
  /** Where it is written. */
  annotation: string;
}

/** What the metadata of an entity says of its runbooks, and what of it cannot be read. Pure. */
export function runbookLocationsOf(entity: Entity): {
  locations: RunbookLocation[];
  misconfigurations: { annotation: string; message: string }[];
} {
  const locations: RunbookLocation[] = [];
  const misconfigurations: { annotation: string; message: string }[] = [];
  const read = (
    annotation: string,
    entry: string,
    toLocation: () => RunbookLocation,
  ) => {
    try {
      const location = toLocation();
      if (
        entry.length > LONGEST_LOCATION ||
        toStorable(entry) !== entry ||
        locations.length >= MAXIMUM_LOCATIONS
      ) {
        throw new Error(
          `is more than can be read: ${MAXIMUM_LOCATIONS} places of ${LONGEST_LOCATION} characters`,
        );
      }
      const isKnown = locations.some(
        known =>
          known.location === location.location && known.base === location.base,
      );
      if (!isKnown) {
        locations.push(location);
      }
    } catch (error) {
      misconfigurations.push({
        annotation,
        message: `"${toStorable(entry).slice(0, 100)}" ${
          (error as Error).message
        }`,
      });
    }
  };

  const { annotations = {}, links = [] } = entity.metadata;
  for (const entry of parseAnnotationList(annotations[RUNBOOKS_ANNOTATION])) {
    read(RUNBOOKS_ANNOTATION, entry, () => ({
      annotation: RUNBOOKS_ANNOTATION,
      kind: 'text',
      ...placeOf(entry, annotations),
    }));
  }
  const url = annotations[RUNBOOK_URL_ANNOTATION];
  if (url !== undefined) {
    read(RUNBOOK_URL_ANNOTATION, url, () =>
      linkOf({ url }, RUNBOOK_URL_ANNOTATION),
    );
  }
  for (const link of links) {
    if (isRunbook(link.type) || isRunbook(link.title)) {
      read('metadata.links', link.url, () => linkOf(link, 'metadata.links'));
    }
  }
  return { locations, misconfigurations };
}

/** Whether an address is that of a Markdown file. */
export function isMarkdownFile(path: string): boolean {
  return MARKDOWN_FILE.test(path);
}

function placeOf(
  entry: string,
  annotations: Record<string, string>,
): { location: string; base?: string } {
  if (!entry.startsWith(FOLDER_PREFIX)) {
    return { location: webAddress(entry) };
  }
  const base = [
    annotations[ANNOTATION_SOURCE_LOCATION],
    annotations[ANNOTATION_LOCATION],
  ].find(location => location?.startsWith(URL_PREFIX));
  if (!base) {
    // Files of this machine are read where the configuration names them, not
    // where anybody who writes an entity does.
    throw new Error(
      `needs an entity that is kept in a repository: its ${ANNOTATION_SOURCE_LOCATION} is no URL`,
    );
  }
  return {
    location: entry.slice(FOLDER_PREFIX.length) || '.',
    base: webAddress(base),
  };
}

function linkOf(
  link: { url: string; title?: string },
  annotation: string,
): RunbookLocation {
  const location = webAddress(link.url.trim());
  const title = link.title && !isRunbook(link.title) ? link.title : undefined;
  return {
    annotation,
    kind: isMarkdownFile(new URL(location).pathname) ? 'link' : 'page',
    location,
    ...(title ? { title: toStorable(title).slice(0, 300) } : {}),
  };
}

function webAddress(text: string): string {
  const address = text.startsWith(URL_PREFIX)
    ? text.slice(URL_PREFIX.length)
    : text;
  const protocol = URL.canParse(address) ? new URL(address).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new Error(
      'is neither a web address nor a folder as in "dir:./docs/runbooks"',
    );
  }
  return address;
}

function isRunbook(text: string | undefined): boolean {
  return text?.trim().toLocaleLowerCase('en-US') === 'runbook';
}
