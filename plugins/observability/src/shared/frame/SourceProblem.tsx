import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { parseInstant } from '../format/duration';
import { useFormat } from '../format/useFormat';
import text from '../text.module.css';
import { TickingText } from '../time/TickingText';
import { RelativeTime } from '../time/RelativeTime';
import { useTranslation } from '../useTranslation';
import { NoticePanel } from './NoticePanel';
import { problemText } from './problemText';

/** How a person has the sources asked at once. */
export interface RefreshControl {
  isPending: boolean;
  refresh(): void;
}

/** A source that cannot be read: what, since when, what to do, when it is tried again. */
export function SourceProblem(props: {
  signal: Signal;
  control: RefreshControl;
}) {
  const { signal, control } = props;
  const t = useTranslation();
  const { problem } = signal;
  if (!problem) {
    return null;
  }
  const { title, action } = problemText(problem.code, signal.source, t);
  return (
    <NoticePanel
      title={t('shared.frame.problemSince', {
        title,
        clock: <RelativeTime at={problem.since} style="clock" />,
        duration: <RelativeTime at={problem.since} style="duration" />,
      })}
      action={{
        label: t('shared.frame.tryNow'),
        isPending: control.isPending,
        onPress: control.refresh,
      }}
    >
      <p>{action}</p>
      <p className={text.small}>
        <bdi>{problem.message}</bdi>
      </p>
      <p className={`${text.small} ${text.secondary}`}>
        {signal.observedAt
          ? t('shared.frame.lastKnown', {
              clock: <RelativeTime at={signal.observedAt} style="clock" />,
            })
          : t('shared.frame.nothingYet')}{' '}
        <NextTry at={problem.retryAt} />
      </p>
    </NoticePanel>
  );
}

/** When something is tried again by itself; counts down. */
export function NextTry(props: { at: string | Date | undefined }) {
  const { at } = props;
  const t = useTranslation();
  const format = useFormat();
  const date = at instanceof Date ? at : parseInstant(at);
  if (!date) {
    return null;
  }
  return (
    <TickingText
      compute={now =>
        date.getTime() - now < 1000
          ? t('shared.frame.nextTryNow')
          : t('shared.frame.nextTry', {
              when: t('shared.time.ahead', {
                duration: format.countdown(date.getTime() - now),
              }),
            })
      }
    />
  );
}
