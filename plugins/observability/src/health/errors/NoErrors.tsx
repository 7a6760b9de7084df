import { ErrorsData } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { SignalOf } from '../signals';
import styles from './errors.module.css';

/** No errors is good news, and looks so while the source is well. */
export function NoErrors(props: {
  signal: SignalOf<'errors'>;
  data: ErrorsData;
}) {
  const { signal, data } = props;
  const t = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.none}>
      {signal.status === 'ok' ? (
        <StatusBadge status="ok">{t('health.errors.none')}</StatusBadge>
      ) : (
        <b>{t('health.errors.none')}</b>
      )}
      <span className={text.secondary}>
        {data.previousEvents > 0
          ? t('health.errors.nonePrevious', {
              events: format.number(data.previousEvents),
            })
          : t('health.errors.noneEver')}
      </span>
    </div>
  );
}
