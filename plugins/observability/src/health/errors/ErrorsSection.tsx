import { RefreshControl, TrendMarker } from '../../shared';
import { KindSection } from '../KindSection';
import { SignalOf } from '../signals';
import { ErrorFigures } from './ErrorFigures';
import { EventTrend } from './EventTrend';
import { IssueList } from './IssueList';
import { NoErrors } from './NoErrors';
import { FiguresAndTrend } from '../Figure';

/** What fails, how often, for how many people. */
export function ErrorsSection(props: {
  signals: readonly SignalOf<'errors'>[];
  markers: readonly TrendMarker[];
  control: RefreshControl;
}) {
  const { signals, markers, control } = props;
  return (
    <KindSection kind="errors" signals={signals} control={control}>
      {signal => {
        if (!signal.data) {
          return null;
        }
        const isClean =
          signal.data.events === 0 && signal.data.issues.length === 0;
        return isClean ? (
          <NoErrors signal={signal} data={signal.data} />
        ) : (
          <>
            <FiguresAndTrend
              figures={<ErrorFigures signal={signal} data={signal.data} />}
              trend={
                signal.data.trend.length > 1 && (
                  <EventTrend
                    signal={signal}
                    data={signal.data}
                    markers={markers}
                  />
                )
              }
            />
            <IssueList
              data={signal.data}
              signal={signal}
              markers={markers}
              isFirst={signal === signals[0]}
            />
          </>
        );
      }}
    </KindSection>
  );
}
