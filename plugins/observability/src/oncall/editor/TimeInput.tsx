import { ReactNode, useId } from 'react';
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
}) {
  const { label, type, value, onChange, isReadOnly, problem } = props;
  const { description, min } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
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
