import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import {
  onCallManagePermission,
  ScheduleSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import { usePageHrefs } from '../usePageHrefs';
import { useWatchFormat } from '../time/useWatchFormat';
import { nameOf } from '../timeline/people';
import styles from './page.module.css';

/** What the page is about, for whom, and on whose clocks; and the ways to the editor. */
export function OnCallHeading(props: {
  user: string | undefined;
  names: ReadonlyMap<string, string>;
  /** The schedule that is looked at. */
  schedule?: ScheduleSummary;
}) {
  const { user, names, schedule } = props;
  const hrefs = usePageHrefs();
  const manage = usePermission({ permission: onCallManagePermission });
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
      {hrefs && schedule && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={hrefs.editSchedule(schedule.name)}
        >
          {manage.allowed && !schedule.readOnly
            ? t('scheduleEditor.edit')
            : t('scheduleEditor.view')}
        </ButtonLink>
      )}
      {hrefs && manage.allowed && (
        <ButtonLink size="small" variant="secondary" href={hrefs.newSchedule}>
          {t('scheduleEditor.newSchedule')}
        </ButtonLink>
      )}
    </div>
  );
}
