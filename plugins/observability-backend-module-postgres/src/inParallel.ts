/**
 * Runs a function over the items, so many at a time, and yields each result as
 * soon as it is there. When one throws, or nobody wants the rest, those that
 * still run are told to stop, and waited for.
 */
export async function* inParallel<T, R>(
  items: readonly T[],
  options: { limit: number; signal: AbortSignal },
  run: (item: T, signal: AbortSignal) => Promise<R>,
): AsyncGenerator<R, void> {
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const waiting = [...items];
  const running = new Map<T, Promise<{ item: T; result: R }>>();
  const start = () => {
    for (const item of waiting.splice(0, options.limit - running.size)) {
      running.set(
        item,
        run(item, signal).then(result => ({ item, result })),
      );
    }
  };
  try {
    for (start(); running.size > 0; start()) {
      const { item, result } = await Promise.race(running.values());
      running.delete(item);
      yield result;
    }
  } finally {
    over.abort();
    await Promise.allSettled(running.values());
  }
}
