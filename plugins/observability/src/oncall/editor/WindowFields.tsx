import {
  Button,
  ButtonIcon,
  Select,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { Weekday } from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useEditor } from './editorContext';
import { newWindow, replaceItem, WindowDraft } from './scheduleDraft';
import { TimeInput } from './TimeInput';
import { useProblem } from './useProblem';
import { useWeekdays, WEEKDAYS } from './useWeekdays';
import styles from './editor.module.css';

/** Whether a layer is in force always, or at which times. */
export function WindowFields(props: {
  windows: readonly WindowDraft[];
  place: string;
  onChange(windows: readonly WindowDraft[]): void;
}) {
  const { windows, place, onChange } = props;
  const { isReadOnly } = useEditor();
  const problemAt = useProblem();
  const weekdays = useWeekdays();
  const t = useTranslation();
  return (
    <>
      <Select
        label={t('scheduleEditor.layer.force')}
        options={(['always', 'sometimes'] as const).map(id => ({
          id,
          label: t(`scheduleEditor.layer.${id}`),
        }))}
        value={windows.length > 0 ? 'sometimes' : 'always'}
        isDisabled={isReadOnly}
        onChange={key =>
          onChange(
            key === 'sometimes' && windows.length === 0 ? [newWindow()] : [],
          )
        }
      />
      {windows.length > 0 && (
        <div
          role="group"
          aria-label={t('scheduleEditor.window.label')}
          className={styles.windows}
        >
          {windows.map((window, index) => {
            const change = (changed: Partial<WindowDraft>) =>
              onChange(replaceItem(windows, { ...window, ...changed }));
            const number = String(index + 1);
            return (
              <div
                key={window.id}
                role="group"
                aria-label={t('scheduleEditor.window.number', { number })}
                className={styles.window}
              >
                <ToggleButtonGroup
                  aria-label={t('scheduleEditor.window.days')}
                  selectionMode="multiple"
                  selectedKeys={window.days}
                  isDisabled={isReadOnly}
                  className={styles.days}
                  onSelectionChange={keys =>
                    change({
                      days: WEEKDAYS.filter((day: Weekday) => keys.has(day)),
                    })
                  }
                >
                  {WEEKDAYS.map(day => (
                    <ToggleButton key={day} id={day} size="small">
                      {weekdays[day]}
                    </ToggleButton>
                  ))}
                </ToggleButtonGroup>
                <div className={styles.times}>
                  <TimeInput
                    label={t('scheduleEditor.window.from')}
                    type="time"
                    value={window.from}
                    isReadOnly={isReadOnly}
                    problem={problemAt(`${place}.${index}.from`)}
                    onChange={from => change({ from })}
                  />
                  <TimeInput
                    label={t('scheduleEditor.window.to')}
                    type="time"
                    value={window.to}
                    isReadOnly={isReadOnly}
                    problem={problemAt(`${place}.${index}.to`)}
                    onChange={to => change({ to })}
                  />
                  {!isReadOnly && (
                    <ButtonIcon
                      size="small"
                      variant="tertiary"
                      icon={<RiCloseLine />}
                      aria-label={t('scheduleEditor.window.remove', { number })}
                      onPress={() =>
                        onChange(windows.filter(({ id }) => id !== window.id))
                      }
                    />
                  )}
                </div>
              </div>
            );
          })}
          <span className={`${text.small} ${text.secondary}`}>
            {t('scheduleEditor.window.days')}. {t('scheduleEditor.window.hint')}
          </span>
          {problemAt(place) && (
            <span role="alert" className={`${text.small} ${text.critical}`}>
              {problemAt(place)}
            </span>
          )}
          {!isReadOnly && (
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiAddLine />}
              onPress={() => onChange([...windows, newWindow()])}
            >
              {t('scheduleEditor.window.add')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
