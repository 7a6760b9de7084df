import { V2Failure } from '../errors';
import type { EndpointRegistry, V2Context } from '../http';
import type { MonitorModel } from '../model/MonitorModel';
import { durationsWithin, uptimePercentage } from '../model/timeline';
import type { UptimeRobotState } from '../world/types';
import { logsOf } from './v2Logs';
import { isOn, pageOf, readList, readNumber } from './v2Parameters';
import { serializeWindow } from './v2Windows';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const STATES: Record<UptimeRobotState, number> = {
  paused: 0,
  started: 1,
  up: 2,
  'seems-down': 8,
  down: 9,
};

const TYPES: Record<string, number> = {
  HTTP: 1,
  KEYWORD: 2,
  PING: 3,
  PORT: 4,
  HEARTBEAT: 5,
  DNS: 6,
};

/** Monitors of the older generation, with whatever is asked for along with them. */
export function registerGetMonitors(endpoints: EndpointRegistry): void {
  endpoints.v2('getMonitors', context => {
    const { response, parameters, key, account, nowMs } = context;
    const ids = readList(parameters, 'monitors');
    const types = readList(parameters, 'types', Object.values(TYPES));
    const states = readList(parameters, 'statuses', Object.values(STATES));
    const search = String(parameters.search ?? '').toLowerCase();
    const visible = key.kind === 'monitor' ? [key.monitor] : account.monitors;
    const { pagination, page } = pageOf(
      visible.filter(
        monitor =>
          (!ids || ids.includes(monitor.id)) &&
          (!types || types.includes(TYPES[monitor.definition.type])) &&
          (!states || states.includes(STATES[monitor.current(nowMs).state])) &&
          `${monitor.definition.name}\n${monitor.definition.url}`
            .toLowerCase()
            .includes(search),
      ),
      parameters,
    );
    response.json({
      stat: 'ok',
      ...(isOn(parameters, 'timezone') ? { timezone: 0 } : {}),
      pagination,
      monitors: page.map(monitor => serializeMonitor(monitor, context)),
    });
  });
}

function serializeMonitor(monitor: MonitorModel, context: V2Context) {
  const { definition } = monitor;
  const { parameters, nowMs, account } = context;
  const { secrets, certificate } = definition;
  return {
    id: definition.id,
    friendly_name: definition.name,
    url: definition.url,
    type: TYPES[definition.type] ?? 0,
    sub_type: '',
    keyword_type: null,
    keyword_case_type: null,
    keyword_value: '',
    http_username: secrets?.httpUsername ?? '',
    http_password: secrets?.httpPassword ?? '',
    port: '',
    interval: definition.intervalSeconds,
    timeout: definition.timeoutSeconds,
    status: STATES[monitor.current(nowMs).state],
    create_datetime: Math.floor(monitor.createdMs / 1000),
    monitor_group: 0,
    is_group_main: 0,
    ...uptimesOf(monitor, parameters, nowMs),
    ...logsOf(monitor, parameters, nowMs),
    ...responseTimesOf(monitor, parameters, nowMs),
    ...(isOn(parameters, 'custom_http_headers')
      ? { custom_http_headers: secrets?.customHttpHeaders ?? {} }
      : {}),
    ...(isOn(parameters, 'ssl') && certificate
      ? {
          ssl: {
            brand: certificate.brand,
            product: null,
            expires: Math.floor((monitor.certificateExpiresMs ?? 0) / 1000),
            ignore_errors: 0,
            disable_domain_expire_notifications: 0,
          },
        }
      : {}),
    ...(isOn(parameters, 'alert_contacts')
      ? {
          alert_contacts: definition.contacts.map(
            ({ id, value, thresholdMinutes }) => ({
              id: String(id),
              value,
              type: value.includes('@') ? 2 : 1,
              threshold: thresholdMinutes,
              recurrence: 0,
            }),
          ),
        }
      : {}),
    ...(isOn(parameters, 'mwindows')
      ? {
          mwindows: account
            .windowsOf(monitor)
            .map(window => serializeWindow(window, account)),
        }
      : {}),
  };
}

