import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';

/** Where a reader was about to go. */
type Leaving = { to: string } | { by: number };

/**
 * Holds readers back who are about to leave a page with changes that are not
 * saved: by a link, by the browser's buttons, or by closing the page.
 *
 * The portal's router cannot be blocked, so that links are caught as they are
 * clicked, and a step through the history is taken back.
 */
export function useLeaveGuard(isActive: boolean): {
  /** The reader has to decide. */
  isAsking: boolean;
  stay(): void;
  leave(): void;
  /** Goes somewhere without asking, as after saving. */
  goTo(path: string): void;
} {
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState<Leaving>();
  const isFree = useRef(false);

  useEffect(() => {
    if (!isActive) {
      return undefined;
    }
    const position = historyPosition();

    function onUnload(event: BeforeUnloadEvent) {
      if (!isFree.current) {
        event.preventDefault();
      }
    }

    function onClick(event: MouseEvent) {
      const target = event.target instanceof Element ? event.target : undefined;
      const link = target?.closest('a');
      if (
        isFree.current ||
        !link?.href ||
        link.target === '_blank' ||
        link.hasAttribute('download') ||
        link.origin !== window.location.origin ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      ) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      setLeaving({ to: link.pathname + link.search + link.hash });
    }

    function onHistory(event: PopStateEvent) {
      const by = historyPosition() - position;
      if (isFree.current || Number.isNaN(by)) {
        return;
      }
      // Before the router hears of it; back where we are, there is nothing to do.
      event.stopImmediatePropagation();
      if (by !== 0) {
        window.history.go(-by);
        setLeaving({ by });
      }
    }

    window.addEventListener('beforeunload', onUnload);
    window.addEventListener('click', onClick, true);
    window.addEventListener('popstate', onHistory, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('click', onClick, true);
      window.removeEventListener('popstate', onHistory, true);
    };
  }, [isActive]);

  const goTo = useCallback(
    (path: string) => {
      isFree.current = true;
      navigate(path);
    },
    [navigate],
  );

  return {
    isAsking: leaving !== undefined,
    stay: () => setLeaving(undefined),
    leave() {
      isFree.current = true;
      setLeaving(undefined);
      if (leaving && 'to' in leaving) {
        navigate(leaving.to);
      } else if (leaving) {
        window.history.go(leaving.by);
      }
    },
    goTo,
  };
}

/** Where in its history the router is; `NaN` where it does not say. */
function historyPosition(): number {
  return Number((window.history.state as { idx?: number } | null)?.idx);
}
