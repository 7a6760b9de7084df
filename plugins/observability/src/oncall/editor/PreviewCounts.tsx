import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import { PreviewCount, PreviewFacts } from './previewFacts';
import styles from './preview.module.css';

/** What an edit comes to, in four numbers, each with what it was. */
export function PreviewCounts(props: { facts: PreviewFacts; isNew: boolean }) {
  const { facts, isNew } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const { shifts, gaps, unreachable, doubled } = facts;
  const dateOf = ({ firstAt }: PreviewCount) =>
    firstAt ? watch.date(new Date(firstAt)) : '';
  const withBefore = ({ before }: PreviewCount, what: string) =>
    before === undefined
      ? what
      : t('scheduleEditor.preview.was', { what, before: String(before) });

  let shiftWords: string = t('scheduleEditor.preview.noChange');
  if (isNew) {
    shiftWords = t('scheduleEditor.preview.shifts', { count: shifts.count });
  } else if (shifts.count > 0) {
    shiftWords = t('scheduleEditor.preview.shiftsChange', {
      count: shifts.count,
      when: shifts.firstAt ? watch.full(new Date(shifts.firstAt)) : '',
    });
  }
  return (
    <ul className={styles.counts}>
      <li>
        <b>{shifts.count}</b> <span>{shiftWords}</span>
      </li>
      <li className={gaps.count > 0 ? text.critical : styles.good}>
        <b>{gaps.count}</b>{' '}
        <span>
          {withBefore(
            gaps,
            t('scheduleEditor.preview.gaps', { count: gaps.count }),
          )}
        </span>
      </li>
      <li className={unreachable.count > 0 ? text.critical : styles.good}>
        <b>{unreachable.count}</b>{' '}
        <span>
          {withBefore(
            unreachable,
            t('scheduleEditor.preview.unreachable', {
              count: unreachable.count,
            }),
          )}
        </span>
      </li>
      <li className={doubled.count > 0 ? text.warning : styles.good}>
        <b>{doubled.count}</b>{' '}
        <span>
          {withBefore(
            doubled,
            doubled.count > 0
              ? t('scheduleEditor.preview.doubled', {
                  count: doubled.count,
                  when: dateOf(doubled),
                })
              : t('scheduleEditor.preview.noneDoubled'),
          )}
        </span>
      </li>
    </ul>
  );
}
