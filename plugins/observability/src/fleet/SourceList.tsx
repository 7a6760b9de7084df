import type { SourceHealth } from '@watchkeeper/backstage-plugin-observability-common';
import {
  NextTry,
  RelativeTime,
  StatusBadge,
  useFormat,
  useTranslation,
} from '../shared';
import {
  sourceName,
  sourceProblemAction,
  sourceProblemTitle,
} from './sourceText';
import styles from './Sources.module.css';

/** Every source: when it was last asked, and what hinders it. Those that fail come first. */
export function SourceList(props: {
  id: string;
  sources: readonly SourceHealth[];
}) {
  const { id, sources } = props;
  const sorted = [...sources].sort(
    (a, b) => Number(Boolean(b.problem)) - Number(Boolean(a.problem)),
  );
  return (
    <ul id={id} className={styles.list}>
      {sorted.map(source => (
        <SourceItem
          key={`${source.provider} ${source.instance}`}
          source={source}
        />
      ))}
    </ul>
  );
}

function SourceItem(props: { source: SourceHealth }) {
  const { source } = props;
  const { problem, lastRunAt, lastSuccessAt, targets } = source;
  const t = useTranslation();
  const format = useFormat();
  const pending = !problem && !lastSuccessAt;
  return (
    <li className={styles.source}>
      <div className={styles.sourceHead}>
        <StatusBadge
          status={problem || pending ? 'unknown' : 'ok'}
          variant="chip"
        >
          <bdi>{sourceName(source, t)}</bdi>
        </StatusBadge>
        <span className={styles.facts}>
          {lastRunAt
            ? t('fleet.sources.lastRun', {
                age: <RelativeTime at={lastRunAt} />,
              })
            : t('fleet.sources.neverRan')}
          {problem && lastSuccessAt && (
            <>
              {' · '}
              {t('fleet.sources.lastSuccess', {
                age: <RelativeTime at={lastSuccessAt} />,
              })}
            </>
          )}
          {' · '}
          {t('fleet.sources.targets', {
            count: targets,
            number: format.number(targets),
          })}
        </span>
      </div>
      {problem && (
        <>
          <p>
            {t('fleet.sources.failing', {
              title: sourceProblemTitle(source, t),
              clock: <RelativeTime at={problem.since} style="clock" />,
            })}{' '}
            {sourceProblemAction(source, t)}
          </p>
          <p className={styles.facts}>
            <bdi>{problem.message}</bdi>
            {' · '}
            <NextTry at={problem.retryAt} />
          </p>
        </>
      )}
    </li>
  );
}
