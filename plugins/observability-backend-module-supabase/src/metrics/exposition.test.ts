import { readExposition } from './exposition';

const read = (text: string, ...names: string[]) =>
  Object.fromEntries(readExposition(text, new Set(names)));

describe('readExposition', () => {
  it('reads labels as they were meant, with quotes, backslashes, braces and commas in them', () => {
    const text = String.raw`# HELP load An "odd" {one}, 5
# TYPE load gauge
load{name="the \"old\" one\\copy, {2}=\n",cpu = "0" , } 3
load 4
load{} 5 1700000000000
`;
    expect(read(text, 'load').load).toEqual([
      { labels: { name: 'the "old" one\\copy, {2}=\n', cpu: '0' }, value: 3 },
      { labels: {}, value: 4 },
      { labels: {}, value: 5 },
    ]);
  });

  it.each([
    ['0', 0],
    ['-1.5', -1.5],
    ['+.5', 0.5],
    ['1.2345e+09', 1_234_500_000],
    ['7e-3', 0.007],
    ['NaN', Number.NaN],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['Inf', Number.POSITIVE_INFINITY],
    ['-Inf', Number.NEGATIVE_INFINITY],
  ])('reads the number %s', (written, value) => {
    expect(read(`x{a="b"} ${written}\r`, 'x').x[0].value).toBe(value);
  });

  it('leaves out a line that cannot be read, and not the others', () => {
    const lines = [
      'x',
      'x ',
      'x{a="b"} ',
      'x{a="b" 1',
      'x{a=b} 1',
      'x{a="b} 1',
      'x{a="b"} 0x10',
      'x{a="b"} 1 2 3',
      'x1 7',
      '{x="y"} 1',
      '<html>',
      'x{a="b"}2',
    ];
    expect(read(lines.join('\n'), 'x')).toEqual({
      x: [{ labels: { a: 'b' }, value: 2 }],
    });
  });

  it('takes no time over what is not wanted, nor over hostile labels', () => {
    const hostile = `x{${'a="\\"\\"",'.repeat(20_000)} 1\nx{a="${'\\'.repeat(
      50_000,
    )}`;
    expect(read(hostile, 'x')).toEqual({});
    expect(read('other{a="b"} 1', 'x')).toEqual({});
    expect(read('x{__proto__="b"} 1', 'x').x[0].value).toBe(1);
  });
});
