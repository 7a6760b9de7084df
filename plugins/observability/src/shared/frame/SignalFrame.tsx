import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { ReactNode } from 'react';
import { StatusBadge } from '../status/StatusBadge';
import text from '../text.module.css';
import { RelativeTime } from '../time/RelativeTime';
import { useTranslation } from '../useTranslation';
import { SourceLine } from './SourceLine';
import { RefreshControl, SourceProblem } from './SourceProblem';
import styles from './SignalFrame.module.css';

/**
 * What surrounds the data of one signal, whatever it is about: the problem of
 * its source, the age of data that is no longer fresh, the wait for the first
 * reading. The last good data stays, greyed, so that it is not taken for now.
 */
export function SignalFrame(props: {
  signal: Signal;
  control: RefreshControl;
  /** Heads the data with its source, where a section has several. */
  showSource?: boolean;
  /** Heads the data instead of its source. */
  head?: ReactNode;
  /** The data is mostly about the past, which stays as it was: only its text is grey when it is old. */
  isHistory?: boolean;
  /** The data; left out before the first reading. */
  children?: ReactNode;
}) {
  const { signal, control, showSource, head, isHistory, children } = props;
  const t = useTranslation();
  const isOld = signal.stale || signal.problem !== undefined;
  return (
    <div className={styles.frame}>
      {head && <div className={styles.source}>{head}</div>}
      {showSource && (
        <div className={styles.source}>
          <StatusBadge status={signal.status} variant="chip" />
          <span className={`${text.small} ${text.secondary}`}>
            <SourceLine signal={signal} />
          </span>
        </div>
      )}
      {signal.problem && <SourceProblem signal={signal} control={control} />}
      {!signal.problem && signal.stale && (
        <p className={`${styles.age} ${text.small} ${text.secondary}`}>
          {t('shared.frame.outdated', {
            clock: <RelativeTime at={signal.observedAt} style="clock" />,
            duration: <RelativeTime at={signal.observedAt} style="duration" />,
          })}
        </p>
      )}
      {!signal.problem && signal.observedAt === null && (
        <p className={`${styles.age} ${text.secondary}`}>
          {t('shared.frame.pending')}
        </p>
      )}
      {children && (
        <div
          className={classNames({
            [styles.oldText]: isOld,
            [styles.old]: isOld && !isHistory,
          })}
        >
          {children}
        </div>
      )}
    </div>
  );
}
