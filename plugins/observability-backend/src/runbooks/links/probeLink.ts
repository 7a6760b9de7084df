import { UrlReaderService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { ProbeLink } from './LinkChecker';

const TIMEOUT_MS = 10_000;
/** Addresses of files at hosts of repositories. */
const FILE = /\/(?:blob|src|raw)\//;

/**
 * Asks the portal's integrations for files in repositories. Only who says that
 * there is nothing is believed: who asks for a sign-in, or is away, may have it.
 *
 * Other addresses are not asked for: they stand in text that anybody may write,
 * and could lead into the portal's own network.
 */
export function createProbeLink(options: {
  reader: UrlReaderService;
  integrations: ScmIntegrations;
}): ProbeLink {
  const { reader, integrations } = options;
  return async (url, signal) => {
    const isFile =
      URL.canParse(url) &&
      integrations.byUrl(url) !== undefined &&
      FILE.test(new URL(url).pathname);
    if (!isFile) {
      return 'unknown';
    }
    const ending = new AbortController();
    const stop = () => ending.abort();
    const timer = setTimeout(stop, TIMEOUT_MS);
    signal.addEventListener('abort', stop, { once: true });
    try {
      await reader.readUrl(url, { signal: ending.signal });
      return 'ok';
    } catch (error) {
      return (error as Error).name === 'NotFoundError' ? 'dead' : 'unknown';
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  };
}
