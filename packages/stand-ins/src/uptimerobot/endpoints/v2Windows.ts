import { V2Failure } from '../errors';
import type { EndpointRegistry } from '../http';
import type { AccountModel } from '../model/AccountModel';
import type { WindowModel } from '../model/WindowModel';
import { pageOf } from './v2Parameters';

const TYPES = { once: 1, daily: 2, weekly: 3, monthly: 4 };
const WRITES = [
  'newMonitor',
  'editMonitor',
  'deleteMonitor',
  'resetMonitor',
  'newMWindow',
  'editMWindow',
  'deleteMWindow',
];

/** Maintenance windows, the account, and the methods that change something: no key may do that. */
export function registerAccountMethods(endpoints: EndpointRegistry): void {
  endpoints.v2('getMWindows', ({ response, key, account, parameters }) => {
    if (key.kind === 'monitor') throw V2Failure.notAuthorized();
    const { pagination, page } = pageOf(account.windows, parameters);
    response.json({
      stat: 'ok',
      pagination,
      mwindows: page.map(window => serializeWindow(window, account)),
    });
  });
  endpoints.v2('getAccountDetails', ({ response, key, account, nowMs }) => {
    if (key.kind === 'monitor') throw V2Failure.notAuthorized();
    const states = account.monitors.map(one => one.current(nowMs).state);
    const count = (...wanted: string[]) =>
      states.filter(state => wanted.includes(state)).length;
    const [firstName] = account.definition.fullName.split(' ');
    response.json({
      stat: 'ok',
      account: {
        email: account.definition.email,
        user_id: account.userId,
        firstname: firstName,
        sms_credits: 0,
        payment_processor: null,
        payment_period: null,
        subscription_expiry_date: null,
        monitor_limit: account.definition.monitorLimit,
        monitor_interval: 5,
        up_monitors: count('up', 'seems-down'),
        down_monitors: count('down'),
        paused_monitors: count('paused'),
        total_monitors_count: states.length,
        registered_at: '2024-05-02T08:15:00.000Z',
        active_subscription: null,
        organizations: [],
      },
    });
  });
  for (const name of WRITES) {
    endpoints.v2(name, () => {
      throw V2Failure.notAuthorized();
    });
  }
}

export function serializeWindow(window: WindowModel, account: AccountModel) {
  const { id, name, interval, durationMinutes, isPaused } = window.definition;
  return {
    id,
    user: account.userId,
    type: TYPES[interval],
    friendly_name: name,
    start_time:
      interval === 'once'
        ? Math.floor(window.firstMs / 1000)
        : window.time.slice(0, 5),
    duration: durationMinutes,
    value: window.days.join('-'),
    status: isPaused ? 0 : 1,
  };
}
