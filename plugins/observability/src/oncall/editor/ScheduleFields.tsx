import { Button, Combobox, TextField } from '@backstage/ui';
import { RiLockLine } from '@remixicon/react';
import { Section, useFormat, useTranslation } from '../../shared';
import { fromInputValue, toInputValue } from '../../shared/form/inputTime';
import { EntityCombobox, optionOf } from './EntityCombobox';
import { useEditor } from './editorContext';
import { ScheduleDraft } from './scheduleDraft';
import { TimeInput } from './TimeInput';
import { useProblem } from './useProblem';
import styles from './editor.module.css';

const TIME_ZONES = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** When an edit begins to hold. */
export interface ChangeStart {
  at: string;
  isChosen: boolean;
  /** The next handoff, unless another edit comes first. */
  onChange(at: string | undefined): void;
  problem?: string;
}

/** What a schedule is called, whose it is, on which clocks it goes, and when an edit of it begins. */
export function ScheduleFields(props: {
  draft: ScheduleDraft;
  /** It keeps its name. */
  isSaved: boolean;
  onChange(draft: ScheduleDraft): void;
  /** Left out where nothing can be edited, and where all of it is new. */
  changeStart?: ChangeStart;
}) {
  const { draft, isSaved, onChange, changeStart } = props;
  const { isReadOnly, names, onChosen } = useEditor();
  const problemAt = useProblem();
  const t = useTranslation();
  const format = useFormat();
  const zones = TIME_ZONES.includes(draft.timeZone)
    ? TIME_ZONES
    : [draft.timeZone, ...TIME_ZONES];
  return (
    <Section title={t('scheduleEditor.fields.schedule')}>
      <div className={styles.two}>
        <TextField
          size="small"
          label={t('scheduleEditor.fields.title')}
          value={draft.title}
          isReadOnly={isReadOnly}
          validationBehavior="aria"
          validate={() => problemAt('title') ?? null}
          onChange={title => onChange({ ...draft, title })}
        />
        <TextField
          size="small"
          label={t('scheduleEditor.fields.name')}
          description={
            isSaved ? undefined : t('scheduleEditor.fields.nameHint')
          }
          icon={isSaved ? <RiLockLine aria-hidden="true" /> : undefined}
          value={draft.name}
          isReadOnly={isReadOnly || isSaved}
          isRequired={!isSaved}
          validationBehavior="aria"
          validate={() => problemAt('name') ?? null}
          onChange={name => onChange({ ...draft, name })}
        />
        <EntityCombobox
          kind="Group"
          label={t('scheduleEditor.fields.owner')}
          value={optionOf(draft.owner, names)}
          isDisabled={isReadOnly}
          problem={problemAt('owner')}
          onChange={option => {
            if (option) {
              onChosen(option);
            }
            onChange({ ...draft, owner: option?.id ?? '' });
          }}
        />
        <Combobox
          label={t('scheduleEditor.fields.timeZone')}
          options={zones.map(zone => ({ id: zone, label: zone }))}
          value={draft.timeZone}
          isDisabled={isReadOnly}
          validationBehavior="aria"
          validate={() => problemAt('timeZone') ?? null}
          onChange={zone =>
            zone !== null && onChange({ ...draft, timeZone: String(zone) })
          }
        />
      </div>
      {changeStart && (
        <div className={styles.changeStart}>
          <TimeInput
            label={t('scheduleEditor.fields.changeStart', {
              zone: format.timeZone,
            })}
            type="datetime-local"
            value={toInputValue(new Date(changeStart.at))}
            isReadOnly={isReadOnly}
            problem={changeStart.problem}
            description={
              changeStart.isChosen
                ? t('scheduleEditor.fields.chosenStart')
                : t('scheduleEditor.fields.nextHandoff')
            }
            onChange={value => {
              const date = fromInputValue(value);
              changeStart.onChange(date?.toISOString());
            }}
          />
          {changeStart.isChosen && (
            <Button
              size="small"
              variant="tertiary"
              onPress={() => changeStart.onChange(undefined)}
            >
              {t('scheduleEditor.fields.atNextHandoff')}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}
