import { ConflictError } from '@backstage/errors';
import {
  HandoffRole,
  HandoffSignature,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { toStorable } from '../../database/database';
import {
  OnCallHandoffNoteRow,
  OnCallHandoffSignatureRow,
  OnCallTickRow,
} from '../../database/tables';

/** Who ticked an item, or took the tick away. */
export interface Tick {
  itemId: string;
  done: boolean;
  changedBy: string;
  changedAt: string;
}

/** A note as somebody saved it. */
export interface StoredNote {
  version: number;
  text: string;
  editedBy: string;
  editedAt: string;
  signatures: HandoffSignature[];
}

/** Keeps what people ticked and wrote of shifts. */
export class HandoffStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async ticks(shiftKey: string): Promise<Map<string, Tick>> {
    const rows = await this.#knex<OnCallTickRow>('on_call_ticks').where({
      shift_key: shiftKey,
    });
    return new Map(
      rows.map(row => [
        row.item_id,
        {
          itemId: row.item_id,
          done: Boolean(row.done),
          changedBy: row.changed_by,
          changedAt: row.changed_at,
        },
      ]),
    );
  }

  /** Writes the items alone that change: who ticked first stays. */
  async tick(
    shift: { schedule: string; key: string },
    ticks: readonly Tick[],
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      for (const { itemId, done, changedBy, changedAt } of ticks) {
        await trx<OnCallTickRow>('on_call_ticks')
          .insert({
            schedule: shift.schedule,
            shift_key: shift.key,
            item_id: itemId,
            done,
            changed_by: changedBy,
            changed_at: changedAt,
          })
          .onConflict(['shift_key', 'item_id'])
          .merge(['done', 'changed_by', 'changed_at'])
          .where('on_call_ticks.done', !done);
      }
    });
  }

  async note(shiftKey: string): Promise<StoredNote | undefined> {
    const [row, signatures] = await Promise.all([
      this.#knex<OnCallHandoffNoteRow>('on_call_handoff_notes')
        .where({ shift_key: shiftKey })
        .first(),
      this.#knex<OnCallHandoffSignatureRow>('on_call_handoff_signatures')
        .where({ shift_key: shiftKey })
        .orderBy([
          { column: 'signed_at' },
          // Who leaves before who comes, where both did so at once.
          { column: 'role', order: 'desc' },
        ]),
    ]);
    return (
      row && {
        version: row.version,
        text: row.text,
        editedBy: row.edited_by,
        editedAt: row.edited_at,
        signatures: signatures.map(signature => ({
          role: signature.role as HandoffRole,
          by: signature.signed_by,
          at: signature.signed_at,
        })),
      }
    );
  }

  /** Saves a note and takes its signatures back; false where somebody was faster. Throws where both have signed. */
  async save(
    shift: { schedule: string; key: string },
    note: { text: string; version: number; by: string; now: string },
  ): Promise<boolean> {
    return this.#knex.transaction(async trx => {
      if (!(await write(trx, shift, note))) {
        return false;
      }
      const signatures = () =>
        trx<OnCallHandoffSignatureRow>('on_call_handoff_signatures').where({
          shift_key: shift.key,
        });
      if ((await signatures()).length > 1) {
        // Takes back what was written.
        throw frozen();
      }
      await signatures().delete();
      return true;
    });
  }

  /** Signs a note as it was read, and saves it first where nobody has; false where somebody was faster. */
  async sign(
    shift: { schedule: string; key: string },
    signing: {
      role: HandoffRole;
      version: number;
      by: string;
      now: string;
      /** Where nobody has saved it. */
      draft: string;
    },
  ): Promise<boolean> {
    const { role, version, by, now, draft } = signing;
    return this.#knex.transaction(async trx => {
      if (version === 0) {
        if (!(await write(trx, shift, { text: draft, version, by, now }))) {
          return false;
        }
      } else {
        // Holds the note, so that no edit comes between.
        const count = await trx<OnCallHandoffNoteRow>('on_call_handoff_notes')
          .where({ shift_key: shift.key, version })
          .update({ version });
        if (count !== 1) {
          return false;
        }
      }
      const added = await trx<OnCallHandoffSignatureRow>(
        'on_call_handoff_signatures',
      )
        .insert({
          shift_key: shift.key,
          role,
          signed_by: by,
          signed_at: now,
        })
        .onConflict(['shift_key', 'role'])
        .ignore()
        .returning('role');
      return added.length === 1;
    });
  }

  /** Deletes what nobody has changed since. */
  async deleteBefore(before: Date): Promise<void> {
    const instant = before.toISOString();
    await this.#knex<OnCallTickRow>('on_call_ticks')
      .where('changed_at', '<', instant)
      .delete();
    await this.#knex<OnCallHandoffNoteRow>('on_call_handoff_notes')
      .where('edited_at', '<', instant)
      .delete();
  }
}

/** Both have signed. */
export function frozen() {
  return new ConflictError('Both have signed this note, and it stays as it is');
}

async function write(
  trx: Knex.Transaction,
  shift: { schedule: string; key: string },
  note: { text: string; version: number; by: string; now: string },
): Promise<boolean> {
  const columns = {
    text: toStorable(note.text),
    edited_by: note.by,
    edited_at: note.now,
    version: note.version + 1,
  };
  if (note.version > 0) {
    const count = await trx<OnCallHandoffNoteRow>('on_call_handoff_notes')
      .where({ shift_key: shift.key, version: note.version })
      .update(columns);
    return count === 1;
  }
  const added = await trx<OnCallHandoffNoteRow>('on_call_handoff_notes')
    .insert({ schedule: shift.schedule, shift_key: shift.key, ...columns })
    .onConflict('shift_key')
    .ignore()
    .returning('version');
  return added.length === 1;
}
