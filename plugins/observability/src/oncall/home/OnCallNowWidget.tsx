import { Button, Skeleton } from '@backstage/ui';
import { onCallReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { isForbidden } from '../../api/failures';
import { NextTry, RelativeTime, Scope, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import {
  useMyShifts,
  useOnCallNow,
  useScheduleList,
} from '../api/onCallResources';
import { listSchedules } from '../page/schedules';
import { useReader } from '../page/useReader';
import { MyWatch } from './MyWatch';
import { WidgetRows } from './WidgetRows';
import styles from './home.module.css';

/** Who is on call now, for a home page: the reader's own watch first, then that of their teams, then all others. */
export function OnCallNowWidget() {
  const reader = useReader();
  const now = useOnCallNow();
  const list = useScheduleList();
  const mine = useMyShifts();
  const t = useTranslation();
  const onCall = now.snapshot.value;
  const failure = now.snapshot.failure;
  if (!onCall) {
    return (
      <Scope className={styles.widget}>
        {failure ? (
          <WidgetProblem
            error={failure.error}
            nextTryAt={failure.nextTryAt}
            onRetry={() => now.resource.reload()}
          />
        ) : (
          <div
            role="status"
            aria-busy="true"
            aria-label={t('onCall.loading')}
            className={styles.rows}
          >
            <Skeleton width="60%" height={20} />
            <Skeleton width="80%" height={16} />
            <Skeleton width="80%" height={16} />
          </div>
        )}
      </Scope>
    );
  }
  // Who has the watch matters more than whose schedule it is.
  const schedules = listSchedules(
    onCall,
    list.snapshot.value?.items ?? [],
    reader.groups,
  );
  return (
    <Scope className={styles.widget}>
      <MyWatch
        onCall={onCall}
        shifts={mine.snapshot.value}
        user={reader.user}
      />
      {schedules.length === 0 ? (
        <p className={text.secondary}>{t('onCall.now.none')}</p>
      ) : (
        <WidgetRows schedules={schedules} />
      )}
      {failure && now.snapshot.loadedAt && (
        <p className={`${text.small} ${text.secondary}`}>
          {t('onCall.outdated', {
            age: <RelativeTime at={now.snapshot.loadedAt.toISOString()} />,
          })}
        </p>
      )}
    </Scope>
  );
}

function WidgetProblem(props: {
  error: Error;
  nextTryAt: Date;
  onRetry(): void;
}) {
  const { error, nextTryAt, onRetry } = props;
  const t = useTranslation();
  if (isForbidden(error)) {
    return (
      <>
        <p>{t('onCall.page.forbidden')}</p>
        <p className={`${text.small} ${text.secondary}`}>
          {t('onCall.page.forbiddenHint', {
            permission: (
              <code className={text.code}>{onCallReadPermission.name}</code>
            ),
          })}
        </p>
      </>
    );
  }
  return (
    <>
      <p>{t('onCall.page.failed')}</p>
      <p className={`${text.small} ${text.secondary}`}>
        <bdi>{error.message}</bdi> <NextTry at={nextTryAt} />
      </p>
      <div>
        <Button size="small" variant="secondary" onPress={onRetry}>
          {t('shared.frame.tryNow')}
        </Button>
      </div>
    </>
  );
}
