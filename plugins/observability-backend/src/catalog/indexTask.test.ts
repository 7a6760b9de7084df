import { mockServices } from '@backstage/backend-test-utils';
import { IndexChange } from './EntityIndexer';
import { scheduleIndexing } from './indexTask';

const eu = { provider: 'fake', instance: 'eu' };
const quiet: IndexChange = {
  isEmpty: false,
  changedEntityRefs: [],
  instancesWithNewTargets: [],
};
const found: IndexChange = {
  isEmpty: false,
  changedEntityRefs: ['component:default/web'],
  instancesWithNewTargets: [eu],
};
const empty: IndexChange = { ...quiet, isEmpty: true };

describe('following the catalog', () => {
  const indexer = { run: jest.fn() };
  const collection = { trigger: jest.fn() };
  const lifecycle = mockServices.lifecycle.mock();
  let scheduler: ReturnType<typeof mockServices.scheduler.mock>;

  beforeEach(async () => {
    jest.resetAllMocks();
    jest.useFakeTimers();
    scheduler = mockServices.scheduler.mock({
      triggerTask: jest.fn().mockResolvedValue(undefined),
    });
    await scheduleIndexing({
      scheduler,
      lifecycle,
      indexer,
      collection,
      logger: mockServices.logger.mock(),
    });
  });

  afterEach(() => jest.useRealTimers());

  /** Runs the task; tells whether it asks to be run again soon. */
  async function run(outcome: IndexChange | Error): Promise<boolean> {
    if (outcome instanceof Error) {
      indexer.run.mockRejectedValueOnce(outcome);
    } else {
      indexer.run.mockResolvedValueOnce(outcome);
    }
    const [[task]] = scheduler.scheduleTask.mock.calls;
    const asked = scheduler.triggerTask.mock.calls.length;
    const running = Promise.resolve(task.fn(new AbortController().signal));
    await (outcome instanceof Error
      ? expect(running).rejects.toThrow(outcome)
      : running);
    jest.advanceTimersByTime(3_000);
    return scheduler.triggerTask.mock.calls.length > asked;
  }

  it('reads a catalog that is filling up again soon, and the vendors of what it finds at once', async () => {
    await expect(run(empty)).resolves.toBe(true);
    await expect(run(new Error('starting'))).resolves.toBe(true);
    expect(collection.trigger.mock.calls).toEqual([[[]]]);
    await expect(run(found)).resolves.toBe(true);
    expect(collection.trigger).toHaveBeenLastCalledWith([eu]);
    await expect(run(quiet)).resolves.toBe(true);
    await expect(run(found)).resolves.toBe(true);
    await expect(run(quiet)).resolves.toBe(true);
    await expect(run(quiet)).resolves.toBe(false);
    // From then on the schedule is enough.
    await expect(run(found)).resolves.toBe(false);
    expect(scheduler.triggerTask).toHaveBeenCalledWith(
      'observability-index-entities',
    );
  });

  it('keeps to the schedule when the first run finds everything as it was', async () => {
    await expect(run(quiet)).resolves.toBe(false);
    await expect(run(found)).resolves.toBe(false);
  });

  it('does not go on for ever, whatever it finds', async () => {
    let runs = 1;
    while (await run(found)) {
      runs++;
    }
    expect(runs).toBe(20);
  });

  it('asks for nothing once the process is told to stop', async () => {
    indexer.run.mockResolvedValue(found);
    const [[task]] = scheduler.scheduleTask.mock.calls;
    await task.fn(new AbortController().signal);
    const [[stop]] = lifecycle.addShutdownHook.mock.calls;
    await stop();
    jest.advanceTimersByTime(3_000);
    await task.fn(new AbortController().signal);
    jest.advanceTimersByTime(3_000);
    expect(scheduler.triggerTask).not.toHaveBeenCalled();
  });
});
