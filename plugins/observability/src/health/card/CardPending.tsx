import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { providerName, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import styles from './HealthCard.module.css';

/** What will be read, before it has been. */
export function CardPending(props: { signals: readonly Signal[] }) {
  const t = useTranslation();
  return (
    <dl className={styles.figures}>
      {props.signals.map(signal => (
        <div key={signal.id} className={styles.pending}>
          <dt className={text.secondary}>{t(`health.kind.${signal.kind}`)}</dt>
          <dd className={text.secondary}>
            {t('health.card.notRead', {
              source: providerName(signal.source.provider),
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
