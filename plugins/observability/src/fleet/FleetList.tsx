import { Card } from '@backstage/ui';
import type { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { memo, useCallback, useRef } from 'react';
import { NextTry, NoticePanel, RelativeTime, useTranslation } from '../shared';
import { FleetFilters } from './FleetFilters';
import { FleetHeading } from './FleetHeading';
import { FleetEmpty, FleetNoMatch } from './FleetNotices';
import { FleetPager } from './FleetPager';
import { FLEET_STATUSES, FleetStatus, isFiltered } from './fleetQuery';
import { FleetTable } from './FleetTable';
import { SourcesStrip } from './SourcesStrip';
import { StatusCounters } from './StatusCounters';
import { useUnchanged } from './useUnchanged';
import { FleetQueryControl } from './useFleetQuery';
import styles from './FleetPage.module.css';

// The list is read again every few seconds; what it says the same about as
// before is not drawn again.
const Counters = memo(StatusCounters);
const Filters = memo(FleetFilters);
const Pager = memo(FleetPager);
const Sources = memo(SourcesStrip);
const Table = memo(FleetTable);

/** The page once there is a list. */
export function FleetList(props: {
  list: EntityHealthList;
  outdated: boolean;
  loadedAt: Date;
  failure?: { error: Error; nextTryAt: Date; retry(): void };
  control: FleetQueryControl;
}) {
  const { outdated, loadedAt, failure, control } = props;
  const { query, clear } = control;
  const t = useTranslation();
  const card = useRef<HTMLDivElement>(null);
  const list = useUnchanged(props.list);
  const showTop = useCallback(() => card.current?.scrollIntoView?.(), []);
  const filtered = isFiltered(query);
  const everything = countOf(list, FLEET_STATUSES);
  const configured = everything - list.totals.unconfigured;

  return (
    <>
      <FleetHeading
        list={list}
        loadedAt={loadedAt}
        isNarrowed={Boolean(query.owner || query.system || query.text)}
      />
      {(filtered || everything > 0) && (
        <Counters totals={list.totals} control={control} />
      )}
      {failure && (
        <div role="alert">
          <NoticePanel
            title={t('fleet.state.outdated', {
              age: <RelativeTime at={loadedAt.toISOString()} />,
            })}
            action={{ label: t('fleet.state.retry'), onPress: failure.retry }}
          >
            <p className={styles.small}>
              <bdi>{failure.error.message}</bdi>
              {' · '}
              <NextTry at={failure.nextTryAt} />
            </p>
          </NoticePanel>
        </div>
      )}
      <Sources sources={list.sources} />
      {!filtered && configured === 0 && (
        <FleetEmpty hasServices={everything > 0} />
      )}
      {(filtered || everything > 0) && (
        <Card ref={card} className={styles.card}>
          <Filters control={control} facets={list.facets} />
          {list.items.length > 0 ? (
            <>
              <div className={styles.table}>
                <Table items={list.items} isOutdated={outdated} />
              </div>
              <Pager
                rowCount={list.items.length}
                nextCursor={list.nextCursor}
                previousCursor={list.previousCursor}
                total={countOf(
                  list,
                  query.statuses.length ? query.statuses : FLEET_STATUSES,
                )}
                control={control}
                isOutdated={outdated}
                onTurn={showTop}
              />
            </>
          ) : (
            <FleetNoMatch onClear={clear} />
          )}
        </Card>
      )}
    </>
  );
}

function countOf(
  list: EntityHealthList,
  statuses: readonly FleetStatus[],
): number {
  return statuses.reduce((sum, status) => sum + list.totals[status], 0);
}
