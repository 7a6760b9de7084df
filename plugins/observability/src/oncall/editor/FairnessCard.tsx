import { Fairness } from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { Section, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { nameOf, PersonMark } from '../timeline/people';
import { PersonInitial } from './PersonInitial';
import people from './people.module.css';
import styles from './preview.module.css';

/** What the four weeks would ask of each person, and what they asked before. */
export function FairnessCard(props: {
  days: number;
  rows: readonly Fairness[];
  /** Absent for a schedule that is not saved yet. */
  before: readonly Fairness[] | undefined;
  names: ReadonlyMap<string, string>;
  marks: ReadonlyMap<string, PersonMark>;
}) {
  const { days, rows, before, names, marks } = props;
  const t = useTranslation();
  const format = useFormat();
  const hours = (value: number) => format.number(Math.round(value));
  // Those who would have nothing any more are told as well.
  const gone =
    before?.filter(({ person }) => !rows.some(row => row.person === person)) ??
    [];
  const all: readonly Fairness[] = [
    ...rows,
    ...gone.map(({ person }) => ({
      person,
      hours: 0,
      nights: 0,
      weekends: 0,
      shifts: 0,
      share: 0,
    })),
  ];
  return (
    <Section
      title={t('scheduleEditor.fairness.title')}
      aside={t('scheduleEditor.fairness.aside', {
        days: t('shared.time.days', { count: days }),
      })}
    >
      {all.length === 0 && (
        <p className={text.secondary}>{t('scheduleEditor.fairness.nobody')}</p>
      )}
      {all.length > 0 && (
        <table className={styles.fairness}>
          <thead>
            <tr>
              <th scope="col">{t('scheduleEditor.fairness.person')}</th>
              {(['hours', 'nights', 'weekends'] as const).map(column => (
                <th
                  key={column}
                  scope="col"
                  className={classNames(styles.number, {
                    [styles.wide]: column === 'nights',
                  })}
                >
                  {t(`scheduleEditor.fairness.${column}`)}
                </th>
              ))}
              <th scope="col" className={styles.shareHead}>
                {t('scheduleEditor.fairness.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map(row => {
              const earlier =
                before?.find(({ person }) => person === row.person)?.hours ?? 0;
              const isChanged =
                before !== undefined && hours(earlier) !== hours(row.hours);
              const mark = marks.get(row.person);
              return (
                <tr
                  key={row.person}
                  className={classNames({ [styles.highlighted]: isChanged })}
                >
                  <th scope="row">
                    <span className={styles.person}>
                      <PersonInitial
                        size="small"
                        name={nameOf(names, row.person)}
                        mark={mark}
                      />
                      <bdi>{nameOf(names, row.person)}</bdi>
                    </span>
                  </th>
                  <td className={styles.number}>
                    {hours(row.hours)}
                    {isChanged && (
                      <small>
                        {t('scheduleEditor.fairness.was', {
                          hours: hours(earlier),
                        })}
                      </small>
                    )}
                  </td>
                  <td className={classNames(styles.number, styles.wide)}>
                    {row.nights}
                  </td>
                  <td className={styles.number}>{row.weekends}</td>
                  <td>
                    <span className={styles.share}>
                      <i aria-hidden="true" className={styles.track}>
                        <i
                          className={
                            mark ? people[`person${mark.colour}`] : undefined
                          }
                          style={{ width: `${row.share * 100}%` }}
                        />
                      </i>
                      <span>
                        {format.percent(row.share, { minimum: 0, maximum: 0 })}
                      </span>
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Section>
  );
}
