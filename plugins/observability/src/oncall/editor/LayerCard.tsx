import { Badge, Button, NumberField, Select, TextField } from '@backstage/ui';
import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiPencilLine,
} from '@remixicon/react';
import { Rotation } from '@watchkeeper/backstage-plugin-observability-common';
import classNames from 'classnames';
import { useId } from 'react';
import { useFormat, useTranslation } from '../../shared';
import { fromInputValue, toInputValue } from '../../shared/form/inputTime';
import text from '../../shared/text.module.css';
import { placeOf } from '../time/zones';
import { nameOf } from '../timeline/people';
import { useEditor } from './editorContext';
import { PersonInitial } from './PersonInitial';
import { LayerDraft, WindowDraft } from './scheduleDraft';
import { TimeInput } from './TimeInput';
import { TurnsEditor } from './TurnsEditor';
import { useProblem } from './useProblem';
import { useWeekdays } from './useWeekdays';
import { WindowFields } from './WindowFields';
import styles from './editor.module.css';

const UNITS: readonly Rotation['unit'][] = ['hour', 'day', 'week', 'month'];
/** As many faces the line of a closed layer shows. */
const FACES = 4;

/** A layer: one line of it, or all its fields. */
export function LayerCard(props: {
  layer: LayerDraft;
  number: number;
  place: string;
  /** What became of it; nothing where it is as it was. */
  state?: 'changed' | 'new';
  isOpen: boolean;
  onToggle(): void;
  onChange(layer: LayerDraft): void;
  /** Left out where there is no such place. */
  onMoveUp?(): void;
  onMoveDown?(): void;
  /** Left out for the only layer of a level. */
  onRemove?(): void;
}) {
  const { layer, number, place, state, isOpen, onToggle, onChange } = props;
  const { onMoveUp, onMoveDown, onRemove } = props;
  const { isReadOnly, names, marks, timeZone } = useEditor();
  const problemAt = useProblem();
  const t = useTranslation();
  const format = useFormat();
  const weekdays = useWeekdays();
  const bodyId = useId();
  const people = [
    ...new Set(
      layer.turns.flatMap(turn => (turn.isRemoved ? [] : turn.people)),
    ),
  ];
  const name =
    layer.name.trim() ||
    people
      .slice(0, 2)
      .map(person => nameOf(names, person))
      .join(', ') ||
    t('scheduleEditor.layer.nobody');
  const title = t('scheduleEditor.layer.title', {
    number: String(number),
    name,
  });
  const change = (changed: Partial<LayerDraft>) =>
    onChange({ ...layer, ...changed });
  const describeWindow = ({ days, from, to }: WindowDraft) =>
    `${
      days.map(day => weekdays[day]).join(', ') ||
      t('scheduleEditor.window.everyDay')
    } ${from}–${to}`;
  const instantField = (field: 'from' | 'until') => (
    <TimeInput
      label={t(`scheduleEditor.layer.${field}`, { zone: format.timeZone })}
      type="datetime-local"
      value={layer[field] && toInputValue(new Date(layer[field]))}
      isReadOnly={isReadOnly}
      problem={problemAt(`${place}.${field}`)}
      onChange={value =>
        change({ [field]: fromInputValue(value)?.toISOString() ?? '' })
      }
    />
  );

  return (
    <div className={classNames(styles.layer, { [styles.open]: isOpen })}>
      <h3 className={styles.layerHead}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={onToggle}
        >
          <b className={styles.layerTitle}>{title}</b>
          {state && (
            <Badge
              size="small"
              className={styles.chip}
              icon={<RiPencilLine aria-hidden="true" />}
            >
              {t(`scheduleEditor.layer.${state}`)}
            </Badge>
          )}
          {!isOpen && (
            <span className={`${styles.summary} ${text.secondary}`}>
              {layer.windows.map(describeWindow).join('; ')}
            </span>
          )}
          {!isOpen && (
            <span className={styles.faces} aria-hidden="true">
              {people.slice(0, FACES).map(person => (
                <PersonInitial
                  key={person}
                  size="small"
                  name={nameOf(names, person)}
                  mark={marks.get(person)}
                />
              ))}
            </span>
          )}
          {isOpen ? (
            <RiArrowDownSLine size={18} aria-hidden="true" />
          ) : (
            <RiArrowRightSLine size={18} aria-hidden="true" />
          )}
        </button>
      </h3>
      <div id={bodyId} hidden={!isOpen} className={styles.layerBody}>
        {isOpen && (
          <>
            <TurnsEditor
              layerName={name}
              turns={layer.turns}
              problem={problemAt(`${place}.members`)}
              onChange={turns => change({ turns })}
            />
            <div className={styles.rotation}>
              <NumberField
                label={t('scheduleEditor.layer.length')}
                minValue={1}
                value={layer.length}
                isReadOnly={isReadOnly}
                validationBehavior="aria"
                validate={() => problemAt(`${place}.rotation.length`) ?? null}
                onChange={length => change({ length })}
              />
              <Select
                label={t('scheduleEditor.layer.unit')}
                options={UNITS.map(id => ({
                  id,
                  label: t(`scheduleEditor.unit.${id}`),
                }))}
                value={layer.unit}
                isDisabled={isReadOnly}
                onChange={key =>
                  change({ unit: UNITS.find(unit => unit === key) ?? 'week' })
                }
              />
              <TimeInput
                label={t('scheduleEditor.layer.start', {
                  zone: placeOf(timeZone),
                })}
                type="datetime-local"
                value={layer.start}
                isReadOnly={isReadOnly}
                problem={problemAt(`${place}.rotation.start`)}
                onChange={start => change({ start })}
              />
            </div>
            <WindowFields
              windows={layer.windows}
              place={`${place}.windows`}
              onChange={windows => change({ windows })}
            />
            <div className={styles.two}>
              {instantField('from')}
              {instantField('until')}
            </div>
            <TextField
              size="small"
              label={t('scheduleEditor.layer.name')}
              value={layer.name}
              isReadOnly={isReadOnly}
              validationBehavior="aria"
              validate={() => problemAt(`${place}.name`) ?? null}
              onChange={changed => change({ name: changed })}
            />
            {!isReadOnly && (
              <div className={styles.actions}>
                {onMoveUp && (
                  <Button size="small" variant="secondary" onPress={onMoveUp}>
                    {t('scheduleEditor.layer.moveUp')}
                  </Button>
                )}
                {onMoveDown && (
                  <Button size="small" variant="secondary" onPress={onMoveDown}>
                    {t('scheduleEditor.layer.moveDown')}
                  </Button>
                )}
                {onRemove && (
                  <Button size="small" variant="secondary" onPress={onRemove}>
                    {t('scheduleEditor.layer.remove')}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}
