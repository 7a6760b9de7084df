import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { collectReasons, ReasonRow } from '../reasons';
import { isPending } from '../signals';
import { Since } from '../summary/Since';
import { useRefreshControl } from '../useRefreshControl';
import { CardFigures } from './CardFigures';
import { CardIncident } from './CardIncident';
import { CardPending } from './CardPending';
import { CardProblem } from './CardProblem';
import { CardReasons } from './CardReasons';
import { CardWatch } from './CardWatch';
import styles from './HealthCard.module.css';

/** A report on a card: the status, three reasons, what happened lately, who watches. */
export function CardReport(props: {
  report: EntityReport;
  healthHref: string;
  onRefresh(): Promise<void>;
}) {
  const { report, healthHref, onRefresh } = props;
  const control = useRefreshControl(onRefresh);
  const { signals, incidents, onCall } = report;
  const reasons = collectReasons(signals);
  const problems = reasons.filter(hasProblem);
  const others = reasons.filter(row => !hasProblem(row));
  return (
    <>
      <CardLead report={report} reasons={reasons} />
      {incidents.map(incident => (
        <CardIncident key={incident.id} incident={incident} />
      ))}
      {differentProblems(problems).map(row => (
        <div key={row.key} className={styles.problem}>
          <CardProblem signal={row.signal} control={control} />
        </div>
      ))}
      {others.length > 0 && (
        <CardReasons rows={others} healthHref={healthHref} />
      )}
      {signals.every(isPending) ? (
        <CardPending signals={signals} />
      ) : (
        <CardFigures signals={signals} />
      )}
      {onCall.length > 0 && <CardWatch onCall={onCall} />}
      <span role="status" className={styles.refreshNotice}>
        {control.notice}
      </span>
    </>
  );
}

function CardLead(props: {
  report: EntityReport;
  reasons: readonly ReasonRow[];
}) {
  const { report, reasons } = props;
  const { signals, status } = report;
  const t = useTranslation();
  const isPendingAll = signals.length > 0 && signals.every(isPending);
  const isAllElseWell =
    reasons.length > 0 &&
    reasons.every(hasProblem) &&
    signals.some(signal => signal.status === 'ok');
  const since = <Since status={status} since={report.since} />;
  return (
    <div className={styles.lead}>
      <StatusBadge status={status} />
      <span className={status === 'ok' ? text.secondary : undefined}>
        {isPendingAll && t('health.status.pending')}
        {!isPendingAll &&
          (isAllElseWell ? t('health.status.elseOk', { since }) : since)}
      </span>
    </div>
  );
}

function hasProblem(row: ReasonRow): boolean {
  return row.type === 'not-read' && row.signal.problem !== undefined;
}

/** One source that fails fails all its signals: it is told once. */
function differentProblems(rows: readonly ReasonRow[]): ReasonRow[] {
  const told = new Set<string>();
  return rows.filter(({ signal }) => {
    const key = [
      signal.source.provider,
      signal.source.instance,
      signal.problem?.code,
    ].join(' ');
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
}
