import { useTickingText } from './ticker';

/** A text that follows the clock by itself, inside parts that do not. */
export function TickingText(props: { compute: (now: number) => string }) {
  return <>{useTickingText(props.compute)}</>;
}
