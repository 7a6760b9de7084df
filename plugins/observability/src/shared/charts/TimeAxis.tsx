import { useFormat } from '../format/useFormat';
import { useTranslation } from '../useTranslation';
import styles from './charts.module.css';

const LABELS = 5;

/** The times under a plot: five at most, the last one is "now". */
export function TimeAxis(props: {
  start: number;
  end: number;
  /** Instead of "now", where the last measurement is old. */
  endLabel?: string;
}) {
  const { start, end, endLabel } = props;
  const format = useFormat();
  const t = useTranslation();
  const labels = Array.from({ length: LABELS - 1 }, (_, index) => {
    const at = new Date(start + (index / (LABELS - 1)) * (end - start));
    // The first says which day it was, the others are read from it.
    return format.clock(at, index === 0 ? end : at.getTime());
  });
  return (
    <div className={styles.axis} aria-hidden="true">
      {labels.map((label, index) => (
        <span key={`${index} ${label}`}>{label}</span>
      ))}
      <span>{endLabel ?? t('shared.time.now')}</span>
    </div>
  );
}
