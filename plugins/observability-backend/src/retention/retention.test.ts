import { mockServices } from '@backstage/backend-test-utils';
import { readRetention, scheduleRetention } from './retention';

const config = (retention?: object) =>
  mockServices.rootConfig({
    data: retention ? { observability: { retention } } : {},
  });

const noProblem = (problem: string) => {
  throw new Error(problem);
};

describe('retention', () => {
  it('is what the configuration says, but leaves the samples that hours are summed up from', () => {
    expect(readRetention(config(), noProblem)).toEqual({
      rawSamples: { hours: 48 },
      hourly: { days: 90 },
      daily: { days: 400 },
      outages: { days: 400 },
      transitions: { days: 400 },
    });
    expect(
      readRetention(
        config({ rawSamples: 'PT72H', transitions: { days: 7 } }),
        noProblem,
      ),
    ).toEqual({
      rawSamples: { hours: 72 },
      hourly: { days: 90 },
      daily: { days: 400 },
      outages: { days: 400 },
      transitions: { days: 7 },
    });
    expect(
      readRetention(config({ rawSamples: { minutes: 10 } }), noProblem)
        .rawSamples,
    ).toEqual({ hours: 3 });
    expect(
      readRetention(config({ outages: { days: 30 } }), noProblem).outages,
    ).toEqual({ days: 92 });
  });

  it('deletes what is older, hourly', async () => {
    const now = Date.UTC(2026, 10, 24, 12);
    jest.useFakeTimers({ now });
    try {
      const scheduler = mockServices.scheduler.mock();
      const collection = { deleteExpired: jest.fn() };
      const health = { deleteTransitionsBefore: jest.fn() };
      const uptime = { deleteExpired: jest.fn() };
      const restoreTests = { deleteBefore: jest.fn() };
      const idempotentRequests = { deleteExpired: jest.fn() };
      const onCallRecords = { deleteExpired: jest.fn() };
      const outbox = { deleteBefore: jest.fn() };
      const externalOnCall = { deleteBefore: jest.fn() };
      const calendarFeeds = { deleteExpired: jest.fn() };
      const runbooks = { deleteExpired: jest.fn() };
      const incidents = { deleteExpired: jest.fn() };
      await scheduleRetention({
        scheduler,
        retention: readRetention(config(), noProblem),
        collection,
        health,
        uptime,
        restoreTests,
        idempotentRequests,
        outbox,
        externalOnCall,
        calendarFeeds,
        onCallRecords,
        runbooks,
        incidents,
      });
      const [[task]] = scheduler.scheduleTask.mock.calls;
      expect(task).toMatchObject({ frequency: { hours: 1 }, scope: 'global' });
      const { signal } = new AbortController();
      await task.fn(signal);

      const daysAgo = (days: number) => new Date(now - days * 86_400_000);
      expect(collection.deleteExpired).toHaveBeenCalledWith({
        rawSamples: daysAgo(2),
        hourlySamples: daysAgo(90),
        dailySamples: daysAgo(400),
        signal,
      });
      expect(uptime.deleteExpired).toHaveBeenCalledWith({
        outages: daysAgo(400),
        daily: daysAgo(400),
        signal,
      });
      expect(health.deleteTransitionsBefore).toHaveBeenCalledWith(daysAgo(400));
      expect(restoreTests.deleteBefore).toHaveBeenCalledWith(daysAgo(400));
      expect(idempotentRequests.deleteExpired).toHaveBeenCalledWith(
        new Date(now),
      );
      expect(outbox.deleteBefore).toHaveBeenCalledWith(daysAgo(30));
      expect(externalOnCall.deleteBefore).toHaveBeenCalledWith(
        daysAgo(400).toISOString(),
      );
      expect(calendarFeeds.deleteExpired).toHaveBeenCalledWith(new Date(now));
      expect(onCallRecords.deleteExpired).toHaveBeenCalledWith(new Date(now));
      expect(runbooks.deleteExpired).toHaveBeenCalledWith(new Date(now));
      expect(incidents.deleteExpired).toHaveBeenCalledWith(new Date(now));
    } finally {
      jest.useRealTimers();
    }
  });
});
