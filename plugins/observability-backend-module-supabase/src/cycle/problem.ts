import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { TargetFigures } from './figuresOf';
import { PartFailure, TargetState } from './state';

/** Waiting does not mend these, so they are told before those that pass. */
const LASTING: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'not-found',
  'misconfigured',
]);

/**
 * What must not pass for well: a part on which thresholds hang and that could
 * not be read, or that said nothing; and a database that the vendor itself says
 * is not well.
 */
export function findProblem(
  state: TargetState,
  figures: TargetFigures,
): ProviderError | undefined {
  const { up, missing, isDiskRead } = figures;
  const { metrics, slowQueries, backups, diskUsage, settings } = state.parts;
  const needed = [
    metrics,
    slowQueries,
    backups,
    // Where the metrics tell the same it does not matter.
    isDiskRead ? undefined : diskUsage,
    missing.includes('the most connections') ? settings : undefined,
  ];
  const failures = needed.flatMap(attempt => attempt?.failure ?? []);
  const lasting = failures.find(
    ({ problem }) => problem !== undefined && LASTING.has(problem),
  );
  if (lasting) return toError(lasting);
  if (up === false) {
    return new ProviderError({
      code: 'unavailable',
      message: 'The database does not answer on its own machine',
    });
  }
  const unhealthy = (state.services ?? []).find(
    ({ name, state: service }) => name === 'db' && service === 'unhealthy',
  );
  if (unhealthy && !state.parts.services?.failure) {
    return new ProviderError({
      code: 'unavailable',
      message: 'Supabase says that the database is not healthy',
    });
  }
  const passing = failures.find(({ problem }) => problem !== undefined);
  if (passing) return toError(passing);
  return missing.length > 0
    ? new ProviderError({
        code: 'malformed',
        message: `The metrics hold nothing readable on ${missing.join(', ')}`,
      })
    : undefined;
}

function toError({ problem, message, retryAt }: PartFailure) {
  return (
    problem &&
    new ProviderError({
      code: problem,
      message,
      retryAt: retryAt ? new Date(retryAt) : undefined,
    })
  );
}
