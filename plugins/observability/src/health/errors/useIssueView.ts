import { SortDescriptor } from '@backstage/ui';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { firstDirection, IssueFilter } from './issues';

const KEYS = {
  level: 'issueLevel',
  assignee: 'issueAssignee',
  text: 'issueText',
  sort: 'issueSort',
} as const;

const COLUMNS = ['level', 'issue', 'events', 'users', 'lastSeen', 'assignee'];
const DEFAULT_SORT: SortDescriptor = {
  column: 'events',
  direction: 'descending',
};

/** What the reader filters and sorts issues by. It lives in the address, so it can be sent on. */
export function useIssueView(): {
  filter: IssueFilter;
  sort: SortDescriptor;
  setFilter(change: Partial<IssueFilter>): void;
  setSort(sort: SortDescriptor): void;
} {
  const [parameters, setParameters] = useSearchParams();
  const level = parameters.get(KEYS.level) ?? '';
  const assignee = parameters.get(KEYS.assignee) ?? '';
  const text = parameters.get(KEYS.text) ?? '';
  const sortText = parameters.get(KEYS.sort) ?? '';

  return useMemo(() => {
    const sort = parseSort(sortText);

    function write(values: Partial<Record<keyof typeof KEYS, string>>) {
      setParameters(
        current => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(values)) {
            const name = KEYS[key as keyof typeof KEYS];
            if (value) {
              next.set(name, value);
            } else {
              next.delete(name);
            }
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    }

    return {
      filter: { level, assignee, text },
      sort,
      setFilter: write,
      setSort(next) {
        const column = String(next.column);
        const direction =
          column === sort.column ? next.direction : firstDirection(column);
        write({ sort: `${direction === 'descending' ? '-' : ''}${column}` });
      },
    };
  }, [level, assignee, text, sortText, setParameters]);
}

function parseSort(sortText: string): SortDescriptor {
  const isDescending = sortText.startsWith('-');
  const column = isDescending ? sortText.slice(1) : sortText;
  if (!COLUMNS.includes(column)) {
    return DEFAULT_SORT;
  }
  return { column, direction: isDescending ? 'descending' : 'ascending' };
}
