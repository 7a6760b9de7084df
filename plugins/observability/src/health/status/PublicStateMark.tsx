import { RiToolsLine } from '@remixicon/react';
import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useTranslation } from '../../shared';
import { PublicState } from './publicStatus';
import styles from './status.module.css';

const STATUSES: Record<Exclude<PublicState, 'maintenance'>, Status> = {
  operational: 'ok',
  degraded: 'warning',
  down: 'critical',
  unknown: 'unknown',
};

/** A public state: its shape and its word. */
export function PublicStateMark(props: { state: PublicState }) {
  const { state } = props;
  const t = useTranslation();
  const word = t(`health.uptime.public.word.${state}`);
  return state === 'maintenance' ? (
    <span className={styles.maintenance}>
      <RiToolsLine size={16} aria-hidden="true" />
      {word}
    </span>
  ) : (
    <StatusBadge status={STATUSES[state]}>{word}</StatusBadge>
  );
}
