import { unitValue } from '../../shared/random';
import type {
  SentryIssueDefinition,
  SentryProjectDefinition,
  SentryWorld,
} from './types';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ISSUES = 3;

/**
 * An organisation `large` with as many projects as wished, for benchmarks. The
 * same options give the same world. Requests and sessions flow in all of them;
 * errors are in the past, and arrive only where `changeScenario` sends them:
 * `{ projects: 20 }` makes the next twenty change, `{ project, state: 'spike' }`
 * lets one project fail until it is `quiet` again.
 *
 * @public
 */
export function largeSentryWorld(options: {
  projects: number;
  seed?: number;
}): SentryWorld {
  const { projects, seed = 1 } = options;
  return {
    describe: () => [
      {
        id: '4508000000000000',
        slug: 'large',
        name: 'Large',
        createdAt: -700 * DAY,
        teams: [{ id: '1', slug: 'everyone', name: 'everyone' }],
        projects: Array.from({ length: projects }, (_, index) =>
          createProject(index, seed),
        ),
      },
    ],
  };
}

function createProject(index: number, seed: number): SentryProjectDefinition {
  const slug = `service-${String(index + 1).padStart(5, '0')}`;
  const unit = unitValue(seed, index);
  const busy = 20 + Math.floor(unit * 80);
  return {
    id: String(4_508_100_000_000 + index),
    slug,
    name: slug,
    platform: 'node',
    createdAt: -600 * DAY,
    teams: ['everyone'],
    environments: { production: 1 },
    pattern: 'steady',
    state: 'quiet',
    episodes: [{ id: 'errors' }],
    releases: [
      { version: `${slug}@1.0.0`, createdAt: -100 * DAY },
      { version: `${slug}@1.1.0`, createdAt: -(2 + unit * 5) * DAY },
    ],
    issues: Array.from({ length: ISSUES }, (_, number) =>
      createIssue(index, number, unit),
    ),
    transactions: [
      {
        name: 'GET /items',
        operation: 'http.server',
        perMinute: busy,
        p50Ms: 40 + unit * 60,
        p95Ms: 180 + unit * 300,
        failing: 0.0004,
      },
      {
        name: 'POST /items',
        operation: 'http.server',
        perMinute: busy / 4,
        p50Ms: 80 + unit * 90,
        p95Ms: 260 + unit * 400,
        failing: 0.0008,
      },
    ],
    sessions: {
      perMinute: busy / 5,
      errored: 0.004,
      crashed: 0.001,
      abnormal: 0,
      users: 200,
    },
  };
}

/** The first of a project takes the bursts; one in fifty is being deleted. */
function createIssue(
  index: number,
  number: number,
  unit: number,
): SentryIssueDefinition {
  const isGhost = number === 2 && index % 50 === 49;
  const kinds = ['TypeError', 'TimeoutError', 'ConflictError'];
  const value = `problem ${number + 1} of service ${index + 1}`;
  return {
    id: String(6_000_000_000 + index * ISSUES + number),
    shortId: `SERVICE-${index + 1}-${number + 1}`,
    title: `${kinds[number]}: ${value}`,
    culprit: 'GET /items',
    transaction: 'GET /items',
    level: 'error',
    metadata: { type: kinds[number], value },
    status: isGhost ? 'pending_deletion' : 'unresolved',
    substatus: 'ongoing',
    priority: number === 0 ? 'high' : 'medium',
    since: -(10 + unit * 20) * DAY,
    perHour: 0.4 / (number + 1),
    during: number === 0 ? { errors: 240 } : {},
    users: 25,
  };
}
