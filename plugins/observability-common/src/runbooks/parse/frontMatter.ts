import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { RunbookProblem } from '../../model';

/** More front matter than this is no front matter. */
const MAX_LENGTH = 64 * 1024;

const FRONT_MATTERS = [
  {
    format: 'yaml',
    pattern: /^---[ \t]*\n([^]*?)^(?:---|\.\.\.)[ \t]*(?:\n|$)/m,
  },
  { format: 'toml', pattern: /^\+\+\+[ \t]*\n([^]*?)^\+\+\+[ \t]*(?:\n|$)/m },
] as const;

/** A file in two parts. */
export interface SplitFile {
  /** By key in lower case and without punctuation: `lastTested`, `last_tested` and `last-tested` are one. */
  fields: ReadonlyMap<string, unknown>;
  /** The text, with an empty line for each line of front matter, so that lines keep their numbers. */
  body: string;
  problems: RunbookProblem[];
}

/** Takes the front matter off a text whose lines end with `\n`; YAML between `---`, TOML between `+++`. */
export function splitFrontMatter(text: string): SplitFile {
  for (const { format, pattern } of FRONT_MATTERS) {
    const match = pattern.exec(text.slice(0, MAX_LENGTH));
    if (match?.index === 0) {
      const lineCount = match[0].split('\n').length - 1;
      const { value, problem } = readData(match[1], format);
      return {
        fields: fieldsOf(value),
        body: '\n'.repeat(lineCount) + text.slice(match[0].length),
        problems: problem ? [problem] : [],
      };
    }
  }
  return { fields: new Map(), body: text, problems: [] };
}

function readData(
  source: string,
  format: 'yaml' | 'toml',
): { value?: unknown; problem?: RunbookProblem } {
  try {
    const value: unknown =
      format === 'yaml'
        ? parseYaml(source, { prettyErrors: true, logLevel: 'error' })
        : parseToml(source);
    if (value === null || value === undefined) {
      return {};
    }
    return isRecord(value)
      ? { value }
      : { problem: describe('It must be a list of keys and values', 1) };
  } catch (error) {
    return { problem: describe(...reasonOf(error)) };
  }
}

function describe(reason: string, line: number): RunbookProblem {
  return {
    code: 'invalid-front-matter',
    severity: 'error',
    message: `The front matter cannot be read: ${reason}`,
    // The first line is the mark that opens it.
    line: line + 1,
  };
}

function reasonOf(error: unknown): [reason: string, line: number] {
  const message = error instanceof Error ? error.message : String(error);
  // The position has its own place, and what follows is an excerpt of several lines.
  const reason = message
    .split('\n')[0]
    .replace(/ at line \d+, column \d+:?$/, '');
  if (error instanceof YAMLParseError) {
    return [reason, error.linePos?.[0].line ?? 1];
  }
  const line = isRecord(error) ? error.line : undefined;
  return [reason, typeof line === 'number' ? line : 1];
}

function fieldsOf(value: unknown): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, entry] of Object.entries(isRecord(value) ? value : {})) {
    fields.set(key.toLowerCase().replace(/[-_\s]/g, ''), entry);
  }
  return fields;
}

/** Whether a value has keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
