import { RunbookCommandPart, RunbookVariable } from '../../model';

/** What stands for a variable.
 * @public */
export interface VariableValue {
  value: string;
  /** `person`: typed on the page. */
  source: NonNullable<RunbookVariable['source']> | 'person';
  /** Which field, annotation or signal. */
  sourceName?: string;
}

/** A piece of a command with its variable filled, as far as it can be.
 * @public */
export interface FilledPart {
  /** What is shown and copied: the value, or what the runbook writes while there is none. */
  text: string;
  variable?: string;
  source?: VariableValue['source'];
  sourceName?: string;
  /** Whether a shell would read more into the value than a word. */
  unsafe?: boolean;
}

/** A command as it would be copied.
 * @public */
export interface FilledCommand {
  text: string;
  parts: FilledPart[];
  /** Names of variables that nothing fills. */
  unresolved: string[];
  /** Names of variables whose value a shell would read more into than a word. */
  unsafe: string[];
}

/**
 * Puts values into a command. They are text: nothing in them is looked at for
 * further variables, and nothing is quoted or escaped, since only the person who
 * pastes the command knows what reads it. What a shell would not take as one
 * plain word is named, so that a page can warn.
 *
 * @public
 */
export function fillCommand(
  command: { parts: readonly RunbookCommandPart[] },
  values: ReadonlyMap<string, VariableValue>,
): FilledCommand {
  const unresolved = new Set<string>();
  const unsafe = new Set<string>();
  const parts = command.parts.map(({ text, variable }): FilledPart => {
    const filled = variable === undefined ? undefined : values.get(variable);
    if (variable === undefined) {
      return { text };
    }
    if (!filled?.value) {
      unresolved.add(variable);
      return { text, variable };
    }
    const isUnsafe = isUnsafeValue(filled.value);
    if (isUnsafe) {
      unsafe.add(variable);
    }
    return {
      text: filled.value,
      variable,
      source: filled.source,
      ...(filled.sourceName ? { sourceName: filled.sourceName } : {}),
      ...(isUnsafe ? { unsafe: true } : {}),
    };
  });
  return {
    text: parts.map(({ text }) => text).join(''),
    parts,
    unresolved: [...unresolved],
    unsafe: [...unsafe],
  };
}

/**
 * Whether a shell could read anything but one plain word into a value: an
 * option, a blank, a quote, an operator, a line break, a character that is not
 * seen.
 *
 * @public
 */
export function isUnsafeValue(value: string): boolean {
  return !/^[\p{L}\p{N}_@%+=:,./][\p{L}\p{N}_@%+=:,./-]*$/u.test(value);
}
