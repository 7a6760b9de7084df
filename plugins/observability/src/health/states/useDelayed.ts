import { useEffect, useState } from 'react';

/** True once a wait has lasted longer than a glance: what is quick should not flicker. */
export function useDelayed(delayMs: number): boolean {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return isDue;
}
