import { useCallback, useSyncExternalStore } from 'react';

// One timer for all ages of a page. It runs only while somebody looks at one.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const notify of listeners) {
      notify();
    }
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * A text that depends on the time. The component that asks for it renders again
 * when the text changes, and nothing else does.
 */
export function useTickingText(compute: (now: number) => string): string {
  const snapshot = useCallback(() => compute(Date.now()), [compute]);
  return useSyncExternalStore(subscribe, snapshot);
}
