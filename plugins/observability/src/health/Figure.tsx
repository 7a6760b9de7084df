import classNames from 'classnames';
import { ReactNode } from 'react';
import text from '../shared/text.module.css';
import styles from './Figure.module.css';

/** A headline number with its label, and what it is compared with. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  level?: 'warning' | 'critical';
  detail?: ReactNode;
  /** Between the number and what it is compared with. */
  children?: ReactNode;
  wide?: boolean;
}) {
  const { label, value, level, detail, children, wide } = props;
  return (
    <div className={classNames(styles.figure, { [styles.wide]: wide })}>
      <div className={styles.label}>{label}</div>
      <div className={classNames(styles.value, level && text[level])}>
        {value}
      </div>
      {children}
      {detail && <div className={styles.label}>{detail}</div>}
    </div>
  );
}

/** Headline numbers on the left, what happened over time on the right. */
export function FiguresAndTrend(props: {
  figures: ReactNode;
  trend?: ReactNode;
}) {
  return (
    <div className={styles.block}>
      <div className={styles.figures}>{props.figures}</div>
      {props.trend && <div className={styles.trend}>{props.trend}</div>}
    </div>
  );
}
