import {
  adviceOfPlan,
  comparedColumns,
  PlannedTable,
  PlanNode,
} from './planAdvice';

const QUOTE: PlannedTable = {
  schema: 'public',
  name: 'Quote',
  rows: 50_000,
  columns: ['id', 'status', 'ownerId'],
  indexed: ['id'],
};
const scan = (partial: Partial<PlanNode> = {}): PlanNode => ({
  'Node Type': 'Seq Scan',
  'Relation Name': 'Quote',
  Schema: 'public',
  Alias: 'q',
  'Plan Rows': 1_000,
  Filter: '(q.status = $1)',
  ...partial,
});
const advise = (node: PlanNode, table: Partial<PlannedTable> = {}) =>
  adviceOfPlan({ 'Node Type': 'Hash Join', Plans: [node] }, [
    { ...QUOTE, ...table },
  ]);

describe('adviceOfPlan', () => {
  it('names the table and the columns that no index begins with', () => {
    expect(advise(scan())).toBe(
      'sequential scan on "Quote" filtered by "status": no index begins with it',
    );
    expect(
      advise(scan({ Filter: '((q.status = $1) AND (q."ownerId" > $2))' })),
    ).toBe(
      'sequential scan on "Quote" filtered by "status" and "ownerId": no index begins with any of them',
    );
  });

  it.each<[string, Partial<PlanNode & PlannedTable>]>([
    ['an index begins with the column', { indexed: ['id', 'status'] }],
    ['an index is on an expression', { indexed: ['id', null] }],
    ['the table is small', { rows: 9_000 }],
    ['much of the table is wanted', { 'Plan Rows': 20_000 }],
    ['it is not told how much is wanted', { 'Plan Rows': undefined }],
    ['there is no filter', { Filter: undefined }],
    [
      'the filter is an alternative',
      { Filter: '((q.status = $1) OR (q.id = $2))' },
    ],
    ['the filter is of another kind', { Filter: '(lower(q.status) = $1)' }],
    [
      'columns are compared with each other',
      { Filter: '(q.status = q."ownerId")' },
    ],
    ['the column is of another table', { Filter: '(c.status = $1)' }],
    ['the column is not one of the table', { Filter: '(q.other = $1)' }],
    ['it is another table', { Schema: 'archive' }],
    ['the table is not read from end to end', { 'Node Type': 'Index Scan' }],
  ])('says nothing where %s', (_, different) => {
    const { rows, indexed, ...node } = different;
    const table = { ...(rows && { rows }), ...(indexed && { indexed }) };
    expect(advise(scan(node), table)).toBeUndefined();
  });
});

describe('comparedColumns', () => {
  it('sees through the casts that the server adds', () => {
    expect(
      comparedColumns(
        `(((q.status)::text = $1) AND ("my q".at <= ($2)::timestamp with time zone))`,
        'q',
      ),
    ).toBeUndefined();
    expect(comparedColumns('((q.status)::text = ($1)::text)', 'q')).toEqual([
      'status',
    ]);
    expect(comparedColumns('("a""b"."ow ner" >= $2)', 'a"b')).toEqual([
      'ow ner',
    ]);
  });
});
