import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  ChecklistItem,
  ShiftChecklist,
  ShiftChecklistEdit,
} from '@watchkeeper/backstage-plugin-observability-common';
import { callerRef } from '../../access/callerRef';
import { iso } from '../scheduleAnswers';
import { HandoffStore } from './HandoffStore';
import { assertMayWriteAs, mayWriteAs, ShiftCallers } from './ShiftCallers';
import { ShiftLookup } from './ShiftLookup';

/** What is to be done around a shift, and who did it. */
export class ChecklistService {
  readonly #items: readonly ChecklistItem[];
  readonly #store: HandoffStore;
  readonly #shifts: ShiftLookup;
  readonly #callers: ShiftCallers;
  readonly #now: () => Date;

  constructor(options: {
    items: readonly ChecklistItem[];
    store: HandoffStore;
    shifts: ShiftLookup;
    callers: ShiftCallers;
    now?: () => Date;
  }) {
    this.#items = options.items;
    this.#store = options.store;
    this.#shifts = options.shifts;
    this.#callers = options.callers;
    this.#now = options.now ?? (() => new Date());
  }

  async read(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<ShiftChecklist> {
    await this.#callers.assertMayRead(credentials);
    const found = await this.#shifts.find(key, iso(this.#now()));
    const [{ shift }, caller, ticks] = await Promise.all([
      this.#callers.describe(found),
      this.#callers.callerOf(found, credentials),
      this.#store.ticks(key),
    ]);
    return {
      shift,
      items: this.#items.map(item => {
        const tick = ticks.get(item.id);
        return {
          ...item,
          done: tick?.done ?? false,
          ...(tick
            ? { changedBy: tick.changedBy, changedAt: tick.changedAt }
            : {}),
        };
      }),
      mayEdit: mayWriteAs(caller, ['leaving']),
    };
  }

  /** Ticks items of one's own shift; all others stay as they are. */
  async edit(
    key: string,
    { items }: ShiftChecklistEdit,
    credentials: BackstageCredentials,
  ): Promise<ShiftChecklist> {
    await this.#callers.assertMayChange(credentials);
    const now = iso(this.#now());
    const found = await this.#shifts.find(key, now);
    const caller = await this.#callers.callerOf(found, credentials);
    assertMayWriteAs(caller, ['leaving']);
    for (const { id } of items) {
      if (!this.#items.some(item => item.id === id)) {
        throw new InputError(`"items": the checklist has no item "${id}"`);
      }
    }
    await this.#store.tick(
      { schedule: found.schedule.name, key },
      items.map(({ id, done }) => ({
        itemId: id,
        done,
        changedBy: callerRef(credentials),
        changedAt: now,
      })),
    );
    return this.read(key, credentials);
  }
}
