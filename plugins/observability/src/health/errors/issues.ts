import { SortDescriptor } from '@backstage/ui';
import { Issue } from '@watchkeeper/backstage-plugin-observability-common';

/** Which issues are shown. Empty means all. */
export interface IssueFilter {
  level: string;
  assignee: string;
  text: string;
}

/** The value that stands for issues that nobody is assigned to. */
export const NOBODY = '\u2013';

const LEVEL_WEIGHT: Record<string, number> = {
  fatal: 5,
  error: 4,
  warning: 3,
  info: 2,
  debug: 1,
};

/** The issues that pass all filters. */
export function filterIssues(
  issues: readonly Issue[],
  filter: IssueFilter,
): Issue[] {
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return issues.filter(issue => {
    const haystack = [issue.title, issue.shortId, issue.culprit ?? '']
      .join('\n')
      .toLocaleLowerCase();
    return (
      (!filter.level || issue.level === filter.level) &&
      (!filter.assignee || assigneeOf(issue) === filter.assignee) &&
      words.every(word => haystack.includes(word))
    );
  });
}

/** The issues in the order that the reader asked for; ties keep the order they came in. */
export function sortIssues(
  issues: readonly Issue[],
  sort: SortDescriptor,
): Issue[] {
  const direction = sort.direction === 'descending' ? -1 : 1;
  return [...issues].sort(
    (a, b) => direction * compare(a, b, String(sort.column)),
  );
}

/** Numbers and times start with the largest, words with the first. */
export function firstDirection(column: string): SortDescriptor['direction'] {
  return column === 'issue' || column === 'assignee'
    ? 'ascending'
    : 'descending';
}

/** Whose an issue is, as a filter's value. */
export function assigneeOf(issue: Issue): string {
  return issue.assignee?.name ?? NOBODY;
}

/** The different values of all issues, for a filter, in order. */
export function valuesOf(
  issues: readonly Issue[],
  read: (issue: Issue) => string,
): string[] {
  return [...new Set(issues.map(read))].sort((a, b) => a.localeCompare(b));
}

function compare(a: Issue, b: Issue, column: string): number {
  switch (column) {
    case 'level':
      return (LEVEL_WEIGHT[a.level] ?? 0) - (LEVEL_WEIGHT[b.level] ?? 0);
    case 'issue':
      return a.title.localeCompare(b.title);
    case 'users':
      return a.users - b.users;
    case 'lastSeen':
      return timeOf(a.lastSeen) - timeOf(b.lastSeen);
    case 'assignee':
      return (
        Number(!a.assignee) - Number(!b.assignee) ||
        assigneeOf(a).localeCompare(assigneeOf(b))
      );
    default:
      return a.events - b.events;
  }
}

function timeOf(text: string | undefined): number {
  const time = text ? new Date(text).getTime() : NaN;
  return Number.isNaN(time) ? 0 : time;
}
