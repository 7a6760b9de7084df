import {
  ProviderError,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { SupabaseProjectAccess } from '../config';
import { Figures, readFigures } from './figures';

/** A scrape of hundreds of families is far smaller. */
export const MAX_METRICS_BYTES = 5_000_000;

/**
 * Scrapes the metrics of one project. They are on the project's own host, with
 * a key of their own, which goes nowhere else: hence the client of its own.
 */
export class MetricsReader {
  readonly #client: VendorClient;
  readonly #path: string;
  readonly #keySetting: string;

  constructor(options: {
    client: VendorClient;
    access: Pick<SupabaseProjectAccess, 'metricsUrl' | 'keySetting'>;
  }) {
    this.#client = options.client;
    this.#path = new URL(options.access.metricsUrl).pathname;
    this.#keySetting = options.access.keySetting;
  }

  async read(options: { now: Date; signal: AbortSignal }): Promise<Figures> {
    const text = await this.#scrape(options.signal);
    const figures = readFigures(text, options.now);
    if (!figures) {
      throw new ProviderError({
        code: 'malformed',
        message:
          'The metrics endpoint answered without any of the metrics that are known: check metricsUrl',
      });
    }
    return figures;
  }

  async #scrape(signal: AbortSignal): Promise<string> {
    try {
      const { body } = await this.#client.request({
        operation: 'read metrics',
        path: this.#path,
        headers: { Accept: 'text/plain; version=0.0.4' },
        responseType: 'text',
        schema: z.string(),
        signal,
      });
      return body;
    } catch (error) {
      const status =
        error instanceof ProviderError ? error.statusCode : undefined;
      if (status === 401 || status === 403) {
        // Without the cause: its message would be added to what people read.
        throw new ProviderError({
          code: status === 401 ? 'unauthorized' : 'forbidden',
          message: `The metrics endpoint refused the key (${status}): set the project's secret key as ${
            this.#keySetting
          }`,
          statusCode: status,
        });
      }
      throw error;
    }
  }
}
