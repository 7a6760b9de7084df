import { Button } from '@backstage/ui';
import {
  HandoffNote,
  HandoffNoteEdit,
  HandoffRole,
  HandoffSigning,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { isForbidden } from '../../api/failures';
import { Section, StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { nameOf } from '../timeline/people';
import { useWatchFormat } from '../time/useWatchFormat';
import { HandoffFacts } from './HandoffFacts';
import { NoteEditor } from './NoteEditor';
import { NoteText } from './NoteText';
import styles from './handoff.module.css';

const ROLES: readonly HandoffRole[] = ['leaving', 'arriving'];

/** What whoever leaves tells whoever comes: the note, the facts it is written from, and both signatures. */
export function HandoffCard(props: {
  note: HandoffNote;
  names: ReadonlyMap<string, string>;
  /** Rejects with a conflict where somebody else has saved it meanwhile. */
  onSave(edit: HandoffNoteEdit): Promise<void>;
  onSign(signing: HandoffSigning): Promise<void>;
  onReadLatest(): Promise<HandoffNote>;
}) {
  const { note, names, onSave, onSign, onReadLatest } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  // The version that the edit began with; what others save meanwhile is not lost.
  const [edited, setEdited] = useState<HandoffNote>();
  const [pending, setPending] = useState<HandoffRole>();
  const [failure, setFailure] = useState<Error>();

  async function sign(role: HandoffRole) {
    setPending(role);
    setFailure(undefined);
    try {
      await onSign({ version: note.version, role });
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setPending(undefined);
    }
  }

  return (
    <Section
      id="handoff"
      title={t('onCall.handoff.title')}
      aside={
        !edited &&
        note.mayEdit &&
        !note.isFrozen && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setEdited(note)}
          >
            {t('onCall.handoff.edit')}
          </Button>
        )
      }
    >
      <div className={styles.note}>
        <p className={`${text.small} ${text.secondary}`}>
          {note.next
            ? t('onCall.handoff.next', {
                people: note.next.people
                  .map(({ displayName }) => displayName)
                  .join(', '),
                when: watch.full(new Date(note.next.start)),
              })
            : t('onCall.handoff.nobodyNext')}
        </p>
        {note.version === 0 && !edited && (
          <p className={text.secondary}>{t('onCall.handoff.draft')}</p>
        )}
        {edited ? (
          <NoteEditor
            began={edited}
            onSave={onSave}
            onReadLatest={onReadLatest}
            onClose={() => setEdited(undefined)}
          />
        ) : (
          <NoteText text={note.text} />
        )}
        {note.editedBy && note.editedAt && (
          <p className={`${text.small} ${text.secondary}`}>
            {t('onCall.handoff.edited', {
              person: nameOf(names, note.editedBy),
              when: watch.full(new Date(note.editedAt)),
            })}
          </p>
        )}
        <HandoffFacts sections={note.facts} />
        <ul className={styles.signatures}>
          {ROLES.map(role => {
            const signature = note.signatures.find(
              other => other.role === role,
            );
            return (
              <li key={role}>
                <span>{t(`onCall.handoff.${role}`)}</span>
                {signature ? (
                  <StatusBadge status="ok">
                    {t('onCall.handoff.signed', {
                      person: nameOf(names, signature.by),
                      when: watch.full(new Date(signature.at)),
                    })}
                  </StatusBadge>
                ) : (
                  <span className={text.secondary}>
                    {t('onCall.handoff.unsigned')}
                  </span>
                )}
                {!edited && note.maySign.includes(role) && (
                  <Button
                    size="small"
                    variant="primary"
                    isPending={pending === role}
                    onPress={() => sign(role)}
                  >
                    {t(
                      role === 'leaving'
                        ? 'onCall.handoff.signLeaving'
                        : 'onCall.handoff.signArriving',
                    )}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        {note.isFrozen && (
          <p className={text.secondary}>{t('onCall.handoff.frozen')}</p>
        )}
        <div role="alert" className={text.critical}>
          {failure &&
            (isForbidden(failure)
              ? t('onCall.override.forbidden')
              : t('onCall.swaps.failed', { message: failure.message }))}
        </div>
      </div>
    </Section>
  );
}
