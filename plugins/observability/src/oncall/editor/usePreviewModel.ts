import {
  Fairness,
  OnCallPerson,
  Schedule,
  ScheduleWarning,
  summarizeFairness,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { useSavedShifts } from '../api/onCallResources';
import { PreviewModel } from './PreviewCard';
import { previewFacts } from './previewFacts';
import { previewStart, previewWeeks } from './previewWeeks';
import { Answer, previewLane, stitchAnswers } from './stitchShifts';
import { useSchedulePreview } from './useSchedulePreview';

/** What the editor shows of a definition besides its fields. */
export interface EditorPreview {
  model: PreviewModel | undefined;
  fairness: { rows: readonly Fairness[]; before?: readonly Fairness[] };
  people: readonly OnCallPerson[];
  /** References of those whom the catalog does not know. */
  unknown: ReadonlySet<string>;
  /** References of those who have the watch now. */
  onWatch: ReadonlySet<string>;
  isWaiting: boolean;
  failure: Error | undefined;
  answeredAt: Date | undefined;
  retry(): void;
  /** The last instant of the preview. */
  to: string;
}

const iso = (at: number) => new Date(at).toISOString();

/** Works out what a definition would mean from an instant on, against what is saved. */
export function usePreviewModel(options: {
  /** Of the schedule as it is saved; `undefined` for a new one. */
  savedName: string | undefined;
  /** What is saved; of a new one, nothing. */
  saved: Schedule | undefined;
  /** What is in the fields; `undefined` while that is no schedule. */
  definition: Schedule | undefined;
  hasChanges: boolean;
  changeStart: string;
  now: number;
}): EditorPreview {
  const { savedName, saved, definition, hasChanges, changeStart, now } =
    options;
  const monday = previewStart(now, Date.parse(changeStart));
  const weeks = useMemo(() => previewWeeks(monday), [monday]);
  const from = iso(monday);
  const to = iso(weeks[weeks.length - 1].to);
  const savedShifts = useSavedShifts(savedName, {
    from: monday,
    to: Date.parse(to),
  });
  const preview = useSchedulePreview(
    definition && hasChanges && changeStart < to
      ? { schedule: definition, from: changeStart, to }
      : undefined,
  );

  const before = savedShifts.snapshot.value;
  const { answer, request } = preview;
  const worked = useMemo(() => {
    if (before === undefined) {
      return undefined;
    }
    const isEdited =
      hasChanges && answer !== undefined && request !== undefined;
    const shown: { schedule: Schedule; after: Answer } | undefined = isEdited
      ? {
          schedule: request.schedule,
          after: before ? stitchAnswers(before, answer, request.from) : answer,
        }
      : (before && saved && { schedule: saved, after: before }) || undefined;
    if (!shown) {
      return undefined;
    }
    const warnings = isEdited
      ? [
          ...(before?.warnings.filter(({ at }) => !at || at < request.from) ??
            []),
          ...answer.warnings,
        ]
      : before?.warnings ?? [];
    return { ...shown, warnings };
  }, [before, saved, hasChanges, answer, request]);

  const model = useMemo((): PreviewModel | undefined => {
    if (!worked) {
      return undefined;
    }
    const { after, schedule, warnings } = worked;
    const levels = new Set([
      ...schedule.levels.map(({ name }) => name),
      ...after.shifts.map(({ level }) => level),
    ]);
    return {
      weeks,
      lanes: [...levels].map(level => ({
        level,
        bars: previewLane(level, after, before ?? undefined),
      })),
      facts: previewFacts({
        before: before ?? undefined,
        after,
        warnings: [...warnings, ...(before?.warnings ?? [])],
        now: iso(now),
      }),
      clockWarnings: warnings.filter(isOfClocks),
    };
  }, [worked, before, weeks, now]);

  const fairness = useMemo(() => {
    const summarize = ({ shifts }: Answer, zone: string) =>
      summarizeFairness(shifts, zone, from, to);
    return {
      rows: worked ? summarize(worked.after, worked.schedule.timeZone) : [],
      before:
        before && worked
          ? summarize(before, worked.schedule.timeZone)
          : undefined,
    };
  }, [worked, before, from, to]);

  const people = useMemo(
    () => [...(before?.people ?? []), ...(answer?.people ?? [])],
    [before, answer],
  );
  const unknown = useMemo(
    () =>
      new Set(
        [...(before?.warnings ?? []), ...(answer?.warnings ?? [])].flatMap(
          ({ code, person }) =>
            code === 'unknown-person' && person ? [person] : [],
        ),
      ),
    [before, answer],
  );
  const onWatch = useMemo(() => {
    const at = iso(now);
    return new Set(
      before?.shifts
        .filter(({ start, end }) => start <= at && at < end)
        .flatMap(shift => shift.people) ?? [],
    );
  }, [before, now]);

  return {
    model,
    fairness,
    people,
    unknown,
    onWatch,
    isWaiting: preview.isWaiting || before === undefined,
    failure: preview.failure ?? savedShifts.snapshot.failure?.error,
    answeredAt: preview.answeredAt ?? savedShifts.snapshot.loadedAt,
    retry() {
      preview.retry();
      savedShifts.resource.reload();
    },
    to,
  };
}

function isOfClocks({ code, at }: ScheduleWarning): boolean {
  return (
    at !== undefined &&
    (code === 'handoff-in-gap' || code === 'handoff-in-overlap')
  );
}
