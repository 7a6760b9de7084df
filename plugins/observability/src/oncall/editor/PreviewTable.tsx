import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import { nameOf } from '../timeline/people';
import { PreviewBar } from './stitchShifts';

/** The preview in words, for those who do not see the strips. */
export function PreviewTable(props: {
  lanes: readonly { level: string; bars: readonly PreviewBar[] }[];
  names: ReadonlyMap<string, string>;
}) {
  const { lanes, names } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  const listed = (people: readonly string[]) =>
    people.map(person => nameOf(names, person)).join(', ') ||
    t('scheduleEditor.preview.nobody');
  return (
    <div className={text.hidden}>
      <table>
        <caption>{t('scheduleEditor.preview.table')}</caption>
        <thead>
          <tr>
            {(['level', 'who', 'start', 'end', 'before'] as const).map(
              column => (
                <th key={column} scope="col">
                  {t(`scheduleEditor.preview.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {lanes.flatMap(({ level, bars }) =>
            bars.map(bar => (
              <tr key={bar.key}>
                <td>{level}</td>
                <td>{listed(bar.people)}</td>
                <td>{watch.full(new Date(bar.start))}</td>
                <td>{watch.full(new Date(bar.end))}</td>
                <td>{bar.was && listed(bar.was)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
