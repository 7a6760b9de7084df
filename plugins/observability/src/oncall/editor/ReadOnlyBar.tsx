import {
  onCallManagePermission,
  ScheduleOrigin,
} from '@watchkeeper/backstage-plugin-observability-common';
import { PlainLink, safeHref, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import styles from './editor.module.css';

/** In the place of the bar that saves: why nothing can be changed here, and where it can. */
export function ReadOnlyBar(props: { origin: ScheduleOrigin }) {
  const { type, location } = props.origin;
  const t = useTranslation();
  const href = safeHref(location);
  return (
    <section
      aria-label={t('scheduleEditor.readOnly.label')}
      className={styles.saveBar}
    >
      <div className={styles.saveWords}>
        {type === 'api' ? (
          <>
            <b className={text.strong}>
              {t('scheduleEditor.readOnly.forbidden')}
            </b>
            <span className={`${text.small} ${text.secondary}`}>
              {t('scheduleEditor.readOnly.forbiddenHint', {
                permission: (
                  <code className={text.code}>
                    {onCallManagePermission.name}
                  </code>
                ),
              })}
            </span>
          </>
        ) : (
          <span>
            {t(`scheduleEditor.readOnly.${type}`, {
              place: location ? (
                <code className={text.code}>{location}</code>
              ) : (
                t('scheduleEditor.readOnly.elsewhere')
              ),
            })}
          </span>
        )}
      </div>
      {type !== 'api' && href && (
        <PlainLink href={href}>{t('scheduleEditor.readOnly.open')}</PlainLink>
      )}
    </section>
  );
}
