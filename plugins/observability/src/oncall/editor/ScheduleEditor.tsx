import { Button } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import {
  CoverageGap,
  expandSchedule,
  ScheduleDetails,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Scope, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useMinute } from '../page/useMinute';
import timeline from '../timeline/timeline.module.css';
import { assignMarks } from '../timeline/people';
import { usePageHrefs } from '../usePageHrefs';
import { defaultChangeStart } from './changeStart';
import { ConflictNotice } from './ConflictNotice';
import { DeleteDialog } from './DeleteDialog';
import { DraftProblems } from './draftProblems';
import { EditorContextProvider } from './editorContext';
import { EditorHeading } from './EditorHeading';
import { EntityOption } from './EntityCombobox';
import { FairnessCard } from './FairnessCard';
import { GapsDialog } from './GapsDialog';
import { LevelCard } from './LevelCard';
import { PreviewCard } from './PreviewCard';
import { QuestionDialog } from './QuestionDialog';
import { ReadOnlyBar } from './ReadOnlyBar';
import { SaveBar } from './SaveBar';
import {
  LevelDraft,
  moveItem,
  newLevel,
  replaceItem,
  ScheduleDraft,
} from './scheduleDraft';
import { ScheduleFields } from './ScheduleFields';
import { useLeaveGuard } from './useLeaveGuard';
import { usePreviewModel } from './usePreviewModel';
import {
  latestDefinition,
  useDefinition,
  useScheduleForm,
} from './useScheduleForm';
import { useScheduleSaving } from './useScheduleSaving';
import styles from './editor.module.css';

const MINUTE_MS = 60_000;

