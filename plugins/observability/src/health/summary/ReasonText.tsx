import { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import {
  providerName,
  RelativeTime,
  Translate,
  useFormat,
  useTranslation,
} from '../../shared';
import { metricName, metricValue, thresholdText } from '../metricText';
import { ReasonRow } from '../reasons';

const PROBLEM_KEYS = {
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'not-found': 'notFound',
  'rate-limited': 'rateLimited',
  unavailable: 'unavailable',
  timeout: 'timeout',
  malformed: 'malformed',
  misconfigured: 'misconfigured',
} as const satisfies Record<ProblemCode, string>;

/** A problem in two or three words; a stale source without one is out of date. */
export function problemWord(code: ProblemCode | undefined, t: Translate) {
  return t(`health.problemWord.${code ? PROBLEM_KEYS[code] : 'stale'}`);
}

/** What is wrong. */
export function ReasonWhat(props: { row: ReasonRow }) {
  const { row } = props;
  const t = useTranslation();
  if (row.type === 'not-read') {
    return t('health.reason.notRead', {
      source: providerName(row.signal.source.provider),
      signal: t(`health.kind.${row.signal.kind}`).toLocaleLowerCase(),
    });
  }
  const { metric, subject } = row.reason;
  const what = metricName(metric, t);
  return subject
    ? t('health.reason.subject', { what, subject: <bdi>{subject.name}</bdi> })
    : what;
}

/** Its measured value, or why there is none. */
export function ReasonValue(props: { row: ReasonRow }) {
  const { row } = props;
  const t = useTranslation();
  const format = useFormat();
  if (row.type === 'not-read') {
    return problemWord(row.signal.problem?.code, t);
  }
  const { metric, unit, value } = row.reason;
  return metricValue(metric, unit, value, format, t);
}

/** Why a state is what it is, as its source says: what a monitor was answered, which check of the backups failed. */
function causeOf(row: Extract<ReasonRow, { type: 'breach' }>) {
  const { signal, reason } = row;
  if (reason.metric === 'uptime.state' && signal.kind === 'uptime') {
    return signal.data?.monitors.find(({ id }) => id === reason.subject?.id)
      ?.reason;
  }
  if (reason.metric === 'database.backup' && signal.kind === 'database') {
    return signal.data?.backups?.items.find(({ passed }) => passed === false)
      ?.detail;
  }
  return undefined;
}

/** The limit that it broke, or how old the last data is. */
export function ReasonLimit(props: { row: ReasonRow }) {
  const { row } = props;
  const t = useTranslation();
  const format = useFormat();
  if (row.type === 'not-read') {
    return row.signal.observedAt
      ? t('health.reason.dataOf', {
          clock: <RelativeTime at={row.signal.observedAt} style="clock" />,
        })
      : t('health.reason.neverRead');
  }
  const cause = causeOf(row);
  return cause ? (
    <bdi>{cause}</bdi>
  ) : (
    thresholdText(row.reason, row.threshold, format, t)
  );
}
