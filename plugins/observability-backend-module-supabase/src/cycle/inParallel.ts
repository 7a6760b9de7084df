/**
 * Runs a function over the items, so many at a time, and yields each result as
 * soon as it is there. When one throws, or nobody wants the rest, those that
 * still run are waited for: their requests end with the signal of the cycle.
 */
export async function* inParallel<T, R>(
  items: readonly T[],
  limit: number,
  run: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const waiting = [...items];
  const running = new Map<T, Promise<{ item: T; result: R }>>();
  const start = () => {
    for (const item of waiting.splice(0, limit - running.size)) {
      running.set(
        item,
        run(item).then(result => ({ item, result })),
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
    await Promise.allSettled(running.values());
  }
}
