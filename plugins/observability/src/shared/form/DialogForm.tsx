import { FormEvent, ReactNode } from 'react';
import { Scope } from '../Scope';
import styles from './form.module.css';

/** The fields of a dialog, one below the other; the button that sends them may stand elsewhere. */
export function DialogForm(props: {
  id: string;
  onSubmit(): void;
  children: ReactNode;
}) {
  const { id, onSubmit, children } = props;
  return (
    <Scope>
      <form
        id={id}
        noValidate
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
      </form>
    </Scope>
  );
}