/** A schedule in fields, what it would mean beside them, and the bar that saves it. */
export function ScheduleEditor(props: {
  /** What is edited; a draft stands for a schedule that is not there yet. */
  start: ScheduleDetails | ScheduleDraft;
  /** The schedule as it is by now. */
  live?: ScheduleDetails;
  canManage: boolean;
}) {
  const { start, live, canManage } = props;
  const t = useTranslation();
  const now = useMinute();
  const hrefs = usePageHrefs();
  const form = useScheduleForm(start);
  const { draft, setDraft, details, changeCount, problems } = form;
  const definition = useDefinition(form);
  const isNew = details === undefined;
  const name = details?.schedule.name;
  const isReadOnly = !canManage || details?.readOnly === true;
  const hasChanges = changeCount > 0;
  const saving = useScheduleSaving(name);
  const guard = useLeaveGuard(hasChanges && !isReadOnly);

  const [openedAt] = useState(now);
  const [chosenStart, setChosenStart] = useState<string>();
  const [tries, setTries] = useState(0);
  const [isRefused, setRefused] = useState(false);
  const [question, setQuestion] = useState<'delete' | CoverageGap[]>();
  const [chosen, setChosen] = useState<readonly EntityOption[]>([]);
  const fields = useRef<HTMLDivElement>(null);

  // Where somebody else saves while nothing is changed here, there is nothing to lose.
  const isOvertaken =
    live !== undefined &&
    details !== undefined &&
    live.version > details.version;
  const { adopt } = form;
  const mayAdopt = isOvertaken && !hasChanges;
  useEffect(() => {
    if (mayAdopt && live) {
      adopt(live);
    }
  });

  const nextStart = useMemo(
    () =>
      details
        ? defaultChangeStart(details, now)
        : new Date(openedAt).toISOString(),
    [details, now, openedAt],
  );
  const isStartPast =
    chosenStart !== undefined && Date.parse(chosenStart) < now;
  const changeStart =
    chosenStart === undefined || isStartPast ? nextStart : chosenStart;
  const saved = useMemo(() => details && latestDefinition(details), [details]);
  const preview = usePreviewModel({
    savedName: name,
    saved,
    definition,
    hasChanges,
    changeStart,
    now,
  });
  const { model } = preview;

  const { names, zones } = useMemo(() => {
    const people = [...(details?.people ?? []), ...preview.people];
    return {
      names: new Map([
        ...chosen.map(({ id, label }) => [id, label] as const),
        ...people.map(
          ({ entityRef, displayName }) => [entityRef, displayName] as const,
        ),
      ]),
      zones: new Map(
        people.flatMap(({ entityRef, timeZone }) =>
          timeZone ? [[entityRef, timeZone] as const] : [],
        ),
      ),
    };
  }, [details, preview.people, chosen]);
  const marks = useMemo(
    () =>
      assignMarks([
        ...draft.levels.flatMap(({ layers }) =>
          layers.flatMap(({ turns }) => turns.flatMap(turn => turn.people)),
        ),
        ...preview.people.map(({ entityRef }) => entityRef),
      ]),
    [draft, preview.people],
  );
  const shownProblems = useMemo(
    (): DraftProblems =>
      // Nobody has had the chance to name it yet.
      tries === 0 && draft.name === ''
        ? new Map([...problems].filter(([place]) => place !== 'name'))
        : problems,
    [problems, tries, draft.name],
  );
  const context = useMemo(
    () => ({
      isReadOnly,
      problems: isReadOnly ? new Map() : shownProblems,
      names,
      zones,
      marks,
      unknown: preview.unknown,
      onWatch: preview.onWatch,
      timeZone: draft.timeZone,
      onChosen: (person: EntityOption) =>
        setChosen(known => [...known, person]),
    }),
    [
      isReadOnly,
      shownProblems,
      names,
      zones,
      marks,
      preview.unknown,
      preview.onWatch,
      draft.timeZone,
    ],
  );

  // What is to be mended first has the focus.
  useEffect(() => {
    if (tries > 0) {
      fields.current
        ?.querySelector<HTMLElement>('[aria-invalid="true"]')
        ?.focus();
    }
  }, [tries]);

  async function send(version: number | undefined) {
    if (!definition) {
      return;
    }
    setQuestion(undefined);
    const outcome =
      version === undefined
        ? await saving.create(definition)
        : await saving.edit({
            schedule: definition,
            version,
            effectiveFrom: effectiveFrom(),
          });
    if (outcome === 'saved') {
      guard.goTo(hrefs?.onCall(definition.name) ?? '/');
    } else if (outcome === 'conflict') {
      setRefused(true);
    }
  }

  /** Said only where it is not the next handoff, which is the back end's to find. */
  function effectiveFrom(): string | undefined {
    if (chosenStart !== undefined) {
      const soonest = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
      return new Date(Math.max(Date.parse(chosenStart), soonest)).toISOString();
    }
    return details?.upcoming?.effectiveFrom === changeStart
      ? changeStart
      : undefined;
  }

  function save() {
    if (!definition || isStartPast) {
      setTries(count => count + 1);
      return;
    }
    saving.forget();
    const { to } = preview;
    // Worked out here, since the preview may be of the moment before.
    const gaps =
      changeStart < to
        ? expandSchedule({
            schedule: definition,
            overrides: details?.overrides,
            swaps: details?.swaps,
            from: changeStart,
            to,
          }).gaps
        : [];
    if (gaps.length > 0) {
      setQuestion(gaps);
    } else {
      send(details?.version);
    }
  }

  async function keepMine() {
    const latest = await saving.read();
    setRefused(false);
    await send(latest.version);
  }

  async function takeTheirs() {
    const latest = await saving.read();
    setRefused(false);
    setChosenStart(undefined);
    adopt(latest);
  }

  function discard() {
    if (isNew) {
      guard.goTo(hrefs?.onCall() ?? '/');
      return;
    }
    saving.forget();
    setTries(0);
    setChosenStart(undefined);
    form.discard();
  }

  const setLevels = (levels: readonly LevelDraft[]) =>
    setDraft({ ...draft, levels });

  return (
    <Scope className={`${styles.page} ${timeline.scope}`}>
      <EditorHeading
        details={details}
        isReadOnly={isReadOnly}
        changeCount={changeCount}
        onDelete={
          !isNew && !isReadOnly ? () => setQuestion('delete') : undefined
        }
      />
      {(isRefused || isOvertaken) && hasChanges && name && (
        <ConflictNotice
          name={name}
          onKeepMine={keepMine}
          onTakeTheirs={takeTheirs}
        />
      )}
      <EditorContextProvider value={context}>
        <div className={styles.columns}>
          <div ref={fields} className={styles.fields}>
            <ScheduleFields
              draft={draft}
              isSaved={!isNew}
              onChange={setDraft}
              changeStart={
                isNew || isReadOnly
                  ? undefined
                  : {
                      at: chosenStart ?? changeStart,
                      isChosen: chosenStart !== undefined,
                      onChange: setChosenStart,
                      problem: isStartPast
                        ? t('scheduleEditor.fields.startPast')
                        : undefined,
                    }
              }
            />
            {draft.levels.map((level, index) => (
              <LevelCard
                key={level.id}
                level={level}
                number={index + 1}
                count={draft.levels.length}
                place={`levels.${index}`}
                savedLayers={form.savedLayers}
                now={now}
                onChange={changed =>
                  setLevels(replaceItem(draft.levels, changed))
                }
                onAction={action =>
                  setLevels(
                    action === 'remove'
                      ? draft.levels.filter(({ id }) => id !== level.id)
                      : moveItem(draft.levels, index, action === 'up' ? -1 : 1),
                  )
                }
              />
            ))}
            {!isReadOnly && (
              <div>
                <Button
                  size="small"
                  variant="secondary"
                  iconStart={<RiAddLine />}
                  onPress={() =>
                    setLevels([
                      ...draft.levels,
                      newLevel(
                        draft.levels.length === 1
                          ? t('scheduleEditor.level.second')
                          : t('scheduleEditor.level.next', {
                              number: String(draft.levels.length + 1),
                            }),
                        now,
                      ),
                    ])
                  }
                >
                  {t('scheduleEditor.level.add')}
                </Button>
                {problems.has('levels') && (
                  <p role="alert" className={`${text.small} ${text.critical}`}>
                    {t('scheduleEditor.problem.levels')}
                  </p>
                )}
              </div>
            )}
          </div>
          <div className={styles.result}>
            <PreviewCard
              model={model}
              isNew={isNew}
              now={now}
              names={names}
              marks={marks}
              isWaiting={preview.isWaiting}
              isInvalid={definition === undefined}
              failure={preview.failure}
              answeredAt={preview.answeredAt}
              onRetry={preview.retry}
              isOutOfSight={hasChanges && changeStart >= preview.to}
            />
            {model && (
              <FairnessCard
                days={model.weeks.length * 7}
                rows={preview.fairness.rows}
                before={preview.fairness.before}
                names={names}
                marks={marks}
              />
            )}
          </div>
        </div>
      </EditorContextProvider>
      {isReadOnly && details ? (
        <ReadOnlyBar origin={details.origin} />
      ) : (
        <SaveBar
          isNew={isNew}
          hasChanges={hasChanges}
          facts={model?.facts}
          changeStart={changeStart}
          problem={problemOfSaving()}
          isSaving={saving.isSaving}
          onDiscard={discard}
          onSave={save}
        />
      )}
      {Array.isArray(question) && (
        <GapsDialog
          gaps={question}
          onBack={() => setQuestion(undefined)}
          onSave={() => send(details?.version)}
        />
      )}
      {question === 'delete' && name && (
        <DeleteDialog
          name={name}
          title={details?.schedule.title ?? name}
          onCancel={() => setQuestion(undefined)}
          onDelete={async () => {
            await saving.remove();
            guard.goTo(hrefs?.onCall() ?? '/');
          }}
        />
      )}
      {guard.isAsking && (
        <QuestionDialog
          title={t('scheduleEditor.leave.title')}
          no={{
            label: t('scheduleEditor.leave.stay'),
            onPress: guard.stay,
          }}
          yes={{
            label: t('scheduleEditor.leave.leave'),
            isDestructive: true,
            onPress: guard.leave,
          }}
        >
          {t('scheduleEditor.leave.lead')}
        </QuestionDialog>
      )}
    </Scope>
  );

  function problemOfSaving(): string | undefined {
    if (tries > 0 && (problems.size > 0 || isStartPast)) {
      return t('scheduleEditor.save.invalid');
    }
    switch (saving.failure?.reason) {
      case 'forbidden':
        return t('scheduleEditor.save.forbidden');
      case 'name-used':
        return t('scheduleEditor.save.nameUsed');
      case 'other':
        return t('scheduleEditor.save.failed', {
          message: saving.failure.message,
        });
      default:
        return undefined;
    }
  }
}
