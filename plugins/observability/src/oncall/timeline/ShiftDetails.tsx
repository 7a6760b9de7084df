import { Button, ButtonIcon } from '@backstage/ui';
import {
  Override,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { RiCloseLine } from '@remixicon/react';
import { useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { clockIn, placeOf } from '../time/zones';
import { peopleOf, sourceOf, WordsOfSchedule } from './describe';
import { LaneBar } from './lanes';
import styles from './timeline.module.css';

/** One shift or gap: who, when, how long, on whose clock, why, and what can be done about it. */
export function ShiftDetails(props: {
  bar: LaneBar;
  level: string;
  now: number;
  words: WordsOfSchedule;
  /** The zones of the people who are not where the reader is. */
  zones: readonly string[];
  /** The change behind it, where there is one. */
  override: Override | undefined;
  swap: Swap | undefined;
  onOverride?(): void;
  onAskForCover?(): void;
  onRemoveOverride?(override: Override): void;
  onClose(): void;
}) {
  const { bar, level, now, words, zones, override, swap, onClose } = props;
  const { onOverride, onAskForCover, onRemoveOverride } = props;
  const t = useTranslation();
  const format = useFormat();
  const { watch } = words;
  const isOver = bar.end <= now;
  return (
    <section className={styles.details} aria-label={t('onCall.details.label')}>
      <div className={styles.detailsHead}>
        <h3>
          <bdi>{peopleOf(bar, words)}</bdi>
        </h3>
        <span className={text.secondary}>{level}</span>
        <ButtonIcon
          size="small"
          variant="tertiary"
          className={styles.close}
          aria-label={t('onCall.details.close')}
          icon={<RiCloseLine aria-hidden="true" />}
          onPress={onClose}
        />
      </div>
      <dl>
        <dt>{t('onCall.timeline.when')}</dt>
        <dd className={styles.when}>
          {watch.full(new Date(bar.start))} – {watch.full(new Date(bar.end))}
          {' · '}
          {format.length(bar.end - bar.start)}
          {zones.map(timeZone => (
            <div key={timeZone} className={`${text.small} ${text.secondary}`}>
              {t('onCall.details.clockThere', {
                start: clockIn(timeZone, bar.start) ?? '',
                end: clockIn(timeZone, bar.end) ?? '',
                place: placeOf(timeZone),
              })}
            </div>
          ))}
        </dd>
        <dt>{t('onCall.timeline.why')}</dt>
        <dd>
          {sourceOf(bar, words)}
          {override?.reason && (
            <>
              {': '}
              <bdi>{override.reason}</bdi>
            </>
          )}
        </dd>
      </dl>
      {isOver && (
        <p className={`${text.small} ${text.secondary}`}>
          {t('onCall.details.over')}
        </p>
      )}
      {!isOver && (onOverride || onAskForCover || onRemoveOverride) && (
        <div className={styles.tools}>
          {onOverride && (
            <Button size="small" variant="primary" onPress={onOverride}>
              {t('onCall.details.override')}
            </Button>
          )}
          {onAskForCover && !swap && (
            <Button size="small" variant="secondary" onPress={onAskForCover}>
              {t('onCall.details.askForCover')}
            </Button>
          )}
          {override && onRemoveOverride && (
            <Button
              size="small"
              variant="secondary"
              onPress={() => onRemoveOverride(override)}
            >
              {t('onCall.details.removeOverride')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
