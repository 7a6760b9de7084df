import { writeHandoffDraft } from './writeHandoffDraft';

const unhealthy = {
  id: 'unhealthy',
  title: 'Services that are not well',
  items: [
    { text: 'Web: critical', url: 'https://portal.example/web' },
    { text: '1. <img src=x> [a](javascript:x)\n# not a heading' },
  ],
  count: 5,
};

describe('writeHandoffDraft', () => {
  it('lists the facts, says how many are left out, and leaves room for people', () => {
    expect(
      writeHandoffDraft([
        unhealthy,
        { id: 'swaps', title: 'Open swaps', items: [], count: 0 },
      ]),
    ).toBe(`## Services that are not well

- [Web: critical](<https://portal.example/web>)
- 1\\. \\<img src=x\\> \\[a\\](javascript:x) \\# not a heading
- and 3 more

## Open swaps

Nothing.

## What I did, and what is still going on

## What should get better
`);
  });

  it('is written in the words of another language', () => {
    const draft = writeHandoffDraft([unhealthy], {
      sections: { unhealthy: 'Services en difficulté' },
      nothing: 'Rien.',
      more: count => `et ${count} de plus`,
      own: ['En cours'],
    });
    expect(draft).toContain('## Services en difficulté\n');
    expect(draft).toContain('- et 3 de plus\n');
    expect(draft).toContain('## En cours\n');
  });
});
