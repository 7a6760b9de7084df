import { RunbookCommandPart } from '../../model';
import { RawCommand, SplitCommand } from '../parse/ParsedRunbook';

/**
 * The ways to write a variable: `${NAME}`, `$NAME`, `{{ name }}`, `<name>`. A
 * dollar after a backslash or another dollar is none, and neither is what a
 * shell works out itself, such as `${NAME:-default}`.
 */
const PLACES =
  /\\.|\$\$|\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)|\{\{\s*([^{}\n]{1,200}?)\s*\}\}|(?<!<)<([A-Za-z_][\w.-]*)>/g;

const UPPER_CASE = /^[A-Z][A-Z0-9_-]*$/;

/** What a shell or a program knows by itself. */
const KNOWN_NAMES = new Set(
  `BASH COLUMNS EDITOR EUID FNR FS HOME HOSTNAME IFS LANG LINENO LINES LOGNAME
  MAIL NF NR OFS OLDPWD OPTARG OPTIND ORS PATH PIPESTATUS PPID PS1 PS2 PWD RANDOM
  REPLY RS SECONDS SHELL SHLVL TERM TMPDIR TZ UID USER XDG_CONFIG_HOME
  XDG_RUNTIME_DIR`.split(/\s+/),
);

/** In these a `=` compares or configures; elsewhere, at the start of a command, it assigns. */
const LANGUAGES_WITHOUT_ASSIGNMENT =
  /^(?:sql|psql|postgresql|pgsql|promql|logql|json|ya?ml|http|graphql)$/i;

/**
 * Makes the function that tells the variables of a runbook's commands from the
 * rest of them. A variable is a name that the runbook declares, a field of the
 * entity or the signal such as `{{ entity.metadata.name }}`, or a name in upper
 * case that no command assigns. A shell gives nothing to `<NAME>` and
 * `{{ NAME }}`, so that these are variables also where a command assigns `NAME`.
 */
export function createSplitCommand(
  declared: ReadonlySet<string>,
  commands: readonly RawCommand[],
): SplitCommand {
  const assigned = assignedNames(commands);
  const isVariable = (name: string, isOfShell: boolean) =>
    declared.has(name) ||
    /^(?:entity|signal|annotations?)[.[]/.test(name) ||
    (UPPER_CASE.test(name) &&
      !(isOfShell && (assigned.has(name) || KNOWN_NAMES.has(name))));
  return ({ text }) => {
    const parts: RunbookCommandPart[] = [];
    let end = 0;
    for (const match of text.matchAll(PLACES)) {
      const [place, braced, plain, mustache, angled] = match;
      const name = braced ?? plain ?? mustache ?? angled;
      const isOfShell = (braced ?? plain) !== undefined;
      if (name && isVariable(name, isOfShell)) {
        if (match.index > end) {
          parts.push({ text: text.slice(end, match.index) });
        }
        parts.push({ text: place, variable: name });
        end = match.index + place.length;
      }
    }
    return end < text.length || parts.length === 0
      ? [...parts, { text: text.slice(end) }]
      : parts;
  };
}

const ASSIGNMENT =
  /(?:^|[;&|(]|\b(?:then|do|else|export|local|readonly|declare|set)\b)[ \t]*(?:[$#>][ \t]+)?(?:(?:export|local|readonly|declare|set)[ \t]+)?((?:[A-Za-z_]\w*\+?=(?:"[^"\n]*"|'[^'\n]*'|[^\s"']*)[ \t]*)+)/gm;
const OTHER_ASSIGNMENTS =
  /\bread[ \t]+([^;&|\n]*)|\bfor[ \t]+([A-Za-z_]\w*)[ \t]+in\b|^[ \t]*\$([A-Za-z_]\w*)[ \t]*=(?!=)/gm;

/** The names that commands give a value to. */
function assignedNames(commands: readonly RawCommand[]): Set<string> {
  const names = new Set<string>();
  for (const { language = '', text } of commands) {
    if (LANGUAGES_WITHOUT_ASSIGNMENT.test(language)) {
      continue;
    }
    for (const [, assignments] of text.matchAll(ASSIGNMENT)) {
      for (const [, name] of assignments.matchAll(
        /(?:^|[ \t"'])([A-Za-z_]\w*)\+?=/g,
      )) {
        names.add(name);
      }
    }
    for (const [, read, looped, set] of text.matchAll(OTHER_ASSIGNMENTS)) {
      for (const name of read?.split(/[ \t]+/) ?? [looped ?? set]) {
        names.add(name);
      }
    }
  }
  return names;
}

/** The names of the variables of a command, each once. */
export function variablesOf(parts: readonly RunbookCommandPart[]): string[] {
  const names = parts
    .map(({ variable }) => variable)
    .filter(name => name !== undefined);
  return [...new Set(names)];
}
