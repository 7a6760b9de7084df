import { Select } from '@backstage/ui';
import classNames from 'classnames';
import { useTranslation } from '../shared';
import styles from './FleetFilters.module.css';

const ALL = 'all';
/** With more options than fit at a glance one can search among them. */
const SEARCHABLE_FROM = 12;

/** A filter with one value or none, named inside its field to save room. */
export function FilterSelect(props: {
  label: string;
  options: readonly { value: string; label: string }[];
  value: string | undefined;
  /** Shown instead of the value, where the filter holds more than this field can set. */
  valueText?: string;
  onChange(value: string | undefined): void;
}) {
  const { label, options, value, valueText, onChange } = props;
  const t = useTranslation();
  const all = { value: ALL, label: t('fleet.filter.all') };
  // An address may name a value that no service has any more.
  const isListed = !value || options.some(option => option.value === value);
  const shown = isListed ? options : [...options, { value, label: value }];
  return (
    <div
      className={classNames(styles.field, {
        [styles.open]: value === undefined && valueText === undefined,
        [styles.set]: value !== undefined,
      })}
    >
      <span className={styles.name} aria-hidden="true">
        {label}
      </span>
      <Select
        aria-label={label}
        size="small"
        className={styles.select}
        icon={
          // Keeps the room for the name, which lies above the field: inside it
          // would be read as part of the value.
          <span className={styles.room} aria-hidden="true">
            {label}
          </span>
        }
        options={[all, ...shown]}
        placeholder={valueText}
        value={value ?? (valueText ? null : ALL)}
        search={
          options.length >= SEARCHABLE_FROM
            ? { placeholder: t('fleet.filter.find') }
            : undefined
        }
        onChange={key =>
          onChange(key === null || key === ALL ? undefined : String(key))
        }
      />
    </div>
  );
}
