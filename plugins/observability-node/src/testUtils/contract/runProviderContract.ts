import { isProviderError } from '../../ProviderError';
import { startLoopbackServer } from '../loopbackServer';
import {
  checkAllFailed,
  checkAllRead,
  checkNoSecrets,
  checkWellFormed,
} from './checks';
import {
  breakNameResolution,
  ContractBench,
  entriesOf,
  SHORT_TIMEOUT_MS,
  type CycleOutcome,
  type KeptState,
} from './ContractBench';
import { CONTRACT_FAULTS } from './faults';
import { describeSelection } from './selection';
import type {
  ContractFaultName,
  ContractVendor,
  ProviderContractOptions,
} from './types';

/** A cycle asks for many things, and some vendors are slow to start. */
const TEST_TIMEOUT_MS = 60_000;
const MINUTE_MS = 60_000;
const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Registers the tests that every provider passes, over a stand-in of its vendor:
 * what it selects; that it reads, tells each fault by its code, and recovers
 * without help; that it keeps nothing to itself, tells no secret and asks nobody
 * but its vendor.
 *
 * It is called at the top of a test file, and needs Jest's globals.
 *
 * @public
 */
export function runProviderContract<TVendor extends ContractVendor>(
  options: ProviderContractOptions<TVendor>,
): void {
  describe(`${options.name} keeps the contract of providers`, () => {
    let bench: ContractBench<TVendor>;
    let outcomes: CycleOutcome[];
    let foreignOrigins: string[];

    beforeEach(async () => {
      bench = await ContractBench.create(options);
      outcomes = [];
      foreignOrigins = [];
    }, TEST_TIMEOUT_MS);

    afterEach(async () => {
      await bench.close();
      const { origin } = new URL(bench.vendor.url);
      const strangers = bench.watch.origins.filter(
        other => other !== origin && !foreignOrigins.includes(other),
      );
      expect(strangers).toEqual([]);
      checkNoSecrets(options.secrets, outcomes, bench.log.lines);
    });

    type Provider = ReturnType<typeof bench.createProvider>;

    async function cycle(
      provider: Provider,
      kept?: KeptState,
    ): Promise<CycleOutcome> {
      const outcome = await bench.cycle(provider, { kept });
      outcomes.push(outcome);
      return outcome;
    }

    /**
     * While something is wrong, everything fails: at the first cycle, and after
     * a good one. When it is over the next cycle reads again.
     */
    async function failAndRecover(fault: {
      codes: readonly Parameters<typeof checkAllFailed>[1][number][];
      begin: () => void;
      end: () => void;
      failing?: Parameters<typeof bench.createProvider>[0];
      check?: (outcome: CycleOutcome) => void;
      lastsMs?: number;
    }) {
      const { codes, begin, end, failing, check, lastsMs = MINUTE_MS } = fault;
      let kept: KeptState | undefined;
      for (const first of [true, false]) {
        begin();
        const failed = await cycle(bench.createProvider(failing), kept);
        checkAllFailed(failed, codes);
        check?.(failed);
        end();
        bench.advance(lastsMs);
        const recovered = await cycle(bench.createProvider(), failed.kept);
        checkAllRead(recovered, { first });
        kept = recovered.kept;
      }
    }

    describeSelection(options, () => bench.createProvider());

    it(
      'reads every kind of every target, and again from what it kept',
      async () => {
        const first = await cycle(bench.createProvider());
        checkAllRead(first, { first: true });
        bench.advance(MINUTE_MS);
        const second = await cycle(bench.createProvider(), first.kept);
        checkAllRead(second, { first: false });
      },
      TEST_TIMEOUT_MS,
    );

    it(
      'gives the same from the same state, whichever replica runs it',
      async () => {
        const { kept } = await cycle(bench.createProvider());
        const used = bench.createProvider();
        await cycle(used);
        const [one, other] = [
          await cycle(used, kept),
          await cycle(bench.createProvider(), kept),
        ];
        const byKey = ({ results }: CycleOutcome) =>
          [...results].sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(byKey(one)).toEqual(byKey(other));
        expect(one.kept).toEqual(other.kept);
      },
      TEST_TIMEOUT_MS,
    );

    describe('tells, and recovers from,', () => {
      it.each(Object.keys(CONTRACT_FAULTS) as ContractFaultName[])(
        '%s',
        async name => {
          const { fault, codes } = CONTRACT_FAULTS[name];
          await failAndRecover({
            codes: options.codes?.[name] ?? codes,
            begin: () =>
              bench.vendor.faults.inject(options.faults?.[name] ?? fault),
            end: () => bench.vendor.faults.clear(),
            failing:
              name === 'hang'
                ? { timeoutMs: SHORT_TIMEOUT_MS, retries: 0 }
                : undefined,
          });
        },
        TEST_TIMEOUT_MS,
      );

      it(
        '429, with the instant from which on the vendor may be asked',
        async () => {
          const refusal = () =>
            options.tooManyRequests?.(new Date()) ?? {
              fault: {
                kind: 'status' as const,
                status: 429,
                headers: { 'Retry-After': '120' },
              },
              retryAfterSeconds: 120,
            };
          await failAndRecover({
            codes: ['rate-limited'],
            begin: () => bench.vendor.faults.inject(refusal().fault),
            end: () => bench.vendor.faults.clear(),
            check: outcome => {
              const dueMs =
                bench.clock.now().getTime() +
                refusal().retryAfterSeconds * 1000;
              for (const { entry } of entriesOf(outcome)) {
                const retryAtMs =
                  entry && 'error' in entry && entry.error.retryAt?.getTime();
                expect(retryAtMs).toBeGreaterThan(dueMs - CLOCK_TOLERANCE_MS);
                expect(retryAtMs).toBeLessThan(dueMs + CLOCK_TOLERANCE_MS);
              }
            },
            lastsMs: refusal().retryAfterSeconds * 1000 + CLOCK_TOLERANCE_MS,
          });
        },
        TEST_TIMEOUT_MS,
      );

      it(
        'a vendor that is not there',
        async () => {
          const stranger = await startLoopbackServer(() => {});
          await stranger.close();
          foreignOrigins.push(stranger.url);
          await failAndRecover({
            codes: ['unavailable'],
            begin: () => {},
            end: () => {},
            failing: { url: stranger.url },
          });
        },
        TEST_TIMEOUT_MS,
      );

      it(
        'a name that cannot be resolved',
        async () => {
          foreignOrigins.push('http://vendor.invalid');
          let resolution: ReturnType<typeof breakNameResolution> | undefined;
          try {
            await failAndRecover({
              codes: ['unavailable'],
              begin: () => {
                resolution = breakNameResolution();
              },
              end: () => resolution?.undo(),
              failing: { url: 'http://vendor.invalid' },
            });
          } finally {
            resolution?.undo();
          }
        },
        TEST_TIMEOUT_MS,
      );

      it(
        'a redirect to another host, which gets to see nothing',
        async () => {
          const stranger = await startLoopbackServer((_request, response) => {
            response.end();
          });
          await failAndRecover({
            codes: ['misconfigured', 'malformed'],
            begin: () =>
              bench.vendor.faults.inject({
                kind: 'redirect',
                location: `${stranger.url}/elsewhere`,
              }),
            end: () => bench.vendor.faults.clear(),
          });
          await stranger.close();
          expect(stranger.requests).toEqual([]);
        },
        TEST_TIMEOUT_MS,
      );
    });

    if (options.independentKinds?.length) {
      it.each(options.independentKinds)(
        'reads the other kinds while $kind cannot be read',
        async ({ kind, match }) => {
          bench.vendor.faults.inject({ kind: 'status', status: 500 }, match);
          const outcome = await cycle(bench.createProvider());
          checkWellFormed(outcome);
          for (const { key, kind: other, entry } of entriesOf(outcome)) {
            const code = entry && 'error' in entry && entry.error.code;
            expect({ key, kind: other, code }).toEqual({
              key,
              kind: other,
              code: other === kind ? 'unavailable' : false,
            });
          }
        },
        TEST_TIMEOUT_MS,
      );
    }

    it.each([
      ['an empty list', options.emptyList],
      ['two pages', options.twoPages],
      ['values that the vendor has added since', options.unknownEnum],
    ])(
      'copes with %s',
      async (_name, situation) => {
        await situation.arrange(bench.vendor);
        const outcome = await cycle(bench.createProvider());
        checkWellFormed(outcome);
        for (const entry of entriesOf(outcome)) {
          expect(entry).toEqual({ ...entry, entry: expect.any(Object) });
        }
        expect(outcome.thrown).toBeUndefined();
        situation.check(outcome.results);
      },
      TEST_TIMEOUT_MS,
    );

    it(
      'stops at once when its cycle is cancelled, and tells no failure',
      async () => {
        const reason = new Error('The cycle is over');
        const controller = new AbortController();
        bench.vendor.faults.inject({ kind: 'hang' });
        const asked = bench.watch.next();
        const ending = bench
          .cycle(bench.createProvider(), { signal: controller.signal })
          .catch((error: unknown) => error);
        await asked;
        const requests = bench.watch.origins.length;
        controller.abort(reason);
        const startMs = performance.now();
        const ended = await ending;
        // Its requests would hang for much longer.
        expect(performance.now() - startMs).toBeLessThan(5_000);
        expect(bench.watch.origins).toHaveLength(requests);
        if (ended instanceof Error && !isProviderError(ended)) {
          expect(ended).toBe(reason);
        } else if (isOutcome(ended)) {
          const failures = ended.results.flatMap(({ results }) =>
            results.filter(entry => 'error' in entry),
          );
          expect(failures).toEqual([]);
        }
      },
      TEST_TIMEOUT_MS,
    );
  });
}

function isOutcome(value: unknown): value is CycleOutcome {
  return typeof value === 'object' && value !== null && 'kept' in value;
}
