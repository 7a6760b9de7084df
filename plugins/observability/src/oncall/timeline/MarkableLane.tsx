import { PointerEvent, ReactNode, useState } from 'react';
import { instantAt, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

/** A pointer that moved less was a click. */
const DRAG_PIXELS = 8;

/** A lane on which one can mark a stretch that is still to come with the pointer. */
export function MarkableLane(props: {
  window: TimelineWindow;
  now: number;
  onMark?(stretch: { start: number; end: number }): void;
  children: ReactNode;
}) {
  const { window, now, onMark, children } = props;
  const [drag, setDrag] = useState<{ from: number; to: number }>();

  const fractionOf = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return width > 0 ? (event.clientX - left) / width : 0;
  };
  const isDrag = (event: PointerEvent<HTMLElement>, from: number) =>
    Math.abs(fractionOf(event) - from) *
      event.currentTarget.getBoundingClientRect().width >=
    DRAG_PIXELS;

  function finish(event: PointerEvent<HTMLElement>) {
    if (!drag || !onMark) {
      return;
    }
    setDrag(undefined);
    if (!isDrag(event, drag.from)) {
      return;
    }
    const ends = [drag.from, fractionOf(event)].sort((a, b) => a - b);
    const start = Math.max(instantAt(window, ends[0]), now);
    const end = instantAt(window, ends[1]);
    if (end > start) {
      onMark({ start, end });
    }
  }

  return (
    <div
      className={styles.lane}
      onPointerDown={event => {
        if (onMark && event.button === 0 && event.pointerType !== 'touch') {
          const from = fractionOf(event);
          setDrag({ from, to: from });
        }
      }}
      onPointerMove={event => {
        if (drag) {
          setDrag({ ...drag, to: fractionOf(event) });
        }
      }}
      onPointerUp={finish}
      onPointerLeave={() => setDrag(undefined)}
    >
      {children}
      {drag && (
        <span
          className={styles.marked}
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            width: `${Math.abs(drag.to - drag.from) * 100}%`,
          }}
        />
      )}
    </div>
  );
}
