import { Release } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  Format,
  PlainLink,
  RelativeTime,
  StatusBadge,
  Translate,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { comparedBy, verdictStatus, verdictWord } from './verdict';
import styles from './releases.module.css';

const NOT_MEASURED = '\u2013';

/** Releases, newest first, each with its verdict. */
export function ReleaseTable(props: { releases: readonly Release[] }) {
  const t = useTranslation();
  const format = useFormat();
  const columns = useMemo(() => createColumns(format, t), [format, t]);
  return (
    <DataTable
      label={t('health.kind.releases')}
      className={styles.table}
      columns={columns}
      items={props.releases}
      getKey={release => release.version}
    />
  );
}

function createColumns(
  format: Format,
  t: Translate,
): DataTableColumn<Release>[] {
  const share = (value: number | undefined, decimals: number) =>
    value === undefined
      ? NOT_MEASURED
      : format.percent(value, { minimum: decimals, maximum: decimals });
  return [
    {
      id: 'version',
      label: t('health.releases.version'),
      isRowHeader: true,
      width: 200,
      render: release => (
        <span
          className={`${text.ellipsis} ${text.strong}`}
          title={release.version}
        >
          <PlainLink href={release.url} quiet>
            <bdi>{release.version}</bdi>
          </PlainLink>
        </span>
      ),
    },
    {
      id: 'deployed',
      label: t('health.releases.deployed'),
      render: release => (
        <>
          <RelativeTime at={release.createdAt} style="date-and-clock" />
          {', '}
          <RelativeTime at={release.createdAt} />{' '}
          {release.author && (
            <span className={text.secondary}>
              {t('health.releases.byAuthor', {
                author: <bdi>{release.author}</bdi>,
              })}
            </span>
          )}
        </>
      ),
    },
    {
      id: 'events',
      label: t('health.releases.events'),
      align: 'end',
      width: 84,
      stackedLabel: t('health.releases.stackedEvents'),
      render: release => format.number(release.events),
    },
    {
      id: 'newIssues',
      label: t('health.releases.newIssues'),
      align: 'end',
      width: 92,
      stackedLabel: t('health.releases.stackedNewIssues'),
      render: release => format.number(release.newIssues),
    },
    {
      id: 'crashFree',
      label: t('health.releases.crashFree'),
      align: 'end',
      width: 92,
      stackedLabel: t('health.releases.stackedCrashFree'),
      render: release => share(release.crashFreeSessions, 2),
    },
    {
      id: 'adoption',
      label: t('health.releases.adoption'),
      align: 'end',
      width: 84,
      stackedLabel: t('health.releases.stackedAdoption'),
      render: release => share(release.adoption, 0),
    },
    {
      id: 'verdict',
      label: t('health.releases.verdict'),
      width: 172,
      render: release => (
        <>
          <StatusBadge status={verdictStatus(release.verdict)}>
            {verdictWord(release.verdict, t)}
          </StatusBadge>
          {release.comparison && (
            <div className={`${text.small} ${text.secondary}`}>
              {t('health.releases.comparison', {
                change: format.change(release.comparison.ratio),
                metric: comparedBy(release.comparison, t).toLocaleLowerCase(),
              })}
            </div>
          )}
        </>
      ),
    },
  ];
}
