import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Radio,
  RadioGroup,
  TextAreaField,
} from '@backstage/ui';
import { NewRestoreTest } from '@watchkeeper/backstage-plugin-observability-common';
import { useId, useState } from 'react';
import { isForbidden } from '../../api/failures';
import { useFormat, useTranslation } from '../../shared';
import { DialogForm } from '../../shared/form/DialogForm';
import { FieldWithProblem } from '../../shared/form/FieldWithProblem';
import { InstantField } from '../../shared/form/InstantField';
import { fromInputValue, toInputValue } from '../../shared/form/inputTime';
import text from '../../shared/text.module.css';

const LONGEST_NOTE = 2000;
/** The clocks of two machines differ by a little. */
const TOLERANCE_MS = 60_000;

function isResult(value: string): value is NewRestoreTest['result'] {
  return value === 'passed' || value === 'failed';
}

/** Where a person says that they restored a backup, when, and how it went. */
export function RestoreTestDialog(props: {
  onClose(): void;
  /** Rejects when it could not be put on record. */
  onRecord(restoreTest: NewRestoreTest): Promise<void>;
}) {
  const { onClose, onRecord } = props;
  const t = useTranslation();
  const format = useFormat();
  const formId = useId();
  const [time, setTime] = useState(() => toInputValue(new Date()));
  const [result, setResult] = useState<NewRestoreTest['result']>();
  const [note, setNote] = useState('');
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();

  const at = fromInputValue(time);
  const problems = {
    time:
      (!at && t('health.database.restore.timeMissing')) ||
      (at &&
        at.getTime() > Date.now() + TOLERANCE_MS &&
        t('health.database.restore.timeAhead')) ||
      undefined,
    result: result ? undefined : t('health.database.restore.resultMissing'),
  };

  async function submit() {
    setTried(true);
    if (!at || !result || problems.time || isPending) {
      return;
    }
    setPending(true);
    setFailure(undefined);
    try {
      await onRecord({
        at: at.toISOString(),
        result,
        ...(note.trim() && { note: note.trim() }),
      });
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      setPending(false);
    }
  }

  return (
    <Dialog isOpen isDismissable onOpenChange={onClose} width={480}>
      <DialogHeader>{t('health.database.restore.title')}</DialogHeader>
      <DialogBody>
        <DialogForm id={formId} onSubmit={submit}>
          <InstantField
            label={t('health.database.restore.when', {
              zone: format.timeZone,
            })}
            value={time}
            onChange={setTime}
            max={toInputValue(new Date())}
            problem={isTried ? problems.time : undefined}
          />
          <FieldWithProblem problem={isTried && problems.result}>
            <RadioGroup
              label={t('health.database.restore.result')}
              isRequired
              isInvalid={isTried && problems.result !== undefined}
              value={result ?? ''}
              onChange={value => {
                if (isResult(value)) {
                  setResult(value);
                }
              }}
            >
              <Radio value="passed">
                {t('health.database.restore.itPassed')}
              </Radio>
              <Radio value="failed">
                {t('health.database.restore.itFailed')}
              </Radio>
            </RadioGroup>
          </FieldWithProblem>
          <TextAreaField
            label={t('health.database.restore.note')}
            description={t('health.database.restore.noteHint')}
            maxLength={LONGEST_NOTE}
            value={note}
            onChange={setNote}
          />
          <div role="alert" className={text.critical}>
            {failure &&
              (isForbidden(failure)
                ? t('health.database.restore.forbidden')
                : t('health.database.restore.notRecorded', {
                    message: failure.message,
                  }))}
          </div>
        </DialogForm>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('health.database.restore.cancel')}
        </Button>
        <Button
          variant="primary"
          type="submit"
          form={formId}
          isPending={isPending}
        >
          {t('health.database.restore.save')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
