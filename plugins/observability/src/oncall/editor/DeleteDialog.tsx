import { TextField } from '@backstage/ui';
import { useState } from 'react';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { QuestionDialog } from './QuestionDialog';

/** Asks for the name of a schedule before it is deleted. */
export function DeleteDialog(props: {
  name: string;
  title: string;
  onCancel(): void;
  /** Rejects when it was not deleted. */
  onDelete(): Promise<void>;
}) {
  const { name, title, onCancel, onDelete } = props;
  const t = useTranslation();
  const [typed, setTyped] = useState('');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();

  async function remove() {
    setPending(true);
    setFailure(undefined);
    try {
      await onDelete();
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      setPending(false);
    }
  }

  return (
    <QuestionDialog
      title={t('scheduleEditor.remove.title', { schedule: title })}
      no={{ label: t('scheduleEditor.remove.cancel'), onPress: onCancel }}
      yes={{
        label: t('scheduleEditor.remove.delete'),
        isDestructive: true,
        isDisabled: typed !== name,
        isPending,
        onPress: remove,
      }}
    >
      <p>{t('scheduleEditor.remove.lead')}</p>
      <TextField
        label={t('scheduleEditor.remove.confirm', { name })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
      />
      <p role="alert" className={`${text.small} ${text.critical}`}>
        {failure &&
          t('scheduleEditor.remove.failed', { message: failure.message })}
      </p>
    </QuestionDialog>
  );
}
