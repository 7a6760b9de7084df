import {
  OnCallNow,
  Override,
  ScheduleWarning,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useState } from 'react';
import {
  useMyShifts,
  useScheduleDetails,
  useScheduleTimeline,
} from '../api/onCallResources';
import { useScheduleActions } from '../api/useScheduleActions';
import { RelativeTime, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { OverrideDialog, OverrideDraft } from '../override/OverrideDialog';
import { useWatchFormat } from '../time/useWatchFormat';
import { membersOf, TimelineCard } from '../timeline/TimelineCard';
import { MyShifts } from './MyShifts';
import { OpenSwaps } from './OpenSwaps';
import { ScheduleNow, People } from './schedules';
import { TimelineProblem } from './TimelineProblem';
import { useMinute } from './useMinute';
import { useTimelineWindow } from './useTimelineWindow';
import { Warnings } from './Warnings';
import { WatchNow } from './WatchNow';
import styles from './page.module.css';

const DAY_MS = 86_400_000;
const NO_OVERRIDES: readonly Override[] = [];
const NO_SWAPS: readonly Swap[] = [];

/** One schedule, its warnings first, with the reader's own shifts and who has the watch now. */
export function ScheduleView(props: {
  chosen: ScheduleNow;
  schedules: readonly ScheduleNow[];
  user: string | undefined;
  people: People;
  hrefOf(schedule: string): string;
}) {
  const { chosen, schedules, user, hrefOf } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const now = useMinute();
  const control = useTimelineWindow();
  const [draft, setDraft] = useState<OverrideDraft>();
  const [notice, setNotice] = useState<{ failure?: Error }>();
  const mine = useMyShifts();
  const details = useScheduleDetails(chosen.schedule);
  const timeline = useScheduleTimeline(chosen.schedule, control.window);
  const actions = useScheduleActions(chosen.schedule, control.window);

  const schedule = details.snapshot.value;
  const answer = timeline.snapshot.value;
  const failure = timeline.snapshot.failure ?? details.snapshot.failure;
  const { names, zones } = useMemo(
    () => withPeople(props.people, [schedule?.people, answer?.people]),
    [props.people, schedule, answer],
  );
  const words = useMemo(() => ({ t, watch, names }), [t, watch, names]);
  // A schedule that is kept elsewhere is changed there.
  const isOurs = schedule !== undefined && schedule.origin.type !== 'external';

  async function run(action: () => Promise<unknown>) {
    setNotice(undefined);
    try {
      await action();
      setNotice({});
    } catch (error) {
      setNotice({
        failure: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }

  function overrideGap({ at, level }: ScheduleWarning) {
    const start = Math.max(at ? Date.parse(at) : now, now);
    const gap = answer?.gaps.find(
      other =>
        other.level === level &&
        Date.parse(other.start) <= start &&
        Date.parse(other.end) > start,
    );
    control.goTo(start);
    setDraft({
      level: level ?? schedule?.schedule.levels[0].name ?? '',
      start,
      end: gap ? Date.parse(gap.end) : start + DAY_MS,
    });
  }

  return (
    <>
      <Warnings
        warnings={schedule?.warnings ?? []}
        now={now}
        names={names}
        onOverride={isOurs ? overrideGap : undefined}
        onShow={at => control.goTo(Date.parse(at))}
      />
      <div className={styles.columns}>
        <MyShifts
          shifts={mine.snapshot.value}
          failure={mine.snapshot.failure?.error}
          now={now}
        />
        <div className={styles.stack}>
          <WatchNow schedules={schedules} hrefOf={hrefOf} />
          <OpenSwaps
            swaps={
              schedule?.swaps.filter(({ state }) => state === 'open') ??
              NO_SWAPS
            }
            user={user}
            names={names}
            onTake={swap => actions.take(swap.id)}
            onCancel={swap => actions.cancel(swap.id)}
          />
        </div>
      </div>
      <TimelineCard
        title={chosen.title}
        name={chosen.schedule}
        details={schedule}
        overrides={answer?.overrides ?? NO_OVERRIDES}
        swaps={answer?.swaps ?? NO_SWAPS}
        answer={answer}
        control={control}
        now={now}
        words={words}
        zones={zones}
        user={user}
        problem={
          !schedule || !answer ? (
            <TimelineProblem
              failure={failure}
              onRetry={() => {
                details.resource.reload();
                timeline.resource.reload();
              }}
            />
          ) : undefined
        }
        onOverride={isOurs ? setDraft : undefined}
        onAskForCover={
          isOurs
            ? ({ level, start, end }) =>
                run(() =>
                  actions.askForCover({
                    level,
                    start: new Date(start).toISOString(),
                    end: new Date(end).toISOString(),
                  }),
                )
            : undefined
        }
        onRemoveOverride={
          isOurs
            ? override => run(() => actions.removeOverride(override.id))
            : undefined
        }
      />
      <div role="status" className={text.small}>
        {notice &&
          (notice.failure
            ? t('onCall.timeline.failedChange', {
                message: notice.failure.message,
              })
            : t('onCall.timeline.done'))}
        {!notice && answer && failure && timeline.snapshot.loadedAt && (
          <span className={text.secondary}>
            {t('onCall.outdated', {
              age: (
                <RelativeTime at={timeline.snapshot.loadedAt.toISOString()} />
              ),
            })}
          </span>
        )}
      </div>
      {draft && schedule && (
        <OverrideDialog
          draft={draft}
          levels={schedule.schedule.levels.map(level => level.name)}
          people={[...new Set(membersOf(schedule.schedule))]}
          user={user}
          names={names}
          known={
            answer && {
              shifts: answer.shifts,
              from: control.window.from,
              to: control.window.to,
            }
          }
          onClose={() => setDraft(undefined)}
          onSave={async override => {
            await actions.override(override);
            setDraft(undefined);
            setNotice({});
          }}
        />
      )}
    </>
  );
}

/** Those who have the watch now, and those who are named in a schedule. */
function withPeople(
  people: People,
  lists: readonly (OnCallNow['people'] | undefined)[],
): People {
  const names = new Map(people.names);
  const zones = new Map(people.zones);
  for (const { entityRef, displayName, timeZone } of lists.flatMap(
    list => list ?? [],
  )) {
    names.set(entityRef, displayName);
    if (timeZone) {
      zones.set(entityRef, timeZone);
    }
  }
  return { names, zones };
}
