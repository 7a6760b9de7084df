import {
  createStandInClock,
  startUptimeRobotStandIn,
  UPTIMEROBOT_STAND_IN_KEYS as keys,
  type UptimeRobotStandInOptions,
} from '../..';

export const START = new Date('2026-11-22T13:41:00Z');
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const HOMEPAGE = 777749801;
export const API = 777749802;
export const DATABASE = 777749803;

/** A stand-in with a clock that stands still, and how to ask both generations. */
export async function startForTest(options: UptimeRobotStandInOptions = {}) {
  const standIn = await startUptimeRobotStandIn({
    clock: createStandInClock({ now: START }),
    rateLimit: false,
    ...options,
  });

  async function v3(path: string, key = keys.readOnly) {
    const response = await fetch(`${standIn.url}/v3${path}`, {
      headers: key ? { Authorization: `Bearer ${key}` } : {},
    });
    const text = await response.text();
    const { status, headers } = response;
    const isJson = headers.get('content-type')?.includes('json');
    const body = isJson ? JSON.parse(text) : undefined;
    return { status, headers, text, body };
  }

  async function v2(
    method: string,
    parameters: Record<string, string> = {},
    key = keys.readOnly,
  ) {
    const response = await fetch(`${standIn.url}/v2/${method}`, {
      method: 'POST',
      body: new URLSearchParams({
        ...(key ? { api_key: key } : {}),
        format: 'json',
        ...parameters,
      }),
    });
    const { status, headers } = response;
    return { status, headers, body: await response.json() };
  }

  return { standIn, v3, v2 };
}
