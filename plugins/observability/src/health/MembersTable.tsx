import { MemberHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  EntityLink,
  RelativeTime,
  Section,
  StatusBadge,
  useFormat,
  useTranslation,
} from '../shared';
import text from '../shared/text.module.css';
import { metricName, metricValue } from './metricText';
import styles from './MembersTable.module.css';

/** What a System, Domain or Group is made of, worst first, each with why. */
export function MembersTable(props: { members: readonly MemberHealth[] }) {
  const { members } = props;
  const t = useTranslation();
  const columns = useMemo<DataTableColumn<MemberHealth>[]>(
    () => [
      {
        id: 'status',
        label: t('health.members.status'),
        width: 164,
        render: member => <StatusBadge status={member.status} />,
      },
      {
        id: 'name',
        label: t('health.members.name'),
        isRowHeader: true,
        render: member => (
          <span
            className={`${text.ellipsis} ${text.strong}`}
            title={member.entityRef}
          >
            <EntityLink entityRef={member.entityRef} quiet>
              <bdi>{member.title}</bdi>
            </EntityLink>
          </span>
        ),
      },
      {
        id: 'reasons',
        label: t('health.members.reasons'),
        render: member => <MemberReasons member={member} />,
      },
      {
        id: 'since',
        label: t('health.members.since'),
        align: 'end',
        width: 124,
        render: member => (
          <>
            <RelativeTime at={member.since} style="clock" />{' '}
            <span className={`${text.small} ${text.secondary}`}>
              <RelativeTime at={member.since} style="duration" />
            </span>
          </>
        ),
      },
    ],
    [t],
  );
  return (
    <Section title={t('health.members.title')}>
      {members.length > 0 ? (
        <DataTable
          label={t('health.members.title')}
          className={styles.table}
          columns={columns}
          items={members}
          getKey={member => member.entityRef}
        />
      ) : (
        <span className={text.secondary}>{t('health.members.none')}</span>
      )}
    </Section>
  );
}

function MemberReasons(props: { member: MemberHealth }) {
  const { reasons, reasonCount } = props.member;
  const t = useTranslation();
  const format = useFormat();
  const words = reasons.map(reason => {
    const name = metricName(reason.metric, t);
    return reason.value === null
      ? name
      : `${name} ${metricValue(
          reason.metric,
          reason.unit,
          reason.value,
          format,
          t,
        )}`;
  });
  const more = reasonCount - reasons.length;
  return (
    <>
      <bdi>{words.join(' · ')}</bdi>
      {more > 0 && (
        <span className={text.secondary}>
          {' '}
          {t('health.members.more', { number: String(more) })}
        </span>
      )}
    </>
  );
}
