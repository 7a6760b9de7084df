import { SignalKind } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import {
  RefreshControl,
  Section,
  SignalFrame,
  SourceLine,
  useTranslation,
} from '../shared';
import { sectionId, SignalOf, worstOf } from './signals';

/**
 * The section of one kind of signal. Each of its sources has its own frame, so
 * that one that fails leaves the others as they are.
 */
export function KindSection<K extends SignalKind>(props: {
  kind: K;
  signals: readonly SignalOf<K>[];
  control: RefreshControl;
  /** Said beside the source, such as the window that the numbers cover. */
  detail?(signal: SignalOf<K>): string | undefined;
  children(signal: SignalOf<K>): ReactNode;
}) {
  const { kind, signals, control, detail, children } = props;
  const t = useTranslation();
  if (signals.length === 0) {
    return null;
  }
  const isSingle = signals.length === 1;
  const anyKind: SignalKind = kind;
  return (
    <Section
      id={sectionId(kind)}
      title={t(`health.kind.${anyKind}`)}
      status={worstOf(signals)}
      aside={
        isSingle ? (
          <SourceLine signal={signals[0]} detail={detail?.(signals[0])} />
        ) : (
          t('health.sources', { count: signals.length })
        )
      }
    >
      {signals.map(signal => (
        <SignalFrame
          key={signal.id}
          signal={signal}
          control={control}
          showSource={!isSingle}
        >
          {signal.data ? children(signal) : undefined}
        </SignalFrame>
      ))}
    </Section>
  );
}
