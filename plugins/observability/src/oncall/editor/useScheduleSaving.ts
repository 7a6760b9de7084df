import { useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  Schedule,
  ScheduleDetails,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useRef, useState } from 'react';
import { isForbidden } from '../../api/failures';
import { onCallApiRef } from '../api/OnCallApi';
import { reloadSchedule } from '../api/onCallResources';

/** How it went. */
export type SavingOutcome = 'saved' | 'conflict' | 'failed';

/** Why a schedule was not saved. */
export type SavingFailure =
  | { reason: 'forbidden' | 'name-used' }
  | { reason: 'other'; message: string };

/** Saves a schedule, once however often one tries. */
export function useScheduleSaving(name: string | undefined): {
  isSaving: boolean;
  failure: SavingFailure | undefined;
  forget(): void;
  create(schedule: Schedule): Promise<SavingOutcome>;
  edit(options: {
    schedule: Schedule;
    version: number;
    /** Else the next handoff. */
    effectiveFrom: string | undefined;
  }): Promise<SavingOutcome>;
  remove(): Promise<void>;
  /** The schedule as it is now. */
  read(): Promise<ScheduleDetails>;
} {
  const api = useApi(onCallApiRef);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<SavingFailure>();
  const keys = useRef(new Map<string, string>());

  /** The same for the same request: who got no answer may ask again. */
  function keyOf(request: object): string {
    const text = JSON.stringify(request);
    const key = keys.current.get(text) ?? randomKey();
    keys.current.set(text, key);
    return key;
  }

  async function run(
    saved: string,
    send: () => Promise<unknown>,
    onConflict: () => SavingOutcome,
  ): Promise<SavingOutcome> {
    setSaving(true);
    setFailure(undefined);
    try {
      await send();
      reloadSchedule(api, saved);
      return 'saved';
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 409) {
        // Asked again with another version, it is another request.
        keys.current.clear();
        return onConflict();
      }
      setFailure(
        error instanceof Error && isForbidden(error)
          ? { reason: 'forbidden' }
          : {
              reason: 'other',
              message: error instanceof Error ? error.message : String(error),
            },
      );
      return 'failed';
    } finally {
      setSaving(false);
    }
  }

  return {
    isSaving,
    failure,
    forget: () => setFailure(undefined),
    create: schedule =>
      run(
        schedule.name,
        () => api.createSchedule(schedule, { idempotencyKey: keyOf(schedule) }),
        () => {
          setFailure({ reason: 'name-used' });
          return 'failed';
        },
      ),
    edit({ schedule, version, effectiveFrom }) {
      const edit = {
        schedule,
        version,
        ...(effectiveFrom && { effectiveFrom }),
      };
      return run(
        schedule.name,
        () =>
          api.editSchedule(schedule.name, edit, {
            idempotencyKey: keyOf(edit),
          }),
        () => 'conflict',
      );
    },
    async remove() {
      if (name !== undefined) {
        await api.deleteSchedule(name);
        reloadSchedule(api, name);
      }
    },
    read: () => api.getSchedule(name ?? ''),
  };
}

function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), part =>
    part.toString(16).padStart(8, '0'),
  ).join('');
}
