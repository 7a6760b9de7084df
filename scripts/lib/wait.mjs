import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 250;

/**
 * Waits until a URL answers with success.
 *
 * @param {string} url
 * @param {{ timeoutMs: number, name: string }} options
 */
export async function waitForHttp(url, { timeoutMs, name }) {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.timeout(Math.max(1, deadline - Date.now())),
      });
      await response.arrayBuffer();
      if (response.ok) {
        return;
      }
      last = `HTTP ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    await sleep(PAUSE_MS);
  }
  throw new Error(
    `${name} did not get ready within ${timeoutMs / 1000} s (${url}: ${last})`,
  );
}
