import {
  BackstageCredentials,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { LRUCache } from 'lru-cache';
import { posix } from 'node:path';
import { RunbookDetails } from './RunbookDetails';
import { RunbookService } from './RunbookService';
import { readLocalFile } from './sources/readFiles';

const MAXIMUM_BYTES = 5 * 1_048_576;
/** People look at the same runbook together; the repository is asked once. */
const KEPT_BYTES = 50 * 1_048_576;
const KEPT_MS = 5 * 60_000;
const TIMEOUT_MS = 10_000;

/** An image that may be shown. */
export interface RunbookImage {
  content: Buffer;
  mediaType: string;
  extension: string;
}

/**
 * Images of runbooks, read where the runbook is kept: the browser of whoever
 * looks asks nobody but the portal. Only what the text shows and what lies in
 * the same repository; what it is, its first bytes say.
 */
export class RunbookImages {
  readonly #runbooks: RunbookService;
  readonly #details: RunbookDetails;
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #folder: string;
  readonly #kept = new LRUCache<string, RunbookImage>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ content }) => content.length + 1,
    ttl: KEPT_MS,
  });

  constructor(options: {
    runbooks: RunbookService;
    details: RunbookDetails;
    reader: UrlReaderService;
    integrations: ScmIntegrations;
    /** What `file:` addresses are relative to. */
    folder: string;
  }) {
    this.#runbooks = options.runbooks;
    this.#details = options.details;
    this.#reader = options.reader;
    this.#integrations = options.integrations;
    this.#folder = options.folder;
  }

  /** Throws `NotFoundError` for all that is no image to show. */
  async read(
    id: string,
    path: string,
    credentials: BackstageCredentials,
  ): Promise<RunbookImage> {
    const { runbook } = await this.#runbooks.visible(id, credentials);
    const links = await this.#details.linksOf(runbook);
    const isShown = links.some(
      link =>
        link.isImage &&
        link.url === path &&
        (link.kind === 'relative' || link.kind === 'root'),
    );
    const key = `${runbook.url}\n${path}`;
    const image =
      this.#kept.get(key) ??
      (isShown ? toImage(await this.#content(runbook.url, path)) : undefined);
    if (!isShown || !image) {
      throw new NotFoundError('The runbook shows no such image');
    }
    this.#kept.set(key, image);
    return image;
  }

  async #content(url: string, path: string): Promise<Buffer | undefined> {
    if (url.startsWith('file:')) {
      return path.startsWith('/')
        ? undefined
        : readLocalFile({
            folder: this.#folder,
            path: posix.join(posix.dirname(url.slice(5)), decode(path)),
            maximumBytes: MAXIMUM_BYTES,
          });
    }
    const address = this.#integrations.resolveUrl({ url: path, base: url });
    if (repositoryOf(address) !== repositoryOf(url)) {
      return undefined;
    }
    try {
      const answer = await this.#reader.readUrl(address, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.stream) {
        return await answer.buffer();
      }
      const parts: Buffer[] = [];
      let length = 0;
      for await (const part of answer.stream()) {
        const bytes = Buffer.from(part);
        length += bytes.length;
        if (length > MAXIMUM_BYTES) {
          return undefined;
        }
        parts.push(bytes);
      }
      return Buffer.concat(parts);
    } catch {
      return undefined;
    }
  }
}

const SIGNATURES: readonly {
  mediaType: string;
  extension: string;
  matches: (content: Buffer) => boolean;
}[] = [
  {
    mediaType: 'image/png',
    extension: 'png',
    matches: content =>
      content.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  },
  {
    mediaType: 'image/jpeg',
    extension: 'jpg',
    matches: content =>
      content.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  },
  {
    mediaType: 'image/gif',
    extension: 'gif',
    matches: content =>
      /^GIF8[79]a$/.test(content.subarray(0, 6).toString('latin1')),
  },
  {
    mediaType: 'image/webp',
    extension: 'webp',
    matches: content =>
      /^RIFF.{4}WEBP$/s.test(content.subarray(0, 12).toString('latin1')),
  },
];

/** An image by its first bytes; SVG is a program and none. */
function toImage(content: Buffer | undefined): RunbookImage | undefined {
  if (!content || content.length > MAXIMUM_BYTES) {
    return undefined;
  }
  const found = SIGNATURES.find(({ matches }) => matches(content));
  return found
    ? { content, mediaType: found.mediaType, extension: found.extension }
    : undefined;
}

/** What belongs together at a host: nothing outside of it is read for a runbook. */
function repositoryOf(address: string): string {
  const { origin, pathname } = new URL(address);
  const [before, ...rest] = pathname.split(/\/(?:-|browse|_git)\//);
  return rest.length > 0
    ? `${origin}${before}`
    : `${origin}${pathname.split('/').slice(0, 3).join('/')}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
