import { SearchField, Select } from '@backstage/ui';
import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import { assigneeOf, NOBODY, valuesOf } from './issues';
import { levelWord } from './levelWord';
import { useIssueView } from './useIssueView';
import styles from './errors.module.css';

const ALL = 'all';
/** A vendor's value never collides with ours. */
const VALUE = 'value:';

/** Text, level and assignee; and the order, where the heads of columns are gone. */
export function IssueFilters(props: {
  issues: readonly Issue[];
  view: ReturnType<typeof useIssueView>;
}) {
  const { issues, view } = props;
  const { filter, sort } = view;
  const t = useTranslation();
  const levels = valuesOf(issues, issue => issue.level);
  const assignees = valuesOf(issues, assigneeOf);
  return (
    <div className={styles.filters}>
      <SearchField
        size="small"
        className={styles.search}
        aria-label={t('health.issues.search')}
        placeholder={t('health.issues.search')}
        value={filter.text}
        onChange={text => view.setFilter({ text })}
      />
      <Choice
        label={t('health.issues.filterLevel')}
        all={t('health.issues.allLevels')}
        values={levels.map(level => ({
          value: level,
          label: levelWord(level, t),
        }))}
        value={filter.level}
        onChange={level => view.setFilter({ level })}
      />
      <Choice
        label={t('health.issues.filterAssignee')}
        all={t('health.issues.allAssignees')}
        values={assignees.map(assignee => ({
          value: assignee,
          label: assignee === NOBODY ? t('health.issues.nobody') : assignee,
        }))}
        value={filter.assignee}
        onChange={assignee => view.setFilter({ assignee })}
      />
      <div className={styles.sortChoice}>
        <Select
          size="small"
          aria-label={t('health.issues.sortBy')}
          value={String(sort.column)}
          options={[
            { value: 'events', label: t('health.issues.events') },
            { value: 'users', label: t('health.issues.users') },
            { value: 'lastSeen', label: t('health.issues.lastSeen') },
            { value: 'level', label: t('health.issues.level') },
          ]}
          onChange={column =>
            view.setSort({ column: String(column), direction: 'descending' })
          }
        />
      </div>
    </div>
  );
}

function Choice(props: {
  label: string;
  all: string;
  values: { value: string; label: string }[];
  value: string;
  onChange(value: string): void;
}) {
  const { label, all, values, value, onChange } = props;
  return (
    <div className={styles.choice}>
      <Select
        size="small"
        aria-label={label}
        value={value ? `${VALUE}${value}` : ALL}
        options={[
          { value: ALL, label: all },
          ...values.map(entry => ({
            value: `${VALUE}${entry.value}`,
            label: entry.label,
          })),
        ]}
        onChange={key => {
          const chosen = String(key ?? ALL);
          onChange(chosen === ALL ? '' : chosen.slice(VALUE.length));
        }}
      />
    </div>
  );
}
