import { Swap } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { OnCallSwapRow } from '../../database/tables';
import { Outbox } from '../../notifications/Outbox';
import { OnCallSignals } from '../OnCallSignals';
import { OnCallStore, StoredSchedule } from '../OnCallStore';
import { iso } from '../scheduleAnswers';
import { lapsedSwapMessages } from './changeMessages';
import { followSwap, SwapPlace, SwapShift } from './followSwap';

/**
 * Keeps swaps with the shifts that they are for when a schedule is edited. Those
 * that have begun stay as they are.
 */
export class SwapFollower {
  readonly #knex: Knex;
  readonly #store: Pick<OnCallStore, 'load'>;
  readonly #outbox: Outbox;
  readonly #signals: Pick<OnCallSignals, 'publish'>;

  constructor(options: {
    knex: Knex;
    store: Pick<OnCallStore, 'load'>;
    outbox: Outbox;
    signals: Pick<OnCallSignals, 'publish'>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#outbox = options.outbox;
    this.#signals = options.signals;
  }

  /** Writes down, with a new swap, which shift it is for. */
  async remember(
    trx: Knex.Transaction,
    id: string,
    shift: SwapShift | undefined,
  ): Promise<void> {
    if (shift) {
      await trx<OnCallSwapRow>('on_call_swaps')
        .where({ id })
        .update(toColumns(shift));
    }
  }

  /** Looks at the swaps of some schedules, or of all, that have not begun. */
  async follow(now: Date, names?: string[]): Promise<void> {
    const at = iso(now);
    const rows = await this.#coming(at, names);
    const schedules = await this.#store.load({
      names: [...new Set(rows.map(({ schedule }) => schedule))],
      from: at,
      now: at,
    });
    let changes = 0;
    for (const schedule of schedules) {
      const known: StoredSchedule = { ...schedule };
      for (const row of rows.filter(each => each.schedule === known.name)) {
        const swap = known.swaps.find(({ id }) => id === row.id);
        if (!swap) {
          continue;
        }
        const place = followSwap(known, swap, shiftOf(row), at);
        if (place && isWhere(row, place)) {
          continue;
        }
        const isDone = place
          ? await this.#move(row, place)
          : await this.#expire(known, swap, at);
        if (isDone) {
          changes++;
          // Whoever handed this shift on again is looked at next.
          known.swaps = known.swaps.map(each =>
            each.id === swap.id ? { ...each, ...changeOf(place) } : each,
          );
        }
      }
    }
    if (changes > 0) {
      await this.#signals.publish();
    }
  }

  async #coming(now: string, names?: string[]): Promise<OnCallSwapRow[]> {
    return this.#knex<OnCallSwapRow>('on_call_swaps')
      .whereIn('state', ['open', 'taken'])
      .where('start_at', '>', now)
      .where(query => {
        if (names) {
          query.whereIn('schedule', names);
        }
      })
      .orderBy(['created_at', 'id']);
  }

  /** Only where nobody else has changed or moved it meanwhile. */
  async #move(row: OnCallSwapRow, place: SwapPlace): Promise<boolean> {
    const { id, state, start_at, end_at } = row;
    const count = await this.#knex<OnCallSwapRow>('on_call_swaps')
      .where({ id, state, start_at, end_at })
      .update({
        start_at: place.start,
        end_at: place.end,
        ...(place.shift ? toColumns(place.shift) : {}),
      });
    return count === 1;
  }

  async #expire(
    schedule: StoredSchedule,
    swap: Swap,
    now: string,
  ): Promise<boolean> {
    return this.#knex.transaction(async trx => {
      const count = await trx<OnCallSwapRow>('on_call_swaps')
        .where({ id: swap.id, state: swap.state, start_at: swap.start })
        .where('start_at', '>', now)
        .update({ state: 'expired' });
      if (count === 1) {
        await this.#outbox.add(trx, lapsedSwapMessages(schedule, swap), now);
      }
      return count === 1;
    });
  }
}

function changeOf(place: SwapPlace | undefined): Partial<Swap> {
  return place
    ? { start: place.start, end: place.end }
    : { state: 'expired' as const };
}

function shiftOf(row: OnCallSwapRow): SwapShift | undefined {
  const { shift_key: key, shift_start_at: start, shift_end_at: end } = row;
  return key && start && end ? { key, start, end } : undefined;
}

function isWhere(row: OnCallSwapRow, place: SwapPlace): boolean {
  return (
    row.start_at === place.start &&
    row.end_at === place.end &&
    row.shift_key === (place.shift?.key ?? null) &&
    row.shift_start_at === (place.shift?.start ?? null) &&
    row.shift_end_at === (place.shift?.end ?? null)
  );
}

function toColumns({ key, start, end }: SwapShift) {
  return { shift_key: key, shift_start_at: start, shift_end_at: end };
}
