import { Button } from '@backstage/ui';
import { ErrorsData } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useState } from 'react';
import {
  parseInstant,
  PlainLink,
  providerName,
  safeHref,
  TrendMarker,
  useFormat,
  useTranslation,
} from '../../shared';
import { SignalOf } from '../signals';
import { IssueFilters } from './IssueFilters';
import { filterIssues, sortIssues } from './issues';
import { IssueTable } from './IssueTable';
import { useIssueView } from './useIssueView';
import styles from './errors.module.css';

const SHOWN_AT_FIRST = 10;
/** Fewer than this are seen at a glance. */
const FILTERED_FROM = 4;

/** The unresolved issues: filtered, sorted, and how many of them there are. */
export function IssueList(props: {
  data: ErrorsData;
  signal: SignalOf<'errors'>;
  markers: readonly TrendMarker[];
  /** The filters are shown once a section, and hold for all its lists. */
  isFirst: boolean;
}) {
  const { data, signal, markers, isFirst } = props;
  const { provider, url } = signal.source;
  const t = useTranslation();
  const format = useFormat();
  const view = useIssueView();
  const [showsAll, setShowsAll] = useState(false);

  const matching = sortIssues(
    filterIssues(data.issues, view.filter),
    view.sort,
  );
  const shown = showsAll ? matching : matching.slice(0, SHOWN_AT_FIRST);
  const shares = useMemo(
    () => sharesOfDay(markers, signal.observedAt),
    [markers, signal.observedAt],
  );
  const isFiltered = Object.values(view.filter).some(Boolean);
  const total = Math.max(data.unresolvedIssues ?? 0, data.issues.length);

  if (data.issues.length === 0) {
    return <p className={styles.empty}>{t('health.issues.noIssues')}</p>;
  }
  return (
    <>
      {isFirst && (data.issues.length >= FILTERED_FROM || isFiltered) && (
        <IssueFilters issues={data.issues} view={view} />
      )}
      {shown.length > 0 ? (
        <IssueTable
          issues={shown}
          markers={shares}
          sort={view.sort}
          onSortChange={view.setSort}
        />
      ) : (
        <div className={styles.empty}>
          {t('health.issues.noneMatch')}{' '}
          <Button
            size="small"
            variant="secondary"
            onPress={() =>
              view.setFilter({ level: '', assignee: '', text: '' })
            }
          >
            {t('health.issues.clear')}
          </Button>
        </div>
      )}
      <div className={styles.foot}>
        <span role="status">
          {t('health.issues.shown', {
            shown: format.number(shown.length),
            total: format.number(total),
          })}
        </span>
        {matching.length > SHOWN_AT_FIRST && (
          <button
            type="button"
            className={styles.more}
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll
              ? t('health.issues.showLess')
              : t('health.issues.showAll', {
                  total: format.number(matching.length),
                })}
          </button>
        )}
        {safeHref(url) && (
          <PlainLink href={url}>
            {t('health.issues.allAtSource', { source: providerName(provider) })}
          </PlainLink>
        )}
      </div>
    </>
  );
}

const DAY_MS = 24 * 3600_000;

/** Where the releases of the last 24 hours lie in them. */
function sharesOfDay(
  markers: readonly TrendMarker[],
  observedAt: string | null,
): number[] {
  const end = parseInstant(observedAt)?.getTime();
  return end === undefined
    ? []
    : markers
        .map(marker => 1 - (end - marker.at) / DAY_MS)
        .filter(share => share > 0 && share <= 1);
}
