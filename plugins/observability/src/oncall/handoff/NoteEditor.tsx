import {
  Button,
  TextAreaField,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  HandoffNote,
  HandoffNoteEdit,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ResponseError } from '@backstage/errors';
import { useState } from 'react';
import { isForbidden } from '../../api/failures';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { NoteConflict } from './NoteConflict';
import { NoteText } from './NoteText';
import styles from './handoff.module.css';

const LONGEST_NOTE = 20_000;

function isConflict(error: unknown): boolean {
  return error instanceof ResponseError && error.statusCode === 409;
}

/** Where a note is written, with what it will look like; what somebody else saved meanwhile is shown beside it. */
export function NoteEditor(props: {
  /** The note as it was when the edit began. */
  began: HandoffNote;
  onSave(edit: HandoffNoteEdit): Promise<void>;
  onReadLatest(): Promise<HandoffNote>;
  onClose(): void;
}) {
  const { began, onSave, onReadLatest, onClose } = props;
  const t = useTranslation();
  const [draft, setDraft] = useState(began.text);
  const [version, setVersion] = useState(began.version);
  const [view, setView] = useState<'write' | 'preview'>('write');
  const [theirs, setTheirs] = useState<HandoffNote>();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();

  async function save(over: number) {
    setPending(true);
    setFailure(undefined);
    try {
      await onSave({ text: draft, version: over });
      onClose();
    } catch (error) {
      await fail(error);
      setPending(false);
    }
  }

  async function fail(error: unknown) {
    try {
      if (isConflict(error)) {
        const latest = await onReadLatest();
        if (!latest.isFrozen) {
          setTheirs(latest);
          setVersion(latest.version);
          return;
        }
      }
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } catch (other) {
      setFailure(other instanceof Error ? other : new Error(String(other)));
    }
  }

  return (
    <div className={styles.editor}>
      {theirs && (
        <NoteConflict
          theirs={theirs}
          mine={draft}
          onTakeTheirs={() => {
            setDraft(theirs.text);
            setTheirs(undefined);
          }}
          onKeepMine={() => setTheirs(undefined)}
        />
      )}
      {!theirs && (
        <>
          <ToggleButtonGroup
            aria-label={t('onCall.handoff.view')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[view]}
            onSelectionChange={keys =>
              setView(keys.has('preview') ? 'preview' : 'write')
            }
          >
            <ToggleButton id="write" size="small">
              {t('onCall.handoff.write')}
            </ToggleButton>
            <ToggleButton id="preview" size="small">
              {t('onCall.handoff.preview')}
            </ToggleButton>
          </ToggleButtonGroup>
          {view === 'preview' ? (
            <NoteText text={draft} />
          ) : (
            <TextAreaField
              label={t('onCall.handoff.text')}
              description={t('onCall.handoff.textHint')}
              maxLength={LONGEST_NOTE}
              rows={14}
              value={draft}
              onChange={setDraft}
            />
          )}
          {began.signatures.length > 0 && (
            <p className={text.secondary}>
              {t('onCall.handoff.takesSignatures')}
            </p>
          )}
          <div className={styles.buttons}>
            <Button
              variant="primary"
              isPending={isPending}
              onPress={() => save(version)}
            >
              {t('onCall.handoff.save')}
            </Button>
            <Button variant="secondary" onPress={onClose}>
              {t('onCall.override.cancel')}
            </Button>
          </div>
        </>
      )}
      <div role="alert" className={text.critical}>
        {failure &&
          (isForbidden(failure)
            ? t('onCall.override.forbidden')
            : t('onCall.handoff.notSaved', { message: failure.message }))}
      </div>
    </div>
  );
}
