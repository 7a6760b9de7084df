import { StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { nameOf } from '../timeline/people';
import { consequencesOf } from './consequences';
import styles from './override.module.css';

/** What an override would bring with it, told before it is made. */
export function PlanConsequences(props: {
  /** `undefined` while it is not known what is planned. */
  plan: Parameters<typeof consequencesOf>[0] | undefined;
  replaced: string | undefined;
  names: ReadonlyMap<string, string>;
}) {
  const { plan, replaced, names } = props;
  const t = useTranslation();
  return (
    <div role="status" className={styles.consequences}>
      {replaced && (
        <p className={text.secondary}>
          {t('onCall.override.instead', {
            person: <bdi>{nameOf(names, replaced)}</bdi>,
          })}
        </p>
      )}
      {plan &&
        consequencesOf(plan).map(({ code, level, person }) => (
          <p key={code}>
            <StatusBadge status="warning">
              {t(`onCall.override.consequence.${code}`, {
                level,
                person: person ? nameOf(names, person) : '',
              })}
            </StatusBadge>
          </p>
        ))}
    </div>
  );
}
