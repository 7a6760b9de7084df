import { Statement } from './parts/statements';
import {
  currentStatements,
  slowestMeasurement,
  slowStatements,
  toSlowQuery,
} from './slowQueries';

const HOUR = 3_600;
const statement = (partial: Partial<Statement> = {}): Statement => ({
  id: '1',
  text: 'select 1',
  calls: 10,
  totalMs: 20_000,
  meanMs: 2_000,
  maxMs: 3_000,
  rows: 10,
  ...partial,
});

describe('slow queries', () => {
  it('are of concern for a day after they last ran', () => {
    const first = currentStatements([statement()], {}, 0);
    expect(first.statements).toHaveLength(1);
    const idle = currentStatements([statement()], first.seen, 23 * HOUR);
    expect(idle.statements).toHaveLength(1);
    const old = currentStatements([statement()], idle.seen, 24 * HOUR);
    expect(old.statements).toEqual([]);
    const again = currentStatements(
      [statement({ calls: 11 })],
      old.seen,
      25 * HOUR,
    );
    expect(again.statements).toHaveLength(1);
    // The counters began anew: it ran.
    const reset = currentStatements(
      [statement({ calls: 1 })],
      old.seen,
      25 * HOUR,
    );
    expect(reset.statements).toHaveLength(1);
    expect(currentStatements([], old.seen, 0).seen).toEqual({});
  });

  it('are those over a second on average, fifty at most, by total time', () => {
    const statements = Array.from({ length: 60 }, (_, index) =>
      statement({ id: String(index), totalMs: index }),
    );
    const slow = slowStatements([
      ...statements,
      statement({ id: 'quick', meanMs: 1_000, totalMs: 1e9 }),
    ]);
    expect(slow).toHaveLength(50);
    expect(slow.slice(0, 2).map(({ id }) => id)).toEqual(['59', '58']);
  });

  it('show bounded text without values', () => {
    const text = `select '${'x'.repeat(9_000)}', ${'a, '.repeat(9_000)}b`;
    const { query } = toSlowQuery(statement({ text }), undefined);
    expect(query.startsWith('select ?, a, a,')).toBe(true);
    expect(query).toHaveLength(2_000);
  });

  it('are measured by the slowest on average, also below a second, and by nothing where nothing ran', () => {
    expect(
      slowestMeasurement([
        statement({ id: 'a', meanMs: 5 }),
        statement({ id: 'b', meanMs: 9, text: "select 'x'" }),
      ]),
    ).toEqual({
      metric: 'database.slowQueryMs',
      value: 9,
      subject: { id: 'b', name: 'select ?' },
    });
    expect(slowestMeasurement([])).toEqual({
      metric: 'database.slowQueryMs',
      value: 0,
    });
  });
});
