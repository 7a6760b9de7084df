import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import {
  NewOverride,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { FormEvent, useId, useState } from 'react';
import { isForbidden } from '../../api/failures';
import { fromInputValue, toInputValue } from '../../health/database/inputTime';
import { Scope, StatusBadge, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { nameOf } from '../timeline/people';
import { consequencesOf } from './consequences';
import styles from './override.module.css';

const NOBODY = 'nobody';
const LONGEST_REASON = 200;
const MINUTE_MS = 60_000;

/** "Now" is over when it arrives. */
function nextMinute(now: number): number {
  return Math.ceil(now / MINUTE_MS) * MINUTE_MS;
}

/** What the form starts with. */
export interface OverrideDraft {
  level: string;
  start: number;
  end: number;
  /** Who would have the watch then. */
  remove?: string;
}

/** Where a person says who has the watch instead, from when to when. */
export function OverrideDialog(props: {
  draft: OverrideDraft;
  levels: readonly string[];
  /** References of those who can be chosen. */
  people: readonly string[];
  /** The reader, who comes first in the list. */
  user: string | undefined;
  names: ReadonlyMap<string, string>;
  /** What holds without the override, in a stretch of time; `undefined` while it is not known. */
  known: { shifts: readonly Shift[]; from: number; to: number } | undefined;
  onClose(): void;
  /** Rejects when it could not be made. */
  onSave(override: NewOverride): Promise<void>;
}) {
  const { draft, levels, people, user, names, known } = props;
  const { onClose, onSave } = props;
  const t = useTranslation();
  const format = useFormat();
  const formId = useId();
  const [level, setLevel] = useState(draft.level);
  const [start, setStart] = useState(() => toInputValue(new Date(draft.start)));
  const [end, setEnd] = useState(() => toInputValue(new Date(draft.end)));
  const [add, setAdd] = useState<string>();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();

  const from = fromInputValue(start);
  const to = fromInputValue(end);
  const shifts = known?.shifts ?? [];
  const ofLevel = shifts.filter(shift => shift.level === level);
  const onWatch = [
    ...new Set(
      ofLevel
        .filter(
          shift =>
            from &&
            to &&
            Date.parse(shift.start) < to.getTime() &&
            Date.parse(shift.end) > from.getTime(),
        )
        .flatMap(shift => shift.people),
    ),
  ];
  // Who is replaced has to be known. Shifts are whole: some reach further.
  const isKnown =
    known &&
    from &&
    to &&
    from.getTime() >=
      Math.min(known.from, ...ofLevel.map(({ start: at }) => Date.parse(at))) &&
    to.getTime() <=
      Math.max(known.to, ...ofLevel.map(({ end: at }) => Date.parse(at)));
  const replaced =
    draft.remove && onWatch.includes(draft.remove) ? draft.remove : onWatch[0];
  const problems = {
    start:
      (!from && t('onCall.override.timeMissing')) ||
      (from &&
        from.getTime() < Date.now() - MINUTE_MS &&
        t('onCall.override.startPast')) ||
      undefined,
    end:
      (!to && t('onCall.override.timeMissing')) ||
      (from && to && to <= from && t('onCall.override.endBeforeStart')) ||
      (!isKnown && t('onCall.override.outside')) ||
      undefined,
    add:
      (!add && t('onCall.override.personMissing')) ||
      (add === NOBODY && !replaced && t('onCall.override.nothing')) ||
      undefined,
  };
  const hasProblems = Object.values(problems).some(Boolean);
  const consequences =
    from && to && add
      ? consequencesOf({
          add: add === NOBODY ? undefined : add,
          level,
          start: from.getTime(),
          end: to.getTime(),
          onWatch,
          shifts,
        })
      : [];

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!from || !to || !add || isPending || hasProblems) {
      return;
    }
    setPending(true);
    setFailure(undefined);
    try {
      await onSave({
        start: new Date(
          Math.max(from.getTime(), nextMinute(Date.now())),
        ).toISOString(),
        end: to.toISOString(),
        level,
        ...(add !== NOBODY && { add }),
        ...(replaced && { remove: replaced }),
        ...(reason.trim() && { reason: reason.trim() }),
      });
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      setPending(false);
    }
  }

  const ordered =
    user && people.includes(user)
      ? [user, ...people.filter(person => person !== user)]
      : [...new Set([...(user ? [user] : []), ...people])];
  const time = (
    field: 'start' | 'end',
    value: string,
    onChange: (value: string) => void,
  ) => (
    <div className={styles.field}>
      <label htmlFor={`${formId}-${field}`}>
        {t(`onCall.override.${field}`, { zone: format.timeZone })}
      </label>
      <input
        id={`${formId}-${field}`}
        type="datetime-local"
        className={styles.input}
        value={value}
        required
        aria-invalid={isTried && problems[field] !== undefined}
        aria-describedby={`${formId}-${field}-problem`}
        onChange={event => onChange(event.target.value)}
      />
      <span
        id={`${formId}-${field}-problem`}
        role="alert"
        className={`${text.small} ${text.critical}`}
      >
        {isTried && problems[field]}
      </span>
    </div>
  );

  return (
    <Dialog isOpen isDismissable onOpenChange={onClose} width={480}>
      <DialogHeader>{t('onCall.override.title')}</DialogHeader>
      <DialogBody>
        <Scope>
          <form
            id={formId}
            noValidate
            className={styles.form}
            onSubmit={submit}
          >
            <div className={styles.field}>
              <Select
                label={t('onCall.override.person')}
                isRequired
                options={[
                  ...ordered.map(person => ({
                    value: person,
                    label: nameOf(names, person),
                  })),
                  { value: NOBODY, label: t('onCall.override.nobody') },
                ]}
                value={add ?? null}
                onChange={key => setAdd(key === null ? undefined : String(key))}
              />
              <span role="alert" className={`${text.small} ${text.critical}`}>
                {isTried && problems.add}
              </span>
            </div>
            <Select
              label={t('onCall.override.level')}
              options={levels.map(name => ({ value: name, label: name }))}
              value={level}
              onChange={key => key !== null && setLevel(String(key))}
            />
            {time('start', start, setStart)}
            {time('end', end, setEnd)}
            <TextField
              label={t('onCall.override.reason')}
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={setReason}
            />
            <div role="status" className={styles.consequences}>
              {replaced && (
                <p className={text.secondary}>
                  {t('onCall.override.instead', {
                    person: <bdi>{nameOf(names, replaced)}</bdi>,
                  })}
                </p>
              )}
              {consequences.map(({ code, level: other, person }) => (
                <p key={code}>
                  <StatusBadge status="warning">
                    {t(`onCall.override.consequence.${code}`, {
                      level: other,
                      person: person ? nameOf(names, person) : '',
                    })}
                  </StatusBadge>
                </p>
              ))}
            </div>
            <div role="alert" className={text.critical}>
              {failure &&
                (isForbidden(failure)
                  ? t('onCall.override.forbidden')
                  : t('onCall.override.failed', { message: failure.message }))}
            </div>
          </form>
        </Scope>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('onCall.override.cancel')}
        </Button>
        <Button
          variant="primary"
          type="submit"
          form={formId}
          isPending={isPending}
        >
          {t('onCall.override.save')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
