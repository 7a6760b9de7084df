import { RunbookProblem } from '@watchkeeper/backstage-plugin-observability-common';
import {
  lintRunbook,
  ParsedRunbook,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { withoutAnchor } from '../links/withoutAnchor';
import { IndexedRunbook } from '../RunbookIndex';

/** Problems that come and go without the text, or that others settle. */
const NOT_OF_THE_TEXT: RunbookProblem['code'][] = [
  'no-owner',
  'never-tested',
  'ageing',
  'stale',
  'dead-link',
];

/** How many problems a text has, whoever owns it and whenever it was tested. */
export function countTextProblems(parsed: ParsedRunbook, now: Date): number {
  return lintRunbook(parsed, { now }).filter(
    ({ code }) => !NOT_OF_THE_TEXT.includes(code),
  ).length;
}

/** What makes a runbook harder to follow or to trust, as of now. */
export function describeProblems(
  parsed: ParsedRunbook,
  context: {
    runbook: Pick<
      IndexedRunbook,
      'id' | 'url' | 'owner' | 'deadLinks' | 'figures' | 'hasText'
    >;
    now: Date;
  },
): RunbookProblem[] {
  const { runbook, now } = context;
  const dead = new Set(runbook.deadLinks);
  const found = lintRunbook(parsed, {
    now,
    lastRunThatWorked: runbook.figures?.lastWorkedAt,
    isDead: ({ url, kind }) => kind === 'http' && dead.has(withoutAnchor(url)),
  }).filter(({ code }) => code !== 'no-owner' || runbook.owner === undefined);
  const problems = runbook.hasText
    ? found
    : [
        ...pageProblems(runbook),
        ...found.filter(
          ({ code }) => NOT_OF_THE_TEXT.includes(code) && code !== 'dead-link',
        ),
      ];
  return parsed.declaredId !== undefined && parsed.declaredId !== runbook.id
    ? [
        {
          code: 'invalid-front-matter',
          severity: 'error',
          message: `Another runbook has the id "${parsed.declaredId}" already; this one goes by its address`,
          line: 1,
        },
        ...problems,
      ]
    : problems;
}

/** Of a page, nobody here can say more. */
function pageProblems({
  url,
  deadLinks,
}: Pick<IndexedRunbook, 'url' | 'deadLinks'>): RunbookProblem[] {
  return [
    {
      code: 'no-steps',
      severity: 'warning',
      message:
        'Its text is not readable here: steps and commands are on the page that it links to',
    },
    ...(deadLinks.includes(withoutAnchor(url))
      ? [
          {
            code: 'dead-link' as const,
            severity: 'error' as const,
            message: 'The link leads nowhere',
            link: url,
          },
        ]
      : []),
  ];
}
