import { nextCursor } from './links';

const link = (results: string) =>
  `<https://sentry.io/api/0/organizations/acme/issues/?query=a%2Cb&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://sentry.io/api/0/organizations/acme/issues/?query=a%2Cb&cursor=0:100:0>; rel="next"; results="${results}"; cursor="0:100:0"`;

describe('nextCursor', () => {
  it.each([
    ['more to come', link('true'), '0:100:0'],
    [
      'the last page, which names a next one all the same',
      link('false'),
      undefined,
    ],
    ['no header, as where the token sees no project', undefined, undefined],
    ['something else', 'nonsense; rel=next', undefined],
  ])('%s', (_, value, expected) => {
    const headers = new Headers(value ? { link: value } : {});
    expect(nextCursor(headers)).toBe(expected);
  });
});
