import {
  PortalLink,
  RelativeTime,
  StatusBadge,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { ReasonRow } from '../reasons';
import { ReasonLimit, ReasonValue, ReasonWhat } from '../summary/ReasonText';
import styles from './HealthCard.module.css';

const SHOWN = 3;

/** The three worst reasons, then how many more. */
export function CardReasons(props: {
  rows: readonly ReasonRow[];
  healthHref: string;
}) {
  const { rows, healthHref } = props;
  const t = useTranslation();
  const more = rows.length - SHOWN;
  return (
    <ul className={styles.reasons}>
      {rows.slice(0, SHOWN).map(row => (
        <li key={row.key} className={styles.reason}>
          <StatusBadge status={row.level} hideWord />
          <span className={text.ellipsis}>
            <ReasonWhat row={row} />
          </span>
          <b className={styles.value}>
            <ReasonValue row={row} />
          </b>
          <span className={styles.detail}>
            <span>
              <ReasonLimit row={row} />
            </span>
            <span>
              {row.since &&
                t('health.reason.sinceClock', {
                  clock: <RelativeTime at={row.since} style="clock" />,
                })}
            </span>
          </span>
        </li>
      ))}
      {more > 0 && (
        <li className={styles.moreReasons}>
          <PortalLink href={healthHref}>
            {t('health.reason.more', { count: more })}
          </PortalLink>
        </li>
      )}
    </ul>
  );
}
