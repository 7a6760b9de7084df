import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** Where the hosts of repositories write the branch, tag or commit in the address of a file. */
const REFS: readonly [pattern: RegExp, without: string][] = [
  // GitLab
  [/(\/-\/(?:blob|raw|edit|tree))\/[^/]+(?=\/)/, '/-/blob'],
  // Gitea, Forgejo
  [/\/(?:src|raw)\/(?:branch|tag|commit)\/[^/]+(?=\/)/, '/src'],
  // GitHub
  [/^(\/[^/]+\/[^/]+)\/(?:blob|raw|edit|tree)\/[^/]+(?=\/)/, '$1/blob'],
  // Bitbucket
  [/^(\/[^/]+\/[^/]+)\/(?:src|raw)\/[^/]+(?=\/)/, '$1/src'],
];

/**
 * The address of a file without the branch, tag or commit that it is read from,
 * so that a runbook is the same one on every branch. What is no URL stays.
 *
 * @public
 */
export function urlWithoutRef(url: string): string {
  if (!URL.canParse(url)) {
    return url;
  }
  const { protocol, host, pathname, searchParams } = new URL(url);
  let path = pathname;
  if (host === 'raw.githubusercontent.com') {
    path = path.replace(/^(\/[^/]+\/[^/]+)\/[^/]+(?=\/)/, '$1');
  } else {
    const ref = REFS.find(([pattern]) => pattern.test(path));
    path = ref ? path.replace(ref[0], ref[1]) : path;
  }
  // Azure DevOps has the path in `path` and the branch in `version`; Bitbucket Server has it in `at`.
  for (const name of ['version', 'at', 'ref', 'plain', 'raw']) {
    searchParams.delete(name);
  }
  searchParams.sort();
  const query = searchParams.toString();
  return `${protocol}//${host}${path}${query ? `?${query}` : ''}`;
}

/**
 * The id of a runbook: the one that it declares, else a hash of its address
 * without branch, tag or commit.
 *
 * @public
 */
export function runbookId(options: {
  declaredId?: string;
  url: string;
}): string {
  const { declaredId, url } = options;
  return (
    declaredId ??
    bytesToHex(sha256(utf8ToBytes(urlWithoutRef(url)))).slice(0, 32)
  );
}
