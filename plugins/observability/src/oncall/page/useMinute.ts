import { useTickingText } from '../../shared/time/ticker';

const MINUTE_MS = 60_000;

function minuteOf(now: number): string {
  return String(Math.floor(now / MINUTE_MS) * MINUTE_MS);
}

/** The time, to the minute; what asks for it is drawn again when it changes. */
export function useMinute(): number {
  return Number(useTickingText(minuteOf));
}
