import { scheduleSchema } from '@watchkeeper/backstage-plugin-observability-common';
import { ScheduleDraft, toDefinition } from './scheduleDraft';

/** What can be wrong with a field; each has its words. */
export type ProblemCode =
  | 'name'
  | 'title'
  | 'owner'
  | 'timeZone'
  | 'label'
  | 'repeated'
  | 'levels'
  | 'layers'
  | 'members'
  | 'length'
  | 'start'
  | 'time'
  | 'until'
  | 'windows'
  | 'other';

/** The problems of a draft by the place of the field, such as `levels.0.layers.1.rotation.start`. */
export type DraftProblems = ReadonlyMap<string, ProblemCode>;

const OF_FIELD: Record<string, ProblemCode> = {
  title: 'title',
  owner: 'owner',
  timeZone: 'timeZone',
  levels: 'levels',
  layers: 'layers',
  members: 'members',
  length: 'length',
  start: 'start',
  windows: 'windows',
  until: 'until',
};

/** What the schema of schedules has against a draft. */
export function problemsOf(draft: ScheduleDraft): DraftProblems {
  const result = scheduleSchema.safeParse(toDefinition(draft));
  const problems = new Map<string, ProblemCode>();
  for (const issue of result.error?.issues ?? []) {
    const path = issue.path.map(String);
    const place = placeOf(path);
    if (!problems.has(place)) {
      problems.set(place, codeOf(path, issue.code));
    }
  }
  return problems;
}

/** The field that a path belongs to: people and days have no field each. */
function placeOf(path: readonly string[]): string {
  for (const list of ['members', 'days']) {
    const end = path.indexOf(list);
    if (end >= 0) {
      return path.slice(0, end + 1).join('.');
    }
  }
  return path.join('.');
}

function codeOf(path: readonly string[], issueCode: string): ProblemCode {
  const field = path[path.length - 1];
  if (field === 'name') {
    if (path.length === 1) {
      return 'name';
    }
    return issueCode === 'custom' ? 'repeated' : 'label';
  }
  if (path.includes('members')) {
    return 'members';
  }
  if (path.includes('windows') && (field === 'from' || field === 'to')) {
    return 'time';
  }
  return OF_FIELD[field] ?? 'other';
}

/** Whether anything below a place is wrong. */
export function hasProblems(problems: DraftProblems, place: string): boolean {
  return [...problems.keys()].some(
    key => key === place || key.startsWith(`${place}.`),
  );
}
