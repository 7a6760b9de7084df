import type { EndpointRegistry } from '../http';
import type { AccountModel } from '../model/AccountModel';
import type { WindowModel } from '../model/WindowModel';
import { pageOf, readInteger } from './v3Parameters';

const PAGE = 50;

/** The maintenance windows of the account. */
export function registerWindows(endpoints: EndpointRegistry): void {
  endpoints.v3('/maintenance-windows', context => {
    const { response, account, query, url } = context;
    const cursor = readInteger(query, 'cursor', { minimum: 0 }) ?? 0;
    const { nextLink, page } = pageOf(
      account.windows.filter(({ definition }) => definition.id > cursor),
      { limit: PAGE, url, cursorOf: ({ definition }) => definition.id },
    );
    response.json({
      nextLink,
      data: page.map(window => serializeWindow(window, account)),
    });
  });
}

export function serializeWindow(window: WindowModel, account: AccountModel) {
  const { id, name, interval, durationMinutes, monitors, isPaused } =
    window.definition;
  return {
    id,
    userId: account.userId,
    name,
    interval,
    date: window.date ?? null,
    time: window.time,
    duration: durationMinutes,
    autoAddMonitors: monitors === 'all',
    monitorIds:
      monitors === 'all' ? account.monitors.map(one => one.id) : monitors,
    days: window.days,
    status: isPaused ? 'paused' : 'active',
    created: new Date(window.firstMs - 24 * 3_600_000).toISOString(),
  };
}
