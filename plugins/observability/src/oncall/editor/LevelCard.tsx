import {
  Button,
  ButtonIcon,
  Menu,
  MenuItem,
  MenuTrigger,
  TextField,
} from '@backstage/ui';
import { RiAddLine, RiMoreLine } from '@remixicon/react';
import { useState } from 'react';
import { Section, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { hasProblems } from './draftProblems';
import { useEditor } from './editorContext';
import { LayerCard } from './LayerCard';
import {
  isSameDefinition,
  LayerDraft,
  LevelDraft,
  moveItem,
  newLayer,
  replaceItem,
  toLayer,
} from './scheduleDraft';
import styles from './editor.module.css';

type LevelAction = 'up' | 'down' | 'remove';

/** A level with its layers, in the order in which they are asked. */
export function LevelCard(props: {
  level: LevelDraft;
  number: number;
  count: number;
  place: string;
  /** Layers as they are saved, by id. */
  savedLayers: ReadonlyMap<string, LayerDraft>;
  now: number;
  onChange(level: LevelDraft): void;
  onAction(action: LevelAction): void;
}) {
  const { level, count, place, savedLayers, now, onChange, onAction } = props;
  const { isReadOnly, problems } = useEditor();
  const t = useTranslation();
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(
    () => new Set(props.number === 1 ? [level.layers[0]?.id] : []),
  );
  const number = String(props.number);
  const { layers } = level;
  const setLayers = (changed: readonly LayerDraft[]) =>
    onChange({ ...level, layers: changed });
  const setOpen = (id: string, isOpen: boolean) =>
    setOpenIds(ids =>
      isOpen
        ? new Set([...ids, id])
        : new Set([...ids].filter(other => other !== id)),
    );
  const stateOf = (layer: LayerDraft) => {
    const saved = savedLayers.get(layer.id);
    if (!saved) {
      return savedLayers.size > 0 ? ('new' as const) : undefined;
    }
    return isSameDefinition(toLayer(saved), toLayer(layer))
      ? undefined
      : ('changed' as const);
  };
  const problem = problems.get(`${place}.name`);

  return (
    <Section
      title={
        level.name.trim()
          ? t('scheduleEditor.level.title', { number, name: level.name.trim() })
          : t('scheduleEditor.level.untitled', { number })
      }
      aside={t('scheduleEditor.level.hint')}
    >
      <div className={styles.levelName}>
        <TextField
          size="small"
          label={t('scheduleEditor.level.name')}
          value={level.name}
          isReadOnly={isReadOnly}
          isRequired
          validationBehavior="aria"
          validate={() =>
            problem ? t(`scheduleEditor.problem.${problem}`) : null
          }
          onChange={name => onChange({ ...level, name })}
        />
        {!isReadOnly && (
          <MenuTrigger>
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<RiMoreLine />}
              aria-label={t('scheduleEditor.level.actions', { number })}
            />
            <Menu
              placement="bottom end"
              disabledKeys={[
                ...(props.number === 1 ? ['up'] : []),
                ...(props.number === count ? ['down'] : []),
                ...(count === 1 ? ['remove'] : []),
              ]}
              onAction={key => onAction(key as LevelAction)}
            >
              <MenuItem id="up">{t('scheduleEditor.level.moveUp')}</MenuItem>
              <MenuItem id="down">
                {t('scheduleEditor.level.moveDown')}
              </MenuItem>
              <MenuItem id="remove" color="danger">
                {t('scheduleEditor.level.remove')}
              </MenuItem>
            </Menu>
          </MenuTrigger>
        )}
      </div>
      {layers.map((layer, index) => {
        const layerPlace = `${place}.layers.${index}`;
        return (
          <LayerCard
            key={layer.id}
            layer={layer}
            number={index + 1}
            place={layerPlace}
            state={stateOf(layer)}
            // What is to be mended cannot be hidden.
            isOpen={openIds.has(layer.id) || hasProblems(problems, layerPlace)}
            onToggle={() => setOpen(layer.id, !openIds.has(layer.id))}
            onChange={changed => setLayers(replaceItem(layers, changed))}
            onMoveUp={
              index > 0
                ? () => setLayers(moveItem(layers, index, -1))
                : undefined
            }
            onMoveDown={
              index + 1 < layers.length
                ? () => setLayers(moveItem(layers, index, 1))
                : undefined
            }
            onRemove={
              layers.length > 1
                ? () => setLayers(layers.filter(({ id }) => id !== layer.id))
                : undefined
            }
          />
        );
      })}
      {problems.has(`${place}.layers`) && (
        <p role="alert" className={`${text.small} ${text.critical}`}>
          {t('scheduleEditor.problem.layers')}
        </p>
      )}
      {!isReadOnly && (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiAddLine />}
          onPress={() => {
            const layer = newLayer(now);
            setLayers([...layers, layer]);
            setOpen(layer.id, true);
          }}
        >
          {t('scheduleEditor.level.addLayer')}
        </Button>
      )}
    </Section>
  );
}
