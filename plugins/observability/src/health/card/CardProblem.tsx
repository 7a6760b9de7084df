import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import {
  NoticePanel,
  problemText,
  providerName,
  RefreshControl,
  RelativeTime,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { problemWord } from '../summary/ReasonText';

/** A source that is not read: what, what to do, and how old its data is. */
export function CardProblem(props: {
  signal: Signal;
  control: RefreshControl;
}) {
  const { signal, control } = props;
  const { problem, source, observedAt, kind } = signal;
  const t = useTranslation();
  const words = problem
    ? problemText(problem.code, source, t)
    : {
        title: t('health.card.problem', {
          source: providerName(source.provider),
          word: problemWord(undefined, t),
        }),
        action: '',
      };
  return (
    <NoticePanel
      title={words.title}
      action={{
        label: t('shared.frame.tryNow'),
        isPending: control.isPending,
        onPress: control.refresh,
      }}
    >
      {words.action && <p className={text.small}>{words.action}</p>}
      {observedAt && (
        <p className={`${text.small} ${text.secondary}`}>
          {t('health.card.lastKnown', {
            kind: t(`health.kind.${kind}`),
            clock: <RelativeTime at={observedAt} style="clock" />,
          })}
        </p>
      )}
    </NoticePanel>
  );
}
