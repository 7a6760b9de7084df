import {
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { useTranslation } from '../shared';
import { contentsOf, fleetColumns } from './fleetColumns';
import styles from './FleetTable.module.css';

/** The tab of an entity's page that a row leads to. */
const HEALTH_TAB = 'health';
/** With more columns than that, the first to go are those that one can do without. */
const COMFORTABLE_COLUMNS = 6;
/** With more than that the owner goes sooner: there is a filter for it. */
const MOST_COLUMNS = 8;

/**
 * Services, worst first. Each row leads to the health of its service. Rows are
 * kept by the identity of their item.
 */
export function FleetTable(props: {
  items: readonly EntityHealth[];
  /** Rows of an earlier request, while those for this one are read. */
  isOutdated: boolean;
}) {
  const { items, isOutdated } = props;
  const t = useTranslation();
  const entityLink = useEntityRefLink();
  const { uptimeDays, errors, database, onCall, incidents } = contentsOf(items);
  const columns = useMemo(
    () => fleetColumns({ uptimeDays, errors, database, onCall, incidents }, t),
    [uptimeDays, errors, database, onCall, incidents, t],
  );
  const hrefOf = (item: EntityHealth) =>
    `${entityLink(item.entityRef)}/${HEALTH_TAB}`;
  return (
    <TableRoot
      aria-label={t('fleet.title')}
      className={styles.table}
      stale={isOutdated}
      data-wide={columns.length > COMFORTABLE_COLUMNS || undefined}
      data-crowded={columns.length > MOST_COLUMNS || undefined}
    >
      <TableHeader className={styles.header} columns={columns}>
        {({ id, label }) => (
          <Column
            id={id}
            isRowHeader={id === 'service'}
            className={styles.head}
            data-column={id}
          >
            {label}
          </Column>
        )}
      </TableHeader>
      <TableBody className={styles.body} items={items} dependencies={[columns]}>
        {item => (
          <Row
            id={item.entityRef}
            href={hrefOf(item)}
            className={styles.row}
            columns={columns}
            data-status={item.status ?? 'unconfigured'}
          >
            {({ id, render, isEmpty }) => (
              <Cell
                className={styles.cell}
                data-column={id}
                data-empty={isEmpty?.(item) || undefined}
              >
                {render(item, hrefOf(item))}
              </Cell>
            )}
          </Row>
        )}
      </TableBody>
    </TableRoot>
  );
}
