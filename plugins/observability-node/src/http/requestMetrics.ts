import type { MetricsService } from '@backstage/backend-plugin-api/alpha';

type RequestAttributes = {
  provider: string;
  instance: string;
  operation: string;
  /** `ok`, `aborted`, or the code of the problem. */
  outcome: string;
};

export interface RequestMetrics {
  record(request: {
    attributes: RequestAttributes;
    durationSeconds: number;
  }): void;
}

/** Counts what vendors are asked, every attempt by itself. */
export function createRequestMetrics(
  metrics: MetricsService | undefined,
): RequestMetrics {
  const counter = metrics?.createCounter<RequestAttributes>(
    'observability.provider.requests',
    { description: 'Requests sent to vendors', unit: '{request}' },
  );
  const histogram = metrics?.createHistogram<RequestAttributes>(
    'observability.provider.request.duration',
    { description: 'Time until the whole answer was there', unit: 's' },
  );
  return {
    record({ attributes, durationSeconds }) {
      counter?.add(1, attributes);
      histogram?.record(durationSeconds, attributes);
    },
  };
}
