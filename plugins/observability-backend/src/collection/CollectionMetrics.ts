import { MetricsService } from '@backstage/backend-plugin-api/alpha';

/** Our own numbers, for whoever operates the portal. */
export class CollectionMetrics {
  readonly #cycles;
  readonly #duration;
  readonly #readings;

  constructor(metrics: MetricsService) {
    this.#cycles = metrics.createCounter('observability.collection.cycles', {
      description: 'Cycles of each provider instance, by outcome',
      unit: '{cycle}',
    });
    this.#duration = metrics.createHistogram(
      'observability.collection.cycle.duration',
      { description: 'How long a cycle took', unit: 's' },
    );
    this.#readings = metrics.createCounter(
      'observability.collection.readings',
      {
        description: 'Readings of targets, by outcome',
        unit: '{reading}',
      },
    );
  }

  async measureCycle<T>(
    id: { provider: string; instance: string },
    cycle: () => Promise<T>,
  ): Promise<T> {
    const attributes = { provider: id.provider, instance: id.instance };
    const start = performance.now();
    let outcome = 'failed';
    try {
      const result = await cycle();
      outcome = 'succeeded';
      return result;
    } finally {
      this.#cycles.add(1, { ...attributes, outcome });
      this.#duration.record((performance.now() - start) / 1000, {
        ...attributes,
        outcome,
      });
    }
  }

  recordTargets(
    id: { provider: string; instance: string },
    counts: { read: number; failed: number },
  ): void {
    const attributes = { provider: id.provider, instance: id.instance };
    this.#readings.add(counts.read, { ...attributes, outcome: 'read' });
    this.#readings.add(counts.failed, { ...attributes, outcome: 'failed' });
  }
}
