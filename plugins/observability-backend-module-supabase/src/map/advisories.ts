import { DatabaseAdvisory } from '@watchkeeper/backstage-plugin-observability-common';
import {
  optionalPlainText,
  plainText,
  webUrl,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SupabaseLint } from '../api/schemas';

const MAX_ADVISORIES = 100;
const MAX_FOREIGN_KEYS = 200;
const LEVELS: Record<string, DatabaseAdvisory['level']> = {
  ERROR: 'error',
  WARN: 'warning',
  INFO: 'info',
};
const ORDER: DatabaseAdvisory['level'][] = [
  'error',
  'warning',
  'unknown',
  'info',
];

/** A foreign key that no index covers: the advisor's proof for advice. */
export interface UnindexedForeignKey {
  schema: string;
  table: string;
  name?: string;
}

/** What the advisors found, the worst first, each once. */
export function toAdvisories(
  lints: readonly SupabaseLint[],
): DatabaseAdvisory[] {
  const byKey = new Map(lints.map(lint => [keyOf(lint), lint]));
  return sortAdvisories([...byKey.values()].map(toAdvisory));
}

/** Worst first, and no more than a page can show. */
export function sortAdvisories(
  advisories: readonly DatabaseAdvisory[],
): DatabaseAdvisory[] {
  return [...advisories]
    .sort(
      (a, b) =>
        ORDER.indexOf(a.level) - ORDER.indexOf(b.level) ||
        compare(a.title, b.title) ||
        compare(a.detail ?? '', b.detail ?? ''),
    )
    .slice(0, MAX_ADVISORIES);
}

/** The foreign keys among them. */
export function unindexedForeignKeys(
  lints: readonly SupabaseLint[],
): UnindexedForeignKey[] {
  return lints
    .filter(({ name }) => name === 'unindexed_foreign_keys')
    .flatMap(({ metadata }) =>
      metadata?.schema && metadata.name
        ? [
            {
              schema: plainText(metadata.schema, 100),
              table: plainText(metadata.name, 100),
              name: optionalPlainText(metadata.fkey_name, 100),
            },
          ]
        : [],
    )
    .slice(0, MAX_FOREIGN_KEYS);
}

function toAdvisory(lint: SupabaseLint): DatabaseAdvisory {
  const url = webUrl(lint.remediation);
  const detail = optionalPlainText(
    unquote(lint.detail ?? lint.description),
    400,
  );
  const remediation = url
    ? undefined
    : optionalPlainText(unquote(lint.remediation), 400);
  return {
    name: plainText(lint.name, 100),
    level: LEVELS[lint.level ?? ''] ?? 'unknown',
    title: optionalPlainText(lint.title, 200) ?? plainText(lint.name, 100),
    ...(detail === undefined ? {} : { detail }),
    ...(remediation === undefined ? {} : { remediation }),
    ...(url === undefined ? {} : { url }),
  };
}

/** The vendor's own identity of a finding; it is told of the same thing twice. */
function keyOf(lint: SupabaseLint): string {
  return lint.cache_key ?? `${lint.name} ${lint.detail ?? ''}`;
}

/** Names stand between backquotes that are escaped for a document. */
function unquote(text: string | undefined): string | undefined {
  return text?.replace(/\\`/g, '`');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
