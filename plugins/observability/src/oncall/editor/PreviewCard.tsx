import { Button } from '@backstage/ui';
import { RiTimeLine } from '@remixicon/react';
import { ScheduleWarning } from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { ReactNode } from 'react';
import { RelativeTime, Section, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import { PersonMark } from '../timeline/people';
import { PreviewCounts } from './PreviewCounts';
import { PreviewFacts } from './previewFacts';
import { PreviewTable } from './PreviewTable';
import { PreviewWeek } from './previewWeeks';
import { PreviewWeekStrip } from './PreviewWeekStrip';
import { PreviewBar } from './stitchShifts';
import styles from './preview.module.css';

/** What is drawn of a definition. */
export interface PreviewModel {
  weeks: readonly PreviewWeek[];
  lanes: readonly { level: string; bars: readonly PreviewBar[] }[];
  facts: PreviewFacts;
  /** Of handoffs that a change of the clocks moves. */
  clockWarnings: readonly ScheduleWarning[];
}

/** The coming weeks as a definition would have them, against what is saved. */
export function PreviewCard(props: {
  /** `undefined` while there is none. */
  model: PreviewModel | undefined;
  isNew: boolean;
  now: number;
  names: ReadonlyMap<string, string>;
  marks: ReadonlyMap<string, PersonMark>;
  isWaiting: boolean;
  /** The fields make no schedule just now. */
  isInvalid: boolean;
  failure: Error | undefined;
  answeredAt: Date | undefined;
  onRetry(): void;
  isOutOfSight: boolean;
}) {
  const { model, isNew, now, names, marks, isWaiting, isInvalid } = props;
  const { failure, answeredAt, onRetry, isOutOfSight } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  return (
    <Section
      title={t('scheduleEditor.preview.title')}
      aside={
        <span className={styles.legend}>
          {!isNew && (
            <>
              <i className={classNames(styles.key, styles.keyChanged)} />
              {t('scheduleEditor.preview.changes')}
              <i className={classNames(styles.key, styles.keySame)} />
              {t('scheduleEditor.preview.stays')}
            </>
          )}
          <span>
            {t('scheduleEditor.preview.zone', { zone: watch.timeZone })}
          </span>
        </span>
      }
    >
      {model && <PreviewCounts facts={model.facts} isNew={isNew} />}
      <div role="status" className={`${styles.state} ${text.small}`}>
        {stateOf()}
      </div>
      {model && (
        <div className={styles.weeks} data-waiting={isWaiting || undefined}>
          {model.weeks.map(week => (
            <PreviewWeekStrip
              key={week.from}
              week={week}
              lanes={model.lanes}
              clockChanges={model.clockWarnings.map(({ at }) =>
                Date.parse(at ?? ''),
              )}
              names={names}
              marks={marks}
              now={now}
              isNew={isNew}
            />
          ))}
          <PreviewTable lanes={model.lanes} names={names} />
        </div>
      )}
      {model?.clockWarnings.map(({ code, at, level }) => {
        const date = new Date(at ?? '');
        const key =
          code === 'handoff-in-gap' ? 'handoffInGap' : 'handoffInOverlap';
        const values = {
          level: level ?? '',
          when: watch.full(date),
          utc: date.toISOString().slice(11, 16),
        };
        return (
          <p key={`${code} ${at} ${level}`} className={styles.note}>
            <RiTimeLine size={16} aria-hidden="true" />
            <span>
              <b>{t(`onCall.warnings.${key}.fact`, values)}</b>{' '}
              {t(`onCall.warnings.${key}.consequence`, values)}
            </span>
          </p>
        );
      })}
    </Section>
  );

  function stateOf(): ReactNode {
    if (failure) {
      return (
        <span className={styles.failed}>
          <span className={text.warning}>
            {t('scheduleEditor.preview.failed', { message: failure.message })}
          </span>{' '}
          {answeredAt &&
            t('scheduleEditor.preview.failedSince', {
              age: <RelativeTime at={answeredAt.toISOString()} />,
            })}{' '}
          <Button size="small" variant="secondary" onPress={onRetry}>
            {t('shared.frame.tryNow')}
          </Button>
        </span>
      );
    }
    if (isInvalid) {
      return model
        ? t('scheduleEditor.preview.invalid')
        : t('scheduleEditor.preview.empty');
    }
    if (isWaiting && !model) {
      return t('scheduleEditor.preview.waiting');
    }
    return isOutOfSight ? t('scheduleEditor.preview.outOfSight') : null;
  }
}
