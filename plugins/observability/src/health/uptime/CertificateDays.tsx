import { Monitor } from '@watchkeeper/backstage-plugin-observability-common';
import {
  HiddenText,
  parseInstant,
  StatusBadge,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { limitsOf, SignalOf } from '../signals';
import { certificateDays } from './monitors';

/** How long the certificate is still good, marked when that is not long. */
export function CertificateDays(props: {
  signal: SignalOf<'uptime'>;
  monitor: Monitor;
}) {
  const { signal, monitor } = props;
  const t = useTranslation();
  const format = useFormat();
  const days = certificateDays(monitor, Date.now());
  if (days === undefined) {
    return (
      <span className={text.secondary} aria-hidden="true">
        {'\u2013'}
      </span>
    );
  }
  const { warning, critical } = limitsOf(signal, 'uptime.certificateDays');
  const isBelow = (limit: number | undefined) =>
    limit !== undefined && days < limit;
  const expiresAt = parseInstant(monitor.certificateExpiresAt);
  const words =
    days < 0
      ? t('health.uptime.expired')
      : t('shared.unit.days', { count: days });
  const level = isBelow(critical) || days < 0 ? 'critical' : 'warning';
  return (
    <span title={expiresAt && format.instant(expiresAt)}>
      <HiddenText>{t('health.uptime.certificate')} </HiddenText>
      {level === 'critical' || isBelow(warning) ? (
        <StatusBadge status={level}>{words}</StatusBadge>
      ) : (
        words
      )}
    </span>
  );
}
