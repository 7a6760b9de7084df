import {
  Signal,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  RelativeTime,
  StatusBadge,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { KIND_ORDER, sectionHref, signalsOf, worstOf } from '../signals';
import { headlineOf } from './headlineOf';
import styles from './SignalStrip.module.css';

/** One cell a kind of signal: status, headline number, age. Each jumps to its section. */
export function SignalStrip(props: { signals: readonly Signal[] }) {
  const { signals } = props;
  const t = useTranslation();
  const kinds = KIND_ORDER.filter(kind =>
    signals.some(signal => signal.kind === kind),
  );
  return (
    <nav className={styles.strip} aria-label={t('health.strip.label')}>
      {kinds.map(kind => (
        <StripCell key={kind} kind={kind} signals={signalsOf(signals, kind)} />
      ))}
    </nav>
  );
}

function StripCell(props: { kind: SignalKind; signals: readonly Signal[] }) {
  const { kind, signals } = props;
  const t = useTranslation();
  const format = useFormat();
  const [worst] = signals;
  const spoken = signals.find(signal => signal.data) ?? worst;
  const headline = headlineOf(spoken, format, t);
  const hasSeveral = signals.length > 1;
  return (
    <a className={styles.cell} href={sectionHref(kind)}>
      <span className={styles.name}>
        <span className={styles.kind}>{t(`health.kind.${kind}`)}</span>
        <span className={styles.age}>
          {worst.observedAt ? (
            <RelativeTime at={worst.observedAt} />
          ) : (
            t('health.strip.notRead')
          )}
        </span>
      </span>
      <span className={styles.status}>
        <StatusBadge status={worstOf(signals)} />
      </span>
      <span className={`${styles.headline} ${text.small} ${text.secondary}`}>
        {headline}
        {headline && hasSeveral && ' · '}
        {hasSeveral && t('health.sources', { count: signals.length })}
      </span>
    </a>
  );
}
