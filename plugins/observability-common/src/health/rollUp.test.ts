import fc from 'fast-check';
import { Reason } from '../model';
import { STATUS_RANK, statusSchema } from '../status';
import { rollUpEntity } from './rollUp';
import { sortReasons } from './sortReasons';

const at = (minute: number) =>
  new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();

function reason(
  level: Reason['level'],
  since: string,
  metric = 'errors.rate',
  name?: string,
): Reason {
  return {
    level,
    since,
    metric,
    value: 1,
    unit: 'count',
    threshold: 0,
    message: `${metric} ${level}`,
    ...(name ? { subject: { id: name, name } } : {}),
  };
}

describe('rollUpEntity', () => {
  it('has no status without signals', () => {
    expect(rollUpEntity([])).toEqual({
      status: null,
      since: null,
      reasons: [],
      signalCounts: { ok: 0, warning: 0, critical: 0, unknown: 0 },
    });
  });

  it('is as bad as its worst signal, since the first of those, for all reasons', () => {
    const warning = reason('warning', at(1));
    const first = reason('critical', at(2));
    const second = reason('critical', at(3));
    expect(
      rollUpEntity([
        { status: 'ok', since: at(0), reasons: [] },
        { status: 'warning', since: at(1), reasons: [warning] },
        { status: 'critical', since: at(3), reasons: [second] },
        { status: 'critical', since: at(2), reasons: [first] },
      ]),
    ).toEqual({
      status: 'critical',
      since: at(2),
      reasons: [first, second, warning],
      signalCounts: { ok: 1, warning: 1, critical: 2, unknown: 0 },
    });
  });

  it('is well since the last of its signals is', () => {
    expect(
      rollUpEntity([
        { status: 'ok', since: at(5), reasons: [] },
        { status: 'ok', since: at(9), reasons: [] },
        { status: 'ok', since: at(7), reasons: [] },
      ]),
    ).toMatchObject({ status: 'ok', since: at(9) });
  });

  it('is unknown when all else is well, and not when something is known to be wrong', () => {
    const ok = { status: 'ok' as const, since: at(0), reasons: [] };
    const unknown = { status: 'unknown' as const, since: at(1), reasons: [] };
    const warning = { status: 'warning' as const, since: at(2), reasons: [] };
    expect(rollUpEntity([ok, unknown]).status).toBe('unknown');
    expect(rollUpEntity([unknown, warning, ok]).status).toBe('warning');
  });

  it('is never better than any of its signals', () => {
    const signal = fc.record({
      status: fc.constantFrom(...statusSchema.options),
      since: fc.integer({ min: 0, max: 59 }).map(at),
      reasons: fc.constant<Reason[]>([]),
    });
    fc.assert(
      fc.property(fc.array(signal, { minLength: 1 }), signals => {
        const { status, since } = rollUpEntity(signals);
        const ranks = signals.map(each => STATUS_RANK[each.status]);
        expect(STATUS_RANK[status!]).toBe(Math.max(...ranks));
        expect(
          signals.some(each => each.status === status && each.since === since),
        ).toBe(true);
      }),
      { seed: 20261122 },
    );
  });
});

describe('sortReasons', () => {
  it('puts the worst first, then the longest, in one order whatever it was given', () => {
    const sorted = [
      reason('critical', at(5)),
      reason('warning', at(1), 'errors.rate', 'a'),
      reason('warning', at(1), 'errors.rate', 'b'),
      reason('warning', at(1), 'errors.count'),
      reason('warning', at(2)),
      reason('unknown', at(0), 'source'),
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(sorted, { minLength: sorted.length }),
        shuffled => {
          expect(sortReasons(shuffled)).toEqual(sorted);
        },
      ),
      { seed: 20261122 },
    );
  });

  it('compares instants, not their writing', () => {
    const early = reason('warning', '2026-11-22T13:00:00+02:00');
    const late = reason('warning', '2026-11-22T12:00:00Z');
    expect(sortReasons([late, early])).toEqual([early, late]);
  });
});
