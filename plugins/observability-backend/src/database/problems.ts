import {
  Problem,
  problemCodeSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ProblemColumns } from './tables';

export function toProblemColumns(problem: Problem | undefined): ProblemColumns {
  return {
    problem_code: problem?.code ?? null,
    problem_message: problem?.message ?? null,
    problem_since: problem?.since ?? null,
    problem_retry_at: problem?.retryAt ?? null,
  };
}

export function fromProblemColumns(row: ProblemColumns): Problem | undefined {
  if (!row.problem_code) {
    return undefined;
  }
  return {
    code: problemCodeSchema.parse(row.problem_code),
    message: row.problem_message ?? '',
    since: row.problem_since ?? '',
    ...(row.problem_retry_at ? { retryAt: row.problem_retry_at } : {}),
  };
}
