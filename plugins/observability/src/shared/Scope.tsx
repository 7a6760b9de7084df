import classNames from 'classnames';
import { ReactNode } from 'react';
import styles from './tokens.module.css';

/**
 * Gives what is inside the product's colours and type, and the container whose
 * width its layout follows. Every card, tab and page starts with it.
 */
export function Scope(props: { children?: ReactNode; className?: string }) {
  return (
    <div
      className={classNames(styles.scope, styles.container, props.className)}
    >
      {props.children}
    </div>
  );
}

/** The same for a part that flows with other text, such as a badge. */
export function InlineScope(props: { children?: ReactNode }) {
  return <span className={styles.scope}>{props.children}</span>;
}
