import {
  Override,
  ScheduleDetails,
  ScheduleShifts,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode, useMemo, useRef, useState } from 'react';
import { Section } from '../../shared';
import text from '../../shared/text.module.css';
import { OverrideDraft } from '../override/OverrideDialog';
import { Agenda } from './Agenda';
import { Chart } from './Chart';
import { WordsOfSchedule } from './describe';
import { changesLane, finalLanes, LaneBar, layerLanes } from './lanes';
import { assignMarks } from './people';
import { factsOf, membersOf, peopleAt, stillThere } from './selection';
import { ShiftActions, ShiftButtons, ShiftDetails } from './ShiftDetails';
import { ShiftPopover, ShiftSheet } from './ShiftPopover';
import { OnCallRights, rightsOver } from './shiftRights';
import { ShiftTable } from './ShiftTable';
import { TimelineNotes } from './TimelineNotes';
import { TimelineTools, WindowControl } from './TimelineTools';
import { zonesOf, zonesOfPeople } from './zones';
import styles from './timeline.module.css';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What the reader changes by hand. */
export interface TimelineActions {
  onOverride(draft: OverrideDraft): void;
  onAskForCover(stretch: { level: string; start: number; end: number }): void;
  onRemoveOverride(override: Override): void;
}

/** A schedule over time: who has the watch in the end, and what that is made of. */
export function TimelineCard(props: {
  title: string;
  name: string;
  /** `undefined` while it is not known. */
  details: ScheduleDetails | undefined;
  overrides: readonly Override[];
  swaps: readonly Swap[];
  /** `undefined` while they are not known. */
  answer: ScheduleShifts | undefined;
  control: WindowControl;
  now: number;
  words: WordsOfSchedule;
  /** The zones of people, by reference. */
  zones: ReadonlyMap<string, string>;
  rights: OnCallRights;
  actions: TimelineActions;
  /** Beside the tools: what else leads on from here. */
  aside?: ReactNode;
  /** Above the lanes: where the schedule comes from. */
  note?: ReactNode;
  /** Stands instead of the chart, where there is nothing to draw. */
  problem?: ReactNode;
}) {
  const { title, name, details, overrides, swaps, answer, control } = props;
  const { now, words, zones, rights, actions, aside, note, problem } = props;
  const { window } = control;
  const definition = details?.schedule;
  const anchor = useRef<HTMLSpanElement>(null);
  const [chosen, setChosen] = useState<{
    bar: LaneBar;
    level: string;
    from: 'chart' | 'agenda';
  }>();

  const lanes = useMemo(() => {
    const levels = definition?.levels.map(level => level.name) ?? [];
    return {
      final: finalLanes(levels, answer ?? { shifts: [], gaps: [] }, window),
      changes: changesLane(overrides, swaps, window),
      layers: details ? layerLanes(details, window) : [],
    };
  }, [definition, details, overrides, swaps, answer, window]);
  const marks = useMemo(
    () =>
      assignMarks([
        ...membersOf(definition),
        ...(answer?.shifts.flatMap(shift => shift.people) ?? []),
        ...overrides.flatMap(({ add }) => add ?? []),
        ...swaps.flatMap(({ to }) => to ?? []),
      ]),
    [definition, answer, overrides, swaps],
  );
  const bands = useMemo(
    () => zonesOfPeople([...marks.keys()], zones, words),
    [marks, zones, words],
  );

  const mayOverride = rights.canOverride || rights.canManage;
  const close = () => setChosen(undefined);
  const shown = stillThere(chosen, lanes.final);
  const facts =
    shown &&
    factsOf(shown, {
      answer: answer ?? { shifts: [] },
      overrides,
      swaps,
      layers: lanes.layers,
    });
  const markStretch = (
    stretch: { level: string; start: number; end: number },
    add?: string,
  ) =>
    actions.onOverride({
      ...stretch,
      remove: peopleAt(lanes.final, stretch)[0],
      add,
    });

  /** What is to come of the chosen shift; the past does not change. */
  function act(run: (stretch: MarkedFuture) => void) {
    if (facts) {
      const { bar, level } = facts;
      run({ level, start: Math.max(bar.start, now), end: bar.end });
      close();
    }
  }
  const shiftActions: ShiftActions = {
    onOverride: () => act(stretch => markStretch(stretch)),
    onTake: () => act(stretch => markStretch(stretch, rights.user)),
    onAskForCover: () => act(actions.onAskForCover),
    onChange: () =>
      act(({ level }) => {
        const change = facts?.override;
        if (change) {
          actions.onOverride({
            level: change.level ?? level,
            start: Math.max(Date.parse(change.start), now),
            end: Date.parse(change.end),
            add: change.add,
            remove: change.remove,
            change,
          });
        }
      }),
    onRemove: () =>
      act(() => facts?.override && actions.onRemoveOverride(facts.override)),
  };

  const shiftDetails = facts && (
    <ShiftDetails
      facts={facts}
      now={now}
      words={words}
      marks={marks}
      zones={zonesOf(facts, {
        zones,
        schedule: definition?.timeZone,
        reader: words.watch.timeZone,
      })}
    />
  );
  const shiftButtons = facts && (
    <ShiftButtons
      facts={facts}
      rights={rightsOver(facts, rights, now)}
      words={words}
      actions={shiftActions}
    />
  );

  return (
    <Section
      title={
        <>
          <bdi>{title}</bdi>{' '}
          {name !== title && (
            <span className={`${text.small} ${text.secondary}`}>{name}</span>
          )}
        </>
      }
      aside={
        <>
          <TimelineTools
            control={control}
            onOverride={
              mayOverride && lanes.final.length > 0
                ? () => markStretch(nextDay(lanes.final[0].level, now))
                : undefined
            }
          />
          {aside}
        </>
      }
    >
      <div className={styles.scope}>
        {note}
        {problem}
        {!problem && (
          <>
            <Chart
              window={window}
              now={now}
              {...lanes}
              zones={bands}
              marks={marks}
              words={words}
              selected={shown?.bar}
              anchor={anchor}
              onSelect={(bar, level) =>
                setChosen({ bar, level, from: 'chart' })
              }
              onToday={control.goToday}
              onMark={mayOverride ? markStretch : undefined}
            />
            <Agenda
              lanes={lanes.final}
              now={now}
              user={rights.user}
              marks={marks}
              words={words}
              onSelect={(bar, level) =>
                setChosen({ bar, level, from: 'agenda' })
              }
            />
            {facts && chosen?.from === 'chart' && (
              <ShiftPopover
                key={facts.bar.key}
                facts={facts}
                anchor={anchor}
                buttons={shiftButtons}
                onClose={close}
              >
                {shiftDetails}
              </ShiftPopover>
            )}
            {facts && chosen?.from === 'agenda' && (
              <ShiftSheet facts={facts} buttons={shiftButtons} onClose={close}>
                {shiftDetails}
              </ShiftSheet>
            )}
            <ShiftTable lanes={lanes.final} words={words} />
            <TimelineNotes
              upcoming={details?.upcoming}
              warnings={answer?.warnings ?? []}
              canOverride={mayOverride}
            />
          </>
        )}
      </div>
    </Section>
  );
}

interface MarkedFuture {
  level: string;
  start: number;
  end: number;
}

/** The next full hour and a day from then: what a new override starts with. */
function nextDay(level: string, now: number): MarkedFuture {
  const start = Math.ceil(now / HOUR_MS) * HOUR_MS;
  return { level, start, end: start + DAY_MS };
}
