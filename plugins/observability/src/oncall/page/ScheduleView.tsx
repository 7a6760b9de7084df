import {
  OnCallNow,
  onCallOverridePermission,
  Override,
  ScheduleWarning,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  useMyShifts,
  useScheduleDetails,
  useScheduleTimeline,
} from '../api/onCallResources';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { OverrideDialog } from '../override/OverrideDialog';
import { useWatchFormat } from '../time/useWatchFormat';
import { membersOf } from '../timeline/selection';
import { TimelineCard } from '../timeline/TimelineCard';
import { ChangeOutcome } from './ChangeOutcome';
import { MyShifts } from './MyShifts';
import { OpenSwaps } from './OpenSwaps';
import { OriginLine } from './OriginLine';
import { ScheduleNow, People } from './schedules';
import { TimelineProblem } from './TimelineProblem';
import { useMinute } from './useMinute';
import { useOnCallRights } from './useOnCallRights';
import { useScheduleChanges } from './useScheduleChanges';
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
  const changes = useScheduleChanges(chosen.schedule, control.window);
  const held = useOnCallRights(user);
  const mine = useMyShifts();
  const details = useScheduleDetails(chosen.schedule);
  const timeline = useScheduleTimeline(chosen.schedule, control.window);

  const schedule = details.snapshot.value;
  const answer = timeline.snapshot.value;
  const failure = timeline.snapshot.failure ?? details.snapshot.failure;
  const { names, zones } = useMemo(
    () => withPeople(props.people, [schedule?.people, answer?.people]),
    [props.people, schedule, answer],
  );
  const words = useMemo(() => ({ t, watch, names }), [t, watch, names]);
  // A schedule that is kept elsewhere is changed there, unless it takes what is changed here.
  const isOurs =
    schedule !== undefined &&
    (schedule.origin.type !== 'external' ||
      schedule.origin.acceptsOverrides === true);
  const rights = useMemo(
    () => (isOurs ? held : { user, canOverride: false, canManage: false }),
    [isOurs, held, user],
  );

  function overrideGap({ at, level }: ScheduleWarning) {
    const start = Math.max(at ? Date.parse(at) : now, now);
    const gap = answer?.gaps.find(
      other =>
        other.level === level &&
        Date.parse(other.start) <= start &&
        Date.parse(other.end) > start,
    );
    control.goTo(start);
    changes.timeline.onOverride({
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
        onOverride={
          rights.canOverride || rights.canManage ? overrideGap : undefined
        }
        onShow={at => control.goTo(Date.parse(at))}
      />
      <div className={styles.columns}>
        <MyShifts
          shifts={mine.snapshot.value}
          failure={mine.snapshot.failure?.error}
          now={now}
          schedules={schedules}
        />
        <div className={styles.stack}>
          <WatchNow schedules={schedules} hrefOf={hrefOf} />
          <OpenSwaps
            swaps={
              schedule?.swaps.filter(({ state }) => state === 'open') ??
              NO_SWAPS
            }
            rights={rights}
            names={names}
            onTake={swap => changes.actions.take(swap.id)}
            onCancel={swap => changes.actions.cancel(swap.id)}
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
        rights={rights}
        actions={changes.timeline}
        note={schedule && <OriginLine details={schedule} />}
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
      />
      {isOurs && held.isReadOnly && (
        <p className={`${styles.quiet} ${text.small}`}>
          {t('onCall.page.readOnly', {
            permission: (
              <code className={text.code}>{onCallOverridePermission.name}</code>
            ),
          })}
        </p>
      )}
      <ChangeOutcome
        outcome={changes.outcome}
        outdatedSince={
          answer && failure ? timeline.snapshot.loadedAt : undefined
        }
      />
      {changes.draft && schedule && (
        <OverrideDialog
          draft={changes.draft}
          levels={schedule.schedule.levels.map(level => level.name)}
          people={[
            ...new Set([
              ...membersOf(schedule.schedule),
              ...catalogPeople(answer?.people),
            ]),
          ]}
          user={user}
          canManage={rights.canManage}
          names={names}
          known={
            answer && {
              shifts: answer.shifts,
              from: control.window.from,
              to: control.window.to,
            }
          }
          onClose={changes.closeDraft}
          onSave={changes.save}
        />
      )}
    </>
  );
}

function catalogPeople(people: OnCallNow['people'] = []): string[] {
  return people.flatMap(({ entityRef, external }) =>
    external ? [] : [entityRef],
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
