import { setTimeout as timersSetTimeout } from 'node:timers/promises';

/** Waits; when the signal is aborted it throws the signal's reason at once.
 * @public */
export type Sleep = (millis: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = async (millis, signal) => {
  try {
    await timersSetTimeout(millis, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
};

/**
 * Settles with the promise, or throws the signal's reason as soon as it is
 * aborted; what the promise does afterwards is nobody's concern.
 */
export async function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return promise;
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Runs a task with a signal that is also aborted when the time is over. */
export async function withDeadline<T>(options: {
  millis: number;
  signal?: AbortSignal;
  onDeadline: () => Error;
  task: (signal: AbortSignal) => Promise<T>;
}): Promise<T> {
  const { millis, signal, onDeadline, task } = options;
  signal?.throwIfAborted();
  // Not AbortSignal.timeout: its timer lives on after the task is done.
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(onDeadline()), millis);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await untilAborted(task(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
