import { runbookId, urlWithoutRef } from './runbookId';

describe('urlWithoutRef', () => {
  it.each([
    [
      'https://github.com/o/r/blob/main/docs/a.md',
      'https://github.com/o/r/blob/docs/a.md',
    ],
    [
      'https://github.com/o/r/tree/v1.2/docs/a.md?plain=1#L3',
      'https://github.com/o/r/blob/docs/a.md',
    ],
    [
      'https://raw.githubusercontent.com/o/r/main/a.md',
      'https://raw.githubusercontent.com/o/r/a.md',
    ],
    [
      'https://gitlab.com/g/s/r/-/blob/main/blob/a.md',
      'https://gitlab.com/g/s/r/-/blob/blob/a.md',
    ],
    [
      'https://gitlab.com/g/r/-/raw/main/a.md',
      'https://gitlab.com/g/r/-/blob/a.md',
    ],
    [
      'https://git.example/o/r/src/branch/main/a.md',
      'https://git.example/o/r/src/a.md',
    ],
    [
      'https://bitbucket.org/o/r/src/main/a.md?at=main',
      'https://bitbucket.org/o/r/src/a.md',
    ],
    [
      'https://dev.azure.com/o/p/_git/r?version=GBmain&path=/a.md',
      'https://dev.azure.com/o/p/_git/r?path=%2Fa.md',
    ],
    ['https://wiki.example/site-down', 'https://wiki.example/site-down'],
    ['file:///srv/runbooks/a.md', 'file:///srv/runbooks/a.md'],
    ['docs/a.md', 'docs/a.md'],
  ])('writes %s without its branch', (url, without) => {
    expect(urlWithoutRef(url)).toBe(without);
  });
});

describe('runbookId', () => {
  const url = (ref: string, file = 'a') =>
    `https://github.com/o/r/blob/${ref}/docs/${file}.md`;

  it('is the one that the runbook declares, else the same on every branch', () => {
    expect(runbookId({ declaredId: 'site-down', url: url('main') })).toBe(
      'site-down',
    );
    const id = runbookId({ url: url('main') });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(runbookId({ url: url('v2') })).toBe(id);
    expect(runbookId({ url: url('main', 'b') })).not.toBe(id);
  });
});
