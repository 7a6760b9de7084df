import { ReactNode, useId } from 'react';
import { HiddenText } from '../../shared';
import text from '../../shared/text.module.css';
import styles from './editor.module.css';

/** A field for a time of day, or for a date with a time. */
export function TimeInput(props: {
  label: string;
  type: 'time' | 'datetime-local';
  value: string;
  onChange(value: string): void;
  isReadOnly: boolean;
  problem?: string;
  description?: ReactNode;
  min?: string;
  /** Left to those who listen, where the row says it. */
  hideLabel?: boolean;
}) {
  const { label, type, value, onChange, isReadOnly, problem } = props;
  const { description, min, hideLabel } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {hideLabel ? <HiddenText>{label}</HiddenText> : label}
      </label>
      <input
        id={id}
        type={type}
        className={styles.input}
        value={value}
        min={min}
        readOnly={isReadOnly}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-description ${id}-problem`}
        onChange={event => onChange(event.target.value)}
      />
      <span
        id={`${id}-description`}
        className={`${text.small} ${text.secondary}`}
      >
        {description}
      </span>
      <span
        id={`${id}-problem`}
        role="alert"
        className={`${text.small} ${text.critical}`}
      >
        {problem}
      </span>
    </div>
  );
}
