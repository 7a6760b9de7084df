import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  RiAlertFill,
  RiArrowLeftRightLine,
  RiPencilLine,
} from '@remixicon/react';
import classNames from 'classnames';
import { useState } from 'react';
import { StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { agendaRows } from './agendaRows';
import { describeBar, peopleOf, sourceOf, WordsOfSchedule } from './describe';
import { Lane, LaneBar } from './lanes';
import { initialsOf, PersonMark } from './people';
import agenda from './agenda.module.css';
import styles from './timeline.module.css';

const MINE = 'mine ';

/** The lanes as a list for a narrow screen: one level at a time, or the reader's own shifts. */
export function Agenda(props: {
  lanes: readonly Lane[];
  now: number;
  user: string | undefined;
  marks: ReadonlyMap<string, PersonMark>;
  words: WordsOfSchedule;
  onSelect(bar: LaneBar, level: string): void;
}) {
  const { lanes, now, user, marks, words, onSelect } = props;
  const t = useTranslation();
  const [wanted, setWanted] = useState<string>();
  const keys = [...lanes.map(({ level }) => level), ...(user ? [MINE] : [])];
  const chosen = keys.find(key => key === wanted) ?? keys.at(0);
  if (chosen === undefined) {
    return null;
  }
  const isMine = chosen === MINE && user !== undefined;
  const rows = agendaRows(
    lanes,
    isMine ? { person: user } : { level: chosen },
    now,
    words.watch,
  );
  return (
    <div className={agenda.agenda}>
      <ToggleButtonGroup
        aria-label={t('onCall.agenda.label')}
        selectionMode="single"
        disallowEmptySelection
        className={agenda.levels}
        selectedKeys={[chosen]}
        onSelectionChange={selection => {
          const [key] = selection;
          setWanted(key === undefined ? undefined : String(key));
        }}
      >
        {lanes.map(({ level, bars }) => (
          <ToggleButton key={level} id={level}>
            {level}{' '}
            {bars.some(bar => bar.type === 'gap' && bar.end > now) && (
              <StatusBadge status="warning" hideWord>
                {t('onCall.agenda.hasGap')}
              </StatusBadge>
            )}
          </ToggleButton>
        ))}
        {user && (
          <ToggleButton id={MINE}>{t('onCall.agenda.mine')}</ToggleButton>
        )}
      </ToggleButtonGroup>
      {rows.length === 0 && (
        <p className={text.secondary}>{t('onCall.agenda.none')}</p>
      )}
      <ol className={agenda.rows}>
        {rows.map(({ key, bar, level, day, start, end }) => (
          <li key={key}>
            <span className={`${text.small} ${text.secondary}`}>{day}</span>
            <button
              type="button"
              className={agenda.row}
              aria-label={describeBar(bar, level, words)}
              onClick={() => onSelect(bar, level)}
            >
              <Block bar={bar} marks={marks} words={words} />
              <span>
                <b
                  className={classNames(text.strong, {
                    [text.critical]: bar.type === 'gap',
                  })}
                >
                  <bdi>{peopleOf(bar, words)}</bdi>
                </b>{' '}
                <span className={text.tabular}>
                  {start ?? t('shared.time.now')} – {end}
                </span>
                <span className={`${agenda.source} ${text.small}`}>
                  <SourceIcon bar={bar} />
                  {isMine && `${level} · `}
                  {sourceOf(bar, words)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Block(props: {
  bar: LaneBar;
  marks: ReadonlyMap<string, PersonMark>;
  words: WordsOfSchedule;
}) {
  const { bar, marks, words } = props;
  if (bar.type !== 'shift') {
    return (
      <span className={classNames(agenda.block, styles.gap)} aria-hidden="true">
        <RiAlertFill size={14} />
      </span>
    );
  }
  const mark = marks.get(bar.shift.people[0]);
  return (
    <span
      aria-hidden="true"
      className={classNames(
        agenda.block,
        mark && styles[`person${mark.colour}`],
        { [styles.striped]: mark?.isStriped },
      )}
      data-initials={initialsOf(peopleOf(bar, words).split(', ')[0])}
    />
  );
}

function SourceIcon(props: { bar: LaneBar }) {
  const { bar } = props;
  const type = bar.type === 'shift' ? bar.shift.source.type : undefined;
  if (type === 'swap') {
    return <RiArrowLeftRightLine size={14} aria-hidden="true" />;
  }
  return type === 'override' ? (
    <RiPencilLine size={14} aria-hidden="true" />
  ) : null;
}
