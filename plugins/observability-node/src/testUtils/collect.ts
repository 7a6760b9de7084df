import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  CollectRequest,
  Provider,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';

/** Everything that one run of `collect` gave.
 * @public */
export interface CollectedResults {
  results: TargetResult[];
  /** The instance's new state. */
  state: JsonObject | undefined;
}

/**
 * Runs `collect` to its end.
 *
 * @public
 */
export async function collectAll(
  provider: Pick<Provider, 'collect'>,
  request: CollectRequest,
): Promise<CollectedResults> {
  const results: TargetResult[] = [];
  const state = await collectInto(results, provider, request);
  return { results, state };
}

/** The same, with what was yielded before it threw. */
export async function collectInto(
  results: TargetResult[],
  provider: Pick<Provider, 'collect'>,
  request: CollectRequest,
): Promise<JsonObject | undefined> {
  const generator = provider.collect(request);
  for (;;) {
    const step = await generator.next();
    if (step.done) return step.value;
    results.push(step.value);
  }
}

/**
 * A request to `collect` in which only what matters to a test is named. Without
 * a logger it says nothing.
 *
 * @public
 */
export function createCollectRequest(
  partial: Partial<CollectRequest> = {},
): CollectRequest {
  return {
    targets: [],
    now: new Date('2026-09-01T12:00:00Z'),
    signal: new AbortController().signal,
    logger: createRecordingLogger().logger,
    ...partial,
  };
}

/** A logger that only remembers its lines. */
export function createRecordingLogger(): {
  logger: LoggerService;
  lines: string[];
} {
  const lines: string[] = [];
  const record = (message: string, meta?: object) => {
    lines.push(`${message} ${JSON.stringify(meta ?? {})}`);
  };
  const logger: LoggerService = {
    error: record,
    warn: record,
    info: record,
    debug: record,
    child: () => logger,
  };
  return { logger, lines };
}
