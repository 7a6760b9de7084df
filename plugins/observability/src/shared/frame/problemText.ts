import {
  ProblemCode,
  Signal,
} from '@watchkeeper/backstage-plugin-observability-common';
import { providerName } from '../providers';
import { Translate } from '../useTranslation';

const KEYS = {
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'not-found': 'notFound',
  'rate-limited': 'rateLimited',
  unavailable: 'unavailable',
  timeout: 'timeout',
  malformed: 'malformed',
  misconfigured: 'misconfigured',
} as const satisfies Record<ProblemCode, string>;

/** What is wrong with a source, and what to do about it, in the reader's words. */
export function problemText(
  code: ProblemCode,
  source: Signal['source'],
  t: Translate,
): { title: string; action: string } {
  const words = {
    source: providerName(source.provider),
    target: source.target,
    instance: source.instance,
  };
  const key = KEYS[code];
  return {
    title: t(`shared.problem.${key}.title`, words),
    action: t(`shared.problem.${key}.action`, words),
  };
}
