import { Button } from '@backstage/ui';
import { Outage } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo, useState } from 'react';
import {
  DataTable,
  DataTableColumn,
  parseInstant,
  RelativeTime,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import styles from './uptime.module.css';

const SHOWN = 10;

/** When it was down, newest first: from, until, how long, why. */
export function OutageList(props: {
  name: string;
  outages: readonly Outage[];
  /** All at once, as on paper. */
  isWhole?: boolean;
}) {
  const { name, outages } = props;
  const t = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const isWhole = props.isWhole || isOpen;
  const style = props.isWhole ? 'full' : 'date-and-clock';
  const columns = useMemo<DataTableColumn<Outage>[]>(
    () => [
      {
        id: 'start',
        label: t('health.uptime.outage.start'),
        isRowHeader: true,
        width: 150,
        render: outage => <RelativeTime at={outage.startedAt} style={style} />,
      },
      {
        id: 'end',
        label: t('health.uptime.outage.end'),
        width: 150,
        stackedLabel: t('health.uptime.outage.stackedEnd'),
        render: outage =>
          outage.endedAt ? (
            <RelativeTime at={outage.endedAt} style={style} />
          ) : (
            <b className={`${text.strong} ${text.critical}`}>
              {t('health.uptime.outage.goesOn')}
            </b>
          ),
      },
      {
        id: 'length',
        label: t('health.uptime.outage.length'),
        align: 'end',
        width: 110,
        render: outage => {
          const start = parseInstant(outage.startedAt)?.getTime();
          const end = parseInstant(outage.endedAt)?.getTime() ?? Date.now();
          return start === undefined ? '' : format.length(end - start);
        },
      },
      {
        id: 'reason',
        label: t('health.uptime.outage.reason'),
        render: outage =>
          outage.reason ? (
            <bdi>{outage.reason}</bdi>
          ) : (
            <span className={text.secondary}>
              {t('health.uptime.outage.noReason')}
            </span>
          ),
      },
    ],
    [style, format, t],
  );
  if (outages.length === 0) {
    return (
      <p className={`${styles.noChart} ${text.secondary}`}>
        {t('health.uptime.outage.none')}
      </p>
    );
  }
  return (
    <>
      <DataTable
        label={t('health.uptime.outage.label', { name })}
        className={styles.outages}
        columns={columns}
        items={isWhole ? outages : outages.slice(0, SHOWN)}
        getKey={outage => outage.startedAt}
      />
      {!props.isWhole && outages.length > SHOWN && (
        <Button
          size="small"
          variant="secondary"
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        >
          {isWhole
            ? t('health.uptime.outage.fewer')
            : t('health.uptime.outage.all', { number: String(outages.length) })}
        </Button>
      )}
    </>
  );
}
