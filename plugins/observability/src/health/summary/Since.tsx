import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import { RelativeTime, useTranslation } from '../../shared';

/** How long a status has lasted: the clock time too, where one has to decide. */
export function Since(props: { status: Status | null; since: string | null }) {
  const { status, since } = props;
  const t = useTranslation();
  if (!since) {
    return null;
  }
  const duration = <RelativeTime at={since} style="duration" />;
  if (status === 'ok') {
    return t('health.status.for', { duration });
  }
  return t('health.status.since', {
    clock: (
      <b>
        <RelativeTime at={since} style="clock" />
      </b>
    ),
    duration,
  });
}
