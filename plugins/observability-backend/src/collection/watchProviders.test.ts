import { mockServices } from '@backstage/backend-test-utils';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { ProviderRegistry } from './ProviderRegistry';
import { watchProviders } from './watchProviders';

/** A provider that hears of changes when a test says so. */
class WatchingProvider extends ScriptedProvider {
  changed: (ids: string[]) => void = () => {};

  watch(changed: (ids: string[]) => void): void {
    this.changed = changed;
  }
}

describe('what providers learn of by themselves', () => {
  const now = new Date('2026-11-24T12:00:00.000Z');
  const logger = mockServices.logger.mock();
  const collection = { requestTargets: jest.fn() };
  const eu = new WatchingProvider({ instance: 'eu' });
  const us = new WatchingProvider({ instance: 'us' });
  const other = new WatchingProvider({ provider: 'other' });

  beforeEach(() => {
    jest.resetAllMocks();
    jest.useFakeTimers({ now });
    const registry = new ProviderRegistry({
      defaultSchedule: { frequencySeconds: 60, timeoutSeconds: 50 },
    });
    const broken = new WatchingProvider({ provider: 'broken' });
    broken.watch = () => {
      throw new Error('no socket');
    };
    registry
      .extensionPointFor({ reportModuleStartupFailure: jest.fn() })
      .addProvider(broken, eu, us, other, new ScriptedProvider());
    watchProviders({ registry, collection, logger });
  });

  afterEach(() => jest.useRealTimers());

  it('is read at once, a burst of it together, by vendor', async () => {
    eu.changed(['one']);
    us.changed(['two']);
    eu.changed(['one', 'three']);
    other.changed(['one']);
    eu.changed([]);
    await jest.advanceTimersByTimeAsync(250);
    expect(collection.requestTargets.mock.calls).toEqual([
      ['fake', ['one', 'two', 'three'], new Date(now.getTime() + 250)],
      ['other', ['one'], new Date(now.getTime() + 250)],
    ]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(collection.requestTargets).toHaveBeenCalledTimes(2);
  });

  it('waits for a request that is under way, and loses nothing', async () => {
    let finish = () => {};
    collection.requestTargets.mockImplementationOnce(
      () =>
        new Promise<void>(resolve => {
          finish = resolve;
        }),
    );
    eu.changed(['one']);
    await jest.advanceTimersByTimeAsync(1_000);
    eu.changed(['two']);
    eu.changed(['three']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(collection.requestTargets).toHaveBeenCalledTimes(1);
    finish();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(collection.requestTargets).toHaveBeenLastCalledWith(
      'fake',
      ['two', 'three'],
      expect.any(Date),
    );
  });

  it('goes on after a failure, of the database or of a module', async () => {
    collection.requestTargets.mockRejectedValueOnce(new Error('no database'));
    eu.changed(['one']);
    await jest.advanceTimersByTimeAsync(250);
    eu.changed(['two']);
    await jest.advanceTimersByTimeAsync(250);
    expect(collection.requestTargets).toHaveBeenCalledTimes(2);
    expect(logger.error.mock.calls.map(([message]) => message)).toEqual([
      'The broken module cannot watch default; its cycles are on schedule',
      'Could not ask for what changed at fake; its next cycle is on schedule',
    ]);
  });
});
