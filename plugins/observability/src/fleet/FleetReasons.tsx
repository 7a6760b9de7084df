import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { HiddenText, useFormat, useTranslation } from '../shared';
import { reasonLine } from './reasonLine';
import styles from './FleetTable.module.css';

const SHOWN = 2;

/** The two worst reasons of a service, and how many more there are. */
export function FleetReasons(props: { item: EntityHealth }) {
  const { reasons, reasonCount, status } = props.item;
  const t = useTranslation();
  const format = useFormat();
  if (status === null) {
    return <span className={styles.secondary}>{t('fleet.row.noSource')}</span>;
  }
  const shown = reasons.slice(0, SHOWN);
  const more = reasonCount - shown.length;
  return (
    <>
      {shown.map((reason, index) => {
        const { what, value, detail } = reasonLine(reason, format, t);
        return (
          <div
            key={`${reason.metric} ${reason.subject?.id ?? index}`}
            className={styles.reason}
            title={reason.message}
          >
            {what && <span className={styles.what}>{what}</span>}
            <b className={styles.value}>{value}</b>
            {detail && <span className={styles.detail}>{detail}</span>}
            {index === shown.length - 1 && more > 0 && (
              <span className={styles.more}>
                <span aria-hidden="true">+{more}</span>
                <HiddenText>{t('fleet.row.more', { count: more })}</HiddenText>
              </span>
            )}
          </div>
        );
      })}
    </>
  );
}
