import { moveItem, newTurn, TurnDraft } from './scheduleDraft';

/** The turns in the order after some were dropped before or after another one. */
export function reorderTurns(
  turns: readonly TurnDraft[],
  moved: ReadonlySet<string | number>,
  target: string,
  position: 'before' | 'after' | 'on',
): readonly TurnDraft[] {
  const rest = turns.filter(({ id }) => !moved.has(id));
  const index = rest.findIndex(({ id }) => id === target);
  if (index < 0) {
    return turns;
  }
  const at = position === 'before' ? index : index + 1;
  return [
    ...rest.slice(0, at),
    ...turns.filter(({ id }) => moved.has(id)),
    ...rest.slice(at),
  ];
}

/** One turn up or down. */
export function moveTurn(
  turns: readonly TurnDraft[],
  turn: TurnDraft,
  by: -1 | 1,
): readonly TurnDraft[] {
  return moveItem(turns, turns.indexOf(turn), by);
}

/** A turn taken out: what is saved stays in sight until the next saving. */
export function removeTurn(
  turns: readonly TurnDraft[],
  { id, isNew }: TurnDraft,
): readonly TurnDraft[] {
  return isNew
    ? turns.filter(other => other.id !== id)
    : turns.map(other =>
        other.id === id ? { ...other, isRemoved: true } : other,
      );
}

/** The same turn, back in its place. */
export function restoreTurn(
  turns: readonly TurnDraft[],
  { id }: TurnDraft,
): readonly TurnDraft[] {
  return turns.map(other =>
    other.id === id ? { ...other, isRemoved: false } : other,
  );
}

/** Somebody more in a turn; whoever is in it already is in it once. */
export function joinTurn(
  turns: readonly TurnDraft[],
  { id }: TurnDraft,
  person: string,
): readonly TurnDraft[] {
  return turns.map(other =>
    other.id === id
      ? { ...other, people: [...new Set([...other.people, person])] }
      : other,
  );
}

/** Those of one turn, one after the other. */
export function splitTurn(
  turns: readonly TurnDraft[],
  { id }: TurnDraft,
): readonly TurnDraft[] {
  return turns.flatMap(other => {
    if (other.id !== id) {
      return [other];
    }
    const [first, ...others] = other.people;
    return [
      { ...other, people: [first] },
      ...others.map(person => newTurn([person])),
    ];
  });
}
