import { at } from '../__testUtils__/inputs';
import { findChanges } from './findChanges';
import { StoredTransition } from './HealthReadStore';

const web = 'component:default/web';
const api = 'component:default/api';

function release(version: string, createdAt: string) {
  return {
    version,
    createdAt,
    author: 'anna',
    events: 0,
    newIssues: 0,
    verdict: 'unknown',
  };
}

function storeOf(options: {
  releases?: Record<string, ReturnType<typeof release>[]>;
  transitions?: StoredTransition[];
}) {
  return {
    dataOf: jest.fn(async (entityRefs: string[]) =>
      entityRefs.flatMap(entityRef =>
        options.releases?.[entityRef]
          ? [
              {
                entityRef,
                data: JSON.stringify({ releases: options.releases[entityRef] }),
              },
            ]
          : [],
      ),
    ),
    transitionsBetween: jest.fn(async () => options.transitions ?? []),
  };
}

describe('findChanges', () => {
  it('finds what changed in the hour before, of the entity and what it depends on, nearest first', async () => {
    const store = storeOf({
      releases: {
        [web]: [
          release('2.0', at('12:01')),
          release('1.9', '2026-11-24T12:50:00+01:00'),
          release('1.8', at('10:59')),
          release('1.7', 'yesterday'),
        ],
        [api]: [release('7', at('11:00'))],
      },
      transitions: [
        {
          entityRef: api,
          at: at('11:55'),
          to: 'critical',
          message: '60 errors',
        },
        { entityRef: api, at: at('11:40'), to: 'ok', message: null },
        { entityRef: api, at: at('11:30'), to: 'warning', message: null },
      ],
    });
    await expect(
      findChanges({
        store,
        entityRef: web,
        firstReasonAt: at('12:00'),
        dependencies: [api],
      }),
    ).resolves.toEqual([
      {
        at: at('11:55'),
        kind: 'transition',
        entityRef: api,
        title: 'critical: 60 errors',
      },
      {
        at: at('11:50'),
        kind: 'release',
        entityRef: web,
        title: '1.9',
        author: 'anna',
        url: undefined,
      },
      { at: at('11:30'), kind: 'transition', entityRef: api, title: 'warning' },
      {
        at: at('11:00'),
        kind: 'release',
        entityRef: api,
        title: '7',
        author: 'anna',
        url: undefined,
      },
    ]);
    expect(store.transitionsBetween).toHaveBeenCalledWith(
      [api],
      at('11:00'),
      at('12:00'),
    );
    expect(store.dataOf).toHaveBeenCalledWith([web, api], 'releases');
  });

  it('names twenty at most', async () => {
    const store = storeOf({
      releases: {
        [web]: Array.from({ length: 50 }, (_, index) =>
          release(`1.${index}`, at(`11:${String(index + 10)}`)),
        ),
      },
    });
    const changes = await findChanges({
      store,
      entityRef: web,
      firstReasonAt: at('12:00'),
      dependencies: [],
    });
    expect(changes).toHaveLength(20);
    expect(changes[0].title).toBe('1.49');
  });
});
