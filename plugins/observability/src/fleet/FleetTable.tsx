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
import { useFormat, useTranslation } from '../shared';
import { fleetColumns } from './fleetColumns';
import styles from './FleetTable.module.css';

/** The tab of an entity's page that a row leads to. */
const HEALTH_TAB = 'health';

/** Services, worst first. Each row leads to the health of its service. */
export function FleetTable(props: {
  items: readonly EntityHealth[];
  /** Rows of an earlier request, while those for this one are read. */
  isOutdated: boolean;
}) {
  const { items, isOutdated } = props;
  const t = useTranslation();
  const format = useFormat();
  const entityLink = useEntityRefLink();
  const columns = fleetColumns(items, format, t);
  const hrefOf = (item: EntityHealth) =>
    `${entityLink(item.entityRef)}/${HEALTH_TAB}`;
  return (
    <TableRoot
      aria-label={t('fleet.title')}
      className={styles.table}
      stale={isOutdated}
      data-wide={columns.length > 6 || undefined}
    >
      <TableHeader className={styles.header}>
        {columns.map(({ id, label }) => (
          <Column
            key={id}
            id={id}
            isRowHeader={id === 'service'}
            className={styles.head}
            data-column={id}
          >
            {label}
          </Column>
        ))}
      </TableHeader>
      <TableBody className={styles.body}>
        {items.map(item => (
          <Row
            key={item.entityRef}
            id={item.entityRef}
            href={hrefOf(item)}
            className={styles.row}
            data-status={item.status ?? 'unconfigured'}
          >
            {columns.map(({ id, render, isEmpty }) => (
              <Cell
                key={id}
                className={styles.cell}
                data-column={id}
                data-empty={isEmpty?.(item) || undefined}
              >
                {render(item, hrefOf(item))}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </TableRoot>
  );
}
