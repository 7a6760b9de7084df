import {
  Release,
  ReleaseVerdict,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Translate } from '../../shared';

const KEYS = {
  healthy: 'health.verdict.healthy',
  degraded: 'health.verdict.degraded',
  'roll-back': 'health.verdict.rollBack',
  unknown: 'health.verdict.unknown',
} as const satisfies Record<ReleaseVerdict, string>;

const STATUSES: Record<ReleaseVerdict, Status> = {
  healthy: 'ok',
  degraded: 'warning',
  'roll-back': 'critical',
  unknown: 'unknown',
};

/** A verdict in the reader's words. */
export function verdictWord(verdict: ReleaseVerdict, t: Translate): string {
  return t(KEYS[verdict]);
}

/** The shape and colour of a verdict. */
export function verdictStatus(verdict: ReleaseVerdict): Status {
  return STATUSES[verdict];
}

/** What a release is compared by; a measure we have no words for as it came. */
export function comparedBy(
  comparison: NonNullable<Release['comparison']>,
  t: Translate,
): string {
  const metric = comparison.metric.toLocaleLowerCase('en');
  if (metric.includes('crash')) {
    return t('health.releases.crashes');
  }
  if (metric.includes('session')) {
    return t('health.releases.errorsPerSession');
  }
  if (metric.includes('error') || metric.includes('event')) {
    return t('health.releases.errors');
  }
  return comparison.metric;
}
