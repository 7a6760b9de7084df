import { useMemo, useState } from 'react';
import { WindowControl } from '../timeline/TimelineTools';
import { createTimelineWindow, turnWindow } from '../timeline/timelineWindow';

/** Which part of a schedule is shown: at first two weeks from today. */
export function useTimelineWindow(): WindowControl & {
  /** Moves the window so that an instant lies in it. */
  goTo(at: number): void;
} {
  const [window, setWindow] = useState(() =>
    createTimelineWindow('two-weeks', Date.now()),
  );
  return useMemo(
    () => ({
      window,
      setSpan: span => setWindow(createTimelineWindow(span, window.from)),
      turn: direction => setWindow(turnWindow(window, direction)),
      goToday: () => setWindow(createTimelineWindow(window.span, Date.now())),
      goTo(at) {
        if (at < window.from || at >= window.to) {
          setWindow(createTimelineWindow(window.span, at));
        }
      },
    }),
    [window],
  );
}
