import { issueSchema as modelSchema } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import issues from '../__fixtures__/issues.json';
import { issueSchema } from '../api/schemas';
import { isSlowQuery, toIssue } from './issues';
import { SentryPages } from './SentryPages';

const pages = new SentryPages({
  baseUrl: 'https://sentry.acme.example/watch',
  organization: 'acme',
});
const parsed = z.array(issueSchema).parse(issues);

describe('toIssue', () => {
  it('keeps what Sentry says of an issue, its first sight over all time', () => {
    expect(toIssue(parsed[0], pages)).toEqual({
      id: '81',
      shortId: 'SHOP-2K',
      title: 'TypeError: basket is undefined',
      culprit: 'checkout/submit',
      level: 'error',
      status: 'unresolved',
      substatus: 'escalating',
      priority: 'high',
      unhandled: true,
      events: 150,
      users: 41,
      firstSeen: '2025-11-20T07:00:00.000Z',
      lastSeen: '2026-03-02T09:59:30.250Z',
      assignee: { type: 'team', name: 'payments' },
      url: 'https://acme.sentry.io/issues/81/',
      trend: [...Array(21).fill(0), 1, 4, 145],
    });
  });

  it('reads an issue of which hardly anything is said, or in unknown words', () => {
    const issue = toIssue(parsed[1], pages);
    expect(issue).toEqual({
      id: '82',
      shortId: '82',
      title: 'Untitled',
      level: 'catastrophe',
      status: 'quarantined',
      events: 0,
      users: 0,
      url: 'https://sentry.acme.example/watch/organizations/acme/issues/82/',
      trend: [...Array(22).fill(0), 0, 3],
    });
    expect(modelSchema.parse(issue)).toBeTruthy();
  });

  it('links only to web pages, and names a person without a name by address', () => {
    expect(toIssue(parsed[2], pages)).toMatchObject({
      url: 'https://sentry.acme.example/watch/organizations/acme/issues/83/',
      assignee: { type: 'user', name: 'ada@acme.example' },
    });
  });

  it('bounds what a hostile title costs, and keeps it plain text', () => {
    const title = `<img src=x onerror=alert(1)>\u0000\u202e\ud800${'x'.repeat(
      100_000,
    )}`;
    const issue = toIssue({ ...parsed[0], title, culprit: title }, pages);
    expect(issue.title).toHaveLength(500);
    expect(issue.title).toMatch(/^<img src=x onerror=alert\(1\)> \ufffdx+…$/);
    expect(issue.culprit).toHaveLength(500);
  });

  it('refuses a list whose items are no issues', () => {
    expect(z.array(issueSchema).safeParse([{ detail: 'x' }]).success).toBe(
      false,
    );
  });
});

describe('isSlowQuery', () => {
  it.each([
    ['Slow query: Order.findMany', true],
    ['slow query: Order.findMany took 2340 ms', true],
    ['Error: slow query: Order.findMany', false],
    ['Slow query:', false],
    [undefined, false],
  ])('%s: %s', (title, expected) => {
    expect(isSlowQuery({ ...parsed[0], title })).toBe(expected);
  });
});

describe('SentryPages', () => {
  it.each([
    ['https://sentry.io', 'https://acme.sentry.io/issues/5/'],
    ['https://de.sentry.io/', 'https://acme.sentry.io/issues/5/'],
    [
      'http://sentry.internal:9000/',
      'http://sentry.internal:9000/organizations/acme/issues/5/',
    ],
  ])('finds the pages of %s', (baseUrl, expected) => {
    const found = new SentryPages({ baseUrl, organization: 'acme' });
    expect(found.issue('5')).toBe(expected);
  });

  it('names project, environments and version in its links', () => {
    const url = new URL(pages.release('web@1/2 x', '501', ['prod', 'eu']));
    expect(url.pathname).toBe(
      '/watch/organizations/acme/releases/web%401%2F2%20x/',
    );
    expect(url.search).toBe('?project=501&environment=prod&environment=eu');
  });
});
