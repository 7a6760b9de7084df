import { soundProject } from './common';
import type { SupabaseWorld } from './types';

/**
 * Many projects with nothing to complain about, for benchmarks.
 *
 * @public
 */
export function largeSupabaseWorld(options: {
  projects: number;
}): SupabaseWorld {
  return {
    describe: () =>
      Array.from({ length: options.projects }, (_, index) =>
        soundProject({
          ref: largeSupabaseRef(index),
          name: `project-${index}`,
          state: {
            statements: [
              {
                query: 'SELECT * FROM "Order" WHERE "status" = $1',
                callsPerHour: 100,
                meanMs: 40,
                maxMs: 200,
                rows: 12,
              },
            ],
          },
        }),
      ),
  };
}

/** The reference of one of the many.
 * @public
 */
export function largeSupabaseRef(index: number): string {
  const letters = [...String(index).padStart(5, '0')]
    .map(digit => 'abcdefghij'[Number(digit)])
    .join('');
  return `manyprojectsxyz${letters}`;
}
