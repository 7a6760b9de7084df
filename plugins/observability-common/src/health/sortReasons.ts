import { METRICS } from '../metrics';
import { Reason } from '../model';
import { STATUS_RANK } from '../status';

const metricOrder = new Map(METRICS.map(({ id }, index) => [id, index]));

/** A copy, worst first, then longest; reasons that are alike keep a fixed order.
 * @public */
export function sortReasons(reasons: readonly Reason[]): Reason[] {
  return [...reasons].sort(
    (a, b) =>
      STATUS_RANK[b.level] - STATUS_RANK[a.level] ||
      Date.parse(a.since) - Date.parse(b.since) ||
      orderOf(a.metric) - orderOf(b.metric) ||
      compareText(a.subject?.name ?? '', b.subject?.name ?? '') ||
      compareText(a.subject?.id ?? '', b.subject?.id ?? ''),
  );
}

function orderOf(metric: string): number {
  return metricOrder.get(metric) ?? METRICS.length;
}

/** The same order on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
