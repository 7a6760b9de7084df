import { useId } from 'react';
import { FieldWithProblem } from './FieldWithProblem';
import styles from './form.module.css';

/** A field for a date and a time on the reader's own clock. */
export function InstantField(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  /** The latest that can be chosen. */
  max?: string;
  problem: string | undefined;
}) {
  const { label, value, onChange, max, problem } = props;
  const id = useId();
  return (
    <FieldWithProblem problem={problem} problemId={`${id}-problem`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        className={styles.input}
        value={value}
        required
        max={max}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={event => onChange(event.target.value)}
      />
    </FieldWithProblem>
  );
}
