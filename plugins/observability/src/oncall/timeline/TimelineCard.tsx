import {
  Button,
  ButtonIcon,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  Override,
  Schedule,
  ScheduleDetails,
  ScheduleShifts,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  RiAddLine,
  RiArrowLeftRightLine,
  RiArrowLeftSLine,
  RiArrowRightSLine,
  RiPencilLine,
  RiTimeLine,
} from '@remixicon/react';
import { ReactNode, useMemo, useState } from 'react';
import { Section, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { OverrideDraft } from '../override/OverrideDialog';
import { clockIn } from '../time/zones';
import { Chart } from './Chart';
import { WordsOfSchedule } from './describe';
import { changesLane, finalLanes, LaneBar, layerLanes } from './lanes';
import { assignMarks, initialsOf, nameOf } from './people';
import { ShiftDetails } from './ShiftDetails';
import { ShiftTable } from './ShiftTable';
import { TIMELINE_SPANS, TimelineSpan, TimelineWindow } from './timelineWindow';
import styles from './timeline.module.css';

function isSpan(value: unknown): value is TimelineSpan {
  return TIMELINE_SPANS.some(span => span === value);
}

/** How the window of the timeline is moved. */
export interface WindowControl {
  window: TimelineWindow;
  setSpan(span: TimelineSpan): void;
  turn(direction: -1 | 1): void;
  goToday(): void;
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
  user: string | undefined;
  onOverride?(draft: OverrideDraft): void;
  onAskForCover?(bar: { level: string; start: number; end: number }): void;
  onRemoveOverride?(override: Override): void;
  /** Stands instead of the chart, where there is nothing to draw. */
  problem?: ReactNode;
}) {
  const { title, name, details, overrides, swaps, answer, control } = props;
  const { now, words, zones, user, problem } = props;
  const { onOverride, onAskForCover, onRemoveOverride } = props;
  const { window } = control;
  const definition = details?.schedule;
  const t = useTranslation();
  const [selected, setSelected] = useState<{ bar: LaneBar; level: string }>();

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
  const bands = useMemo(() => {
    const byZone = new Map<string, string[]>([[words.watch.timeZone, []]]);
    for (const person of marks.keys()) {
      const timeZone = zones.get(person);
      if (timeZone && clockIn(timeZone, now) !== undefined) {
        byZone.set(timeZone, [
          ...(byZone.get(timeZone) ?? []),
          initialsOf(nameOf(words.names, person)),
        ]);
      }
    }
    return [...byZone].map(([timeZone, people]) => ({
      timeZone,
      people: people.join(', '),
    }));
  }, [marks, zones, words, now]);

  const markStretch =
    onOverride &&
    ((stretch: { level: string; start: number; end: number }) =>
      onOverride({
        ...stretch,
        remove: peopleAt(lanes.final, stretch)[0],
      }));
  const shown = selected && stillThere(selected, lanes.final);
  const notes = (answer?.warnings ?? []).filter(
    ({ code }) => code === 'handoff-in-gap' || code === 'handoff-in-overlap',
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
        <div className={styles.tools}>
          <ToggleButtonGroup
            aria-label={t('onCall.timeline.span')}
            selectionMode="single"
            disallowEmptySelection
            className={styles.spans}
            selectedKeys={[window.span]}
            onSelectionChange={keys => {
              const [span] = keys;
              if (isSpan(span)) {
                control.setSpan(span);
              }
            }}
          >
            {TIMELINE_SPANS.map(span => (
              <ToggleButton key={span} id={span} size="small">
                {t(`onCall.timeline.${spanKey(span)}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <ButtonIcon
            size="small"
            variant="secondary"
            aria-label={t('onCall.timeline.earlier')}
            icon={<RiArrowLeftSLine aria-hidden="true" />}
            onPress={() => control.turn(-1)}
          />
          <Button size="small" variant="secondary" onPress={control.goToday}>
            {t('onCall.timeline.today')}
          </Button>
          <ButtonIcon
            size="small"
            variant="secondary"
            aria-label={t('onCall.timeline.later')}
            icon={<RiArrowRightSLine aria-hidden="true" />}
            onPress={() => control.turn(1)}
          />
          {onOverride && lanes.final.length > 0 && (
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiAddLine aria-hidden="true" />}
              onPress={() => onOverride(nextDay(lanes.final[0].level, now))}
            >
              {t('onCall.timeline.override')}
            </Button>
          )}
        </div>
      }
    >
      <div className={styles.scope}>
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
              onSelect={(bar, level) => setSelected({ bar, level })}
              onDeselect={() => setSelected(undefined)}
              onToday={control.goToday}
              onMark={markStretch}
            />
            {shown && (
              <ShiftDetails
                {...shown}
                now={now}
                words={words}
                zones={zonesOf(shown.bar, zones, words.watch.timeZone)}
                override={overrides.find(({ id }) => isSourceOf(shown.bar, id))}
                swap={swaps.find(({ id }) => isSourceOf(shown.bar, id))}
                onOverride={
                  markStretch &&
                  (() =>
                    markStretch({
                      level: shown.level,
                      start: Math.max(shown.bar.start, now),
                      end: shown.bar.end,
                    }))
                }
                // One that is asked for lapses when it begins.
                onAskForCover={
                  onAskForCover &&
                  isOf(shown.bar, user) &&
                  shown.bar.start > now
                    ? () =>
                        onAskForCover({
                          level: shown.level,
                          start: shown.bar.start,
                          end: shown.bar.end,
                        })
                    : undefined
                }
                onRemoveOverride={onRemoveOverride}
                onClose={() => setSelected(undefined)}
              />
            )}
            <ShiftTable lanes={lanes.final} words={words} />
            {details?.upcoming && (
              <p className={styles.note}>
                <RiTimeLine size={16} aria-hidden="true" />
                {t('onCall.timeline.upcoming', {
                  when: words.watch.full(
                    new Date(details.upcoming.effectiveFrom),
                  ),
                })}
              </p>
            )}
            {notes.map(note => (
              <p key={`${note.code} ${note.at}`} className={styles.note}>
                <RiTimeLine size={16} aria-hidden="true" />
                <span>
                  {t(
                    note.code === 'handoff-in-gap'
                      ? 'onCall.warnings.handoffInGap.fact'
                      : 'onCall.warnings.handoffInOverlap.fact',
                    {
                      when: note.at ? words.watch.full(new Date(note.at)) : '',
                      level: note.level ?? '',
                    },
                  )}{' '}
                  <span className={text.secondary}>
                    {t(
                      note.code === 'handoff-in-gap'
                        ? 'onCall.warnings.handoffInGap.consequence'
                        : 'onCall.warnings.handoffInOverlap.consequence',
                      { utc: note.at ? note.at.slice(11, 16) : '' },
                    )}
                  </span>
                </span>
              </p>
            ))}
            <Legend canOverride={onOverride !== undefined} />
          </>
        )}
      </div>
    </Section>
  );
}

function Legend(props: { canOverride: boolean }) {
  const t = useTranslation();
  return (
    <ul className={styles.legend}>
      <li>
        <RiArrowLeftRightLine size={14} aria-hidden="true" />
        {t('onCall.source.swap')}
      </li>
      <li>
        <RiPencilLine size={14} aria-hidden="true" />
        {t('onCall.source.override')}
      </li>
      <li>
        <i className={`${styles.bar} ${styles.asked}`} />
        {t('onCall.source.asked')}
      </li>
      <li>
        <i className={`${styles.bar} ${styles.gap}`} />
        {t('health.onCall.nobody')}
      </li>
      <li className={styles.hint}>
        {props.canOverride
          ? t('onCall.timeline.keysWithOverride')
          : t('onCall.timeline.keys')}
      </li>
    </ul>
  );
}

function spanKey(span: TimelineSpan) {
  switch (span) {
    case 'two-weeks':
      return 'twoWeeks';
    case 'four-weeks':
      return 'fourWeeks';
    default:
      return 'threeMonths';
  }
}

/** All who are named in a definition. */
export function membersOf(definition: Schedule | undefined): string[] {
  return (
    definition?.levels
      .flatMap(level => level.layers.flatMap(layer => layer.members.flat()))
      .filter(member => member !== null) ?? []
  );
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The next full hour and a day from then: what a new override starts with. */
function nextDay(level: string, now: number): OverrideDraft {
  const start = Math.ceil(now / HOUR_MS) * HOUR_MS;
  return { level, start, end: start + DAY_MS };
}

function peopleAt(
  lanes: readonly { level: string; bars: LaneBar[] }[],
  stretch: { level: string; start: number; end: number },
): string[] {
  return lanes
    .filter(({ level }) => level === stretch.level)
    .flatMap(({ bars }) => bars)
    .flatMap(bar =>
      bar.type === 'shift' && bar.start < stretch.end && bar.end > stretch.start
        ? bar.shift.people
        : [],
    );
}

/** The chosen bar as it is now; nothing where a newer answer has none like it. */
function stillThere(
  selected: { bar: LaneBar; level: string },
  lanes: readonly { level: string; bars: LaneBar[] }[],
) {
  const bar = lanes
    .find(({ level }) => level === selected.level)
    ?.bars.find(
      ({ key, type }) => key === selected.bar.key && type === selected.bar.type,
    );
  return bar && { bar, level: selected.level };
}

function isSourceOf(bar: LaneBar, id: string): boolean {
  return bar.type === 'shift' && bar.shift.source.id === id;
}

function isOf(bar: LaneBar, user: string | undefined): boolean {
  return (
    bar.type === 'shift' &&
    user !== undefined &&
    bar.shift.people.includes(user)
  );
}

function zonesOf(
  bar: LaneBar,
  zones: ReadonlyMap<string, string>,
  reader: string,
): string[] {
  const people = bar.type === 'shift' ? bar.shift.people : [];
  return [...new Set(people.flatMap(person => zones.get(person) ?? []))].filter(
    timeZone =>
      timeZone !== reader && clockIn(timeZone, bar.start) !== undefined,
  );
}
