import { UrlReaderService } from '@backstage/backend-plugin-api';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { configurationFolder } from '../files/configurationFolder';

const FILE_PREFIX = 'file:';

/**
 * Reads a file of the machine, or one of a repository through the portal's
 * integrations. `undefined` where it is the same as last time.
 */
export async function readLocation(
  reader: UrlReaderService,
  options: { location: string; etag?: string; signal: AbortSignal },
): Promise<{ text: string; etag?: string } | undefined> {
  const { location, etag, signal } = options;
  if (location.startsWith(FILE_PREFIX)) {
    const path = resolve(
      configurationFolder(process.cwd()),
      location.slice(FILE_PREFIX.length),
    );
    try {
      return { text: await readFile(path, 'utf8') };
    } catch (error) {
      throw new Error(
        `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
      );
    }
  }
  try {
    const answer = await reader.readUrl(location, { etag, signal });
    return {
      text: (await answer.buffer()).toString('utf8'),
      etag: answer.etag,
    };
  } catch (error) {
    if ((error as Error).name === 'NotModifiedError') {
      return undefined;
    }
    // The messages of integrations can hold what a server answered.
    throw new Error(`cannot be read (${(error as Error).name})`);
  }
}
