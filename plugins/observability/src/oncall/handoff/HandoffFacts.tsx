import { HandoffSection } from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntityLink,
  PlainLink,
  StatusBadge,
  Translate,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import styles from './handoff.module.css';

const TITLES = {
  unhealthy: 'unhealthy',
  changes: 'changes',
  overrides: 'overrides',
  swaps: 'swaps',
  'restore-tests': 'restoreTests',
  incidents: 'incidents',
  actions: 'actions',
} as const;

function isKnown(id: string): id is keyof typeof TITLES {
  return Object.hasOwn(TITLES, id);
}

function titleOf({ id, title }: HandoffSection, t: Translate): string {
  return isKnown(id) ? t(`onCall.handoff.sections.${TITLES[id]}`) : title;
}

/** What the draft of a handoff note is written from, as of now. */
export function HandoffFacts(props: { sections: readonly HandoffSection[] }) {
  const t = useTranslation();
  const sections = props.sections.filter(({ count }) => count > 0);
  if (sections.length === 0) {
    return null;
  }
  return (
    <details className={styles.facts}>
      <summary>{t('onCall.handoff.facts')}</summary>
      {sections.map(section => (
        <section key={section.id}>
          <h3>
            {titleOf(section, t)}{' '}
            <span className={text.secondary}>{section.count}</span>
          </h3>
          <ul>
            {section.items.map((fact, index) => (
              // The facts of one reading have no other name than their place.
              <li key={index}>
                {fact.status && <StatusBadge status={fact.status} hideWord />}{' '}
                {fact.entityRef && (
                  <>
                    <EntityLink entityRef={fact.entityRef}>
                      <bdi>{fact.title}</bdi>
                    </EntityLink>{' '}
                  </>
                )}
                {fact.url ? (
                  <PlainLink href={fact.url}>
                    <bdi>{fact.text}</bdi>
                  </PlainLink>
                ) : (
                  <bdi>{fact.text}</bdi>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  );
}
