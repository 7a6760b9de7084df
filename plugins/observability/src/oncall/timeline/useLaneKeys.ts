import { KeyboardEvent, useRef, useState } from 'react';
import { Lane, LaneBar } from './lanes';

const keyOf = (lane: Lane, bar: LaneBar) => `${lane.key} ${bar.key}`;

/**
 * The keyboard over the lanes of what holds in the end: one bar is a tab stop,
 * at first the one that is running; arrows, Home and End move from bar to bar.
 */
export function useLaneKeys(options: {
  lanes: readonly Lane[];
  now: number;
  /** The first instant that is shown. */
  from: number;
  /** Whatever else keys do; all in lower case. */
  onKey(key: string, lane: Lane, bar: LaneBar): boolean;
}) {
  const { lanes, now, from, onKey } = options;
  const [focused, setFocused] = useState<string>();
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const keys = lanes.flatMap(lane => lane.bars.map(bar => keyOf(lane, bar)));
  const running = lanes
    .at(0)
    ?.bars.find(bar => bar.start <= now && now < bar.end);
  const tabStop =
    focused && keys.includes(focused)
      ? focused
      : (running && keyOf(lanes[0], running)) ?? keys.at(0);

  function moveTo(lane: Lane | undefined, bar: LaneBar | undefined) {
    if (lane && bar) {
      buttons.current.get(keyOf(lane, bar))?.focus();
    }
  }

  function moveAcross(lane: Lane | undefined, bar: LaneBar) {
    const at = Math.max(bar.start, from);
    moveTo(lane, lane?.bars.find(other => other.end > at) ?? lane?.bars.at(-1));
  }

  function handle(event: KeyboardEvent, laneIndex: number, index: number) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const lane = lanes[laneIndex];
    const bar = lane.bars[index];
    const moves: Partial<Record<string, () => void>> = {
      ArrowLeft: () => moveTo(lane, lane.bars[index - 1]),
      ArrowRight: () => moveTo(lane, lane.bars[index + 1]),
      Home: () => moveTo(lane, lane.bars[0]),
      End: () => moveTo(lane, lane.bars.at(-1)),
      ArrowUp: () => moveAcross(lanes[laneIndex - 1], bar),
      ArrowDown: () => moveAcross(lanes[laneIndex + 1], bar),
    };
    const move = moves[event.key];
    move?.();
    if (move || onKey(event.key.toLowerCase(), lane, bar)) {
      event.preventDefault();
    }
  }

  return {
    /** What the button of a bar needs besides its looks. */
    propsOf(laneIndex: number, index: number) {
      const lane = lanes[laneIndex];
      const key = keyOf(lane, lane.bars[index]);
      return {
        ref(element: HTMLButtonElement | null) {
          if (element) {
            buttons.current.set(key, element);
          } else {
            buttons.current.delete(key);
          }
        },
        isFocusable: key === tabStop,
        onFocus: () => setFocused(key),
        onKeyDown: (event: KeyboardEvent) => handle(event, laneIndex, index),
      };
    },
  };
}
