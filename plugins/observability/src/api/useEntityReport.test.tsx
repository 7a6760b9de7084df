import { ResponseError } from '@backstage/errors';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import type {
  EntityHealthList,
  EntityReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import { PropsWithChildren } from 'react';
import { observabilityApiRef } from './ObservabilityApi';
import { ObservabilityRequestOptions } from './requestOptions';
import { useEntityHealthList } from './useEntityHealthList';
import { useEntityReport } from './useEntityReport';

const WEB = 'component:default/web';

/** A back end whose answers the test gives one by one, and the portal around it. */
function createPortal(options: { signals: boolean }) {
  const requests: {
    resolve(report?: Partial<EntityReport>): Promise<void>;
    reject(status?: number): Promise<void>;
  }[] = [];
  const subscribers = new Map<string, Set<() => void>>();
  const answer = <T,>() =>
    new Promise<T>((resolve, reject) => {
      requests.push({
        resolve: report =>
          act(async () => resolve({ entityRef: WEB, ...report } as T)),
        reject: status =>
          act(async () =>
            reject(status ? responseError(status) : new TypeError('offline')),
          ),
      });
    });
  const api = {
    getEntityReport: jest.fn(
      (_entityRef: string, _options?: ObservabilityRequestOptions) =>
        answer<EntityReport>(),
    ),
    listEntityHealth: jest.fn(() => answer<EntityHealthList>()),
    getSeries: jest.fn(async () => []),
    refreshEntity: jest.fn(async (_entityRef: string) => ({
      alreadyRequested: false,
    })),
  };
  const signals = {
    subscribe(channel: string, onMessage: (message: never) => void) {
      const notify = () => onMessage({} as never);
      const ofChannel = subscribers.get(channel) ?? new Set();
      subscribers.set(channel, ofChannel.add(notify));
      return { unsubscribe: () => void ofChannel.delete(notify) };
    },
  };
  return {
    api,
    requests,
    wrapper: ({ children }: PropsWithChildren<{}>) => (
      <TestApiProvider apis={[[observabilityApiRef, api]]}>
        {options.signals ? (
          <TestApiProvider
            apis={[
              [observabilityApiRef, api],
              [signalApiRef, signals],
            ]}
          >
            {children}
          </TestApiProvider>
        ) : (
          children
        )}
      </TestApiProvider>
    ),
    subscribers: (channel: string) => subscribers.get(channel)?.size ?? 0,
    signal: (channel: string) =>
      act(async () => subscribers.get(channel)?.forEach(notify => notify())),
  };
}

function responseError(status: number): ResponseError {
  const error: ResponseError = Object.create(ResponseError.prototype);
  return Object.assign(error, { statusCode: status, message: `${status}` });
}

const pass = (ms: number) => act(async () => jest.advanceTimersByTime(ms));

function setHidden(hidden: boolean) {
  jest.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  return act(async () => document.dispatchEvent(new Event('visibilitychange')));
}

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-11-22T13:44:00Z') });
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('useEntityReport', () => {
  it('reads once for the card, the badge and the tab of one page, and again only when it is old', async () => {
    const portal = createPortal({ signals: false });
    const card = renderHook(
      () => [useEntityReport(WEB), useEntityReport(WEB)],
      {
        wrapper: portal.wrapper,
      },
    );
    expect(card.result.current).toEqual([
      { state: 'loading' },
      { state: 'loading' },
    ]);
    await portal.requests[0].resolve();
    expect(card.result.current[0]).toMatchObject({
      state: 'loaded',
      report: { entityRef: WEB },
      refreshing: false,
      loadedAt: new Date('2026-11-22T13:44:00Z'),
    });
    expect(card.result.current[1]).toEqual(
      expect.objectContaining({ state: 'loaded' }),
    );

    // The overview goes, the Health tab comes.
    card.unmount();
    await pass(5_000);
    const tab = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    expect(tab.result.current.state).toBe('loaded');
    expect(portal.api.getEntityReport).toHaveBeenCalledTimes(1);

    // Left for longer than it is kept: nothing runs, then it starts anew.
    tab.unmount();
    await pass(3_600_000);
    expect(portal.api.getEntityReport).toHaveBeenCalledTimes(1);
    const later = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    expect(later.result.current.state).toBe('loading');
    expect(portal.api.getEntityReport).toHaveBeenCalledTimes(2);
  });

  it('polls where there are no signals, keeps the old report meanwhile, and pauses while hidden', async () => {
    const portal = createPortal({ signals: false });
    const { result } = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    await portal.requests[0].resolve({ status: 'ok' });
    await pass(29_999);
    expect(portal.requests).toHaveLength(1);
    await pass(1);
    expect(portal.requests).toHaveLength(2);
    expect(result.current).toMatchObject({
      state: 'loaded',
      refreshing: true,
      report: { status: 'ok' },
    });
    await portal.requests[1].resolve({ status: 'critical' });
    expect(result.current).toMatchObject({
      refreshing: false,
      report: { status: 'critical' },
    });

    await setHidden(true);
    await pass(600_000);
    expect(portal.requests).toHaveLength(2);
    await setHidden(false);
    expect(portal.requests).toHaveLength(3);
  });

  it('reads at once what a signal announces, without a rush, and asks each minute for what is only fresher', async () => {
    const portal = createPortal({ signals: true });
    const channel = `observability:entity:${WEB}`;
    const { unmount } = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    await portal.requests[0].resolve();
    await pass(30_000);
    expect(portal.requests).toHaveLength(1);

    // Readers spread over a second.
    await portal.signal(channel);
    await pass(499);
    expect(portal.requests).toHaveLength(1);
    await pass(1);
    expect(portal.requests).toHaveLength(2);

    // Signals that come meanwhile make one more reading, two seconds after the last.
    await portal.signal(channel);
    await portal.signal(channel);
    await portal.requests[1].resolve();
    await pass(1_999);
    expect(portal.requests).toHaveLength(2);
    await pass(1);
    expect(portal.requests).toHaveLength(3);
    await portal.requests[2].resolve();

    await pass(59_999);
    expect(portal.requests).toHaveLength(3);
    await pass(1);
    expect(portal.requests).toHaveLength(4);
    await portal.requests[3].resolve();

    // A signal while hidden is made up for as soon as one looks.
    await setHidden(true);
    await portal.signal(channel);
    await pass(10_000);
    expect(portal.requests).toHaveLength(4);
    await setHidden(false);
    expect(portal.requests).toHaveLength(5);

    expect(portal.subscribers(channel)).toBe(1);
    unmount();
    await pass(30_000);
    expect(portal.subscribers(channel)).toBe(0);
  });

  it('tries again ever less often after a failure, and at once when told to', async () => {
    const portal = createPortal({ signals: false });
    const { result } = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    for (const [index, seconds] of [5, 10, 20, 40, 60, 60].entries()) {
      await portal.requests[index].reject();
      expect(result.current).toMatchObject({
        state: 'failed',
        error: { message: 'offline' },
        nextTryAt: new Date(Date.now() + seconds * 1_000),
      });
      await pass(seconds * 1_000);
      expect(portal.requests).toHaveLength(index + 2);
    }
    await portal.requests[6].reject();
    act(() => {
      if (result.current.state === 'failed') {
        result.current.retry();
      }
    });
    expect(portal.requests).toHaveLength(8);
    await portal.requests[7].resolve();
    expect(result.current.state).toBe('loaded');
    await pass(30_000);
    await portal.requests[8].reject();
    expect(result.current).toMatchObject({
      state: 'loaded',
      loadedAt: new Date(Date.now() - 30_000),
      failure: { nextTryAt: new Date(Date.now() + 5_000) },
    });
  });

  it('does not wait for ever for an answer', async () => {
    const portal = createPortal({ signals: false });
    const { result } = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    await pass(30_000);
    expect(result.current).toMatchObject({
      state: 'failed',
      error: { message: 'No answer within 30 seconds' },
    });
    expect(portal.api.getEntityReport.mock.calls[0][1]?.signal?.aborted).toBe(
      true,
    );
  });

  it('shows nothing of the service once it is forbidden or gone', async () => {
    const portal = createPortal({ signals: false });
    const { result } = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    await portal.requests[0].resolve();
    await pass(30_000);
    await portal.requests[1].reject(403);
    expect(result.current).toEqual({
      state: 'forbidden',
      permission: 'observability.health.read',
    });
    await pass(60_000);
    await portal.requests[2].reject(404);
    expect(result.current).toMatchObject({
      state: 'failed',
      error: { statusCode: 404 },
      nextTryAt: new Date(Date.now() + 60_000),
    });
  });

  it('asks the sources on demand and reads soon after', async () => {
    const portal = createPortal({ signals: false });
    const { result } = renderHook(() => useEntityReport(WEB), {
      wrapper: portal.wrapper,
    });
    await portal.requests[0].resolve();
    await act(async () => {
      if (result.current.state === 'loaded') {
        await result.current.refresh();
      }
    });
    expect(portal.api.refreshEntity).toHaveBeenCalledWith(WEB);
    await pass(3_000);
    expect(portal.requests).toHaveLength(2);
  });
});

describe('useEntityHealthList', () => {
  it('keeps the last list while another is read, and hides it when forbidden', async () => {
    const portal = createPortal({ signals: false });
    const { result, rerender } = renderHook(
      ({ text }) => useEntityHealthList({ text }),
      { wrapper: portal.wrapper, initialProps: { text: 'a' } },
    );
    expect(result.current).toEqual({ state: 'loading' });
    await portal.requests[0].resolve();
    expect(result.current).toMatchObject({ state: 'loaded', outdated: false });
    rerender({ text: 'b' });
    expect(result.current).toMatchObject({ state: 'loaded', outdated: true });
    await portal.requests[1].reject();
    expect(result.current).toMatchObject({
      state: 'loaded',
      outdated: true,
      failure: { error: { message: 'offline' } },
    });
    await pass(5_000);
    await portal.requests[2].reject(403);
    expect(result.current).toMatchObject({ state: 'forbidden' });
    rerender({ text: 'c' });
    expect(result.current).toEqual({ state: 'loading' });
    await portal.requests[3].reject();
    expect(result.current).toMatchObject({ state: 'failed', trying: false });
    act(() => {
      if (result.current.state === 'failed') {
        result.current.retry();
      }
    });
    expect(result.current).toMatchObject({ state: 'failed', trying: true });
  });
});
