import { RunbookProblem, RunbookStep } from '../../model';
import { daysSince, freshnessOf, lastTestOf } from '../freshness';
import { ParsedRunbook, RunbookLink } from '../parse/ParsedRunbook';

/** What the lint goes by, besides the runbook itself.
 * @public */
export interface LintOptions {
  now: Date;
  /** When somebody last followed it and it worked: that counts as a test. */
  lastRunThatWorked?: string;
  /** Whether a link leads nowhere; what is not known is not dead. */
  isDead?: (link: RunbookLink) => boolean;
}

/**
 * Finds what makes a runbook harder to follow or to trust, in the order of the
 * text; what is about no line in particular comes first.
 *
 * @public
 */
export function lintRunbook(
  runbook: ParsedRunbook,
  options: LintOptions,
): RunbookProblem[] {
  const problems = [
    ...runbook.problems,
    ...lintFields(runbook, options),
    ...lintAge(runbook, options),
    // What was not read has no steps and links that could be judged.
    ...(runbook.problems.some(({ code }) => code === 'too-large')
      ? []
      : [
          ...lintSteps(runbook.steps),
          ...lintToDos(runbook),
          ...lintLinks(runbook, options.isDead),
        ]),
  ];
  return problems.sort(
    (one, other) =>
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0),
  );
}

function lintFields(runbook: ParsedRunbook, { now }: LintOptions) {
  const problems: RunbookProblem[] = [];
  if (!runbook.owner) {
    problems.push({
      code: 'no-owner',
      severity: 'warning',
      message:
        'No owner: say in the front matter who keeps it, such as "owner: group:default/team"',
    });
  }
  if (runbook.alerts.length === 0) {
    problems.push({
      code: 'no-alert',
      severity: 'warning',
      message:
        'No alert: say in the front matter what it answers, such as "alerts: [SiteDown]"',
    });
  }
  const { lastTested } = runbook;
  if (lastTested && !lastTestOf({ declared: lastTested, now })) {
    problems.push({
      code: 'invalid-front-matter',
      severity: 'error',
      message: `lastTested in the front matter lies in the future: ${lastTested.slice(
        0,
        10,
      )}`,
      line: 1,
    });
  }
  return problems;
}

function lintAge(runbook: ParsedRunbook, options: LintOptions) {
  const { now, lastRunThatWorked } = options;
  const tested = lastTestOf({
    declared: runbook.lastTested,
    lastRunThatWorked,
    now,
  });
  const freshness = freshnessOf(tested, now);
  const days = daysSince(tested, now);
  const problems: RunbookProblem[] = [];
  if (freshness === 'never-tested') {
    problems.push({
      code: 'never-tested',
      severity: 'warning',
      message:
        'Never tested: follow it once, and write the day as "lastTested"',
    });
  } else if (freshness !== 'fresh') {
    problems.push({
      code: freshness,
      severity: freshness === 'stale' ? 'error' : 'warning',
      message: `Last tested ${days} days ago`,
    });
  }
  return problems;
}

function lintSteps(steps: readonly RunbookStep[]): RunbookProblem[] {
  if (steps.length === 0) {
    return [
      {
        code: 'no-steps',
        severity: 'error',
        message:
          'No steps: write what to do as a numbered list under a heading "Steps"',
      },
    ];
  }
  return steps.flatMap(
    ({ index, line, commands, expected }): RunbookProblem[] => {
      if (expected) {
        return [];
      }
      const number = index + 1;
      return [
        commands.length > 0
          ? {
              code: 'no-expected-result',
              severity: 'warning',
              message: `Step ${number} has a command but no expected result: say what one should see after "Expected:"`,
              line,
              step: index,
            }
          : {
              code: 'no-command-or-result',
              severity: 'warning',
              message: `Step ${number} has neither a command nor an expected result`,
              line,
              step: index,
            },
      ];
    },
  );
}

function lintToDos({ toDos }: ParsedRunbook): RunbookProblem[] {
  return toDos.map(({ line, column, word }) => ({
    code: 'to-do',
    severity: 'error',
    message: `${word}: something is still to be written`,
    line,
    column,
  }));
}

function lintLinks(
  { links }: ParsedRunbook,
  isDead: LintOptions['isDead'],
): RunbookProblem[] {
  return links
    .filter(link => isDead?.(link))
    .map(({ url, isImage, line, column }) => ({
      code: 'dead-link',
      severity: 'error',
      message: `${
        isImage ? 'The image is not there' : 'The link leads nowhere'
      }: ${url.slice(0, 200)}`,
      line,
      column,
      link: url,
    }));
}
