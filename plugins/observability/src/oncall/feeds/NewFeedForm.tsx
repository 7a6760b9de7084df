import { Button, Select, TextField } from '@backstage/ui';
import { NewCalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';
import { useId, useState } from 'react';
import { useTranslation } from '../../shared';
import { DialogForm } from '../../shared/form/DialogForm';
import text from '../../shared/text.module.css';

const MINE = '';
const LONGEST_LABEL = 100;

/** Says what a new link holds, and for which calendar it is. */
export function NewFeedForm(props: {
  schedules: readonly { schedule: string; title: string }[];
  /** Rejects when it could not be made. */
  onCreate(feed: NewCalendarFeed): Promise<void>;
}) {
  const { schedules, onCreate } = props;
  const t = useTranslation();
  const formId = useId();
  const [schedule, setSchedule] = useState(MINE);
  const [label, setLabel] = useState('');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();

  async function submit() {
    if (isPending) {
      return;
    }
    setPending(true);
    setFailure(undefined);
    try {
      await onCreate({
        ...(schedule !== MINE && { schedule }),
        ...(label.trim() && { label: label.trim() }),
      });
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      setPending(false);
    }
  }

  return (
    <DialogForm id={formId} onSubmit={submit}>
      <p className={text.secondary}>{t('onCall.feeds.lead')}</p>
      <Select
        label={t('onCall.feeds.holds')}
        options={[
          { value: MINE, label: t('onCall.feeds.mine') },
          ...schedules.map(known => ({
            value: known.schedule,
            label: t('onCall.feeds.ofSchedule', { schedule: known.title }),
          })),
        ]}
        value={schedule}
        onChange={key => setSchedule(key === null ? MINE : String(key))}
      />
      <TextField
        label={t('onCall.feeds.label')}
        description={t('onCall.feeds.labelHint')}
        maxLength={LONGEST_LABEL}
        value={label}
        onChange={setLabel}
      />
      <div>
        <Button variant="primary" type="submit" isPending={isPending}>
          {t('onCall.feeds.create')}
        </Button>
      </div>
      <div role="alert" className={text.critical}>
        {failure && t('onCall.feeds.notCreated', { message: failure.message })}
      </div>
    </DialogForm>
  );
}
