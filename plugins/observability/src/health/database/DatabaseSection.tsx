import { RefreshControl } from '../../shared';
import { KindSection } from '../KindSection';
import { SignalOf } from '../signals';
import { Advisories } from './Advisories';
import { Backups } from './Backups';
import { DatabaseFigures } from './DatabaseFigures';
import { DatabaseGauges } from './DatabaseGauges';
import { DatabaseState } from './DatabaseState';
import { Limitations } from './Limitations';
import { Services } from './Services';
import { SlowQueryTable } from './SlowQueryTable';
import styles from './database.module.css';

/** Whether the databases are well: what is used of what they have, what is slow, whether they could be restored. */
export function DatabaseSection(props: {
  entityRef: string;
  signals: readonly SignalOf<'database'>[];
  control: RefreshControl;
}) {
  const { entityRef, signals, control } = props;
  return (
    <KindSection
      kind="database"
      signals={signals}
      control={control}
      detail={({ data }) =>
        data && [data.engine, data.version].filter(Boolean).join(' ')
      }
    >
      {signal =>
        signal.data && (
          <>
            <DatabaseState data={signal.data} source={signal.source} />
            <DatabaseGauges
              entityRef={entityRef}
              signal={signal}
              data={signal.data}
            />
            <Limitations data={signal.data} areas={['metrics', 'disk']} />
            <DatabaseFigures data={signal.data} />
            <Limitations
              data={signal.data}
              areas={['activity', 'replication']}
            />
            <SlowQueryTable signal={signal} data={signal.data} />
            <div className={styles.columns}>
              <Backups
                entityRef={entityRef}
                signal={signal}
                data={signal.data}
              />
              <div>
                <Services data={signal.data} />
                <Advisories data={signal.data} />
              </div>
            </div>
          </>
        )
      }
    </KindSection>
  );
}
