import { Button, Select } from '@backstage/ui';
import { useFormat, useTranslation } from '../shared';
import { PAGE_SIZES } from './fleetQuery';
import { FleetQueryControl } from './useFleetQuery';
import styles from './FleetPager.module.css';

/** Which rows are shown, how many a page, and the ways to the pages beside it. */
export function FleetPager(props: {
  /** How many rows are shown. */
  rowCount: number;
  nextCursor: string | undefined;
  previousCursor: string | undefined;
  /** All that match. */
  total: number;
  control: FleetQueryControl;
  /** The rows are those of an earlier page: its cursors lead nowhere useful. */
  isOutdated: boolean;
  onTurn(): void;
}) {
  const { rowCount, nextCursor, previousCursor } = props;
  const { total, control, isOutdated, onTurn } = props;
  const { pageSize, from } = control.query;
  const t = useTranslation();
  const format = useFormat();
  const to = from + rowCount - 1;

  function turnTo(cursor: string | undefined, first: number) {
    if (isOutdated) {
      return;
    }
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
        isDisabled={!previousCursor}
        onPress={() => turnTo(previousCursor, from - pageSize)}
      >
        {t('fleet.pager.previous')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        isDisabled={!nextCursor}
        onPress={() => turnTo(nextCursor, to + 1)}
      >
        {t('fleet.pager.next')}
      </Button>
    </nav>
  );
}
