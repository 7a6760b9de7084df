import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetch } from 'undici';
import type { Reading, ReadingFailure, TargetResult } from '../../Provider';
import { ProviderError } from '../../ProviderError';
import {
  checkAllFailed,
  checkAllRead,
  checkNoSecrets,
  checkWellFormed,
} from './checks';
import type { CycleOutcome } from './ContractBench';
import { watchRequests } from './watchRequests';

const reading: Reading = {
  kind: 'errors',
  observedAt: new Date(0),
  data: {
    window: '24h',
    events: 1,
    previousEvents: 0,
    users: 0,
    issues: [],
    trend: [],
  },
  measurements: [{ metric: 'errors.count', value: 1 }],
};

function failure(
  code: ProviderError['code'],
  message = 'The vendor cannot be reached',
): ReadingFailure {
  return { kind: 'errors', error: new ProviderError({ code, message }) };
}

function outcomeOf(
  results: Partial<TargetResult>[],
  other: Partial<CycleOutcome> = {},
): CycleOutcome {
  return {
    targets: [
      { key: 'a', kinds: ['errors'], candidate: false, requested: true },
    ],
    results: results.map(result => ({ key: 'a', results: [], ...result })),
    thrown: undefined,
    kept: { states: {} },
    ...other,
  };
}

describe('the checks of the contract', () => {
  it('let a reading pass, and a failure that has the right code', () => {
    checkAllRead(outcomeOf([{ results: [reading] }]), { first: true });
    checkAllFailed(outcomeOf([{ results: [failure('timeout')] }]), ['timeout']);
    const { error } = failure('forbidden');
    checkAllFailed(outcomeOf([], { thrown: error }), ['forbidden']);
  });

  it.each<[string, Partial<TargetResult>[]]>([
    ['a target twice', [{}, {}]],
    ['a target that was not asked for', [{ key: 'b' }]],
    ['a kind twice', [{ results: [reading, reading] }]],
    [
      'a kind that was not asked for',
      [{ results: [{ ...failure('timeout'), kind: 'uptime' }] }],
    ],
    [
      'a metric that does not exist',
      [
        {
          results: [
            { ...reading, measurements: [{ metric: 'errors.x', value: 1 }] },
          ],
        },
      ],
    ],
    [
      'a metric of another kind',
      [
        {
          results: [
            {
              ...reading,
              measurements: [{ metric: 'uptime.state', value: 1 }],
            },
          ],
        },
      ],
    ],
    [
      'a value that is no number',
      [
        {
          results: [
            {
              ...reading,
              measurements: [{ metric: 'errors.count', value: NaN }],
            },
          ],
        },
      ],
    ],
    [
      'a sample without a time',
      [
        {
          results: [
            {
              ...reading,
              samples: [
                { metric: 'errors.count', value: 1, at: new Date('no') },
              ],
            },
          ],
        },
      ],
    ],
    [
      'an observation without a time',
      [{ results: [{ ...reading, observedAt: new Date('no') }] }],
    ],
    [
      'a link that is no page',
      [{ results: [{ ...reading, url: 'data:text/html,hello' }] }],
    ],
    [
      'data of another shape',
      [{ results: [Object.assign({}, reading, { data: { events: 'many' } })] }],
    ],
    [
      'state that is not JSON',
      [{ state: JSON.parse('{}', () => ({ at: new Date(0) })) }],
    ],
  ])('refuse %s', (_name, results) => {
    expect(() => checkWellFormed(outcomeOf(results))).toThrow();
  });

  it('refuse a kind without a reading, and a first one without data', () => {
    const { data: _data, ...unchanged } = reading;
    const check = (results: TargetResult['results'], first = false) =>
      checkAllRead(outcomeOf([{ results }]), { first });
    check([unchanged]);
    expect(() => check([unchanged], true)).toThrow();
    expect(() => check([])).toThrow();
    expect(() => check([failure('timeout')])).toThrow();
    expect(() => checkAllRead(outcomeOf([]), { first: false })).toThrow();
  });

  it('refuse a reading where all fails, another code, and a body as message', () => {
    const check = (entry: Reading | ReadingFailure) =>
      checkAllFailed(outcomeOf([{ results: [entry] }]), ['timeout']);
    expect(() => check(reading)).toThrow();
    expect(() => check(failure('unavailable'))).toThrow();
    expect(() => check(failure('timeout', ''))).toThrow();
    expect(() => check(failure('timeout', '<html>Sign in</html>'))).toThrow();
  });

  it('find a secret wherever it is, and do not print it', () => {
    const secret = 'hunter2-hunter2';
    const check = (outcome: CycleOutcome, lines: string[] = []) =>
      checkNoSecrets([secret], [outcome], lines);
    check(outcomeOf([{ results: [reading] }]), ['nothing']);
    const told = [
      () => check(outcomeOf([{ results: [failure('timeout', secret)] }])),
      () =>
        check(
          outcomeOf([{ results: [{ ...reading, url: `https://${secret}` }] }]),
        ),
      () => check(outcomeOf([{ state: { secret } }])),
      () => check(outcomeOf([]), [`token ${secret}`]),
    ];
    for (const tell of told) {
      expect(tell).toThrow('secretIsTold');
      expect(tell).not.toThrow(secret);
    }
  });
});

describe('watchRequests', () => {
  it('sees what any client of the process asks', async () => {
    const server = createServer((_request, response) => response.end());
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    const watch = watchRequests();
    const next = watch.next();
    await fetch(origin);
    await next;
    await globalThis.fetch(origin);
    await new Promise<void>(resolve => {
      request(origin, response => response.resume().on('end', resolve)).end();
    });
    watch.stop();
    await fetch(origin);
    server.closeAllConnections();
    server.close();
    expect(watch.origins).toEqual([origin, origin, origin]);
  });
});
