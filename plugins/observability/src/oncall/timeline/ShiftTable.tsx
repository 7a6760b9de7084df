import { useTranslation } from '../../shared';
import { peopleOf, sourceOf, WordsOfSchedule } from './describe';
import { Lane } from './lanes';
import styles from './timeline.module.css';

/** What the lanes show, in words: a table a level, a row a shift, gaps included. */
export function ShiftTable(props: {
  lanes: readonly Lane[];
  words: WordsOfSchedule;
}) {
  const { lanes, words } = props;
  const { watch } = words;
  const t = useTranslation();
  return (
    <div className={styles.tables}>
      {lanes.map(lane => (
        <table key={lane.key}>
          <caption>{lane.level}</caption>
          <thead>
            <tr>
              <th scope="col">{t('onCall.timeline.who')}</th>
              <th scope="col">{t('onCall.timeline.when')}</th>
              <th scope="col">{t('onCall.timeline.why')}</th>
            </tr>
          </thead>
          <tbody>
            {lane.bars.map(bar => (
              <tr key={bar.key}>
                <th scope="row">
                  <bdi>{peopleOf(bar, words)}</bdi>
                </th>
                <td>
                  {watch.full(new Date(bar.start))} –{' '}
                  {watch.full(new Date(bar.end))}
                </td>
                <td>{sourceOf(bar, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
