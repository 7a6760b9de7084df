import { useTranslation } from '../../shared';
import { useWatchFormat } from '../time/useWatchFormat';
import { nameOf } from '../timeline/people';
import styles from './page.module.css';

/** What the page is about, for whom, and on whose clocks. */
export function OnCallHeading(props: {
  user: string | undefined;
  names: ReadonlyMap<string, string>;
}) {
  const { user, names } = props;
  const t = useTranslation();
  const { timeZone } = useWatchFormat();
  return (
    <div className={styles.heading}>
      <h2>{t('onCall.title')}</h2>
      <div className={styles.meta}>
        {user && (
          <span>
            {t('onCall.page.you', { person: <bdi>{nameOf(names, user)}</bdi> })}
          </span>
        )}
        <span>{t('onCall.page.zone', { zone: timeZone })}</span>
      </div>
    </div>
  );
}
