import { DatabaseLimitation } from '@watchkeeper/backstage-plugin-observability-common';
import { currentStatements, hiddenCount } from '../map/slowQueries';
import { figuresOf } from './figuresOf';
import { PART_NAMES, PartName, PARTS } from './parts';
import type { ReadingInput } from './reading';

/** Read only where nothing else tells the same, so their absence means nothing. */
const OCCASIONAL: PartName[] = ['diskUsage', 'readOnly', 'settings'];

/** What is not there, and why. */
export function limitationsOf({
  state,
  missingKeySetting,
  now,
}: ReadingInput): DatabaseLimitation[] {
  const limitations: DatabaseLimitation[] = [];
  if (missingKeySetting) {
    limitations.push({
      area: 'metrics',
      code: 'not-configured',
      message: `CPU, memory and connections are not known: add the project with its secret key to ${missingKeySetting}`,
    });
  }
  for (const part of PART_NAMES) {
    if (part === 'metrics' && missingKeySetting) continue;
    const { area, subject } = PARTS[part];
    const attempt = state.parts[part];
    if (attempt?.failure) {
      // Whether it is still needed is another matter: what was known is shown.
      const { limitation: code, message } = attempt.failure;
      const shown = attempt.readAt
        ? `; what is shown is of ${describeInstant(attempt.readAt)}`
        : '';
      limitations.push({ area, code, message: `${message}${shown}` });
    } else if (!attempt && !OCCASIONAL.includes(part)) {
      limitations.push({
        area,
        code: 'pending',
        message: `${subject}: read within the next minutes`,
      });
    }
  }

  const { areMetricsRead, cpu, missing } = figuresOf(state);
  if (missing.length > 0) {
    limitations.push({
      area: 'metrics',
      code: 'failed',
      message: `The metrics hold nothing readable on ${missing.join(', ')}`,
    });
  }
  if (areMetricsRead && cpu === undefined && !missing.includes('CPU')) {
    limitations.push({
      area: 'metrics',
      code: 'pending',
      message:
        'CPU and cache hits are known when a second reading can be held against this one',
    });
  }
  const hidden = hiddenCount(currentStatements(state.statements ?? [], now));
  if (hidden > 0) {
    limitations.push({
      area: 'slow-queries',
      code: 'not-permitted',
      message:
        "Supabase's read-only role may not see the text of some statements: grant pg_read_all_stats to supabase_read_only_user",
    });
  }
  return limitations;
}

function describeInstant(instant: string): string {
  const [date, time] = new Date(instant).toISOString().split('T');
  return `${date} ${time.slice(0, 5)} UTC`;
}
