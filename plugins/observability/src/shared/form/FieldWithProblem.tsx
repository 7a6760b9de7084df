import { ReactNode } from 'react';
import text from '../text.module.css';
import styles from './form.module.css';

/** A field with what is wrong with it below; read out when it comes up. */
export function FieldWithProblem(props: {
  problem: ReactNode;
  /** Named by the field's `aria-describedby`. */
  problemId?: string;
  children: ReactNode;
}) {
  const { problem, problemId, children } = props;
  return (
    <div className={styles.field}>
      {children}
      <span
        id={problemId}
        role="alert"
        className={`${text.small} ${text.critical}`}
      >
        {problem}
      </span>
    </div>
  );
}
