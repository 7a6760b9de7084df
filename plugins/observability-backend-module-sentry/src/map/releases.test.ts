import { z } from 'zod/v4';
import releases from '../__fixtures__/releases.json';
import { releaseSchema } from '../api/schemas';
import {
  compareReleases,
  mergeReleases,
  ReleaseFigures,
  toKnownReleases,
  toRelease,
  toReleaseSessions,
  toVerdict,
} from './releases';

describe('toKnownReleases', () => {
  it('gives each project its own releases and its own new issues', () => {
    const known = toKnownReleases(z.array(releaseSchema).parse(releases));
    expect(Object.fromEntries(known)).toEqual({
      501: [
        {
          version: 'shop@2.1.0',
          createdAt: '2026-03-02T09:00:00.000Z',
          author: 'Ada',
          newIssues: 7,
        },
        {
          version: 'shop@2.0.0',
          createdAt: '2026-02-20T12:00:00.000Z',
          author: 'grace@acme.example',
          newIssues: 2,
        },
      ],
      502: [
        {
          version: 'shop@2.1.0',
          createdAt: '2026-03-02T09:00:00.000Z',
          author: 'Ada',
          newIssues: 9,
        },
      ],
    });
  });

  it('leaves out versions that cannot be shown or stored as they are', () => {
    const [release] = releases;
    const hostile = ['x'.repeat(251), 'a\u0000b', 'line\nbreak'].map(
      version => ({ ...release, version }),
    );
    const parsed = z.array(releaseSchema).parse(hostile);
    expect(toKnownReleases(parsed).size).toBe(0);
  });
});

describe('mergeReleases', () => {
  it('takes over newer counts, keeps the newest, and one more to compare with', () => {
    const release = (day: number, newIssues = 0) => ({
      version: `v${day}`,
      createdAt: `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`,
      newIssues,
    });
    const days = Array.from({ length: 14 }, (_, index) => index + 1);
    const merged = mergeReleases(
      days.map(day => release(day)),
      [release(14, 5), release(15)],
    );
    expect(merged.map(({ version }) => version)).toEqual(
      [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5].map(day => `v${day}`),
    );
    expect(merged[1].newIssues).toBe(5);
  });
});

describe('compareReleases', () => {
  const sessions = (errors: number, count: number): ReleaseFigures => ({
    errors,
    sessions: count,
  });
  const requests = (errors: number, count: number): ReleaseFigures => ({
    errors,
    requests: count,
  });

  it.each([
    // Ten times the errors in ten times the sessions is no change.
    [sessions(1000, 10_000), sessions(100, 1000), 0, 'healthy'],
    [sessions(150, 1000), sessions(100, 1000), 0.5, 'degraded'],
    [sessions(151, 1000), sessions(100, 1000), 0.51, 'roll-back'],
    [sessions(121, 1000), sessions(100, 1000), 0.21, 'degraded'],
    [sessions(120, 1000), sessions(100, 1000), 0.2, 'healthy'],
    [sessions(20, 1000), sessions(100, 1000), -0.8, 'healthy'],
    [requests(300, 100_000), requests(100, 100_000), 2, 'roll-back'],
    // Chance: one more error than the one before.
    [sessions(2, 200), sessions(1, 200), 0.1, 'healthy'],
    // The release before had none at all.
    [sessions(40, 1000), sessions(0, 1000), 4, 'roll-back'],
    [sessions(0, 1000), sessions(0, 1000), 0, 'healthy'],
  ])('%j after %j is %d worse: %s', (newer, before, ratio, verdict) => {
    const comparison = compareReleases(newer, before);
    expect(comparison?.ratio).toBeCloseTo(ratio, 10);
    expect(toVerdict(comparison)).toBe(verdict);
  });

  it('says nothing before a hundred sessions or requests each', () => {
    expect(compareReleases(sessions(50, 99), sessions(1, 5000))).toBe(
      undefined,
    );
    expect(compareReleases(sessions(50, 5000), requests(1, 5000))).toBe(
      undefined,
    );
    expect(compareReleases({ errors: 5 }, { errors: 1 })).toBe(undefined);
    expect(toVerdict(undefined)).toBe('unknown');
  });

  it('goes by requests where there are too few sessions, by crashes where errors cannot be read', () => {
    const newer = { errors: 30, sessions: 20, requests: 1000 };
    const before = { errors: 20, sessions: 20, requests: 1000 };
    expect(compareReleases(newer, before)).toEqual({
      metric: 'errors-per-request',
      ratio: 0.5,
      exposure: 1000,
    });
    const crashes = compareReleases(
      { sessions: 1000, crashFreeSessions: 0.96 },
      { sessions: 4000, crashFreeSessions: 0.98 },
    );
    expect(crashes).toMatchObject({
      metric: 'crashes-per-session',
      exposure: 1000,
    });
    expect(crashes?.ratio).toBeCloseTo(1, 10);
  });
});

describe('toRelease', () => {
  it('leaves out what is not known of a release', () => {
    const release = {
      version: 'shop@2.1.0',
      createdAt: '2026-03-02T09:00:00.000Z',
      newIssues: 7,
    };
    const url = 'https://acme.sentry.io/releases/shop%402.1.0/';
    expect(toRelease(release, {}, { comparison: undefined, url })).toEqual({
      ...release,
      url,
      events: 0,
      verdict: 'unknown',
    });
  });

  it('takes a release without sessions for one without release health', () => {
    const sessions = toReleaseSessions([
      {
        by: { project: 501, release: 'shop@2.1.0' },
        totals: { 'sum(session)': 400, 'crash_free_rate(session)': 0.995 },
      },
      {
        by: { project: 501, release: 'shop@2.0.0' },
        totals: { 'sum(session)': 0, 'crash_free_rate(session)': null },
      },
      { by: { release: 'shop@1.0.0' }, totals: null },
    ]);
    expect([...sessions.get('501')!]).toEqual([
      ['shop@2.1.0', { sessions: 400, crashFree: 0.995 }],
    ]);
  });
});
