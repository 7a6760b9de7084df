import { Button } from '@backstage/ui';
import {
  DatabaseData,
  SlowQuery,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useState } from 'react';
import {
  CopyButton,
  DataTable,
  DataTableColumn,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { limitsOf, SignalOf } from '../signals';
import { Limitations } from './Limitations';
import { queryTime } from './queryTime';
import styles from './database.module.css';

const SHOWN = 10;

/** Statements that take long on average, those that cost most in all first. */
export function SlowQueryTable(props: {
  signal: SignalOf<'database'>;
  data: DatabaseData;
}) {
  const { signal, data } = props;
  const { slowQueries, limitations } = data;
  const t = useTranslation();
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const { warning = 1000 } = limitsOf(signal, 'database.slowQueryMs');
  const title = t('health.database.slowQueries', {
    limit: queryTime(warning, format, t),
  });
  const columns = useMemo<DataTableColumn<SlowQuery>[]>(
    () => [
      {
        id: 'query',
        label: title,
        isRowHeader: true,
        render: ({ query, advice, rows }) => (
          <div className={styles.query}>
            <div className={styles.queryText}>
              <code className={`${text.code} ${styles.clamped}`} title={query}>
                <bdi>{query}</bdi>
              </code>
              {advice && (
                <span className={`${text.small} ${text.secondary}`}>
                  {t('health.database.advice', { advice: <bdi>{advice}</bdi> })}
                </span>
              )}
              {rows !== undefined && (
                <span className={`${text.small} ${text.secondary}`}>
                  {t('health.database.rows', {
                    number: format.number(rows),
                  })}
                </span>
              )}
            </div>
            <CopyButton text={query} label={t('health.database.copyQuery')} />
          </div>
        ),
      },
      {
        id: 'calls',
        label: t('health.database.calls'),
        align: 'end',
        width: 80,
        stackedLabel: t('health.database.stacked.calls'),
        render: ({ calls }) => format.number(calls),
      },
      {
        id: 'mean',
        label: t('health.database.mean'),
        align: 'end',
        width: 86,
        stackedLabel: t('health.database.stacked.mean'),
        render: ({ meanMs }) => queryTime(meanMs, format, t),
      },
      {
        id: 'longest',
        label: t('health.database.longest'),
        align: 'end',
        width: 86,
        stackedLabel: t('health.database.stacked.longest'),
        render: ({ maxMs }) => queryTime(maxMs, format, t),
      },
      {
        id: 'total',
        label: t('health.database.total'),
        align: 'end',
        width: 90,
        stackedLabel: t('health.database.stacked.total'),
        render: ({ totalMs }) => queryTime(totalMs, format, t),
      },
    ],
    [title, format, t],
  );
  // Where it could not be looked for, nothing is said of there being none.
  const isKnown =
    data.state === 'active' &&
    limitations.every(({ area }) => area !== 'slow-queries');
  return (
    <div className={styles.part}>
      <Limitations data={data} areas={['slow-queries']} />
      {slowQueries.length > 0 && (
        <DataTable
          label={title}
          className={styles.queries}
          columns={columns}
          items={isWhole ? slowQueries : slowQueries.slice(0, SHOWN)}
          getKey={({ query }) => query}
        />
      )}
      {slowQueries.length === 0 && isKnown && (
        <p className={`${styles.note} ${text.secondary}`}>
          {t('health.database.noSlowQueries', {
            limit: queryTime(warning, format, t),
          })}
        </p>
      )}
      {slowQueries.length > SHOWN && (
        <Button
          size="small"
          variant="secondary"
          aria-expanded={isWhole}
          onPress={() => setWhole(!isWhole)}
        >
          {isWhole
            ? t('health.database.showFewer')
            : t('health.database.showAll', {
                number: String(slowQueries.length),
              })}
        </Button>
      )}
    </div>
  );
}
