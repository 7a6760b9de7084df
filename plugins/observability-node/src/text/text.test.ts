import { plainText, webUrl } from './text';

describe('text from outside', () => {
  it.each([
    ['  plain  ', 'plain'],
    ['two\r\nlines\tand\u2028more', 'two lines and more'],
    ['nul\u0000 and \u001b[31mcolour', 'nul  and  [31mcolour'],
    ['turned\u202eround\u2066', 'turnedround'],
    ['half \udc00 a pair', 'half \ufffd a pair'],
    ['émoji 👩‍🚒 stays', 'émoji 👩‍🚒 stays'],
    [undefined, ''],
  ])('%j becomes %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('is cut between characters', () => {
    expect(plainText('👍'.repeat(6), 5)).toBe('👍👍👍👍…');
  });

  it.each([
    ['https://acme.sentry.io/issues/1/', 'https://acme.sentry.io/issues/1/'],
    ['vbscript:alert(1)', undefined],
    [`${'javascript'}:alert(1)`, undefined],
    ['data:text/html,x', undefined],
    ['/issues/1/', undefined],
    [`https://x.example/${'a'.repeat(2000)}`, undefined],
  ])('the link %.40s is %j', (text, expected) => {
    expect(webUrl(text)).toBe(expected);
  });
});
