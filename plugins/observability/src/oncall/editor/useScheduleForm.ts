import { ScheduleDetails } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useState } from 'react';
import { DraftProblems, problemsOf } from './draftProblems';
import {
  countChanges,
  LayerDraft,
  ScheduleDraft,
  toDefinition,
  toDraft,
} from './scheduleDraft';

/** What the editing began with. */
interface Base {
  details: ScheduleDetails | undefined;
  draft: ScheduleDraft;
}

/** What is in the fields, against what is saved. */
export interface ScheduleForm {
  draft: ScheduleDraft;
  setDraft(draft: ScheduleDraft): void;
  /** What is saved, as it was when the editing began. */
  details: ScheduleDetails | undefined;
  /** Layers as they are saved, by id. */
  savedLayers: ReadonlyMap<string, LayerDraft>;
  changeCount: number;
  /** All that is wrong. */
  problems: DraftProblems;
  /** The latest thing that was saved, in place of what is in the fields. */
  adopt(details: ScheduleDetails): void;
  discard(): void;
}

/** The last definition that is saved, also where it is in force only later. */
export function latestDefinition({ schedule, upcoming }: ScheduleDetails) {
  return upcoming?.definition ?? schedule;
}

/** Keeps what is in the fields of the editor, whatever becomes of the schedule meanwhile. */
export function useScheduleForm(
  start: ScheduleDetails | ScheduleDraft,
): ScheduleForm {
  const [base, setBase] = useState<Base>(() =>
    'schedule' in start ? baseOf(start) : { details: undefined, draft: start },
  );
  const [draft, setDraft] = useState(base.draft);
  const problems = useMemo(() => problemsOf(draft), [draft]);
  const savedLayers = useMemo(
    () =>
      new Map(
        base.details
          ? base.draft.levels.flatMap(({ layers }) =>
              layers.map(layer => [layer.id, layer] as const),
            )
          : [],
      ),
    [base],
  );
  return {
    draft,
    setDraft,
    details: base.details,
    savedLayers,
    changeCount: countChanges(draft, base.draft),
    problems,
    adopt(details) {
      const adopted = baseOf(details);
      setBase(adopted);
      setDraft(adopted.draft);
    },
    discard: () => setDraft(base.draft),
  };
}

function baseOf(details: ScheduleDetails): Base {
  return { details, draft: toDraft(latestDefinition(details)) };
}

/** The definition in the fields, where it is a good one. */
export function useDefinition({ draft, problems }: ScheduleForm) {
  return useMemo(
    () => (problems.size === 0 ? toDefinition(draft) : undefined),
    [draft, problems],
  );
}
