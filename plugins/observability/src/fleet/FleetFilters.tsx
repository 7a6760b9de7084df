import { SearchField } from '@backstage/ui';
import type { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { entityName, useTranslation } from '../shared';
import { FilterSelect } from './FilterSelect';
import { FLEET_STATUSES, LONGEST_TEXT } from './fleetQuery';
import { useDelayedText } from './useDelayedText';
import { FleetQueryControl } from './useFleetQuery';
import styles from './FleetFilters.module.css';

/** What narrows the list: words, owner, system, status. */
export function FleetFilters(props: {
  control: FleetQueryControl;
  facets: EntityHealthList['facets'];
}) {
  const { control, facets } = props;
  const { query, narrow } = control;
  const t = useTranslation();
  const [text, setText] = useDelayedText(query.text, value =>
    narrow({ text: value }),
  );
  return (
    <div
      role="search"
      aria-label={t('fleet.filter.label')}
      className={styles.bar}
    >
      <SearchField
        aria-label={t('fleet.filter.search')}
        placeholder={t('fleet.filter.search')}
        size="small"
        className={styles.search}
        maxLength={LONGEST_TEXT}
        value={text}
        onChange={setText}
      />
      <FilterSelect
        label={t('fleet.filter.owner')}
        options={facets.owners.map(entityOption)}
        value={query.owner}
        onChange={owner => narrow({ owner })}
      />
      <FilterSelect
        label={t('fleet.filter.system')}
        options={facets.systems.map(entityOption)}
        value={query.system}
        onChange={system => narrow({ system })}
      />
      <FilterSelect
        label={t('fleet.filter.status')}
        options={FLEET_STATUSES.map(status => ({
          value: status,
          label: t(
            `shared.status.${status === 'unconfigured' ? 'none' : status}`,
          ),
        }))}
        value={query.statuses.length === 1 ? query.statuses[0] : undefined}
        valueText={
          query.statuses.length > 1 ? String(query.statuses.length) : undefined
        }
        onChange={value =>
          narrow({
            statuses: FLEET_STATUSES.filter(status => status === value),
          })
        }
      />
      <span className={styles.order}>{t('fleet.filter.order')}</span>
    </div>
  );
}

function entityOption(entityRef: string) {
  return { value: entityRef, label: entityName(entityRef) };
}
