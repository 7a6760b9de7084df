import { RunbookProblem } from '../../model';
import { isRecord } from './frontMatter';
import { DeclaredVariable } from './ParsedRunbook';

const MAX_LENGTH = 300;
const MAX_VALUE_LENGTH = 1000;
const MAX_ENTRIES = 100;

/** What the front matter says of a runbook, each where it can be read. */
export interface RunbookFields {
  id?: string;
  title?: string;
  alerts: string[];
  services: string[];
  severity?: string;
  owner?: string;
  symptoms: string[];
  tags: string[];
  lastTested?: string;
  testedBy?: string;
  variables: DeclaredVariable[];
  problems: RunbookProblem[];
}

/** Reads the fields of a runbook; those of other tools are left alone. */
export function readFields(
  fields: ReadonlyMap<string, unknown>,
): RunbookFields {
  const problems: RunbookProblem[] = [];
  const reject = (key: string, expected: string) =>
    problems.push({
      code: 'invalid-front-matter',
      severity: 'error',
      message: `${key} in the front matter must be ${expected}`,
      line: 1,
    });
  const text = (key: string) => readText(fields.get(key));
  const list = (key: string) => {
    const value = fields.get(key);
    const entries = readList(value);
    if (value !== undefined && value !== null && !entries) {
      reject(key, 'a text or a list of texts');
    }
    return entries ?? [];
  };

  const id = text('id');
  const tested = fields.get('lasttested') ?? fields.get('lastverified');
  const lastTested = readDay(tested);
  if (tested !== undefined && tested !== null && !lastTested) {
    reject('lastTested', 'a day such as 2026-10-01');
  }
  return {
    ...(id && /^[\w.-]{1,100}$/.test(id) ? { id } : {}),
    title: text('title'),
    alerts: list('alerts').concat(list('alert')),
    services: list('services').map(toEntityRef),
    severity: text('severity'),
    owner: text('owner'),
    symptoms: list('symptoms'),
    tags: list('tags'),
    lastTested,
    testedBy: text('testedby'),
    variables: readVariables(fields.get('variables'), reject),
    problems,
  };
}

/** One line of text without control characters; nothing where there is none. */
export function readText(value: unknown, maxLength = MAX_LENGTH) {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return undefined;
  }
  const text = String(value)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return text ? text.slice(0, maxLength) : undefined;
}

function readList(value: unknown): string[] | undefined {
  const entries =
    typeof value === 'string'
      ? value.split(',')
      : Array.isArray(value) && value;
  if (!entries) {
    return undefined;
  }
  const texts = entries
    .slice(0, MAX_ENTRIES)
    .map(entry => readText(entry))
    .filter(entry => entry !== undefined);
  return [...new Set(texts)];
}

function readDay(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : readText(value);
  const isDay = text !== undefined && /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(text);
  const at = isDay ? new Date(text.replace(' ', 'T')) : undefined;
  if (!at || Number.isNaN(at.getTime())) {
    return undefined;
  }
  // The calendar of dates rolls over: 30 February must not become 2 March.
  return text?.length === 10 && !at.toISOString().startsWith(text)
    ? undefined
    : at.toISOString();
}

/** `web` is a component of the default namespace, as the catalog's references have it. */
function toEntityRef(text: string): string {
  const ref = text.toLowerCase();
  const kind = ref.includes(':') ? '' : 'component:';
  return ref.includes('/')
    ? `${kind}${ref}`
    : `${kind}${ref}`.replace(':', ':default/');
}

function readVariables(
  value: unknown,
  reject: (key: string, expected: string) => void,
): DeclaredVariable[] {
  if (value === undefined || value === null) {
    return [];
  }
  const names = Array.isArray(value)
    ? value.map((name): [unknown, unknown] => [name, undefined])
    : isRecord(value) && Object.entries(value);
  if (!names) {
    reject('variables', 'a list of names, or names with their values');
    return [];
  }
  const variables = new Map<string, DeclaredVariable>();
  for (const [key, entry] of names.slice(0, MAX_ENTRIES)) {
    const name = readText(key);
    const filled = readText(
      isRecord(entry) ? entry.value ?? entry.default : entry,
      MAX_VALUE_LENGTH,
    );
    if (name && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name)) {
      variables.set(name, { name, ...(filled ? { value: filled } : {}) });
    } else {
      reject('variables', 'named with letters, digits, "_", "-" and "."');
    }
  }
  return [...variables.values()];
}
