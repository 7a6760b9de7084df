import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  Monitor,
  Resolution,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useState } from 'react';
import { useSeries } from '../../api';
import {
  NextTry,
  NoticePanel,
  TrendChart,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { SignalOf } from '../signals';
import {
  RESPONSE_METRIC,
  ResponsePoint,
  responsePoints,
} from './responsePoints';
import styles from './uptime.module.css';

const SPANS = {
  day: { hours: 24, resolution: 'hour' },
  week: { hours: 7 * 24, resolution: 'hour' },
  month: { hours: 30 * 24, resolution: 'day' },
  quarter: { hours: 90 * 24, resolution: 'day' },
} as const satisfies Record<string, { hours: number; resolution: Resolution }>;

type Span = keyof typeof SPANS;

function isSpan(key: unknown): key is Span {
  return typeof key === 'string' && Object.hasOwn(SPANS, key);
}

/** How fast a monitor was answered: half of the answers, and all but the slowest, over a span of one's choice. */
export function ResponseChart(props: {
  entityRef: string;
  signal: SignalOf<'uptime'>;
  monitor: Monitor;
}) {
  const t = useTranslation();
  const [span, setSpan] = useState<Span>('day');
  return (
    <div className={styles.chart}>
      <div className={styles.chartHead}>
        <h3 className={styles.subtitle}>{t('health.uptime.responseTime')}</h3>
        <ToggleButtonGroup
          className={styles.choice}
          aria-label={t('health.uptime.chooseSpan')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[span]}
          onSelectionChange={keys => {
            const [chosen] = keys;
            if (isSpan(chosen)) {
              setSpan(chosen);
            }
          }}
        >
          {Object.keys(SPANS)
            .filter(isSpan)
            .map(key => (
              <ToggleButton
                key={key}
                id={key}
                size="small"
                className={styles.span}
              >
                {t(`health.uptime.span.${key}`)}
              </ToggleButton>
            ))}
        </ToggleButtonGroup>
      </div>
      <ChartOf key={span} {...props} span={span} />
    </div>
  );
}

function ChartOf(props: {
  entityRef: string;
  signal: SignalOf<'uptime'>;
  monitor: Monitor;
  span: Span;
}) {
  const { entityRef, signal, monitor, span } = props;
  const t = useTranslation();
  const view = useSeries({
    entityRef,
    metric: RESPONSE_METRIC,
    signal: signal.id,
    // A day of all monitors is known from the list; more is asked for one.
    subject: span === 'day' ? undefined : monitor.id,
    ...SPANS[span],
  });
  const series = view.state === 'loaded' ? view.series : undefined;
  const points = useMemo(
    () => responsePoints(series ?? [], signal.id, monitor.id),
    [series, signal.id, monitor.id],
  );
  if (view.state === 'failed') {
    return (
      <NoticePanel
        title={t('health.uptime.chartFailed')}
        action={{ label: t('shared.frame.tryNow'), onPress: view.retry }}
      >
        <p className={text.small}>
          <bdi>{view.error.message}</bdi> <NextTry at={view.nextTryAt} />
        </p>
      </NoticePanel>
    );
  }
  if (points.length < 2) {
    return (
      <p
        className={`${styles.noChart} ${text.secondary}`}
        role={view.state === 'loading' ? 'status' : undefined}
      >
        {view.state === 'loading'
          ? t('health.uptime.chartLoading')
          : t('health.uptime.chartEmpty')}
      </p>
    );
  }
  return <Chart points={points} name={monitor.name} />;
}

function Chart(props: { points: readonly ResponsePoint[]; name: string }) {
  const { points, name } = props;
  const t = useTranslation();
  const format = useFormat();
  const slow = useMemo(
    () => points.map(({ at, p95 }) => ({ at, value: p95 })),
    [points],
  );
  const half = useMemo(
    () => points.map(({ at, p50 }) => ({ at, value: p50 })),
    [points],
  );
  const last = points[points.length - 1];
  return (
    <>
      <TrendChart
        kind="line"
        points={slow}
        companion={half}
        label={t('health.uptime.chartLabel', {
          name,
          highest: format.milliseconds(
            Math.max(...points.map(point => point.p95)),
          ),
          p50: format.milliseconds(last.p50),
          p95: format.milliseconds(last.p95),
        })}
      />
      <ul className={styles.lines}>
        <li data-line="p95">
          {t('health.uptime.p95', { value: format.milliseconds(last.p95) })}
        </li>
        <li data-line="p50">
          {t('health.uptime.p50', { value: format.milliseconds(last.p50) })}
        </li>
      </ul>
    </>
  );
}
