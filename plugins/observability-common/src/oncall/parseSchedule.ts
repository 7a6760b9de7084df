import { Schedule, scheduleSchema } from '../model/OnCall';

/** What was understood of a schedule that people wrote, or what is wrong with it, in words.
 * @public */
export type ParsedSchedule =
  | { schedule: Schedule; problems: [] }
  | { schedule?: undefined; problems: string[] };

/** More than this is not told: whoever reads it has enough to begin with. */
const MAX_PROBLEMS = 20;

/**
 * Reads a schedule as it stands in configuration, in a file or in a request. Each
 * problem names the place, such as `levels[0].layers[1].rotation.start`.
 *
 * @public
 */
export function parseSchedule(input: unknown): ParsedSchedule {
  const result = scheduleSchema.safeParse(input);
  if (result.success) {
    return { schedule: result.data, problems: [] };
  }
  return {
    problems: result.error.issues
      .slice(0, MAX_PROBLEMS)
      .map(({ path, message }) => `${formatPath(path)}: ${message}`),
  };
}

function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') {
      text += `[${part}]`;
    } else {
      text += text === '' ? String(part) : `.${String(part)}`;
    }
  }
  return text || 'schedule';
}
