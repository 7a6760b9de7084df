import { RiPauseCircleLine } from '@remixicon/react';
import {
  DatabaseData,
  Signal,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import { providerName, StatusBadge, useTranslation } from '../../shared';
import styles from './database.module.css';

const STATES: Record<string, Status> = {
  starting: 'warning',
  stopping: 'warning',
  restoring: 'warning',
  upgrading: 'warning',
  unhealthy: 'critical',
  failed: 'critical',
  removed: 'critical',
};

const WORDS = {
  paused: 'health.database.state.paused',
  starting: 'health.database.state.starting',
  stopping: 'health.database.state.stopping',
  restoring: 'health.database.state.restoring',
  upgrading: 'health.database.state.upgrading',
  unhealthy: 'health.database.state.unhealthy',
  failed: 'health.database.state.failed',
  removed: 'health.database.state.removed',
  unknown: 'health.database.state.unknown',
} as const;

function hasWord(state: string): state is keyof typeof WORDS {
  return Object.hasOwn(WORDS, state);
}

/** What is special about a database as a whole: it is paused, takes no writes, follows another. */
export function DatabaseState(props: {
  data: DatabaseData;
  source: Signal['source'];
}) {
  const { data, source } = props;
  const { state, readOnly, standby } = data;
  const t = useTranslation();
  const word = hasWord(state) ? t(WORDS[state]) : state;
  const isActive = state === 'active';
  return (
    <>
      {state === 'paused' && (
        <Line
          mark={
            <span className={styles.paused}>
              <RiPauseCircleLine size={16} aria-hidden="true" />
              {word}
            </span>
          }
        >
          {t('health.database.state.pausedHint', {
            source: providerName(source.provider),
          })}
        </Line>
      )}
      {!isActive && state !== 'paused' && (
        <Line
          mark={
            <StatusBadge status={STATES[state] ?? 'unknown'}>
              {word}
            </StatusBadge>
          }
        >
          {t('health.database.state.hint')}
        </Line>
      )}
      {standby && (
        <Line mark={<b>{t('health.database.standby')}</b>}>
          {t('health.database.standbyHint')}
        </Line>
      )}
      {readOnly && !standby && (
        <Line
          mark={
            <StatusBadge status="warning">
              {t('health.database.readOnly')}
            </StatusBadge>
          }
        >
          {t('health.database.readOnlyHint')}
        </Line>
      )}
    </>
  );
}

function Line(props: { mark: ReactNode; children: ReactNode }) {
  return (
    <p className={styles.state}>
      {props.mark} <span>{props.children}</span>
    </p>
  );
}
