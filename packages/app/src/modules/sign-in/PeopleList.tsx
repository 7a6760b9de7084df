import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Avatar } from '@backstage/ui';
import { useEffect, useRef } from 'react';
import styles from './PeopleList.module.css';
import { signInTranslationRef } from './translation';
import { Person } from './usePeople';

/** The people to choose from; the one of the last time has the focus. */
export function PeopleList(props: {
  people: Person[];
  label: string;
  lastUsed?: string;
  pending?: string;
  onPick(person: Person): void;
}) {
  const { people, label, lastUsed, pending, onPick } = props;
  const { t } = useTranslationRef(signInTranslationRef);
  const lastUsedButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    lastUsedButton.current?.focus();
  }, []);

  return (
    <ul className={styles.list} aria-label={label}>
      {people.map(person => {
        const isLastUsed = person.userEntityRef === lastUsed;
        const isPending = person.userEntityRef === pending;
        return (
          <li key={person.userEntityRef}>
            <button
              type="button"
              ref={isLastUsed ? lastUsedButton : undefined}
              className={styles.person}
              disabled={pending !== undefined && !isPending}
              aria-busy={isPending}
              onClick={() => {
                if (!isPending) {
                  onPick(person);
                }
              }}
            >
              <Avatar
                src=""
                name={person.displayName}
                size="large"
                purpose="decoration"
              />
              <span className={styles.text}>
                <span className={styles.name}>{person.displayName}</span>
                {person.role && (
                  <span className={styles.role}>{person.role}</span>
                )}
              </span>
              {isPending && <span className={styles.spinner} aria-hidden />}
              {isLastUsed && !isPending && (
                <span className={styles.tag}>{t('lastUsed')}</span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
