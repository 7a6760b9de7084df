import {
  parseSchedule,
  Schedule,
} from '@watchkeeper/backstage-plugin-observability-common';
import { parseAllDocuments } from 'yaml';

/** What a source holds. */
export interface Definitions {
  schedules: Schedule[];
  problems: { schedule?: string; message: string }[];
  /** Whether a definition could not be read so far as to tell its name. */
  isPartial: boolean;
}

/** A file of schedules is small; one that is not is no file of schedules. */
const LONGEST_FILE = 1_000_000;

/** Reads the documents of a YAML file; each is a schedule or a list of them. */
export function readYaml(text: string): Definitions {
  if (text.length > LONGEST_FILE) {
    throw new Error(`is longer than ${LONGEST_FILE} characters`);
  }
  const inputs: unknown[] = [];
  for (const document of parseAllDocuments(text)) {
    const [error] = document.errors;
    if (error) {
      throw new Error(`is no YAML: ${error.message.split('\n')[0]}`);
    }
    // Bounded, because an alias can stand for very much.
    inputs.push(document.toJS({ maxAliasCount: 50 }));
  }
  return readDefinitions(
    inputs.flat().filter(input => input !== null && input !== undefined),
  );
}

/** Reads schedules as people write them. One that cannot be used takes nothing from the others. */
export function readDefinitions(inputs: readonly unknown[]): Definitions {
  const schedules = new Map<string, Schedule>();
  const problems: Definitions['problems'] = [];
  let isPartial = false;
  for (const [index, input] of inputs.entries()) {
    const name = nameOf(input);
    const read = parseSchedule(input);
    if (!read.schedule) {
      isPartial ||= name === undefined;
      problems.push({
        ...(name === undefined ? {} : { schedule: name }),
        message: `Schedule ${
          name ?? `number ${index + 1}`
        }: ${read.problems.join('; ')}`,
      });
    } else if (schedules.has(read.schedule.name)) {
      problems.push({
        schedule: name,
        message: `Schedule ${name}: is there twice; the first one counts`,
      });
    } else {
      schedules.set(read.schedule.name, read.schedule);
    }
  }
  return { schedules: [...schedules.values()], problems, isPartial };
}

function nameOf(input: unknown): string | undefined {
  const name =
    typeof input === 'object' && input !== null && 'name' in input
      ? input.name
      : undefined;
  return typeof name === 'string' ? name.slice(0, 63) : undefined;
}
