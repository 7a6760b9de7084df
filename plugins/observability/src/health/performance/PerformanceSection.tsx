import { RefreshControl, TrendMarker, useTranslation } from '../../shared';
import { FiguresAndTrend } from '../Figure';
import { KindSection } from '../KindSection';
import { SignalOf } from '../signals';
import { PerformanceFigures } from './PerformanceFigures';
import { ResponseTimeTrend } from './ResponseTimeTrend';
import { SlowQueries } from './SlowQueries';
import { TransactionTable } from './TransactionTable';
import { windowWords } from './windowWords';

/** How fast it answers, how much, and what is slow. */
export function PerformanceSection(props: {
  signals: readonly SignalOf<'performance'>[];
  markers: readonly TrendMarker[];
  control: RefreshControl;
}) {
  const { signals, markers, control } = props;
  const t = useTranslation();
  return (
    <KindSection
      kind="performance"
      signals={signals}
      control={control}
      detail={signal => signal.data && windowWords(signal.data.window, t)}
    >
      {signal =>
        signal.data && (
          <>
            <FiguresAndTrend
              figures={
                <PerformanceFigures signal={signal} data={signal.data} />
              }
              trend={
                signal.data.trend.length > 1 && (
                  <ResponseTimeTrend
                    signal={signal}
                    data={signal.data}
                    markers={markers}
                  />
                )
              }
            />
            <TransactionTable signal={signal} data={signal.data} />
            {signal.data.slowQueries.length > 0 && (
              <SlowQueries issues={signal.data.slowQueries} />
            )}
          </>
        )
      }
    </KindSection>
  );
}
