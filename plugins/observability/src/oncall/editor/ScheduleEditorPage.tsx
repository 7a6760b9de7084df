import { usePermission } from '@backstage/plugin-permission-react';
import { onCallManagePermission } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode, useState } from 'react';
import { useParams } from 'react-router-dom';
import { isNotFound } from '../../api/failures';
import {
  NextTry,
  NoticePanel,
  PortalLink,
  Scope,
  Section,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { useScheduleDetails } from '../api/onCallResources';
import { useWatchFormat } from '../time/useWatchFormat';
import { usePageHrefs } from '../usePageHrefs';
import { newSchedule } from './scheduleDraft';
import { ScheduleEditor } from './ScheduleEditor';
import styles from './editor.module.css';

/** The page on which a schedule is made. */
export function NewSchedulePage() {
  const t = useTranslation();
  const { timeZone } = useWatchFormat();
  const { allowed, loading } = usePermission({
    permission: onCallManagePermission,
  });
  const [start] = useState(() =>
    newSchedule({
      timeZone,
      levelName: t('scheduleEditor.level.first'),
      now: Date.now(),
    }),
  );
  if (loading) {
    return <Waiting />;
  }
  if (!allowed) {
    return (
      <Instead title={t('scheduleEditor.forbiddenTitle')}>
        {t('scheduleEditor.forbiddenHint', {
          permission: (
            <code className={text.code}>{onCallManagePermission.name}</code>
          ),
        })}
      </Instead>
    );
  }
  return <ScheduleEditor start={start} canManage />;
}

/** The page on which a schedule is edited, or seen as it is written. */
export function EditSchedulePage() {
  const { name = '' } = useParams();
  return <EditedSchedule key={name} name={name} />;
}

function EditedSchedule(props: { name: string }) {
  const { name } = props;
  const t = useTranslation();
  const { snapshot, resource } = useScheduleDetails(name);
  const { allowed, loading } = usePermission({
    permission: onCallManagePermission,
  });
  const { value, failure } = snapshot;
  if (value && !loading) {
    return <ScheduleEditor start={value} live={value} canManage={allowed} />;
  }
  if (!failure) {
    return <Waiting />;
  }
  if (isNotFound(failure.error)) {
    return <Instead title={t('scheduleEditor.gone')} />;
  }
  return (
    <Scope className={styles.page}>
      <NoticePanel
        title={t('scheduleEditor.failed')}
        action={{
          label: t('shared.frame.tryNow'),
          onPress: () => resource.reload(),
        }}
      >
        <p className={text.small}>
          <bdi>{failure.error.message}</bdi> <NextTry at={failure.nextTryAt} />
        </p>
      </NoticePanel>
    </Scope>
  );
}

function Waiting() {
  const t = useTranslation();
  return (
    <Scope className={styles.page}>
      <p role="status" className={text.secondary}>
        {t('scheduleEditor.loading')}
      </p>
    </Scope>
  );
}

function Instead(props: { title: string; children?: ReactNode }) {
  const { title, children } = props;
  const t = useTranslation();
  const hrefs = usePageHrefs();
  return (
    <Scope className={styles.page}>
      <Section title={title}>
        {children}
        {hrefs && (
          <p>
            <PortalLink href={hrefs.onCall()}>
              {t('scheduleEditor.back')}
            </PortalLink>
          </p>
        )}
      </Section>
    </Scope>
  );
}
