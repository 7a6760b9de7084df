import { ObservedEntity } from '../health/HealthFacts';

/** What is wrong with a service in a few words, by the metric that is worst. */
const WORDS: Record<string, string> = {
  'errors.rate': 'has too many errors',
  'errors.count': 'has a spike of errors',
  'performance.p95Ms': 'is slow',
  'releases.newIssues': 'has new errors since its release',
  'releases.regression': 'is worse since its release',
  'uptime.state': 'is down',
  'uptime.certificateDays': 'has a certificate that expires',
  'database.cpu': 'has a database at its limit',
  'database.memory': 'has a database at its limit',
  'database.disk': 'has a disk that is nearly full',
  'database.connections': 'runs out of database connections',
  'database.connectionCount': 'runs out of database connections',
  'database.slowQueryMs': 'has slow queries',
  'database.backup': 'has no recent backup',
};

/** A title to begin with. It carries no state and no number that would be wrong in a minute. */
export function proposeTitle({ title, reasons }: ObservedEntity): string {
  const worst = reasons.find(({ level }) => level !== 'unknown');
  return `${title} ${(worst && WORDS[worst.metric]) ?? 'is not well'}`;
}

/** A name for the channel where people talk about it: `#incident-2026-11-22-quotes`. */
export function proposeChannel(title: string, at: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
    .replace(/-$/, '');
  return `#incident-${at.slice(0, 10)}${words ? `-${words}` : ''}`;
}
