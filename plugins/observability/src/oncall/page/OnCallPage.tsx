import { onCallReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { Navigate, useSearchParams } from 'react-router-dom';
import { isForbidden } from '../../api/failures';
import {
  NextTry,
  NoticePanel,
  Scope,
  Section,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { useOnCallNow, useScheduleList } from '../api/onCallResources';
import { usePageHrefs } from '../usePageHrefs';
import { OnCallBody } from './OnCallBody';
import { OnCallHeading } from './OnCallHeading';
import { OnCallSkeleton } from './OnCallSkeleton';
import { useReader } from './useReader';
import styles from './page.module.css';

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Who has the watch, when the reader has it, and what a schedule looks like. */
export function OnCallPage() {
  const reader = useReader();
  const now = useOnCallNow();
  const list = useScheduleList();
  const t = useTranslation();
  const hrefs = usePageHrefs();
  const [parameters] = useSearchParams();
  const shift = parameters.get('handoff');
  const onCall = now.snapshot.value;
  const schedules = list.snapshot.value;
  const failure = now.snapshot.failure ?? list.snapshot.failure;
  // Notifications of handoffs name the shift; its note has a page of its own.
  if (shift && hrefs) {
    return <Navigate to={`${hrefs.shift(shift)}#handoff`} replace />;
  }
  if (onCall && schedules) {
    return (
      <Scope className={styles.page}>
        <OnCallBody
          onCall={onCall}
          list={schedules}
          reader={reader}
          outdatedSince={failure && now.snapshot.loadedAt}
        />
      </Scope>
    );
  }
  return (
    <Scope className={styles.page}>
      <OnCallHeading user={reader.user} names={NO_NAMES} />
      {!failure && <OnCallSkeleton />}
      {failure && isForbidden(failure.error) && (
        <Section title={t('onCall.page.forbidden')}>
          {t('onCall.page.forbiddenHint', {
            permission: (
              <code className={text.code}>{onCallReadPermission.name}</code>
            ),
          })}
        </Section>
      )}
      {failure && !isForbidden(failure.error) && (
        <div className={styles.panel}>
          <NoticePanel
            title={t('onCall.page.failed')}
            action={{
              label: t('shared.frame.tryNow'),
              onPress() {
                now.resource.reload();
                list.resource.reload();
              },
            }}
          >
            <p className={text.small}>
              <bdi>{failure.error.message}</bdi>{' '}
              <NextTry at={failure.nextTryAt} />
            </p>
          </NoticePanel>
        </div>
      )}
    </Scope>
  );
}
