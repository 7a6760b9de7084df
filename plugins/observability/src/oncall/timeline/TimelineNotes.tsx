import {
  ScheduleDetails,
  ScheduleWarning,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  RiArrowLeftRightLine,
  RiPencilLine,
  RiTimeLine,
} from '@remixicon/react';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import styles from './timeline.module.css';

/** What is to be known below the lanes: a definition to come, clocks that change, and what the marks mean. */
export function TimelineNotes(props: {
  upcoming: ScheduleDetails['upcoming'];
  warnings: readonly ScheduleWarning[];
  canOverride: boolean;
}) {
  const { upcoming, warnings, canOverride } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  return (
    <>
      {upcoming && (
        <p className={styles.note}>
          <RiTimeLine size={16} aria-hidden="true" />
          {t('onCall.timeline.upcoming', {
            when: watch.full(new Date(upcoming.effectiveFrom)),
          })}
        </p>
      )}
      {warnings.map(note => (
        <ClockNote key={`${note.code} ${note.at} ${note.level}`} note={note} />
      ))}
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
          {canOverride
            ? t('onCall.timeline.keysWithOverride')
            : t('onCall.timeline.keys')}
        </li>
      </ul>
    </>
  );
}

/** A handoff in an hour that the clocks skip or show twice. */
function ClockNote(props: { note: ScheduleWarning }) {
  const { code, at, level = '' } = props.note;
  const t = useTranslation();
  const watch = useWatchFormat();
  if (code !== 'handoff-in-gap' && code !== 'handoff-in-overlap') {
    return null;
  }
  const key = code === 'handoff-in-gap' ? 'handoffInGap' : 'handoffInOverlap';
  return (
    <p className={styles.note}>
      <RiTimeLine size={16} aria-hidden="true" />
      <span>
        {t(`onCall.warnings.${key}.fact`, {
          when: at ? watch.full(new Date(at)) : '',
          level,
        })}{' '}
        <span className={text.secondary}>
          {t(`onCall.warnings.${key}.consequence`, {
            utc: at ? at.slice(11, 16) : '',
          })}
        </span>
      </span>
    </p>
  );
}
