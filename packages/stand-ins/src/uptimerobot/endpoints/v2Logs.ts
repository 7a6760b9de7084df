import type { MonitorModel } from '../model/MonitorModel';
import { isOn, readList, readNumber } from './v2Parameters';

const DOWN = 1;
const UP = 2;
const STARTED = 98;
const PAUSED = 99;

const TYPES = { started: STARTED, up: UP, down: DOWN, paused: PAUSED };
const REASONS: Record<number, { code: number; detail: string }> = {
  [UP]: { code: 200, detail: 'OK' },
  [STARTED]: { code: 98, detail: 'Monitor started' },
  [PAUSED]: { code: 99, detail: 'Monitor paused' },
};

interface Log {
  id: number;
  type: number;
  datetime: number;
  duration: number;
  reason: { code: number; detail: string };
}

/** The log of a monitor, newest first, if it is asked for. */
export function logsOf(
  monitor: MonitorModel,
  parameters: Record<string, unknown>,
  nowMs: number,
): { logs?: Log[] } {
  if (!isOn(parameters, 'logs')) return {};
  const types = readList(parameters, 'log_types', [DOWN, UP, STARTED, PAUSED]);
  const from = readNumber(parameters, 'logs_start_date') ?? 0;
  const to =
    readNumber(parameters, 'logs_end_date') ?? Number.POSITIVE_INFINITY;
  const limit =
    readNumber(parameters, 'logs_limit') ?? Number.POSITIVE_INFINITY;
  const logs = allLogs(monitor, nowMs).filter(
    ({ type, datetime }) =>
      (!types || types.includes(type)) && datetime >= from && datetime <= to,
  );
  return { logs: logs.reverse().slice(0, limit) };
}

/** In the order of time. What only seems to be down has no entry. */
function allLogs(monitor: MonitorModel, nowMs: number): Log[] {
  const entries: Omit<Log, 'duration'>[] = [];
  for (const { state, fromMs, cause, reason } of monitor.segmentsUntil(nowMs)) {
    if (state === 'seems-down') continue;
    const last = entries.at(-1)?.type;
    const isResumed = state === 'up' && last === PAUSED;
    const type = isResumed ? STARTED : TYPES[state];
    const isSame = type === last || (type === UP && last === STARTED);
    // After its first check and after a pause it goes on without a new entry.
    if (isSame) continue;
    entries.push({
      id: Math.floor(fromMs / 1000),
      type,
      datetime: Math.floor(fromMs / 1000),
      reason:
        type === DOWN
          ? { code: cause ?? 0, detail: reason ?? '' }
          : REASONS[type],
    });
  }
  return entries.map((entry, index) => {
    const end = entries[index + 1]?.datetime ?? Math.floor(nowMs / 1000);
    return { ...entry, duration: end - entry.datetime };
  });
}
