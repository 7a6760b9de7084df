import { MetricsService } from '@backstage/backend-plugin-api/alpha';

/** Our own numbers, for whoever operates the portal. */
export class CheckMetrics {
  readonly #runs;
  readonly #lateness;

  constructor(metrics: MetricsService) {
    this.#runs = metrics.createCounter('observability.http_checks.runs', {
      description: 'HTTP checks that were made, by how they ended',
      unit: '{check}',
    });
    this.#lateness = metrics.createHistogram(
      'observability.http_checks.lateness',
      { description: 'How long after it was due a check began', unit: 's' },
    );
  }

  recordCheck(check: { verdict: string; latenessSeconds: number }): void {
    this.#runs.add(1, { verdict: check.verdict });
    this.#lateness.record(Math.max(0, check.latenessSeconds));
  }
}
