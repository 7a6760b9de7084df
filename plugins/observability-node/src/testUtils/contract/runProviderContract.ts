import { isProviderError } from '../../ProviderError';
import { checkAllRead, checkNoSecrets, checkWellFormed } from './checks';
import {
  ContractBench,
  entriesOf,
  MINUTE_MS,
  TEST_TIMEOUT_MS,
  type CycleOutcome,
  type KeptState,
} from './ContractBench';
import { describeFaults } from './describeFaults';
import { describeSelection } from './describeSelection';
import type { ContractVendor, ProviderContractOptions } from './types';

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

    describeFaults(options, {
      bench: () => bench,
      cycle,
      allowOrigin: origin => foreignOrigins.push(origin),
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
