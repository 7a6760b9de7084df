import { Button, Select } from '@backstage/ui';
import type { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { useFormat, useTranslation } from '../shared';
import { PAGE_SIZES } from './fleetQuery';
import { FleetQueryControl } from './useFleetQuery';
import styles from './FleetPager.module.css';

/** Which rows are shown, how many a page, and the ways to the pages beside it. */
export function FleetPager(props: {
  list: EntityHealthList;
  /** All that match. */
  total: number;
  control: FleetQueryControl;
  onTurn(): void;
}) {
  const { list, total, control, onTurn } = props;
  const { pageSize, from } = control.query;
  const t = useTranslation();
  const format = useFormat();
  const to = from + list.items.length - 1;

  function turnTo(cursor: string | undefined, first: number) {
    control.turnTo({ cursor, from: Math.max(1, first) });
    onTurn();
  }

  return (
    <nav aria-label={t('fleet.pager.label')} className={styles.pager}>
      <span role="status" className={styles.range}>
        {t('fleet.pager.range', {
          from: format.number(from),
          to: format.number(to),
          total: format.number(Math.max(total, to)),
        })}
      </span>
      <Select
        aria-label={t('fleet.pager.size')}
        size="small"
        className={styles.size}
        options={PAGE_SIZES.map(size => ({
          value: String(size),
          label: t('fleet.pager.sizeOption', { number: String(size) }),
        }))}
        value={String(pageSize)}
        onChange={size => control.narrow({ pageSize: Number(size) })}
      />
      <Button
        size="small"
        variant="secondary"
        isDisabled={!list.previousCursor}
        onPress={() => turnTo(list.previousCursor, from - pageSize)}
      >
        {t('fleet.pager.previous')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        isDisabled={!list.nextCursor}
        onPress={() => turnTo(list.nextCursor, to + 1)}
      >
        {t('fleet.pager.next')}
      </Button>
    </nav>
  );
}
