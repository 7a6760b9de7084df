import {
  HandoffNote,
  HandoffNoteEdit,
  HandoffSigning,
  ON_CALL_CHANNEL,
  ShiftChecklist,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { useLiveResource } from '../../api/liveResources';
import { onCallApiRef } from './OnCallApi';

const THROTTLE_MS = 2_000;

/** The checklist of a shift; ticks show at once and are read again when they are kept. */
export function useShiftChecklist(shiftKey: string) {
  const { api, resource, snapshot } = useLiveResource({
    apiRef: onCallApiRef,
    key: `on-call checklist ${shiftKey}`,
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (client, signal): Promise<ShiftChecklist> =>
      client.getShiftChecklist(shiftKey, { signal }),
  });
  // The answer to a tick is newer than what was read before it.
  const [answer, setAnswer] = useState<{
    checklist: ShiftChecklist;
    after: ShiftChecklist | undefined;
  }>();
  return {
    checklist:
      answer && answer.after === snapshot.value
        ? answer.checklist
        : snapshot.value,
    failure: snapshot.failure,
    reload: () => resource.reload(),
    /** Rejects when it was not kept. */
    async tick(id: string, done: boolean): Promise<void> {
      const after = resource.snapshot.value;
      const checklist = await api.editShiftChecklist(shiftKey, {
        items: [{ id, done }],
      });
      setAnswer({ checklist, after });
      resource.reload();
    },
  };
}

/** The handoff note of a shift. */
export function useHandoffNote(shiftKey: string) {
  const { api, resource, snapshot } = useLiveResource({
    apiRef: onCallApiRef,
    key: `on-call handoff ${shiftKey}`,
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (client, signal): Promise<HandoffNote> =>
      client.getHandoffNote(shiftKey, { signal }),
  });
  return {
    note: snapshot.value,
    failure: snapshot.failure,
    reload: () => resource.reload(),
    /** The note as it is now, whatever is shown. */
    readLatest: () => api.getHandoffNote(shiftKey),
    /** Rejects with a conflict where somebody else has saved it meanwhile. */
    async save(edit: HandoffNoteEdit): Promise<void> {
      await api.editHandoffNote(shiftKey, edit);
      resource.reload();
    },
    async sign(signing: HandoffSigning): Promise<void> {
      await api.signHandoffNote(shiftKey, signing);
      resource.reload();
    },
  };
}
