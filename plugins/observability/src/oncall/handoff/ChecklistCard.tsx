import { Checkbox } from '@backstage/ui';
import {
  ChecklistPhase,
  ShiftChecklist,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { isForbidden } from '../../api/failures';
import { Section, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { nameOf } from '../timeline/people';
import { useWatchFormat } from '../time/useWatchFormat';
import { checklistText } from './checklistText';
import styles from './handoff.module.css';

const PHASES: readonly ChecklistPhase[] = ['before', 'during', 'after'];

/** What is to be done before, during and after a shift, with who did it when. */
export function ChecklistCard(props: {
  checklist: ShiftChecklist;
  names: ReadonlyMap<string, string>;
  /** Rejects when it was not kept. */
  onTick(id: string, done: boolean): Promise<void>;
}) {
  const { checklist, names, onTick } = props;
  const { items, mayEdit } = checklist;
  const t = useTranslation();
  const watch = useWatchFormat();
  const [pending, setPending] = useState<ReadonlyMap<string, boolean>>(
    new Map(),
  );
  const [failure, setFailure] = useState<Error>();

  async function tick(id: string, done: boolean) {
    setFailure(undefined);
    setPending(current => new Map(current).set(id, done));
    try {
      await onTick(id, done);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setPending(current => {
        const rest = new Map(current);
        rest.delete(id);
        return rest;
      });
    }
  }

  return (
    <Section
      title={t('onCall.checklist.title')}
      aside={
        <span className={`${text.small} ${text.secondary}`}>
          {t('onCall.checklist.progress', {
            done: String(items.filter(({ done }) => done).length),
            total: String(items.length),
          })}
        </span>
      }
    >
      {PHASES.map(phase => {
        const ofPhase = items.filter(item => item.phase === phase);
        return (
          ofPhase.length > 0 && (
            <section key={phase} className={styles.phase}>
              <h3>{t(`onCall.checklist.${phase}`)}</h3>
              <ul>
                {ofPhase.map(item => (
                  <li key={item.id}>
                    <Checkbox
                      isSelected={pending.get(item.id) ?? item.done}
                      isDisabled={!mayEdit}
                      onChange={done => tick(item.id, done)}
                    >
                      <bdi>{checklistText(item, t)}</bdi>
                    </Checkbox>
                    {item.done && item.changedBy && item.changedAt && (
                      <div
                        className={`${styles.by} ${text.small} ${text.secondary}`}
                      >
                        {t('onCall.details.by', {
                          person: nameOf(names, item.changedBy),
                          when: watch.full(new Date(item.changedAt)),
                        })}
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
      {!mayEdit && (
        <p className={`${text.small} ${text.secondary}`}>
          {t('onCall.checklist.readOnly')}
        </p>
      )}
      <div role="alert" className={text.critical}>
        {failure &&
          (isForbidden(failure)
            ? t('onCall.checklist.readOnly')
            : t('onCall.swaps.failed', { message: failure.message }))}
      </div>
    </Section>
  );
}
