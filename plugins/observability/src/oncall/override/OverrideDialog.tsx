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
  Override,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useId, useState } from 'react';
import { isForbidden } from '../../api/failures';
import { useFormat, useTranslation } from '../../shared';
import { DialogForm } from '../../shared/form/DialogForm';
import { FieldWithProblem } from '../../shared/form/FieldWithProblem';
import { fromInputValue, toInputValue } from '../../shared/form/inputTime';
import { InstantField } from '../../shared/form/InstantField';
import text from '../../shared/text.module.css';
import { nameOf } from '../timeline/people';

import {
  isKnownStretch,
  KnownStretch,
  peopleWithin,
  withoutOverride,
} from './overridePlan';
import { PlanConsequences } from './PlanConsequences';

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
  /** Who steps in. */
  add?: string;
  /** The one that the new one takes the place of. */
  change?: Override;
}

/** Where a person says who has the watch instead, from when to when. */
export function OverrideDialog(props: {
  draft: OverrideDraft;
  levels: readonly string[];
  /** References of those who can be chosen. */
  people: readonly string[];
  /** The reader, who comes first in the list. */
  user: string | undefined;
  /** The reader may change the shifts of others. */
  canManage: boolean;
  names: ReadonlyMap<string, string>;
  /** What holds without the override, in a stretch of time; `undefined` while it is not known. */
  known: KnownStretch | undefined;
  onClose(): void;
  /** Rejects when it could not be made. */
  onSave(override: NewOverride): Promise<void>;
}) {
  const { draft, levels, people, user, canManage, names, known } = props;
  const { onClose, onSave } = props;
  const t = useTranslation();
  const format = useFormat();
  const formId = useId();
  const [level, setLevel] = useState(draft.level);
  const [start, setStart] = useState(() => toInputValue(new Date(draft.start)));
  const [end, setEnd] = useState(() => toInputValue(new Date(draft.end)));
  const [chosen, setChosen] = useState(draft.add);
  const [reason, setReason] = useState(draft.change?.reason ?? '');
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Error>();

  const from = fromInputValue(start);
  const to = fromInputValue(end);
  const stretch = from &&
    to && { level, start: from.getTime(), end: to.getTime() };
  const shifts = draft.change
    ? withoutOverride(known?.shifts ?? [], draft.change)
    : known?.shifts ?? [];
  const onWatch = stretch ? peopleWithin(shifts, stretch) : [];
  const replaced =
    draft.remove && onWatch.includes(draft.remove) ? draft.remove : onWatch[0];
  // One may leave the watch to anybody, but take it only oneself.
  const isFree = canManage || (user !== undefined && replaced === user);
  const candidates = isFree
    ? [...new Set([...(user ? [user] : []), ...people])]
    : [user].flatMap(person => person ?? []);
  const add =
    chosen && (chosen === NOBODY ? isFree : candidates.includes(chosen))
      ? chosen
      : undefined;
  const isPast = from && from.getTime() < Date.now() - MINUTE_MS;
  const problems = {
    start:
      (!from && t('onCall.override.timeMissing')) ||
      (isPast && t('onCall.override.startPast')) ||
      undefined,
    end:
      (!to && t('onCall.override.timeMissing')) ||
      (from && to && to <= from && t('onCall.override.endBeforeStart')) ||
      // Who is replaced has to be known.
      (stretch &&
        !isKnownStretch(known, stretch) &&
        t('onCall.override.outside')) ||
      undefined,
    add:
      (!add && t('onCall.override.personMissing')) ||
      (add === NOBODY && !replaced && t('onCall.override.nothing')) ||
      undefined,
  };

  async function submit() {
    setTried(true);
    if (
      !from ||
      !to ||
      !add ||
      isPending ||
      Object.values(problems).some(Boolean)
    ) {
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

  return (
    <Dialog isOpen isDismissable onOpenChange={onClose} width={480}>
      <DialogHeader>
        {draft.change
          ? t('onCall.override.changeTitle')
          : t('onCall.override.title')}
      </DialogHeader>
      <DialogBody>
        <DialogForm id={formId} onSubmit={submit}>
          <FieldWithProblem problem={isTried && problems.add}>
            <Select
              label={t('onCall.override.person')}
              description={isFree ? undefined : t('onCall.override.onlyYou')}
              isRequired
              options={[
                ...candidates.map(person => ({
                  value: person,
                  label: nameOf(names, person),
                })),
                ...(isFree
                  ? [{ value: NOBODY, label: t('onCall.override.nobody') }]
                  : []),
              ]}
              value={add ?? null}
              onChange={key =>
                setChosen(key === null ? undefined : String(key))
              }
            />
          </FieldWithProblem>
          <Select
            label={t('onCall.override.level')}
            options={levels.map(name => ({ value: name, label: name }))}
            value={level}
            onChange={key => key !== null && setLevel(String(key))}
          />
          <InstantField
            label={t('onCall.override.start', { zone: format.timeZone })}
            value={start}
            onChange={setStart}
            problem={isTried ? problems.start : undefined}
          />
          <InstantField
            label={t('onCall.override.end', { zone: format.timeZone })}
            value={end}
            onChange={setEnd}
            problem={isTried ? problems.end : undefined}
          />
          <TextField
            label={t('onCall.override.reason')}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={setReason}
          />
          <PlanConsequences
            plan={
              stretch && add !== undefined
                ? {
                    ...stretch,
                    add: add === NOBODY ? undefined : add,
                    onWatch,
                    shifts,
                  }
                : undefined
            }
            replaced={replaced}
            names={names}
          />
          <div role="alert" className={text.critical}>
            {failure &&
              (isForbidden(failure)
                ? t('onCall.override.forbidden')
                : t('onCall.override.failed', { message: failure.message }))}
          </div>
        </DialogForm>
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
          {draft.change
            ? t('onCall.override.change')
            : t('onCall.override.save')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
