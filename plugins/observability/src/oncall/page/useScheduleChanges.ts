import {
  NewOverride,
  Override,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { useScheduleActions } from '../api/useScheduleActions';
import { OverrideDraft } from '../override/OverrideDialog';
import { TimelineActions } from '../timeline/TimelineCard';
import { TimelineWindow } from '../timeline/timelineWindow';

/** What the reader is about to change in a schedule, and how the last change went. */
export function useScheduleChanges(name: string, window: TimelineWindow) {
  const actions = useScheduleActions(name, window);
  const [draft, setDraft] = useState<OverrideDraft>();
  const [outcome, setOutcome] = useState<{ failure?: Error }>();

  async function run(action: () => Promise<unknown>) {
    setOutcome(undefined);
    try {
      await action();
      setOutcome({});
    } catch (error) {
      setOutcome({
        failure: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }

  const timeline: TimelineActions = {
    onOverride: setDraft,
    onAskForCover: ({ level, start, end }) => {
      run(() =>
        actions.askForCover({
          level,
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
        }),
      );
    },
    onRemoveOverride: ({ id }: Override) => {
      run(() => actions.removeOverride(id));
    },
  };

  return {
    draft,
    outcome,
    actions,
    timeline,
    closeDraft: () => setDraft(undefined),
    /** Rejects when it could not be made. */
    async save(override: NewOverride) {
      const change = draft?.change;
      await actions.override(override);
      setDraft(undefined);
      // The new one wins where they meet; what is left of the old one goes.
      await run(async () => change && actions.removeOverride(change.id));
    },
  };
}
