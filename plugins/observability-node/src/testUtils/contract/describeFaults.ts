import type { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import type { Provider } from '../../Provider';
import { startLoopbackServer } from '../loopbackServer';
import { checkAllFailed, checkAllRead } from './checks';
import {
  entriesOf,
  MINUTE_MS,
  TEST_TIMEOUT_MS,
  type ContractBench,
  type CycleOutcome,
  type KeptState,
} from './ContractBench';
import { CONTRACT_FAULTS } from './faults';
import type { ContractVendor, ProviderContractOptions } from './types';

/** Long enough for an answer of this machine, short enough to wait for. */
const SHORT_TIMEOUT_MS = 200;
const CLOCK_TOLERANCE_MS = 5_000;

/** The tests in which something is wrong with the vendor or the way to it. */
export function describeFaults<TVendor extends ContractVendor>(
  options: ProviderContractOptions<TVendor>,
  context: {
    /** That of the running test. */
    bench: () => ContractBench<TVendor>;
    cycle: (provider: Provider, kept?: KeptState) => Promise<CycleOutcome>;
    /** Says that the provider is told to ask there. */
    allowOrigin: (origin: string) => void;
  },
): void {
  const { bench, cycle } = context;
  // Every stand-in starts alike, so what one good cycle keeps is made once.
  let good: KeptState | undefined;

  /**
   * While something is wrong, everything fails: at the first cycle, and after
   * a good one. When it is over the next cycle reads again.
   */
  async function failAndRecover(fault: {
    codes: readonly ProblemCode[];
    begin: () => void;
    end: () => void;
    failing?: Parameters<ContractBench<TVendor>['createProvider']>[0];
    check?: (outcome: CycleOutcome) => void;
    lastsMs?: number;
  }) {
    const { codes, begin, end, failing, check, lastsMs = MINUTE_MS } = fault;
    good ??= (await cycle(bench().createProvider())).kept;
    let kept: KeptState | undefined;
    for (const before of [undefined, good]) {
      begin();
      const failed = await cycle(bench().createProvider(failing), before);
      checkAllFailed(failed, codes);
      check?.(failed);
      end();
      bench().advance(lastsMs);
      kept = failed.kept;
    }
    const recovered = await cycle(bench().createProvider(), kept);
    checkAllRead(recovered, { first: false });
  }

  describe('tells, and recovers from,', () => {
    it.each(CONTRACT_FAULTS)(
      '$title',
      async ({ name, fault, codes }) => {
        await failAndRecover({
          codes: options.codes?.[name] ?? codes,
          begin: () =>
            bench().vendor.faults.inject(options.faults?.[name] ?? fault),
          end: () => bench().vendor.faults.clear(),
          failing:
            name === 'hang'
              ? { timeoutMs: SHORT_TIMEOUT_MS, retries: 0 }
              : undefined,
        });
      },
      TEST_TIMEOUT_MS,
    );

    it.each(CONTRACT_FAULTS.filter(({ name }) => /^(404|500)$/.test(name)))(
      '$title, in the first cycle of all',
      async ({ name, fault }) => {
        bench().vendor.faults.inject(options.faults?.[name] ?? fault);
        const failed = await cycle(bench().createProvider());
        bench().vendor.faults.clear();
        bench().advance(MINUTE_MS);
        const recovered = await cycle(bench().createProvider(), failed.kept);
        checkAllRead(recovered, { first: true });
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
          begin: () => bench().vendor.faults.inject(refusal().fault),
          end: () => bench().vendor.faults.clear(),
          check: outcome => {
            const dueMs =
              bench().clock.now().getTime() +
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
        context.allowOrigin(stranger.url);
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
        context.allowOrigin('http://vendor.invalid');
        await failAndRecover({
          codes: ['unavailable'],
          begin: () => {},
          end: () => {},
          failing: { url: 'http://vendor.invalid', namesUnknown: true },
        });
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
            bench().vendor.faults.inject({
              kind: 'redirect',
              location: `${stranger.url}/elsewhere`,
            }),
          end: () => bench().vendor.faults.clear(),
        });
        await stranger.close();
        expect(stranger.requests).toEqual([]);
      },
      TEST_TIMEOUT_MS,
    );
  });
}
