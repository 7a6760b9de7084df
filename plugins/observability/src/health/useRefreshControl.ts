import { useEffect, useRef, useState } from 'react';
import { RefreshControl, useTranslation } from '../shared';

const NOTICE_MS = 8000;

/** Has the sources asked at once, and tells how that went. */
export function useRefreshControl(
  refresh: () => Promise<void>,
): RefreshControl & { notice: string } {
  const t = useTranslation();
  const [isPending, setPending] = useState(false);
  const [notice, setNotice] = useState('');
  const mounted = useRef(true);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  useEffect(() => {
    if (!notice) {
      return undefined;
    }
    const timer = setTimeout(() => setNotice(''), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);

  async function ask() {
    setPending(true);
    setNotice('');
    let outcome: string;
    try {
      await refresh();
      outcome = t('health.refresh.asked');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      outcome = t('health.refresh.failed', { message });
    }
    if (mounted.current) {
      setPending(false);
      setNotice(outcome);
    }
  }

  return { isPending, notice, refresh: ask };
}
