import { Badge, Button } from '@backstage/ui';
import { RiPencilLine } from '@remixicon/react';
import { ScheduleDetails } from '@watchkeeper/backstage-plugin-observability-common';
import { PortalLink, useTranslation } from '../../shared';
import { useWatchFormat } from '../time/useWatchFormat';
import { usePageHrefs } from '../usePageHrefs';
import styles from './editor.module.css';

/** What is edited, what of it is not saved, and since when it is in force. */
export function EditorHeading(props: {
  details: ScheduleDetails | undefined;
  isReadOnly: boolean;
  changeCount: number;
  /** Left out where the reader may not. */
  onDelete?(): void;
}) {
  const { details, isReadOnly, changeCount, onDelete } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const hrefs = usePageHrefs();
  const name = details?.schedule.name;
  const title = details?.schedule.title ?? name ?? '';
  const titleOf = isReadOnly ? ('viewTitle' as const) : ('editTitle' as const);
  return (
    <header className={styles.heading}>
      <div>
        <p className={styles.crumbs}>
          {hrefs && (
            <PortalLink href={hrefs.onCall(name)} quiet>
              {t('onCall.title')}
            </PortalLink>
          )}
          {name && <bdi> · {name}</bdi>}
        </p>
        <h2>
          {details
            ? t(`scheduleEditor.${titleOf}`, { schedule: title })
            : t('scheduleEditor.newTitle')}
        </h2>
        <p className={styles.meta}>
          {changeCount > 0 && details && (
            <Badge
              size="small"
              className={styles.chip}
              icon={<RiPencilLine aria-hidden="true" />}
            >
              {t('scheduleEditor.unsaved', { count: changeCount })}
            </Badge>
          )}
          {details?.origin.type === 'api' && (
            <span>{t('scheduleEditor.keptHere')}</span>
          )}
          {details && (
            <span>
              {details.upcoming
                ? t('scheduleEditor.upcoming', {
                    when: watch.full(new Date(details.upcoming.effectiveFrom)),
                  })
                : t('scheduleEditor.inForceSince', {
                    when: watch.full(new Date(details.effectiveFrom)),
                  })}
            </span>
          )}
        </p>
      </div>
      {onDelete && (
        <Button variant="secondary" onPress={onDelete}>
          {t('scheduleEditor.remove.action')}
        </Button>
      )}
    </header>
  );
}
