import { readSelect } from './explainable';
import { normalizeSql } from './sqlText';

describe('normalizeSql', () => {
  it.each([
    ['select  a,\n b from t where c=$1', 'select a, b from t where c=$1'],
    ["select 'it''s', E'a\\'b', 5, 1.5e-3, 0x1F", 'select ?, ?, ?, ?, ?'],
    ["select b'01', U&'d\\0061t', n'x'", 'select ?, ?, ?'],
    [
      'select $$a secret$$, $tag$a $$ secret$tag$ from t1',
      'select ?, ? from t1',
    ],
    ['/* a /* nested */ secret */ select 1 -- secret', 'select ?'],
    [
      'select "a ""quoted"" name", t.x->>$1, a[1]',
      'select "a ""quoted"" name", t.x->>$1, a[?]',
    ],
    ["select 'never closed secret", 'select ?'],
    ['select $$never closed secret', 'select ?'],
    ['select 1 /* never closed secret', 'select ?'],
    [
      'select prénom from t where x=-1 and y = $12',
      'select prénom from t where x=-? and y = $12',
    ],
  ])('leaves no value in %s', (sql, expected) => {
    expect(normalizeSql(sql)).toBe(expected);
  });

  it('is quick on what is made to be slow', () => {
    const hostile = ['/*', "'", '$a$', '$', '1e', '"', 'é', '\\'];
    for (const part of hostile) {
      expect(normalizeSql(part.repeat(20_000)).length).toBeLessThan(70_000);
    }
  });
});

describe('readSelect', () => {
  it('takes one SELECT of parameters and known functions, without its comments', () => {
    expect(
      readSelect(
        '/* x */ select count(*), "Quote".status from "Quote" q where q.a is not null and b in ($1, $2) order by now() ;',
      ),
    ).toEqual({
      text: expect.stringMatching(/^ select count\(\*\), "Quote"\.status from/),
      names: expect.arrayContaining(['Quote', 'status', 'q', 'a', 'b']),
    });
    expect(
      readSelect('with recent as (select * from t) select a from recent'),
    ).toBeDefined();
  });

  it.each([
    'select 1; delete from t',
    'delete from t where id = $1',
    'with gone as (delete from t returning id) select * from gone',
    'select a into copied from t',
    'select * from t for update',
    'explain analyze select * from t',
    'select evil($1) from t',
    'select public.upper(a) from t',
    'select "upper"(a) from t',
    'select pg_terminate_backend(pid) from t',
    "select * from t where a = 'text'",
    'select * from t limit 5',
    'select null ||| null from t',
    'select true ||| false from t',
    'select U&"\\0065vil" from t',
    'select * from "never closed',
    'select $$text$$ from t',
    'select "a""b" from t',
    'table t',
    '',
  ])('refuses %s', sql => {
    expect(readSelect(sql)).toBeUndefined();
  });
});
