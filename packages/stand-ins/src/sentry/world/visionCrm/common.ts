import type {
  Offset,
  SentryIssueDefinition,
  SentryPerson,
  SentryTeam,
} from '../types';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When it went wrong now, before the scenario's start. */
export const NOW = {
  release: -16 * MINUTE,
  slow: -13 * MINUTE,
  errors: -9 * MINUTE,
  webErrors: -42 * MINUTE,
};

/** Forty minutes of last week. */
export const LAST_WEEK = {
  release: -(6 * DAY + 5 * HOUR + 12 * MINUTE),
  from: -(6 * DAY + 5 * HOUR),
  to: -(6 * DAY + 4 * HOUR + 20 * MINUTE),
  fix: -(6 * DAY + 4 * HOUR + 26 * MINUTE),
};

export const crmTeam: SentryTeam = { id: '9001', slug: 'crm', name: 'crm' };

function engineer(id: string, name: string): SentryPerson {
  return { type: 'user', id, name, email: `${name}@visioncrm.example` };
}

export const people = {
  a: engineer('7101', 'engineer-a'),
  b: engineer('7102', 'engineer-b'),
  c: engineer('7103', 'engineer-c'),
  team: {
    type: 'team',
    id: crmTeam.id,
    name: crmTeam.slug,
  } satisfies SentryPerson,
};

/** Releases are named after their day and counted within it. */
export function dayVersions(startedAt: Date, offsets: Offset[]): string[] {
  const used = new Map<string, number>();
  return offsets.map(offset => {
    const date = new Date(startedAt.getTime() + offset);
    const day = date.toISOString().slice(0, 10).replace(/-/g, '.');
    const number = (used.get(day) ?? 0) + 1;
    used.set(day, number);
    return `${day}-${number}`;
  });
}

/** An exception, with its title made of type and message as the vendor does. */
export function exception(
  options: {
    type: string;
    value: string;
    in?: string;
    file?: string;
  } & Omit<SentryIssueDefinition, 'title' | 'level' | 'metadata' | 'type'> &
    Partial<Pick<SentryIssueDefinition, 'level'>>,
): SentryIssueDefinition {
  const { type, value, in: inFunction, file, ...rest } = options;
  return {
    level: 'error',
    type: 'error',
    title: `${type}: ${value}`,
    metadata: {
      type,
      value,
      ...(file ? { filename: file } : {}),
      ...(inFunction ? { function: inFunction } : {}),
    },
    ...rest,
  };
}

/** What the guide's Prisma middleware reports about a query of over a second. */
export function slowQuery(
  options: {
    model: string;
    action: string;
    slowestMs: number;
  } & Omit<SentryIssueDefinition, 'title' | 'level' | 'type' | 'extra'>,
): SentryIssueDefinition {
  const { model, action, slowestMs, ...rest } = options;
  const title = `Slow query: ${model}.${action}`;
  return {
    title,
    level: 'warning',
    type: 'default',
    metadata: { title },
    priority: 'medium',
    extra: unit => ({
      queryTime: Math.round(1000 + (slowestMs - 1000) * unit * unit),
      params: { model, action, args: { take: 50 } },
    }),
    ...rest,
  };
}
