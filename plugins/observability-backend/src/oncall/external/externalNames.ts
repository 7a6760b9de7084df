import { createHash } from 'node:crypto';

const MAX_NAME_LENGTH = 63;
const EXTERNAL_PERSON = 'urn:watchkeeper:person:';

/**
 * The name of an external schedule. People cannot give a schedule of their own a
 * name with `~`, so the two never meet. What is too long, or holds what a name
 * cannot, ends with a hash of the whole.
 */
export function externalScheduleName(
  source: { provider: string; instance: string },
  id: string,
): string {
  const parts = [source.provider, source.instance, id];
  const name = parts.join('~');
  const clean = parts
    .map(part => part.replace(/[^a-zA-Z0-9._-]+/g, '-'))
    .join('~');
  if (clean === name && name.length <= MAX_NAME_LENGTH) {
    return name;
  }
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${clean.slice(0, MAX_NAME_LENGTH - 13)}~${hash.slice(0, 12)}`;
}

/** Names somebody whom the catalog does not know; never the reference of an entity. */
export function externalPersonRef(
  source: { provider: string; instance: string },
  id: string,
): string {
  return `${EXTERNAL_PERSON}${[source.provider, source.instance, id]
    .map(encodeURIComponent)
    .join(':')}`;
}

/** Whether this names somebody whom only a source outside the portal knows. */
export function isExternalPersonRef(ref: string): boolean {
  return ref.startsWith(EXTERNAL_PERSON);
}
