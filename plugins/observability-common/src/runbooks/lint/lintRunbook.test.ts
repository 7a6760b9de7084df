import { parseRunbook } from '../parse/parseRunbook';
import { lintRunbook, LintOptions } from './lintRunbook';

const now = new Date('2026-11-25T12:00:00Z');
const good = [
  '---',
  'owner: group:default/crm',
  'alerts: [SiteDown]',
  'lastTested: 2026-11-01',
  '---',
  '# Site down',
  '',
  '## Steps',
  '',
  '1. Call it.',
  '',
  '   ```bash',
  '   curl https://app.example/health',
  '   ```',
  '',
  '   Expected: 200',
  '',
  '2. Look at [the board](https://board.example/).',
  '',
  '   Expected: all is green',
].join('\n');

function lint(text: string, options: Partial<LintOptions> = {}) {
  const runbook = parseRunbook({ text, url: 'a.md' });
  return lintRunbook(runbook, { now, ...options }).map(
    ({ code, severity, line, column, step }) =>
      [code, severity, line, column, step]
        .filter(part => part !== undefined)
        .join(' '),
  );
}

describe('lintRunbook', () => {
  it('finds nothing in a runbook that says all there is to say', () => {
    expect(lint(good)).toEqual([]);
  });

  it.each([
    ['owner: group:default/crm', '', 'no-owner warning'],
    ['alerts: [SiteDown]', '', ''],
    ['lastTested: 2026-11-01', '', 'never-tested warning'],
    ['2026-11-01', '2026-08-28', ''],
    ['2026-11-01', '2026-08-27', 'ageing warning'],
    ['2026-11-01', '2026-05-30', 'ageing warning'],
    ['2026-11-01', '2026-05-29', 'stale error'],
    ['   Expected: 200', '', 'no-expected-result warning 10 0'],
    ['   Expected: all is green', '', 'no-command-or-result warning 18 1'],
    ['Call it', 'FIXME it', 'to-do error 10 4'],
  ])('tells when %j is %j', (part, replacement, found) => {
    const problems = lint(good.replace(part, replacement));
    expect(problems).toEqual([found].filter(Boolean));
  });

  it('tells of front matter that cannot be read, and what is missing for it', () => {
    expect(lint(good.replace('owner: ', 'owner: ['))).toEqual([
      'no-owner warning',
      'never-tested warning',
      expect.stringMatching(/^invalid-front-matter error \d+/),
    ]);
  });

  it('tells when no alert is named, in the front matter or by a heading', () => {
    expect(
      lint(
        good.replace('alerts: [SiteDown]', '').replace('# Site down', '# Oh'),
      ),
    ).toEqual(['no-alert warning']);
  });

  it('tells when there is nothing to do, and does not go on about it', () => {
    expect(
      lint('---\nowner: a\nalerts: b\nlastTested: 2026-11-01\n---\ntext'),
    ).toEqual(['no-steps error']);
    expect(lint('a\n'.repeat(20_000))).toEqual([
      'too-large error',
      'no-owner warning',
      'no-alert warning',
      'never-tested warning',
    ]);
  });

  it('takes a run that worked for a test, and a test that is still to come for none', () => {
    const stale = good.replace('2026-11-01', '2026-01-01');
    expect(lint(stale, { lastRunThatWorked: '2026-11-20T08:00:00Z' })).toEqual(
      [],
    );
    expect(lint(stale, { lastRunThatWorked: '2025-11-20T08:00:00Z' })).toEqual([
      'stale error',
    ]);
    expect(lint(good.replace('2026-11-01', '2027-01-01'))).toEqual([
      'never-tested warning',
      'invalid-front-matter error 1',
    ]);
  });

  it('tells of dead links where they stand, and only of those known to be dead', () => {
    expect(
      lint(good, { isDead: ({ url }) => url === 'https://board.example/' }),
    ).toEqual(['dead-link error 18 12']);
    expect(lint(good, { isDead: () => false })).toEqual([]);
  });
});
