/** What the key of a shift says.
 * @public */
export interface ShiftKey {
  schedule: string;
  level: string;
  /** Names the turn, or the override where the shift lies in no turn; the same for all parts of it. */
  turn: string;
  /** When the turn should begin, on the clocks of the schedule as if they were those of UTC; absent where there is no turn. */
  nominalStart?: string;
  /** The override, where the shift lies in no turn. */
  override?: string;
  /** How far into the turn, or the override, the shift begins. */
  offsetSeconds: number;
}

/** Reads the key of a shift of a schedule that is kept in the portal; `undefined` where it is none.
 * @public */
export function parseShiftKey(key: string): ShiftKey | undefined {
  const parts = key.split(':');
  const [schedule, level, layer, turn, offset] = parts;
  if (parts.length !== 5 || !schedule || !level || !/^-?\d+$/.test(offset)) {
    return undefined;
  }
  const found = {
    schedule,
    level: decode(level),
    turn: parts.slice(0, -1).join(':'),
    offsetSeconds: Number(offset),
  };
  if (layer === '') {
    return { ...found, override: decode(turn) };
  }
  const match = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d)Z?$/.exec(turn);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hours, minutes] = match;
  return {
    ...found,
    nominalStart: `${year}-${month}-${day}T${hours}:${minutes}:00.000Z`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
