import type { SourceHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { problemText, providerName, Translate } from '../shared';

/** `Sentry (default)`. */
export function sourceName(source: SourceHealth, t: Translate): string {
  return t('fleet.sources.name', {
    source: providerName(source.provider),
    instance: source.instance,
  });
}

function textOf(source: SourceHealth, t: Translate) {
  const { provider, instance, problem } = source;
  return (
    problem &&
    problemText(problem.code, { provider, instance, target: instance }, t)
  );
}

/** What is wrong with a source: `Sentry refused the token`. */
export function sourceProblemTitle(source: SourceHealth, t: Translate): string {
  return textOf(source, t)?.title ?? '';
}

/** What to do about it. */
export function sourceProblemAction(
  source: SourceHealth,
  t: Translate,
): string {
  return textOf(source, t)?.action ?? '';
}
