import { UrlReaderService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { readFiles } from './readFiles';
import { isMarkdownFile } from './runbookLocations';
import { readingOf } from './RunbookSource';
import { ReadingBounds, SourceDocument, SourceReading } from './SourceReading';

/** How many files of a pattern are fetched at once. */
const CONCURRENCY = 4;

/** What reads sources of text. */
export interface SourceReaderOptions {
  reader: UrlReaderService;
  integrations: ScmIntegrations;
  /** What `file:` locations are relative to. */
  folder: string;
}

/** A host that the portal may not read: people open the page themselves. */
export class NotReadableError extends Error {
  name = 'NotReadableError';
}

/**
 * Reads all Markdown of a source. `undefined` where nothing has changed since
 * `etag`, which costs one request. What is thrown says in words what is wrong,
 * without anything that a server answered.
 */
export async function readSource(
  source: { location: string; etag?: string; signal: AbortSignal },
  options: SourceReaderOptions,
): Promise<SourceReading | undefined> {
  const { location, etag, signal } = source;
  try {
    switch (readingOf(location)) {
      case 'files':
        return await readFiles({ location, etag, folder: options.folder });
      case 'file':
        return await readOne(source, options);
      case 'pattern':
        return await readPattern(source, options);
      default:
        return await readFolder(source, options);
    }
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'NotModifiedError') {
      return undefined;
    }
    if (name === 'NotAllowedError') {
      throw new NotReadableError(
        'cannot be read: the portal has no integration for its host',
      );
    }
    if (name === 'NotFoundError') {
      throw new Error(
        'cannot be read: there is nothing, or the integration of the portal may not see it',
      );
    }
    if (signal.aborted) {
      throw new Error('cannot be read: it took too long');
    }
    if (readingOf(location) === 'files') {
      throw new Error(
        message.startsWith('cannot be read') ? message : 'cannot be read',
      );
    }
    throw new Error(`cannot be read (${name})`);
  }
}

async function readOne(
  source: { location: string; etag?: string; signal: AbortSignal },
  { reader, integrations }: SourceReaderOptions,
): Promise<SourceReading> {
  const { location, etag, signal } = source;
  const answer = await reader.readUrl(location, { etag, signal });
  const content = await answer.buffer();
  const bounds = new ReadingBounds();
  const isTaken = bounds.takes(`./${nameOf(location)}`, content.length);
  return {
    documents:
      isTaken || bounds.problems().length === 0
        ? [documentOf(location, content, integrations)]
        : [],
    etag: answer.etag,
    problems: bounds.problems(),
  };
}

async function readFolder(
  source: { location: string; etag?: string; signal: AbortSignal },
  { reader, integrations }: SourceReaderOptions,
): Promise<SourceReading> {
  const { location, etag, signal } = source;
  const bounds = new ReadingBounds();
  const tree = await reader.readTree(location, {
    etag,
    signal,
    filter: (path, info) =>
      isMarkdownFile(path) && bounds.takes(path, info?.size ?? 0),
  });
  const documents: SourceDocument[] = [];
  for (const file of await tree.files()) {
    const url = integrations.resolveUrl({
      url: `./${file.path.split('/').map(encodeURIComponent).join('/')}`,
      base: location.endsWith('/') ? location : `${location}/`,
    });
    documents.push(
      documentOf(
        asFile(url, integrations),
        await file.content(),
        integrations,
        file.path,
      ),
    );
  }
  return {
    documents,
    etag: tree.etag,
    problems: [...bounds.problems(), ...emptiness(documents)],
  };
}

async function readPattern(
  source: { location: string; etag?: string; signal: AbortSignal },
  { reader, integrations }: SourceReaderOptions,
): Promise<SourceReading> {
  const { location, etag, signal } = source;
  const found = await reader.search(location, { etag, signal });
  const bounds = new ReadingBounds();
  const files = found.files.filter(({ url }) =>
    isMarkdownFile(url.replace(/[?#].*$/, '')),
  );
  const documents: SourceDocument[] = [];
  for (let start = 0; start < files.length; start += CONCURRENCY) {
    signal.throwIfAborted();
    const some = files.slice(start, start + CONCURRENCY);
    const contents = await Promise.all(some.map(file => file.content()));
    for (const [index, { url }] of some.entries()) {
      if (bounds.takes(`./${nameOf(url)}`, contents[index].length)) {
        documents.push(documentOf(url, contents[index], integrations));
      }
    }
  }
  return {
    documents,
    etag: found.etag,
    problems: [...bounds.problems(), ...emptiness(documents)],
  };
}

function documentOf(
  url: string,
  content: Buffer,
  integrations: ScmIntegrations,
  path?: string,
): SourceDocument {
  return {
    url,
    path: path ?? nameOf(url),
    editUrl: integrations.byUrl(url)
      ? integrations.resolveEditUrl(url)
      : undefined,
    text: content.toString('utf8'),
  };
}

function emptiness(documents: SourceDocument[]): string[] {
  return documents.length === 0 ? ['It holds no Markdown file'] : [];
}

function nameOf(url: string): string {
  const { pathname } = new URL(url);
  const name = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** GitHub and GitLab show folders and files below different paths. */
function asFile(url: string, integrations: ScmIntegrations): string {
  const type = integrations.byUrl(url)?.type;
  return type === 'github' || type === 'gitlab'
    ? url.replace('/tree/', '/blob/')
    : url;
}
