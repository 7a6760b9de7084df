import { RunbookVariable } from '../../model';

const MAX_VALUE_LENGTH = 1000;

/** What an entity of the catalog says of itself, as far as variables may use it.
 * @public */
export interface VariableEntity {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  spec?: Record<string, unknown>;
}

/** What led to the runbook.
 * @public */
export interface VariableSignal {
  metric?: string;
  value?: string | number;
  /** Name of what it was measured on, such as a monitor. */
  subject?: string;
}

/** What variables are filled from.
 * @public */
export interface VariableContext {
  entity?: VariableEntity;
  signal?: VariableSignal;
}

/** A value with where it comes from. */
export interface ContextValue {
  value: string;
  source: NonNullable<RunbookVariable['source']>;
  sourceName: string;
}

const STEPS = /([\w-]+)|\[\s*(?:'([^']*)'|"([^"]*)")\s*\]/y;

/** Fields that may be named without saying where they stand. */
const SHORT_FIELDS = new Map<string, readonly string[]>([
  ['kind', ['kind']],
  ['name', ['metadata', 'name']],
  ['namespace', ['metadata', 'namespace']],
  ['title', ['metadata', 'title']],
  ['annotations', ['metadata', 'annotations']],
  ['labels', ['metadata', 'labels']],
  ['owner', ['spec', 'owner']],
  ['system', ['spec', 'system']],
  ['lifecycle', ['spec', 'lifecycle']],
  ['type', ['spec', 'type']],
]);

/**
 * The value of `entity.metadata.name`, `entity.spec.owner`,
 * `entity.metadata.annotations['sentry.io/environment']`, `signal.value` and the
 * like. Only fields of their own count, and only texts and numbers.
 */
export function valueOfExpression(
  expression: string,
  context: VariableContext,
): ContextValue | undefined {
  const path = readPath(expression);
  if (!path) {
    return undefined;
  }
  const [root, ...fields] = path;
  if (root === 'signal') {
    return valueAt(context.signal, fields, 'signal', fields.join('.'));
  }
  if (root !== 'entity' && root !== 'annotations' && root !== 'annotation') {
    return undefined;
  }
  const [first, ...rest] =
    root === 'entity' ? fields : ['annotations', ...fields];
  const full = [...(SHORT_FIELDS.get(first) ?? [first]), ...rest];
  const { entity } = context;
  if (full[1] === 'annotations') {
    return valueAt(entity, full, 'annotation', full.slice(2).join('.'));
  }
  // The catalog leaves the default namespace out of what people write.
  return full.join('.') === 'metadata.namespace' && entity
    ? fieldValue(
        entity.metadata.namespace ?? 'default',
        'entity',
        full.join('.'),
      )
    : valueAt(entity, full, 'entity', full.join('.'));
}

function readPath(expression: string): string[] | undefined {
  const path: string[] = [];
  STEPS.lastIndex = 0;
  while (STEPS.lastIndex < expression.length) {
    const match = STEPS.exec(expression);
    if (!match) {
      return undefined;
    }
    path.push(match[1] ?? match[2] ?? match[3]);
    if (expression[STEPS.lastIndex] === '.') {
      STEPS.lastIndex++;
    }
  }
  return path.length > 1 ? path : undefined;
}

function valueAt(
  root: unknown,
  path: readonly string[],
  source: ContextValue['source'],
  sourceName: string,
): ContextValue | undefined {
  let value: unknown = root;
  for (const field of path) {
    if (
      typeof value !== 'object' ||
      value === null ||
      !Object.hasOwn(value, field)
    ) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[field];
  }
  return fieldValue(value, source, sourceName);
}

function fieldValue(
  value: unknown,
  source: ContextValue['source'],
  sourceName: string,
): ContextValue | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text && text.length <= MAX_VALUE_LENGTH
    ? { value: text, source, sourceName }
    : undefined;
}
