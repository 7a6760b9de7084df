import { RunbookStep, RunbookVariable } from '../../model';
import { ParsedRunbook } from '../parse/ParsedRunbook';
import { isUnsafeValue, VariableValue } from './fillCommand';
import { VariableContext, valueOfExpression } from './expressions';
import { suggestValues } from './suggestValues';
import { variablesOf } from './splitCommand';

const TEMPLATE = /\{\{\s*([^{}\n]{1,200}?)\s*\}\}/g;

/**
 * Finds a value for each variable of a runbook's commands: the value that the
 * runbook declares, with the fields of the entity and the signal put in, or the
 * field that the command names itself. What only looks right is a suggestion,
 * never a value.
 *
 * @public
 */
export function resolveVariables(
  runbook: Pick<ParsedRunbook, 'declaredVariables' | 'steps'>,
  context: VariableContext = {},
): RunbookVariable[] {
  const declared = new Map(
    runbook.declaredVariables.map(({ name, value }) => [name, value]),
  );
  return namesOf(runbook.steps).map(([name, neededBy]): RunbookVariable => {
    const value = declared.has(name)
      ? fillDeclared(declared.get(name), context)
      : valueOfExpression(name, context);
    return {
      name,
      ...value,
      unsafe: value !== undefined && isUnsafeValue(value.value),
      neededBy,
      suggestions: value ? [] : suggestValues(name, context),
    };
  });
}

/** The steps with `unresolved` of each command as these variables leave it.
 * @public */
export function withVariables(
  steps: readonly RunbookStep[],
  variables: readonly RunbookVariable[],
): RunbookStep[] {
  const filled = new Set(
    variables.filter(({ value }) => value).map(({ name }) => name),
  );
  return steps.map(step => ({
    ...step,
    commands: step.commands.map(command => ({
      ...command,
      unresolved: variablesOf(command.parts).filter(name => !filled.has(name)),
    })),
  }));
}

function namesOf(steps: readonly RunbookStep[]): [string, number[]][] {
  const names = new Map<string, number[]>();
  for (const { index, commands } of steps) {
    for (const name of new Set(
      commands.flatMap(({ parts }) => variablesOf(parts)),
    )) {
      names.set(name, [...(names.get(name) ?? []), index]);
    }
  }
  return [...names];
}

type Filled = Omit<VariableValue, 'source'> & {
  source: NonNullable<RunbookVariable['source']>;
};

/** One part that nothing fills leaves the whole value unfilled: half a value is a wrong one. */
function fillDeclared(
  template: string | undefined,
  context: VariableContext,
): Filled | undefined {
  if (template === undefined) {
    return undefined;
  }
  const used: Filled[] = [];
  let isWhole = true;
  const value = template.replace(TEMPLATE, (_, expression: string) => {
    const filled = valueOfExpression(expression, context);
    if (filled) {
      used.push(filled);
    } else {
      isWhole = false;
    }
    return filled?.value ?? '';
  });
  if (!isWhole || !value) {
    return undefined;
  }
  const [first] = used;
  return first ? { ...first, value } : { value, source: 'runbook' };
}
