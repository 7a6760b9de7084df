import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusIcon, useFormat, useTranslation } from '../shared';
import { FLEET_STATUSES } from './fleetQuery';
import { FleetQueryControl } from './useFleetQuery';
import styles from './StatusCounters.module.css';

/** How many services there are of each status; each count filters the list. */
export function StatusCounters(props: {
  totals: EntityHealthList['totals'];
  control: FleetQueryControl;
}) {
  const { totals, control } = props;
  const t = useTranslation();
  const format = useFormat();
  return (
    <ToggleButtonGroup
      aria-label={t('fleet.counters.label')}
      className={styles.counters}
      selectionMode="multiple"
      selectedKeys={control.query.statuses}
      onSelectionChange={keys =>
        control.narrow({
          statuses: FLEET_STATUSES.filter(status => keys.has(status)),
        })
      }
    >
      {FLEET_STATUSES.map(status => {
        const known = status === 'unconfigured' ? null : status;
        const count = format.number(totals[status]);
        const word = t(`shared.status.${known ?? 'none'}`);
        return (
          <ToggleButton key={status} id={status} className={styles.counter}>
            <span className={styles.status} data-status={status}>
              <StatusIcon status={known} />
              {word}
            </span>{' '}
            <span className={styles.count} data-zero={!totals[status]}>
              {count}
            </span>
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}
