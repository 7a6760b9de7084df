import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import {
  Measurement,
  Reading,
  Sample,
} from '@watchkeeper/backstage-plugin-observability-node';
import { SupabaseProject } from '../api/schemas';
import { sortAdvisories } from '../map/advisories';
import { backupMeasurement, toChecklist } from '../map/backups';
import { projectStateOf, versionOf } from '../map/projectState';
import {
  currentStatements,
  slowestMeasurement,
  toSlowQueries,
} from '../map/slowQueries';
import { figuresOf, TargetFigures } from './figuresOf';
import { limitationsOf } from './limitations';
import { findProblem } from './problem';
import { TargetState } from './state';

/** What a reading is made of. */
export interface ReadingInput {
  project: SupabaseProject;
  state: TargetState;
  /** Where the key to its metrics belongs, when there is none. */
  missingKeySetting?: string;
  now: Date;
}

const ENGINE = 'PostgreSQL';

/** What is known of a project, as a reading. Pure. */
export function toReading(
  input: ReadingInput,
): Extract<Reading, { kind: 'database' }> {
  const { project, state, now } = input;
  const { state: projectState, runs, problem } = projectStateOf(project);
  const common = {
    kind: 'database' as const,
    observedAt: now,
    url: `https://supabase.com/dashboard/project/${encodeURIComponent(
      project.ref,
    )}`,
  };
  const version = versionOf(project);
  const head = {
    engine: ENGINE,
    ...(version === undefined ? {} : { version }),
    state: projectState,
  };
  if (!runs) {
    return {
      ...common,
      data: {
        ...head,
        services: [],
        slowQueries: [],
        advisories: [],
        limitations: [],
      },
      measurements: [],
      problem,
    };
  }

  const figures = figuresOf(state);
  const limitations = limitationsOf(input);
  const found = problem ?? findProblem(state, figures);
  return {
    ...common,
    data: { ...head, ...dataOf(input, figures), limitations },
    measurements: measurementsOf(input, figures),
    samples: samplesOf(figures, now),
    ...(found ? { problem: found } : {}),
  };
}

function dataOf(
  { project, state, now }: ReadingInput,
  figures: TargetFigures,
): Omit<DatabaseData, 'engine' | 'version' | 'state' | 'limitations'> {
  const { used, max } = figures.connections;
  const { backups } = state;
  return {
    ...withoutUndefined({
      cpu: figures.cpu,
      memory: figures.memory,
      disk: figures.disk,
      connections:
        used === undefined || max === undefined ? undefined : { used, max },
      cacheHit: figures.cacheHit,
      sizeBytes: figures.sizeBytes,
      replicationLagSeconds: figures.replicationLagSeconds,
      readOnly: figures.readOnly,
      standby: figures.standby,
      backups: backups && {
        items: toChecklist(backups, { now, createdAt: project.created_at }),
        ...(backups.lastGoodAt ? { lastGoodAt: backups.lastGoodAt } : {}),
      },
    }),
    services: state.services ?? [],
    slowQueries: toSlowQueries(
      currentStatements(state.statements ?? [], now),
      state.foreignKeys ?? [],
    ),
    advisories: sortAdvisories([
      ...(state.securityAdvice ?? []),
      ...(state.performanceAdvice ?? []),
    ]),
  };
}

/** What could not be read again is not measured: nothing changes by it. */
function measurementsOf(
  { project, state, now }: ReadingInput,
  figures: TargetFigures,
): Measurement[] {
  const { used, max } = figures.connections;
  const measurements: Measurement[] = [];
  const add = (metric: string, value: number | undefined, fresh: boolean) => {
    if (value !== undefined && fresh) measurements.push({ metric, value });
  };
  const { areMetricsRead, isDiskRead } = figures;
  add('database.cpu', figures.cpu, areMetricsRead);
  add('database.memory', figures.memory, areMetricsRead);
  add('database.disk', figures.disk, isDiskRead);
  add('database.connections', fractionOf(used, max), areMetricsRead);
  add('database.connectionCount', used, areMetricsRead);

  const { statements, backups, parts } = state;
  if (statements && !parts.slowQueries?.failure) {
    measurements.push(slowestMeasurement(currentStatements(statements, now)));
  }
  const backup =
    backups && !parts.backups?.failure
      ? backupMeasurement(backups, { now, createdAt: project.created_at })
      : undefined;
  if (backup) measurements.push(backup);
  return measurements;
}

function samplesOf(figures: TargetFigures, at: Date): Sample[] {
  const { used, max } = figures.connections;
  const values: [metric: string, value: number | undefined][] = [
    ['database.cpu', figures.cpu],
    ['database.memory', figures.memory],
    ['database.disk', figures.disk],
    ['database.connections', fractionOf(used, max)],
    ['database.connectionCount', used],
    ['database.cacheHit', figures.cacheHit],
    ['database.replicationLagSeconds', figures.replicationLagSeconds],
  ];
  return values.flatMap(([metric, value]) => {
    const fresh =
      metric === 'database.disk' ? figures.isDiskRead : figures.areMetricsRead;
    return value === undefined || !fresh ? [] : [{ metric, at, value }];
  });
}

function fractionOf(
  used: number | undefined,
  max: number | undefined,
): number | undefined {
  return used === undefined || !max ? undefined : used / max;
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as T;
}