function uptimesOf(
  monitor: MonitorModel,
  parameters: Record<string, unknown>,
  nowMs: number,
) {
  const segments = monitor.segmentsUntil(nowMs);
  const spans = (readList(parameters, 'custom_uptime_ratios') ?? []).map(
    days => ({ fromMs: nowMs - days * DAY_MS, toMs: nowMs }),
  );
  const ever = { fromMs: monitor.createdMs, toMs: nowMs };
  const ratio = (span: typeof ever) =>
    uptimePercentage(segments, span).toFixed(3);
  const seconds = (milliseconds: number) => Math.round(milliseconds / 1000);
  const total = durationsWithin(segments, ever);
  const ranges = String(parameters.custom_uptime_ranges ?? '');
  return {
    ...(spans.length > 0
      ? { custom_uptime_ratio: spans.map(ratio).join('-') }
      : {}),
    ...(spans.length > 0 && isOn(parameters, 'custom_down_durations')
      ? {
          custom_down_durations: spans
            .map(span => seconds(durationsWithin(segments, span).down))
            .join('-'),
        }
      : {}),
    ...(ranges
      ? {
          custom_uptime_ranges: ranges
            .split('-')
            .map(range => {
              const [from, to] = range.split('_').map(Number);
              return ratio({ fromMs: from * 1000, toMs: to * 1000 });
            })
            .join('-'),
        }
      : {}),
    ...(isOn(parameters, 'all_time_uptime_ratio')
      ? { all_time_uptime_ratio: ratio(ever) }
      : {}),
    ...(isOn(parameters, 'all_time_uptime_durations')
      ? {
          all_time_uptime_durations: [
            total.up + total['seems-down'],
            total.down,
            total.paused,
          ]
            .map(seconds)
            .join('-'),
        }
      : {}),
  };
}

function responseTimesOf(
  monitor: MonitorModel,
  parameters: Record<string, unknown>,
  nowMs: number,
) {
  if (!isOn(parameters, 'response_times')) return {};
  const now = Math.floor(nowMs / 1000);
  const to = readNumber(parameters, 'response_times_end_date') ?? now;
  const from =
    readNumber(parameters, 'response_times_start_date') ?? to - DAY_MS / 1000;
  if ((to - from) * 1000 > 7 * DAY_MS) {
    throw V2Failure.invalid(
      'response_times_start_date',
      String(from),
      'the range must not be longer than 7 days',
    );
  }
  const limit = readNumber(parameters, 'response_times_limit');
  const minutes = readNumber(parameters, 'response_times_average') ?? 0;
  const points = monitor.responseTimes(
    { fromMs: from * 1000, toMs: to * 1000 },
    nowMs,
    minutes > 0 ? undefined : limit,
  );
  const averaged = minutes > 0 ? average(points, minutes * MINUTE_MS) : points;
  const values = averaged.map(({ valueMs }) => valueMs);
  const mean =
    values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  return {
    average_response_time: mean.toFixed(3),
    response_times: averaged.slice(0, limit).map(({ timeMs, valueMs }) => ({
      datetime: Math.floor(timeMs / 1000),
      value: valueMs,
    })),
  };
}

/** Newest first, as given. */
function average(
  points: { timeMs: number; valueMs: number }[],
  lengthMs: number,
) {
  const buckets = new Map<number, number[]>();
  for (const { timeMs, valueMs } of points) {
    const startMs = Math.floor(timeMs / lengthMs) * lengthMs;
    buckets.set(startMs, [...(buckets.get(startMs) ?? []), valueMs]);
  }
  return [...buckets].map(([timeMs, values]) => ({
    timeMs,
    valueMs: Math.round(
      values.reduce((sum, value) => sum + value, 0) / values.length,
    ),
  }));
}
